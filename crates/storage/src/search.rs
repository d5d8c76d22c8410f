//! The counter field and student lists: one index row per enrolment, folded keys, keyset paging.
//!
//! Folding happens in Rust (`base::text`), so that both engines give the same answers whatever
//! their locale. A list walks the index in Turkish order and stops at its page.

use base::{
    ids::{EnrolmentId, PersonId, ProgrammeId, StaffId, UnitId},
    text::{self, SearchTerm},
    time::Date,
};
use domain::enrolments::EnrolmentStatus;

use crate::{
    args,
    db::{Reader, Tx, Value},
    error::Result,
    permit::Permit,
};

/// How a list of students is ordered.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum StudentOrder {
    /// By surname and given name in Turkish order.
    #[default]
    Name,
    /// By student number.
    Number,
}

/// Which students are asked for.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct StudentFilter {
    /// Words, each of which must be a fragment of the name.
    pub words: Vec<SearchTerm>,
    /// Beginning of the surname.
    pub surname: Option<SearchTerm>,
    /// Beginning of the student number.
    pub number: Option<String>,
    /// Only this programme.
    pub programme: Option<ProgrammeId>,
    /// Only this status.
    pub status: Option<EnrolmentStatus>,
    /// Only this class year.
    pub class_year: Option<u8>,
    /// Only this year of entry.
    pub entry_year: Option<i32>,
    /// Who may be seen at all.
    pub within: Within,
    /// Order of the list.
    pub order: StudentOrder,
}

/// The part of the students that an actor may see.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Within {
    /// Everybody.
    pub all: bool,
    /// Units and what lies below them.
    pub units: Vec<UnitId>,
    /// Advisees of this member of staff.
    pub advisees_of: Option<StaffId>,
    /// One person's own enrolments.
    pub own: Option<PersonId>,
}

/// A place in a list: the key of the last row shown and its enrolment.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StudentCursor {
    /// Sort key or student number, by the list's order.
    pub key: String,
    /// The row's enrolment.
    pub enrolment: EnrolmentId,
}

/// A student as lists show him or her.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StudentRow {
    /// Key for the cursor.
    pub sort_key: String,
    /// The enrolment.
    pub enrolment: EnrolmentId,
    /// The person, for the audit log.
    pub person: PersonId,
    /// Student number.
    pub number: String,
    /// Given name.
    pub given_name: String,
    /// Surname in capitals.
    pub surname: String,
    /// Code of the programme.
    pub programme_code: String,
    /// Turkish name of the programme.
    pub programme_tr: String,
    /// English name of the programme.
    pub programme_en: String,
    /// Status in force.
    pub status: EnrolmentStatus,
    /// Class year.
    pub class_year: u8,
    /// Year of entry.
    pub entry_year: i32,
    /// AGNO as shown, with a decimal point; none where it cannot be stated.
    pub agno: Option<String>,
    /// AKTS earned, in hundredths.
    pub ects_earned: i32,
}

struct Query<'a> {
    text: String,
    args: Vec<Value<'a>>,
}

impl<'a> Query<'a> {
    fn arg(&mut self, value: Value<'a>) -> String {
        self.args.push(value);
        format!("${}", self.args.len())
    }

    fn and(&mut self, condition: &str, value: Value<'a>) {
        let at = self.arg(value);
        self.text.push_str(" AND ");
        self.text.push_str(&condition.replace('?', &at));
    }
}

/// Patterns of the words, made before the statement because it borrows them.
struct Patterns(Vec<(bool, String)>);

impl Patterns {
    fn of(filter: &StudentFilter) -> (Self, Option<(bool, String)>) {
        let words =
            filter.words.iter().map(|w| (matches!(w, SearchTerm::Turkish(_)), w.like_pattern())).collect();
        let surname = filter.surname.as_ref().map(|s| (matches!(s, SearchTerm::Turkish(_)), s.like_prefix()));
        (Self(words), surname)
    }
}

fn conditions<'a>(
    query: &mut Query<'a>,
    filter: &'a StudentFilter,
    patterns: &'a Patterns,
    surname: Option<&'a (bool, String)>,
    number: Option<&'a (String, String)>,
) {
    for (turkish, pattern) in &patterns.0 {
        let column = if *turkish { "s.fold_tr" } else { "s.fold_ascii" };
        query.and(&format!("{column} LIKE ? ESCAPE '\\'"), Value::Text(pattern));
    }
    if let Some((turkish, pattern)) = surname {
        let column = if *turkish { "s.surname_tr" } else { "s.surname_ascii" };
        query.and(&format!("{column} LIKE ? ESCAPE '\\'"), Value::Text(pattern));
    }
    if let Some((from, to)) = number {
        query.and("s.number >= ?", Value::Text(from));
        query.and("s.number < ?", Value::Text(to));
    }
    if let Some(programme) = filter.programme {
        query.and("s.programme_id = ?", Value::Int(programme.get()));
    }
    if let Some(status) = filter.status {
        query.and("s.status = ?", Value::Text(status.code()));
    }
    if let Some(class) = filter.class_year {
        query.and("s.class_year = ?", Value::Int(i64::from(class)));
    }
    if let Some(year) = filter.entry_year {
        query.and("s.entry_year = ?", Value::Int(i64::from(year)));
    }
    if filter.within.all {
        return;
    }
    let mut ways = Vec::new();
    if !filter.within.units.is_empty() {
        let units: Vec<String> = filter.within.units.iter().map(|u| query.arg(Value::Int(u.get()))).collect();
        ways.push(format!(
            "EXISTS (SELECT 1 FROM unit_closure c WHERE c.descendant_id = s.unit_id AND c.ancestor_id IN ({}))",
            units.join(", ")
        ));
    }
    if let Some(staff) = filter.within.advisees_of {
        let at = query.arg(Value::Int(staff.get()));
        ways.push(format!("s.advisor_id = {at}"));
    }
    if let Some(person) = filter.within.own {
        let at = query.arg(Value::Int(person.get()));
        ways.push(format!("s.person_id = {at}"));
    }
    if ways.is_empty() {
        query.text.push_str(" AND 1 = 0");
    } else {
        query.text.push_str(&format!(" AND ({})", ways.join(" OR ")));
    }
}

/// The half-open range of texts that begin with `prefix`.
fn prefix_range(prefix: &str) -> (String, String) {
    (prefix.to_owned(), format!("{prefix}\u{10FFFF}"))
}

/// One page of students.
///
/// # Errors
/// The engine's refusal.
pub fn list(
    db: &Reader<'_>,
    filter: &StudentFilter,
    after: Option<&StudentCursor>,
    limit: u32,
    day: Date,
) -> Result<Vec<StudentRow>> {
    let mut out = Vec::new();
    each(db, filter, after, Some(limit), day, |row| {
        out.push(row);
        Ok(())
    })?;
    Ok(out)
}

/// Hands every student of the filter to `row` without keeping them, for exports.
///
/// # Errors
/// The engine's refusal, or what `row` answers.
pub fn each(
    db: &Reader<'_>,
    filter: &StudentFilter,
    after: Option<&StudentCursor>,
    limit: Option<u32>,
    day: Date,
    mut row: impl FnMut(StudentRow) -> Result<()>,
) -> Result<()> {
    let (patterns, surname) = Patterns::of(filter);
    let number = filter.number.as_deref().map(prefix_range);
    let key = match filter.order {
        StudentOrder::Name => "s.sort_key",
        StudentOrder::Number => "s.number",
    };
    let mut query = Query { text: String::new(), args: vec![Value::Date(day)] };
    conditions(&mut query, filter, &patterns, surname.as_ref(), number.as_ref());
    if let Some(after) = after {
        let k = query.arg(Value::Text(&after.key));
        let e = query.arg(Value::Int(after.enrolment.get()));
        query.text.push_str(&format!(" AND ({key}, s.enrolment_id) > ({k}, {e})"));
    }
    let order = format!(" ORDER BY {key}, s.enrolment_id");
    let page = limit.map_or(String::new(), |n| {
        let at = query.arg(Value::Int(i64::from(n)));
        format!(" LIMIT {at}")
    });
    // The page is cut from the narrow index first; names of programmes and figures join only what is shown.
    let sql = format!(
        "SELECT s.sort_key, s.enrolment_id, s.person_id, s.number, s.given_name, s.surname, p.code, n.name_tr, n.name_en, s.status,
                s.class_year, s.entry_year, r.agno_shown, coalesce(r.ects_earned, 0)
         FROM (SELECT * FROM student_index s WHERE 1 = 1{conditions}{order}{page}) s
         JOIN programme p ON p.id = s.programme_id
         JOIN programme_name n ON n.programme_id = p.id AND n.valid_from <= $1 AND (n.valid_to IS NULL OR n.valid_to > $1)
         LEFT JOIN computed_record r ON r.enrolment_id = s.enrolment_id{order}",
        conditions = query.text
    );
    db.each(&sql, &query.args, |r| {
        row(StudentRow {
            sort_key: r.text(0)?,
            enrolment: r.id(1)?,
            person: r.id(2)?,
            number: r.text(3)?,
            given_name: r.text(4)?,
            surname: r.text(5)?,
            programme_code: r.text(6)?,
            programme_tr: r.text(7)?,
            programme_en: r.text(8)?,
            status: r.word(9, EnrolmentStatus::from_code)?,
            class_year: r.small(10)?,
            entry_year: r.int32(11)?,
            agno: r.opt_text(12)?,
            ects_earned: r.int32(13)?,
        })
    })
}

/// How many students the filter finds.
///
/// # Errors
/// The engine's refusal.
pub fn count(db: &Reader<'_>, filter: &StudentFilter) -> Result<i64> {
    let (patterns, surname) = Patterns::of(filter);
    let number = filter.number.as_deref().map(prefix_range);
    let mut query = Query { text: String::new(), args: Vec::new() };
    conditions(&mut query, filter, &patterns, surname.as_ref(), number.as_ref());
    db.count(&format!("SELECT count(*) FROM student_index s WHERE 1 = 1{}", query.text), &query.args)
}

/// The keys of a name as the index keeps them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NameKeys {
    /// Turkish alphabetical order of surname and given name.
    pub sort_key: String,
    /// Whole name in Turkish folding.
    pub fold_tr: String,
    /// Whole name in ASCII folding.
    pub fold_ascii: String,
    /// Surname in Turkish folding.
    pub surname_tr: String,
    /// Surname in ASCII folding.
    pub surname_ascii: String,
}

impl NameKeys {
    /// Folds a name once for all its keys.
    pub fn of(given_name: &str, surname: &str) -> Self {
        let whole = format!("{given_name} {surname}");
        Self {
            sort_key: format!("{} {}", text::sort_key(surname), text::sort_key(given_name)),
            fold_tr: text::fold_tr(&whole),
            fold_ascii: text::fold_ascii(&whole),
            surname_tr: text::fold_tr(surname),
            surname_ascii: text::fold_ascii(surname),
        }
    }
}

/// Writes the index row of an enrolment anew from the tables it stands for.
///
/// # Errors
/// The engine's refusal.
pub fn refresh(tx: &Tx<'_>, _permit: &Permit, enrolment: EnrolmentId) -> Result<()> {
    let Some((given, surname)) = tx.one(
        "SELECT p.given_name, p.surname FROM enrolment e JOIN person p ON p.id = e.person_id WHERE e.id = $1",
        args![enrolment],
        |r| Ok((r.text(0)?, r.text(1)?)),
    )?
    else {
        return Ok(());
    };
    let keys = NameKeys::of(&given, &surname);
    tx.execute("DELETE FROM student_index WHERE enrolment_id = $1", args![enrolment])?;
    tx.execute(
        "INSERT INTO student_index (sort_key, enrolment_id, fold_tr, fold_ascii, surname_tr, surname_ascii, unit_id, programme_id, status,
           class_year, entry_year, advisor_id, person_id, number, given_name, surname)
         SELECT $2, e.id, $3, $4, $5, $6, g.unit_id, e.programme_id, e.status, e.class_year, e.entry_year, e.advisor_id, e.person_id,
                e.number, p.given_name, p.surname
         FROM enrolment e JOIN person p ON p.id = e.person_id JOIN programme g ON g.id = e.programme_id
         WHERE e.id = $1 AND e.status IS NOT NULL",
        args![enrolment, keys.sort_key, keys.fold_tr, keys.fold_ascii, keys.surname_tr, keys.surname_ascii],
    )?;
    Ok(())
}

/// Writes the index rows of all enrolments of a person anew, after the name changed.
///
/// # Errors
/// The engine's refusal.
pub fn refresh_person(tx: &Tx<'_>, permit: &Permit, person: PersonId) -> Result<()> {
    let enrolments: Vec<EnrolmentId> =
        tx.query("SELECT id FROM enrolment WHERE person_id = $1", args![person], |r| r.id(0))?;
    enrolments.into_iter().try_for_each(|e| refresh(tx, permit, e))
}
