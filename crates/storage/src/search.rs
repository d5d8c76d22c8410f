//! The counter field and student lists: one index row per enrolment, folded keys, keyset paging.
//!
//! Folding happens in Rust (`base::text`), so that both engines give the same answers whatever
//! their locale. Who is found is decided on the [`roll`], what is shown of them is read here.

mod roll;

use std::{
    cmp::Ordering,
    sync::{Arc, LazyLock},
};

use base::{
    ids::{EnrolmentId, PersonId, ProgrammeId, StaffId, UnitId},
    text::{self, SearchTerm},
    time::Date,
};
use domain::enrolments::EnrolmentStatus;

pub(crate) use self::roll::SharedRoll;
use self::roll::{Roll, Sight};
use crate::{
    args,
    db::{Reader, Row, Tx, Value},
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
    /// Programmes.
    pub programmes: Vec<ProgrammeId>,
    /// Advisees of this member of staff.
    pub advisees_of: Option<StaffId>,
    /// One person's own enrolments.
    pub own: Option<PersonId>,
    /// Of these only what lies in this unit and below it.
    pub only: Option<UnitId>,
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
    /// Unit of the programme.
    pub unit: UnitId,
    /// Advisor.
    pub advisor: Option<StaffId>,
}

/// Rows that one statement brings.
const PAGE: usize = 50;
/// Rows that one statement of an export brings.
const PORTION: usize = 200;

/// The rows of `count` enrolments, whose ids are the arguments from the second on.
fn rows_by_id(count: usize) -> String {
    let places: Vec<String> = (2..count + 2).map(|place| format!("${place}")).collect();
    format!(
        "SELECT s.sort_key, s.enrolment_id, s.person_id, s.number, s.given_name, s.surname, p.code, n.name_tr, n.name_en, s.status,
                s.class_year, s.entry_year, r.agno_shown, coalesce(r.ects_earned, 0), s.unit_id, s.advisor_id
         FROM student_index s
         JOIN programme p ON p.id = s.programme_id
         JOIN programme_name n ON n.programme_id = p.id AND n.valid_from <= $1 AND (n.valid_to IS NULL OR n.valid_to > $1)
         LEFT JOIN computed_record r ON r.enrolment_id = s.enrolment_id
         WHERE s.enrolment_id IN ({})",
        places.join(", ")
    )
}

static PAGE_BY_ID: LazyLock<String> = LazyLock::new(|| rows_by_id(PAGE));
static PORTION_BY_ID: LazyLock<String> = LazyLock::new(|| rows_by_id(PORTION));

/// By unit id, whether the unit lies in one of `units` or below it.
fn below(db: &Reader<'_>, units: &[UnitId]) -> Result<Vec<bool>> {
    let mut out = Vec::new();
    for unit in units {
        db.each("SELECT descendant_id FROM unit_closure WHERE ancestor_id = $1", args![unit], |r| {
            if let Ok(id) = usize::try_from(r.int(0)?) {
                if out.len() <= id {
                    out.resize(id + 1, false);
                }
                out[id] = true;
            }
            Ok(())
        })?;
    }
    Ok(out)
}

/// Whom a filter finds, in the order that it asks for.
pub struct Found {
    roll: Arc<Roll>,
    order: StudentOrder,
    lines: Vec<usize>,
}

/// Looks for students.
///
/// # Errors
/// The engine's refusal.
pub fn find(db: &Reader<'_>, filter: &StudentFilter) -> Result<Found> {
    let roll = roll::roll(db)?;
    let sight = Sight {
        units: if filter.within.all { None } else { Some(below(db, &filter.within.units)?) },
        only: filter.within.only.map(|unit| below(db, &[unit])).transpose()?,
    };
    let mut lines = roll.find(filter, &sight);
    if filter.order == StudentOrder::Number {
        roll.order_by_number(&mut lines);
    }
    Ok(Found { roll, order: filter.order, lines })
}

impl Found {
    /// How many there are.
    pub fn total(&self) -> usize {
        self.lines.len()
    }

    /// The lines behind a cursor, `limit` of them at the most.
    fn behind(&self, after: Option<&StudentCursor>, limit: usize) -> &[usize] {
        let from = after.map_or(0, |after| {
            let (key, enrolment) = (after.key.as_str(), after.enrolment.get());
            self.lines.partition_point(|i| {
                let order = match self.order {
                    StudentOrder::Name => self.roll.compare_name(*i, key, enrolment),
                    StudentOrder::Number => self.roll.compare_number(*i, key, enrolment),
                };
                order != Ordering::Greater
            })
        });
        let rest = &self.lines[from..];
        &rest[..limit.min(rest.len())]
    }

    /// One page of them as of `day`, and whether there are more.
    ///
    /// # Errors
    /// The engine's refusal.
    pub fn page(
        &self,
        db: &Reader<'_>,
        after: Option<&StudentCursor>,
        limit: u32,
        day: Date,
    ) -> Result<(Vec<StudentRow>, bool)> {
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        let lines = self.behind(after, limit.saturating_add(1));
        let mut rows = Vec::with_capacity(limit.min(lines.len()));
        for some in lines[..limit.min(lines.len())].chunks(PAGE) {
            rows.extend(self.rows(db, some, &PAGE_BY_ID, PAGE, day)?);
        }
        Ok((rows, lines.len() > limit))
    }

    /// Hands them to `row` one by one, for exports; `limit` of them at the most.
    ///
    /// # Errors
    /// The engine's refusal, or what `row` answers.
    pub fn each(
        &self,
        db: &Reader<'_>,
        limit: Option<u32>,
        day: Date,
        mut row: impl FnMut(StudentRow) -> Result<()>,
    ) -> Result<()> {
        let limit = limit.and_then(|n| usize::try_from(n).ok()).unwrap_or(usize::MAX);
        for some in self.behind(None, limit).chunks(PORTION) {
            self.rows(db, some, &PORTION_BY_ID, PORTION, day)?.into_iter().try_for_each(&mut row)?;
        }
        Ok(())
    }

    /// The rows of lines in their order. Somebody whom this view of the database does not hold any more is left out.
    fn rows(
        &self,
        db: &Reader<'_>,
        lines: &[usize],
        sql: &str,
        places: usize,
        day: Date,
    ) -> Result<Vec<StudentRow>> {
        let ids = lines.iter().map(|i| self.roll.enrolment(*i));
        let mut args = vec![Value::Date(day)];
        // No enrolment has the id 0.
        args.extend(ids.clone().chain(std::iter::repeat(0)).take(places).map(Value::Int));
        let mut order: Vec<(i64, usize)> = ids.zip(0..).collect();
        order.sort_unstable();
        let mut rows: Vec<Option<StudentRow>> = lines.iter().map(|_| None).collect();
        db.each(sql, &args, |r| {
            let id = r.int(1)?;
            if let Ok(at) = order.binary_search_by_key(&id, |(id, _)| *id) {
                rows[order[at].1] = Some(StudentRow::read(r)?);
            }
            Ok(())
        })?;
        Ok(rows.into_iter().flatten().collect())
    }
}

impl StudentRow {
    fn read(r: &Row<'_>) -> Result<Self> {
        Ok(Self {
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
            unit: r.id(14)?,
            advisor: r.opt_id(15)?,
        })
    }
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
pub fn refresh(tx: &Tx<'_>, permit: &Permit, enrolment: EnrolmentId) -> Result<()> {
    let Some((given, surname)) = tx.one(
        "SELECT p.given_name, p.surname FROM enrolment e JOIN person p ON p.id = e.person_id WHERE e.id = $1",
        args![enrolment],
        |r| Ok((r.text(0)?, r.text(1)?)),
    )?
    else {
        return Ok(());
    };
    tx.execute("DELETE FROM student_index WHERE enrolment_id = $1", args![enrolment])?;
    add(tx, permit, enrolment, &given, &surname)
}

/// Writes the index row of an enrolment that has none yet, under the name of its person as now.
///
/// # Errors
/// [`crate::StorageError::Constraint`] when it has one.
pub fn add(
    tx: &Tx<'_>,
    _permit: &Permit,
    enrolment: EnrolmentId,
    given_name: &str,
    surname: &str,
) -> Result<()> {
    let keys = NameKeys::of(given_name, surname);
    tx.later(
        "INSERT INTO student_index (sort_key, enrolment_id, fold_tr, fold_ascii, surname_tr, surname_ascii, unit_id, programme_id, status,
           class_year, entry_year, advisor_id, person_id, number, given_name, surname)
         SELECT $2, e.id, $3, $4, $5, $6, g.unit_id, e.programme_id, e.status, e.class_year, e.entry_year, e.advisor_id, e.person_id,
                e.number, p.given_name, p.surname
         FROM enrolment e JOIN person p ON p.id = e.person_id JOIN programme g ON g.id = e.programme_id
         WHERE e.id = $1 AND e.status IS NOT NULL",
        args![enrolment, keys.sort_key, keys.fold_tr, keys.fold_ascii, keys.surname_tr, keys.surname_ascii],
    )
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
