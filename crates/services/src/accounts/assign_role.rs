//! Giving and taking roles.

use base::{ids::AccountId, time::Date};
use domain::accounts::AccountStatus;
use storage::{
    accounts,
    audit::{self, AuditRow},
};

use super::{
    add_account::{RoleRequest, role_of, role_word},
    fetch, in_words, reason_of, refuse_own, row,
};
use crate::{
    authz::{self, Action, Actor, Resource},
    error::{Result, ServiceError},
    office::Office,
    once,
};

/// What the form sends to give a role.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AssignRole {
    /// Whose account.
    pub account: AccountId,
    /// Its version as the form was opened.
    pub version: i64,
    /// The role.
    pub role: RoleRequest,
}

/// What the form sends to take a role.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct WithdrawRole {
    /// Whose account.
    pub account: AccountId,
    /// Its version as the form was opened.
    pub version: i64,
    /// Row number of the role held.
    pub role: i64,
    /// First day on which it is no longer held; today when left out.
    pub ends_on: Option<Date>,
    /// Why.
    pub reason: String,
}

/// Gives an account a role from a day on. Nobody gives one to the own account.
///
/// # Errors
/// [`ServiceError::NotFound`], [`ServiceError::Forbidden`], [`ServiceError::NeedsConfirmation`],
/// [`ServiceError::Stale`]; [`ServiceError::Invalid`] on `account` (`account-own`, `account-closed`), `unit`
/// (`unit-unknown`, `role-needs-unit`, `role-has-no-unit`), `programme` (`programme-unknown`,
/// `programme-of-another-unit`), `role` (`role-needs-person`, `role-needs-staff`,
/// `role-held-already`), `ends_on` (`role-ends-before-it-starts`).
pub async fn assign_role(office: &Office, actor: &Actor, command: AssignRole) -> Result<()> {
    let (now, today) = (office.now(), office.today());
    once::act(office, actor, move |tx, actor| {
        let permit = authz::ask(tx, actor, Action::ManageAccounts, Resource::Anywhere, now)?;
        let account = fetch(tx, command.account)?;
        refuse_own(actor, account.id)?;
        accounts::take_version(tx, &permit, account.id, command.version).map_err(in_words)?;
        if account.status == AccountStatus::Closed {
            return Err(ServiceError::field("account", "account-closed"));
        }
        let new = role_of(tx, &command.role, account.person, account.staff, today)?;
        let overlaps = |held: &accounts::HeldRole| {
            held.role == new.role
                && held.unit == new.unit
                && held.programme == new.programme
                && held.ends_on.is_none_or(|end| new.starts_on < end)
                && new.ends_on.is_none_or(|end| held.starts_on < end)
        };
        if accounts::roles(tx, account.id)?.iter().any(overlaps) {
            return Err(ServiceError::field("role", "role-held-already"));
        }
        accounts::insert_role(tx, &permit, account.id, &new)?;
        let row = AuditRow {
            detail: format!("{} from={}", role_word(new.role, new.unit, new.programme), new.starts_on),
            ..row(&permit, "assign_role", account.id, account.person)
        };
        Ok(audit::append(tx, &row)?)
    })
    .await
}

/// Ends a role of an account. Nobody ends one of the own account.
///
/// # Errors
/// As [`assign_role`]; [`ServiceError::Invalid`] on `ends_on` with `role-ended-already` or
/// `role-ends-before-it-starts`, on `reason` with `required` or `too-long`.
pub async fn withdraw_role(office: &Office, actor: &Actor, command: WithdrawRole) -> Result<()> {
    let (now, today) = (office.now(), office.today());
    once::act(office, actor, move |tx, actor| {
        let permit = authz::ask(tx, actor, Action::ManageAccounts, Resource::Anywhere, now)?;
        let account = fetch(tx, command.account)?;
        refuse_own(actor, account.id)?;
        let reason = reason_of(&command.reason)?;
        accounts::take_version(tx, &permit, account.id, command.version).map_err(in_words)?;
        let roles = accounts::roles(tx, account.id)?;
        let held = roles.iter().find(|held| held.id == command.role).ok_or(ServiceError::NotFound)?;
        let ends_on = command.ends_on.unwrap_or(today);
        if held.ends_on.is_some_and(|end| end <= today) {
            return Err(ServiceError::field("ends_on", "role-ended-already"));
        }
        // A role that has not begun may be taken back altogether; what was held stays held until today.
        if ends_on < held.starts_on.min(today) || (held.starts_on <= today && ends_on < today) {
            return Err(ServiceError::field("ends_on", "role-ends-before-it-starts"));
        }
        accounts::end_role(tx, &permit, held.id, ends_on)?;
        let row = AuditRow {
            detail: format!("{} to={ends_on}", role_word(held.role, held.unit, held.programme)),
            reason: Some(reason),
            ..row(&permit, "withdraw_role", account.id, account.person)
        };
        Ok(audit::append(tx, &row)?)
    })
    .await
}
