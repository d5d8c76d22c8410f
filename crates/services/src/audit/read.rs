//! Reading the audit log: the auditor all of it, students what concerns their own record.

use base::text::fold_ascii;
use storage::audit::{AuditFilter, AuditLine, AuditRow, shown_list};

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
    /// Cursor of the next page.
    pub next: Option<i64>,
}

const LONGEST_PAGE: u32 = 200;

fn page(mut lines: Vec<AuditLine>, limit: u32) -> AuditPage {
    let has_more = u32::try_from(lines.len()).is_ok_and(|found| found > limit);
    lines.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    let next = has_more.then(|| lines.last().map(|line| line.id)).flatten();
    AuditPage { lines, next }
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
    let lines = office
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
                limit: limit + 1,
                ..AuditFilter::default()
            };
            Ok(storage::audit::list(db, &filter)?)
        })
        .await?;
    let page = page(lines, limit);
    note(office, actor, Action::ReadAudit, detail, &page);
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

fn note(office: &Office, actor: &Actor, action: Action, detail: String, page: &AuditPage) {
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
    });
}

/// Who looked at one's own record or changed it, oneself left out. Somebody's own look at this list leaves no row.
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
        limit: limit + 1,
        ..AuditFilter::default()
    };
    let lines =
        office.db.read_apart(move |db| -> Result<_> { Ok(storage::audit::list(db, &filter)?) }).await?;
    Ok(page(lines, limit))
}
