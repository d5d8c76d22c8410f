//! The list of accounts.

use base::{ids::AccountId, text::SearchTerm};
use domain::accounts::{AccountStatus, Role};
use storage::{
    accounts::{AccountFilter, AccountLine, list},
    audit::{AuditRow, shown_list},
};

use super::{may_look, unit_of};
use crate::{authz::Actor, error::Result, office::Office};

/// What of the list is asked for.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct AccountQuery {
    /// Only holders of this role today.
    pub role: Option<Role>,
    /// Only holders of a role in the unit of this code or below it today.
    pub unit: Option<String>,
    /// Only accounts in this state.
    pub status: Option<AccountStatus>,
    /// Fragments of name or user name, as typed.
    pub text: String,
    /// The last account of the page before.
    pub after: Option<AccountId>,
    /// Accounts on a page; at the most 200.
    pub limit: u32,
}

/// A page of the list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AccountPage {
    /// Accounts in the Turkish order of their names.
    pub items: Vec<AccountLine>,
    /// Cursor of the next page.
    pub next: Option<AccountId>,
}

const LONGEST_PAGE: u32 = 200;

/// A page of accounts, for administrators.
///
/// # Errors
/// [`crate::ServiceError::Forbidden`]; [`crate::ServiceError::Invalid`] on `unit` with `unit-unknown`.
pub async fn list_accounts(office: &Office, actor: &Actor, query: AccountQuery) -> Result<AccountPage> {
    may_look(actor)?;
    let (today, limit) = (office.today(), query.limit.clamp(1, LONGEST_PAGE));
    let detail = format!(
        "role={} unit={} status={}{}",
        query.role.map_or("", Role::code),
        query.unit.as_deref().unwrap_or_default(),
        query.status.map_or("", AccountStatus::code),
        if query.text.trim().is_empty() { "" } else { " text" }
    );
    let mut items = office
        .db
        .read(move |db| -> Result<_> {
            let filter = AccountFilter {
                role: query.role,
                unit: unit_of(db, query.unit.as_deref())?,
                status: query.status,
                words: SearchTerm::parse(&query.text),
                on: today,
                after: query.after,
                limit: limit + 1,
            };
            Ok(list(db, &filter)?)
        })
        .await?;
    let has_more = u32::try_from(items.len()).is_ok_and(|found| found > limit);
    items.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    let next = has_more.then(|| items.last().map(|line| line.account.id)).flatten();
    office.reads.note(AuditRow {
        at: office.now(),
        account: Some(actor.account),
        action: "list_accounts".to_owned(),
        person: None,
        object_kind: "list",
        object: None,
        detail,
        shown: Some(shown_list(items.iter().filter_map(|line| line.account.person))),
        reason: None,
        request: actor.request.clone(),
    })?;
    Ok(AccountPage { items, next })
}
