//! Accounts and sign-in: who somebody is, before anybody asks what he or she may do.
//!
//! It must never contain a token, a password or an address in the clear anywhere but in [`Token`] and [`Password`],
//! and never tell a stranger whether a user name exists. Acts about one's own account ask for nothing but being it;
//! those that belong to a browser take a [`Session`], which an API token does not have. Acts about somebody else's
//! take an [`Actor`] and ask for [`Action::ManageAccounts`]. Start reading at [`sign_in()`], then [`find_session`].

mod actor;
mod add_account;
mod add_token;
mod assign_role;
mod attempts;
mod change_account;
mod change_password;
mod change_settings;
mod change_status;
mod confirm_password;
mod confirm_token;
mod find_account;
mod find_holder;
mod find_session;
mod find_token;
mod forget_expired;
mod issue_link;
mod issue_student_link;
mod list_accounts;
mod own_sessions;
mod password;
mod password_rules;
mod revoke_token;
mod secret;
mod show_account;
mod sign_in;
mod sign_out;
mod student_accounts;
mod use_link;
mod user_name;

use base::{
    ids::{AccountId, PersonId, ProgrammeId, UnitId},
    time::{Date, Timestamp},
};
use storage::{
    Permit, Reader, StorageError, Tx,
    accounts::Account,
    audit::{self, AuditRow},
};

pub use self::{
    actor::actor_of_account,
    add_account::{AddAccount, AddedAccount, RoleRequest, add_account},
    add_token::{AddToken, AddedToken, TOKEN_DAYS, add_token},
    assign_role::{AssignRole, WithdrawRole, assign_role, withdraw_role},
    change_account::{ChangeAccount, change_account},
    change_password::{ChangePassword, change_password, change_password_by_token},
    change_settings::{
        List, Settings, change_settings, choose_columns, choose_term, choose_unit, columns_of,
    },
    change_status::{ChangeStatus, close_account, lock_account, unlock_account},
    confirm_password::{ConfirmPassword, confirm_password},
    confirm_token::{ConfirmToken, confirm_token},
    find_account::account_of_name,
    find_holder::{find_staff, person_of_number},
    find_session::{ABSOLUTE, IDLE, Session, TOUCH_EVERY, find_session, touch_session},
    find_token::{TOKEN_PREFIX, find_token},
    forget_expired::{Forgotten, forget_expired},
    issue_link::{ACTIVATION_VALID, IssuedLink, LINK_PATH, RESET_VALID, issue_link},
    issue_student_link::{IdentityProof, IssueStudentLink, issue_student_link},
    list_accounts::{AccountPage, AccountQuery, list_accounts},
    own_sessions::{OpenSession, end_other_sessions, end_session, list_sessions},
    password_rules::{LONGEST_PASSWORD, SHORTEST_PASSWORD},
    revoke_token::{list_tokens, revoke_token},
    secret::{Password, Token},
    show_account::{AccountDetails, show_account},
    sign_in::{SignIn, SignedIn, sign_in},
    sign_out::sign_out,
    student_accounts::open_student_accounts,
    use_link::{LinkHolder, UseLink, look_up_link, set_password_by_link},
};
pub(crate) use self::{
    issue_link::issue,
    student_accounts::{ensure_student_account, follow_studies, open_account_of_new_student},
};
use crate::{
    authz::{self, Action, Actor, SYSTEM_ACCOUNT},
    error::{FieldError, Result, ServiceError},
};
pub use storage::{
    accounts::{
        AccountLine, HeldRole, Theme,
        tokens::{TokenLine, TokenScope},
    },
    institution::units::StaffLine,
};

/// A row of the audit log about an account, to be completed by whoever writes it.
fn row(permit: &Permit, action: &str, account: AccountId, person: Option<PersonId>) -> AuditRow {
    AuditRow {
        person,
        object_kind: "account",
        object: Some(account.get()),
        detail: String::new(),
        ..AuditRow::by(permit, action)
    }
}

/// Writes such a row with its detail and without a reason.
fn trace(
    tx: &Tx<'_>,
    permit: &Permit,
    action: &str,
    account: &Account,
    detail: impl Into<String>,
) -> Result<()> {
    let row = AuditRow { detail: detail.into(), ..row(permit, action, account.id, account.person) };
    Ok(audit::append(tx, &row)?)
}

/// The account that an administrator wants to change; the installation's own cannot be.
fn fetch(db: &Reader<'_>, id: AccountId) -> Result<Account> {
    if id == SYSTEM_ACCOUNT {
        return Err(ServiceError::NotFound);
    }
    storage::accounts::fetch(db, id)?.ok_or(ServiceError::NotFound)
}

/// Nobody gives rights to the own account or takes them from it: two people are needed for that.
fn refuse_own(actor: &Actor, id: AccountId) -> Result<()> {
    if actor.account == id { Err(ServiceError::field("account", "account-own")) } else { Ok(()) }
}

/// Whether the actor may look at accounts at all; only changing them needs a freshly typed password.
fn may_look(actor: &Actor) -> Result<()> {
    if actor.may(Action::ManageAccounts) {
        Ok(())
    } else {
        Err(ServiceError::Forbidden(Action::ManageAccounts))
    }
}

/// A token that may only look changes nothing of the own account either.
fn refuse_read_only(actor: &Actor) -> Result<()> {
    if actor.read_only { Err(ServiceError::Forbidden(Action::ManageAccounts)) } else { Ok(()) }
}

/// A freshly typed password, for sensitive acts about the own account.
fn require_confirmation(actor: &Actor, now: Timestamp) -> Result<()> {
    if authz::is_confirmed(actor, now) { Ok(()) } else { Err(ServiceError::NeedsConfirmation) }
}

/// The unit of a code typed in a form.
fn unit_of(db: &Reader<'_>, code: Option<&str>) -> Result<Option<UnitId>> {
    let Some(code) = code.map(str::trim).filter(|code| !code.is_empty()) else { return Ok(None) };
    match storage::institution::find_unit(db, code)? {
        Some(unit) => Ok(Some(unit)),
        None => Err(ServiceError::field("unit", "unit-unknown")),
    }
}

/// The programme of a code, with its unit.
fn programme_of(db: &Reader<'_>, code: Option<&str>, today: Date) -> Result<Option<(ProgrammeId, UnitId)>> {
    let Some(code) = code.map(str::trim).filter(|code| !code.is_empty()) else { return Ok(None) };
    match storage::institution::programmes::find(db, code, today)? {
        Some(programme) => Ok(Some((programme.id, programme.unit))),
        None => Err(ServiceError::field("programme", "programme-unknown")),
    }
}

/// A reason typed by whoever acts; it must be there.
fn reason_of(typed: &str) -> Result<String> {
    let reason = typed.trim();
    match reason.chars().count() {
        0 => Err(ServiceError::field("reason", "required")),
        1..=LONGEST_REASON => Ok(reason.to_owned()),
        _ => Err(too_long("reason", LONGEST_REASON)),
    }
}

/// Characters of a reason at the most.
const LONGEST_REASON: usize = 500;
/// Characters of a shown name at the most.
const LONGEST_NAME: usize = 120;

/// A name shown to others; it must be there.
fn display_name_of(typed: &str) -> Result<String> {
    let name = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    // An account may be called "Danışma 2"; what nobody sees is refused.
    let strange = base::text::first_not_in_a_name(&name).filter(|character| !character.is_ascii_graphic());
    if let Some(character) = strange {
        return Err(ServiceError::Invalid(vec![FieldError::not_in_a_name("display_name", character)]));
    }
    match name.chars().count() {
        0 => Err(ServiceError::field("display_name", "required")),
        1..=LONGEST_NAME => Ok(name),
        _ => Err(too_long("display_name", LONGEST_NAME)),
    }
}

fn too_long(field: &'static str, most: usize) -> ServiceError {
    ServiceError::Invalid(vec![FieldError::new(field, "too-long").with("max", most.to_string())])
}

/// Says in the services' own words what a constraint or a guarded update refused.
fn in_words(error: StorageError) -> ServiceError {
    match error {
        StorageError::Stale => ServiceError::Stale,
        StorageError::Constraint { constraint } => match constraint.as_str() {
            "account_user_name_key" => ServiceError::field("user_name", "user-name-taken"),
            "account_person_id_key" => ServiceError::field("person", "person-has-account"),
            _ => StorageError::Constraint { constraint }.into(),
        },
        other => other.into(),
    }
}
