//! Another user name or another name shown.

use base::ids::AccountId;
use storage::{
    accounts,
    audit::{self, AuditRow},
};

use super::{display_name_of, fetch, in_words, reason_of, row, user_name};
use crate::{
    authz::{self, Action, Actor, Resource},
    error::{Result, ServiceError},
    office::Office,
    once,
};

/// What the form sends.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ChangeAccount {
    /// Whose account.
    pub account: AccountId,
    /// Its version as the form was opened.
    pub version: i64,
    /// The user name from now on, as typed.
    pub user_name: String,
    /// The name shown from now on.
    pub display_name: String,
    /// Why.
    pub reason: String,
}

/// Changes the names of an account; sessions go on, the next sign-in takes the new user name.
///
/// # Errors
/// [`ServiceError::NotFound`], [`ServiceError::Forbidden`], [`ServiceError::NeedsConfirmation`],
/// [`ServiceError::Stale`]; [`ServiceError::Invalid`] on `user_name` and `display_name` as
/// [`super::add_account()`] says, on `reason` with `required` or `too-long`.
pub async fn change_account(office: &Office, actor: &Actor, command: ChangeAccount) -> Result<()> {
    let now = office.now();
    once::act(office, actor, move |tx, actor| {
        let permit = authz::ask(tx, actor, Action::ManageAccounts, Resource::Anywhere, now)?;
        let account = fetch(tx, command.account)?;
        // A student number given as user name was not looked at as strictly; it may stay.
        let user_name = match user_name::fold(&command.user_name) {
            same if same == account.user_name => same,
            _ => user_name::check(&command.user_name)?,
        };
        let display_name = display_name_of(&command.display_name)?;
        let reason = reason_of(&command.reason)?;
        if accounts::find_by_name(tx, &user_name)?.is_some_and(|other| other.id != account.id) {
            return Err(ServiceError::field("user_name", "user-name-taken"));
        }
        accounts::rename(tx, &permit, account.id, command.version, &user_name, &display_name)
            .map_err(in_words)?;
        let changed: Vec<&str> = [
            (account.user_name != user_name).then_some("user_name"),
            (account.display_name != display_name).then_some("display_name"),
        ]
        .into_iter()
        .flatten()
        .collect();
        let row = AuditRow {
            detail: changed.join(" "),
            reason: Some(reason),
            ..row(&permit, "change_account", account.id, account.person)
        };
        Ok(audit::append(tx, &row)?)
    })
    .await
}
