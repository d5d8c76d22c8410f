//! The counter field and lists of students.

use base::{
    identity::Tckn,
    ids::{EnrolmentId, ProgrammeId, UnitId},
    text::SearchTerm,
};
use domain::{documents::VerificationCode, enrolments::EnrolmentStatus};
use storage::{
    Reader,
    audit::{AuditRow, shown_list},
    search::{StudentCursor, StudentFilter, StudentOrder, StudentRow, Within},
};

use super::columns::{ColumnNames, StudentColumn};
use crate::{
    Office,
    authz::{self, Action, Actor, Scope},
    error::{Result, ServiceError},
};

/// Rows of a page at the most.
pub const MAX_LIMIT: u32 = 200;

/// What somebody asks for; every part is optional.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct StudentQuery {
    /// Words of the name in any spelling, or the beginning of a student number.
    pub q: String,
    /// Beginning of the surname.
    pub surname: String,
    /// Programme.
    pub programme: Option<ProgrammeId>,
    /// Status.
    pub status: Option<EnrolmentStatus>,
    /// Class year.
    pub class_year: Option<u8>,
    /// Year of entry.
    pub entry_year: Option<i32>,
    /// Unit of the programme, or one above it.
    pub unit: Option<UnitId>,
    /// Columns that the list shows, where names must be read for them.
    pub columns: Vec<StudentColumn>,
    /// Order of the list.
    pub order: StudentOrder,
    /// Where the last page ended.
    pub after: Option<StudentCursor>,
    /// Rows wanted.
    pub limit: u32,
}

/// One page of students.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StudentPage {
    /// The rows.
    pub rows: Vec<StudentRow>,
    /// Where the next page begins, if there is one.
    pub next: Option<StudentCursor>,
    /// How many there are in all.
    pub total: usize,
    /// Names of units and advisors, as far as columns of the query show them.
    pub names: ColumnNames,
}

impl StudentQuery {
    /// The query as storage understands it, within what the actor may see.
    pub(crate) fn filter(&self, scope: Scope) -> StudentFilter {
        let q = self.q.trim();
        let number = (!q.is_empty() && q.bytes().all(|b| b.is_ascii_digit())).then(|| q.to_owned());
        StudentFilter {
            words: if number.is_some() { Vec::new() } else { SearchTerm::parse(q) },
            surname: (!self.surname.trim().is_empty()).then(|| SearchTerm::whole(&self.surname)),
            number,
            programme: self.programme,
            status: self.status,
            class_year: self.class_year,
            entry_year: self.entry_year,
            within: Within { only: self.unit, ..within(scope) },
            order: self.order,
        }
    }

    /// The filter for the audit log. Of names typed only the number of letters is kept: a typed name is personal data of
    /// whoever bears it, found or not.
    pub(crate) fn describe(&self) -> String {
        let mut out = String::new();
        let mut put = |name: &str, value: String| {
            if !out.is_empty() {
                out.push(' ');
            }
            out.push_str(name);
            out.push('=');
            out.push_str(&value);
        };
        if !self.q.trim().is_empty() {
            put("q", self.q.trim().chars().count().to_string());
        }
        if !self.surname.trim().is_empty() {
            put("surname", self.surname.trim().chars().count().to_string());
        }
        if let Some(u) = self.unit {
            put("unit", u.to_string());
        }
        if let Some(p) = self.programme {
            put("programme", p.to_string());
        }
        if let Some(s) = self.status {
            put("status", s.to_string());
        }
        if let Some(c) = self.class_year {
            put("class", c.to_string());
        }
        if let Some(y) = self.entry_year {
            put("entry", y.to_string());
        }
        out
    }
}

pub(crate) fn within(scope: Scope) -> Within {
    Within {
        all: scope.all,
        units: scope.units,
        programmes: scope.programmes,
        advisees_of: scope.advisees_of,
        own: scope.own,
        only: None,
    }
}

/// Searches and lists students. A clerk sees those of the unit, an advisor the advisees; the audit
/// log gets one row with the filter and the people shown.
///
/// # Errors
/// [`ServiceError::Forbidden`] for roles that look at nobody.
pub async fn find_students(office: &Office, actor: &Actor, query: StudentQuery) -> Result<StudentPage> {
    let scope = authz::scope(actor, Action::FindStudents);
    if scope.is_empty() {
        return Err(ServiceError::Forbidden(Action::FindStudents));
    }
    let today = office.today();
    let limit = query.limit.clamp(1, MAX_LIMIT);
    let filter = query.filter(scope);
    let (after, columns) = (query.after.clone(), query.columns.clone());
    let page: StudentPage = office
        .db
        .read(move |db| -> Result<StudentPage> {
            let found = storage::search::find(db, &filter)?;
            let (rows, more) = found.page(db, after.as_ref(), limit, today)?;
            let next = rows.last().filter(|_| more).map(|last| cursor(last, filter.order));
            let names = ColumnNames::of_rows(db, &columns, &rows, today)?;
            Ok(StudentPage { rows, next, total: found.total(), names })
        })
        .await?;
    office.reads.note(AuditRow {
        at: office.now(),
        account: Some(actor.account),
        action: Action::FindStudents.code().to_owned(),
        person: None,
        object_kind: "list",
        object: None,
        detail: query.describe(),
        shown: Some(shown_list(page.rows.iter().map(|row| row.person))),
        reason: None,
        request: actor.request.clone(),
    })?;
    Ok(page)
}

fn cursor(row: &StudentRow, order: StudentOrder) -> StudentCursor {
    let key = match order {
        StudentOrder::Name => row.sort_key.clone(),
        StudentOrder::Number => row.number.clone(),
    };
    StudentCursor { key, enrolment: row.enrolment }
}

/// What the counter field led to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum CounterAnswer {
    /// Exactly this student.
    Student {
        /// Student number.
        number: String,
    },
    /// A paper, by its verification code.
    Document(base::ids::DocumentId),
    /// Look through the list for these words.
    Search(String),
    /// An identity number nobody here has.
    NoSuchIdentity,
    /// Eleven digits that are no identity number, and why.
    WrongIdentity(base::identity::IdentityError),
}

/// Reads what was typed into the counter field: a student number, an identity number, a document
/// code, or words of a name.
///
/// # Errors
/// [`ServiceError::Forbidden`] for roles that look at nobody.
pub async fn ask_counter(office: &Office, actor: &Actor, typed: String) -> Result<CounterAnswer> {
    let scope = authz::scope(actor, Action::FindStudents);
    if scope.is_empty() {
        return Err(ServiceError::Forbidden(Action::FindStudents));
    }
    let typed = typed.trim().to_owned();
    let compact: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
    let now = office.now();
    let asking = actor.clone();
    office
        .db
        .read(move |db| -> Result<CounterAnswer> {
            if !compact.is_empty() && compact.bytes().all(|b| b.is_ascii_digit()) {
                if let Some(enrolment) = storage::enrolments::find_by_number(db, &compact)?
                    && authz::ask(db, &asking, Action::ReadStudent, super::resource(&enrolment), now).is_ok()
                {
                    return Ok(CounterAnswer::Student { number: enrolment.number });
                }
                if compact.len() == 11 {
                    return match Tckn::parse(&compact) {
                        Ok(number) => by_identity(db, &asking, &number, now),
                        Err(error) => Ok(CounterAnswer::WrongIdentity(error)),
                    };
                }
                return Ok(CounterAnswer::Search(compact));
            }
            if let Ok(code) = VerificationCode::parse(&compact)
                && let Some(document) = storage::documents::find_by_code(db, &code.compact())?
            {
                return Ok(CounterAnswer::Document(document.id));
            }
            let filter = StudentQuery { q: typed.clone(), ..StudentQuery::default() }.filter(scope);
            let found = storage::search::find(db, &filter)?;
            if found.total() == 1
                && let Some(only) = found.page(db, None, 1, base::time::local_date(now))?.0.pop()
            {
                return Ok(CounterAnswer::Student { number: only.number });
            }
            Ok(CounterAnswer::Search(typed))
        })
        .await
}

fn by_identity(
    db: &Reader<'_>,
    actor: &Actor,
    number: &Tckn,
    now: base::time::Timestamp,
) -> Result<CounterAnswer> {
    let Some(person) = storage::people::find_by_identity_no(db, number)? else {
        return Ok(CounterAnswer::NoSuchIdentity);
    };
    // The open enrolment first, otherwise the latest one.
    let mut enrolments = storage::enrolments::of_person(db, person)?;
    enrolments.sort_by_key(|e| (e.status.is_open(), e.entered_on, EnrolmentId::get(e.id)));
    for enrolment in enrolments.iter().rev() {
        if authz::ask(db, actor, Action::ReadStudent, super::resource(enrolment), now).is_ok() {
            return Ok(CounterAnswer::Student { number: enrolment.number.clone() });
        }
    }
    Ok(CounterAnswer::NoSuchIdentity)
}
