//! What start pages count. Each figure is one statement over a narrow index, within what the reader may see.

use base::{
    ids::{AccountId, EnrolmentId, JobId, PersonId},
    time::{Date, Timestamp},
};
use domain::{accounts::AccountStatus, enrolments::EnrolmentStatus, papers::PaperKind};

use crate::{
    args,
    db::{Reader, Value},
    error::Result,
    search::Within,
};

/// A statement in the making: its text and what stands for its places.
struct Statement<'a> {
    text: String,
    args: Vec<Value<'a>>,
}

impl<'a> Statement<'a> {
    fn new(text: &str, args: &[Value<'a>]) -> Self {
        Self { text: text.to_owned(), args: args.to_vec() }
    }

    fn place(&mut self, value: Value<'a>) -> String {
        self.args.push(value);
        format!("${}", self.args.len())
    }

    /// Adds the condition that row `s` of the student index lies within `within`.
    fn within(mut self, within: &Within) -> Self {
        if let Some(unit) = within.only {
            let place = self.place(Value::Int(unit.get()));
            self.text.push_str(&format!(
                " AND s.unit_id IN (SELECT c.descendant_id FROM unit_closure c WHERE c.ancestor_id = {place})"
            ));
        }
        if within.all {
            return self;
        }
        let mut ways = Vec::new();
        if !within.units.is_empty() {
            let units: Vec<String> =
                within.units.iter().map(|unit| self.place(Value::Int(unit.get()))).collect();
            ways.push(format!(
                "s.unit_id IN (SELECT c.descendant_id FROM unit_closure c WHERE c.ancestor_id IN ({}))",
                units.join(", ")
            ));
        }
        if !within.programmes.is_empty() {
            let programmes: Vec<String> =
                within.programmes.iter().map(|id| self.place(Value::Int(id.get()))).collect();
            ways.push(format!("s.programme_id IN ({})", programmes.join(", ")));
        }
        if let Some(staff) = within.advisees_of {
            let place = self.place(Value::Int(staff.get()));
            ways.push(format!("s.advisor_id = {place}"));
        }
        if let Some(person) = within.own {
            let place = self.place(Value::Int(person.get()));
            ways.push(format!("s.person_id = {place}"));
        }
        self.text.push_str(&match ways.is_empty() {
            true => " AND 1 = 0".to_owned(),
            false => format!(" AND ({})", ways.join(" OR ")),
        });
        self
    }

    fn then(mut self, text: &str) -> Self {
        self.text.push_str(text);
        self
    }
}

/// How many enrolments have each status; a status that nobody has is left out.
///
/// # Errors
/// The engine's refusal.
pub fn students_by_status(db: &Reader<'_>, within: &Within) -> Result<Vec<(EnrolmentStatus, i64)>> {
    let statement = Statement::new("SELECT s.status, count(*) FROM student_index s WHERE 1 = 1", &[])
        .within(within)
        .then(" GROUP BY s.status");
    db.query(&statement.text, &statement.args, |r| Ok((r.word(0, EnrolmentStatus::from_code)?, r.int(1)?)))
}

/// How many papers were issued on a day about students of `within`.
///
/// # Errors
/// The engine's refusal.
pub fn papers_issued(db: &Reader<'_>, within: &Within, day: Date) -> Result<i64> {
    let statement = Statement::new(
        "SELECT count(*) FROM document d JOIN student_index s ON s.enrolment_id = d.enrolment_id
         WHERE d.issued_on = $1 AND d.status <> 'preparing'",
        &[Value::Date(day)],
    )
    .within(within);
    db.count(&statement.text, &statement.args)
}

/// How many papers have a number but not yet their file.
///
/// # Errors
/// The engine's refusal.
pub fn papers_preparing(db: &Reader<'_>, within: &Within) -> Result<i64> {
    let statement = Statement::new(
        "SELECT count(*) FROM document d JOIN student_index s ON s.enrolment_id = d.enrolment_id WHERE d.status = 'preparing'",
        &[],
    )
    .within(within);
    db.count(&statement.text, &statement.args)
}

/// A paper that an open enrolment still lacks.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MissingPaper {
    /// Whose, for the audit log.
    pub person: PersonId,
    /// Of which enrolment.
    pub enrolment: EnrolmentId,
    /// Student number.
    pub number: String,
    /// Given name.
    pub given_name: String,
    /// Surname in capitals.
    pub surname: String,
    /// Which paper.
    pub kind: PaperKind,
    /// Words, for papers of kind *other*.
    pub description: Option<String>,
    /// Last day that the desk set for it.
    pub due_on: Option<Date>,
    /// Last day of the provisional registration that it belongs to.
    pub provisional_until: Option<Date>,
}

/// Papers recorded as missing from enrolments that are open: how many, and those first whose day is next.
///
/// # Errors
/// The engine's refusal.
pub fn missing_papers(db: &Reader<'_>, within: &Within, limit: u32) -> Result<(i64, Vec<MissingPaper>)> {
    let open: Vec<String> =
        EnrolmentStatus::ALL.iter().filter(|s| s.is_open()).map(|s| format!("'{}'", s.code())).collect();
    let from = format!(
        "FROM held_paper h JOIN student_index s ON s.enrolment_id = h.enrolment_id
         LEFT JOIN candidate c ON c.enrolment_id = h.enrolment_id AND s.status = 'provisional'
         WHERE h.state = 'missing' AND s.status IN ({})",
        open.join(", ")
    );
    let counted = Statement::new(&format!("SELECT count(*) {from}"), &[]).within(within);
    let total = db.count(&counted.text, &counted.args)?;
    if total == 0 {
        return Ok((0, Vec::new()));
    }
    let listed = Statement::new(
        &format!(
            "SELECT s.person_id, h.enrolment_id, s.number, s.given_name, s.surname, h.kind, h.description, h.due_on, c.provisional_until {from}"
        ),
        &[],
    )
    .within(within);
    let mut listed = listed.then(
        " ORDER BY coalesce(h.due_on, c.provisional_until) IS NULL, coalesce(h.due_on, c.provisional_until), h.noted_at, h.id LIMIT ",
    );
    let place = listed.place(Value::Int(i64::from(limit)));
    let listed = listed.then(&place);
    let papers = db.query(&listed.text, &listed.args, |r| {
        Ok(MissingPaper {
            person: r.id(0)?,
            enrolment: r.id(1)?,
            number: r.text(2)?,
            given_name: r.text(3)?,
            surname: r.text(4)?,
            kind: r.word(5, PaperKind::from_code)?,
            description: r.opt_text(6)?,
            due_on: r.opt_date(7)?,
            provisional_until: r.opt_date(8)?,
        })
    })?;
    Ok((total, papers))
}

/// Long work that has not ended.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OpenJob {
    /// Row id.
    pub id: JobId,
    /// Kind, such as `documents`.
    pub kind: String,
    /// Whether somebody is at it.
    pub is_running: bool,
    /// Items in all.
    pub total: i64,
    /// Items done, failures included.
    pub ended: i64,
    /// When it was asked for.
    pub created_at: Timestamp,
}

/// Jobs of an account that have not ended, the newest first.
///
/// # Errors
/// The engine's refusal.
pub fn open_jobs(db: &Reader<'_>, account: AccountId) -> Result<Vec<OpenJob>> {
    db.query(
        "SELECT id, kind, state, total, done + failed, created_at FROM job
         WHERE state IN ('waiting', 'running') AND created_by = $1 ORDER BY id DESC",
        args![account],
        |r| {
            Ok(OpenJob {
                id: r.id(0)?,
                kind: r.text(1)?,
                is_running: r.str(2)? == "running",
                total: r.int(3)?,
                ended: r.int(4)?,
                created_at: r.time(5)?,
            })
        },
    )
}

/// How many accounts are in each state, the installation's own apart.
///
/// # Errors
/// The engine's refusal.
pub fn accounts_by_status(db: &Reader<'_>) -> Result<Vec<(AccountStatus, i64)>> {
    db.query("SELECT status, count(*) FROM account WHERE id > 1 GROUP BY status", &[], |r| {
        Ok((r.word(0, AccountStatus::from_code)?, r.int(1)?))
    })
}
