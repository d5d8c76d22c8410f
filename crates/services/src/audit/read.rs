//! Reading the audit log: the auditor all of it, students what concerns their own record.

use base::{text::fold_ascii, time::Date};
use storage::{
    Reader,
    audit::{AuditFilter, AuditLine, AuditRow, shown_list},
};

use super::AuditNames;
use crate::{
    Office,
    authz::{self, Action, Actor},
    error::{FieldError, Result, ServiceError},
};

/// What of the log is asked for.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct AuditQuery {
    /// Only rows about the person with this student number, lists that showed him or her included.
    pub number: String,
    /// Only what the account of this user name did.
    pub user_name: String,
    /// Only this action.
    pub action: String,
    /// Rows before this row.
    pub before: Option<i64>,
    /// Rows on a page; at the most 200.
    pub limit: u32,
}

/// A page of the log.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct AuditPage {
    /// The newest first.
    pub lines: Vec<AuditLine>,
    /// Cursor of the next page. A page about one person may have one although it is not full: older rows were not
    /// looked through yet.
    pub next: Option<i64>,
    /// Names for row numbers in the details.
    pub names: AuditNames,
}

const LONGEST_PAGE: u32 = 200;
/// Rows of the log that one page about a person looks through at the most. Who was in a list stands in the list's row
/// alone, so that a search costs one row however many it shows; a million rows take a third of a second to look through.
const LOOKED_THROUGH: i64 = 500_000;

/// The first row that a page about a person looks through, when it begins before row `before` or at the `newest`; none
/// where that is the beginning of the log.
fn reach(before: Option<i64>, newest: i64) -> Option<i64> {
    let end = before.unwrap_or_else(|| newest.saturating_add(1));
    Some(end.saturating_sub(LOOKED_THROUGH)).filter(|from| *from > 1)
}

/// Reads a page; where it is about one person it goes back so far and no further.
fn page(db: &Reader<'_>, filter: AuditFilter, limit: u32, day: Date) -> Result<AuditPage> {
    let from = match filter.person {
        None => None,
        Some(_) => reach(filter.before, storage::audit::newest(db)?),
    };
    let lines = storage::audit::list(db, &AuditFilter { from, limit: limit + 1, ..filter })?;
    let (lines, next) = cut(lines, limit, from);
    Ok(AuditPage { names: AuditNames::of(db, &lines, day)?, lines, next })
}

/// The rows of a page, of which one more than `limit` was asked for, and where the next one begins: behind the last row,
/// or where this one stopped looking.
fn cut(mut lines: Vec<AuditLine>, limit: u32, from: Option<i64>) -> (Vec<AuditLine>, Option<i64>) {
    let has_more = u32::try_from(lines.len()).is_ok_and(|found| found > limit);
    lines.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    let next = if has_more { lines.last().map(|line| line.id) } else { from };
    (lines, next)
}

/// The log for the auditor; that somebody read it stands in it too.
///
/// # Errors
/// [`ServiceError::Forbidden`]; [`ServiceError::Invalid`] on `number` (`number-unknown`), `user_name`
/// (`user-name-unknown`).
pub async fn read_audit(office: &Office, actor: &Actor, query: AuditQuery) -> Result<AuditPage> {
    if !actor.may(Action::ReadAudit) {
        return Err(ServiceError::Forbidden(Action::ReadAudit));
    }
    let limit = query.limit.clamp(1, LONGEST_PAGE);
    let detail = describe(&query);
    let today = office.today();
    let page = office
        .db
        .read_apart(move |db| -> Result<_> {
            let mut wrong = Vec::new();
            let number = query.number.trim();
            let person = if number.is_empty() {
                None
            } else {
                let found = storage::enrolments::find_by_number(db, number)?;
                if found.is_none() {
                    wrong.push(FieldError::new("number", "number-unknown"));
                }
                found.map(|enrolment| enrolment.person)
            };
            let name = fold_ascii(query.user_name.trim());
            let account = if name.is_empty() {
                None
            } else {
                let found = storage::accounts::find_by_name(db, &name)?;
                if found.is_none() {
                    wrong.push(FieldError::new("user_name", "user-name-unknown"));
                }
                found.map(|account| account.id)
            };
            if !wrong.is_empty() {
                return Err(ServiceError::Invalid(wrong));
            }
            let filter = AuditFilter {
                person,
                account,
                action: query.action,
                before: query.before,
                ..AuditFilter::default()
            };
            page(db, filter, limit, today)
        })
        .await?;
    note(office, actor, Action::ReadAudit, detail, &page)?;
    Ok(page)
}

fn describe(query: &AuditQuery) -> String {
    [("number", &query.number), ("user", &query.user_name), ("action", &query.action)]
        .into_iter()
        .filter(|(_, value)| !value.trim().is_empty())
        .map(|(name, value)| format!("{name}={}", value.trim()))
        .collect::<Vec<_>>()
        .join(" ")
}

fn note(office: &Office, actor: &Actor, action: Action, detail: String, page: &AuditPage) -> Result<()> {
    office.reads.note(AuditRow {
        at: office.now(),
        account: Some(actor.account),
        action: action.code().to_owned(),
        person: None,
        object_kind: "audit",
        object: None,
        detail,
        shown: Some(shown_list(page.lines.iter().filter_map(|line| line.person))),
        reason: None,
        request: actor.request.clone(),
    })
}

/// Who looked at one's own record or changed it, oneself left out; reasons are words of the office and are left out too.
/// Somebody's own look at this list leaves no row.
///
/// # Errors
/// [`ServiceError::Forbidden`] for accounts without a record of their own.
pub async fn read_own_audit(
    office: &Office,
    actor: &Actor,
    before: Option<i64>,
    limit: u32,
) -> Result<AuditPage> {
    let Some(person) = authz::scope(actor, Action::ReadOwnAudit).own else {
        return Err(ServiceError::Forbidden(Action::ReadOwnAudit));
    };
    let limit = limit.clamp(1, LONGEST_PAGE);
    let filter = AuditFilter {
        person: Some(person),
        but_not_by: Some(actor.account),
        before,
        ..AuditFilter::default()
    };
    let today = office.today();
    let mut page = office.db.read_apart(move |db| page(db, filter, limit, today)).await?;
    page.lines.iter_mut().for_each(|line| line.reason = None);
    Ok(page)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(id: i64) -> AuditLine {
        AuditLine {
            id,
            at: base::time::Timestamp::UNIX_EPOCH,
            who: String::new(),
            action: "read_student".to_owned(),
            person: None,
            whom: String::new(),
            student_number: String::new(),
            object_name: String::new(),
            object_kind: "enrolment".to_owned(),
            object: None,
            detail: String::new(),
            shown: 0,
            reason: None,
        }
    }

    #[test]
    fn a_page_about_a_person_goes_on_where_it_stopped_looking() {
        assert_eq!(reach(None, 20), None, "the whole log");
        assert_eq!(reach(None, LOOKED_THROUGH + 20), Some(21));
        assert_eq!(reach(Some(21), LOOKED_THROUGH + 20), None);
        let ids = |lines: &[AuditLine]| lines.iter().map(|line| line.id).collect::<Vec<_>>();
        let (lines, next) = cut(vec![line(9), line(7), line(4)], 2, Some(3));
        assert_eq!((ids(&lines), next), (vec![9, 7], Some(7)), "more in what was looked through");
        let (lines, next) = cut(vec![line(9)], 2, Some(3));
        assert_eq!((ids(&lines), next), (vec![9], Some(3)), "perhaps more behind it");
        assert_eq!(cut(vec![line(9)], 2, None).1, None);
    }
}
