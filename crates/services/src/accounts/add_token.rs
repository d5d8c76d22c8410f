//! API tokens: another program acts for an account.

use base::{ids::AccountId, time::Date};
use domain::accounts::AccountStatus;
use storage::accounts::tokens::{self, NewToken, TokenScope};

use super::{
    fetch,
    find_session::later,
    find_token::TOKEN_PREFIX,
    require_confirmation,
    secret::{Token, hash},
    too_long, trace,
};
use crate::{
    authz::{self, Action, Actor, SYSTEM_ACCOUNT},
    error::{FieldError, Result, ServiceError},
    office::Office,
};

/// Days that a token may work at the most.
pub const TOKEN_DAYS: u16 = 366;
/// Characters of a token's name at the most.
const LONGEST_NAME: usize = 60;

/// What the form or the console sends.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AddToken {
    /// For which account: the own one; at the console any.
    pub account: AccountId,
    /// What it is for, in the owner's words.
    pub name: String,
    /// What it may do.
    pub scope: TokenScope,
    /// Last day on which it works.
    pub expires_on: Date,
}

/// A token that was made.
#[derive(Clone)]
pub struct AddedToken {
    /// Row number, by which it is revoked.
    pub id: i64,
    /// The whole token, shown once; nobody can read it again.
    pub token: String,
}

impl std::fmt::Debug for AddedToken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("AddedToken").field("id", &self.id).finish_non_exhaustive()
    }
}

/// Makes a token for the own account. It may do what the account may on the day of use: with scope *read* only look,
/// with scope *write* also change, and do a sensitive act only after [`super::confirm_token()`]. Nobody, administrators
/// included, makes one for somebody else's account, because it would act under that name; only whoever owns the
/// files does, at the console.
///
/// # Errors
/// [`ServiceError::NeedsConfirmation`] without a freshly typed password; [`ServiceError::Forbidden`] for somebody
/// else's account; [`ServiceError::Invalid`] on `name` (`required`, `too-long`), `expires_on`
/// (`token-ends-in-the-past`, `token-ends-too-late` with `max`), `account` (`account-locked`, `account-closed`,
/// `account-not-active`).
pub async fn add_token(office: &Office, actor: &Actor, command: AddToken) -> Result<AddedToken> {
    let (now, today) = (office.now(), office.today());
    if actor.account != SYSTEM_ACCOUNT && actor.account != command.account {
        return Err(ServiceError::Forbidden(Action::ManageAccounts));
    }
    require_confirmation(actor, now)?;
    let name = command.name.trim().to_owned();
    match name.chars().count() {
        0 => return Err(ServiceError::field("name", "required")),
        1..=LONGEST_NAME => {}
        _ => return Err(too_long("name", LONGEST_NAME)),
    }
    let last_day = base::time::local_date(later(
        now,
        std::time::Duration::from_secs(u64::from(TOKEN_DAYS) * 24 * 60 * 60),
    ));
    if command.expires_on < today {
        return Err(ServiceError::field("expires_on", "token-ends-in-the-past"));
    }
    if command.expires_on > last_day {
        let error =
            FieldError::new("expires_on", "token-ends-too-late").with("max", base::time::date_tr(last_day));
        return Err(ServiceError::Invalid(vec![error]));
    }
    let token = format!("{TOKEN_PREFIX}{}", Token::fresh(&*office.random).reveal());
    let key = hash(&token);
    let permit = authz::for_own_account(actor.account, now, &actor.request);
    let new =
        NewToken { account: command.account, name, scope: command.scope, expires_on: command.expires_on };
    let id = office
        .db
        .write(move |tx| -> Result<_> {
            let account = fetch(tx, new.account)?;
            match account.status {
                AccountStatus::Active => {}
                AccountStatus::Invited => return Err(ServiceError::field("account", "account-not-active")),
                AccountStatus::Locked => return Err(ServiceError::field("account", "account-locked")),
                AccountStatus::Closed => return Err(ServiceError::field("account", "account-closed")),
            }
            let id = tokens::insert(tx, &permit, &key, &new)?;
            trace(
                tx,
                &permit,
                "add_token",
                &account,
                format!("token={id} scope={} to={}", new.scope.code(), new.expires_on),
            )?;
            Ok(id)
        })
        .await?;
    Ok(AddedToken { id, token })
}
