//! Locking, unlocking and closing accounts.

use base::ids::AccountId;
use domain::accounts::AccountStatus;
use storage::{
    accounts::{self, Account, links, sessions, tokens},
    audit::{self, AuditRow},
};

use super::{fetch, in_words, reason_of, refuse_own, row};
use crate::{
    authz::{self, Action, Actor, Resource},
    error::{Result, ServiceError},
    office::Office,
    once,
};

/// What the form sends.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ChangeStatus {
    /// Whose account.
    pub account: AccountId,
    /// Its version as the form was opened.
    pub version: i64,
    /// Why.
    pub reason: String,
}

/// Locks an account: nobody can sign in with it, its sessions end at once, its API tokens and links rest.
///
/// # Errors
/// [`ServiceError::NotFound`], [`ServiceError::Forbidden`], [`ServiceError::NeedsConfirmation`],
/// [`ServiceError::Stale`]; [`ServiceError::Invalid`] on `account` (`account-own`, `account-closed`,
/// `account-locked`), `reason` (`required`, `too-long`).
pub async fn lock_account(office: &Office, actor: &Actor, command: ChangeStatus) -> Result<()> {
    change(office, actor, command, "lock_account", |account| match account.status {
        AccountStatus::Invited | AccountStatus::Active => Ok(AccountStatus::Locked),
        AccountStatus::Locked => Err(ServiceError::field("account", "account-locked")),
        AccountStatus::Closed => Err(ServiceError::field("account", "account-closed")),
    })
    .await
}

/// Unlocks an account; one that never had a password is invited again.
///
/// # Errors
/// As [`lock_account`], with `account-not-locked` for one that is not locked.
pub async fn unlock_account(office: &Office, actor: &Actor, command: ChangeStatus) -> Result<()> {
    change(office, actor, command, "unlock_account", |account| match account.status {
        AccountStatus::Locked if account.has_password => Ok(AccountStatus::Active),
        AccountStatus::Locked => Ok(AccountStatus::Invited),
        AccountStatus::Invited | AccountStatus::Active => {
            Err(ServiceError::field("account", "account-not-locked"))
        }
        AccountStatus::Closed => Err(ServiceError::field("account", "account-closed")),
    })
    .await
}

/// Closes an account for good, e.g. when somebody leaves: sessions end, API tokens and links are void. What was done
/// with it stays in the ledger and in the audit log.
///
/// # Errors
/// As [`lock_account`].
pub async fn close_account(office: &Office, actor: &Actor, command: ChangeStatus) -> Result<()> {
    change(office, actor, command, "close_account", |account| match account.status {
        AccountStatus::Closed => Err(ServiceError::field("account", "account-closed")),
        _ => Ok(AccountStatus::Closed),
    })
    .await
}

async fn change(
    office: &Office,
    actor: &Actor,
    command: ChangeStatus,
    action: &'static str,
    next: fn(&Account) -> Result<AccountStatus>,
) -> Result<()> {
    let now = office.now();
    once::act(office, actor, move |tx, actor| {
        let permit = authz::ask(tx, actor, Action::ManageAccounts, Resource::Anywhere, now)?;
        let account = fetch(tx, command.account)?;
        refuse_own(actor, account.id)?;
        let reason = reason_of(&command.reason)?;
        if account.version != command.version {
            return Err(ServiceError::Stale);
        }
        let status = next(&account)?;
        accounts::update_status(tx, &permit, account.id, command.version, status).map_err(in_words)?;
        if matches!(status, AccountStatus::Locked | AccountStatus::Closed) {
            sessions::end_all(tx, &permit, account.id, None)?;
        }
        if status == AccountStatus::Closed {
            tokens::revoke_all(tx, &permit, account.id)?;
            links::void(tx, &permit, account.id)?;
        }
        let row = AuditRow { reason: Some(reason), ..row(&permit, action, account.id, account.person) };
        Ok(audit::append(tx, &row)?)
    })
    .await
}
