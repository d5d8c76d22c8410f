//! Seeing and revoking API tokens.

use base::ids::AccountId;
use storage::accounts::tokens::{self, TokenLine};

use super::{fetch, refuse_read_only, trace};
use crate::{
    authz::{self, Action, Actor, Resource},
    error::{Result, ServiceError},
    office::Office,
    once,
};

/// The tokens of the own account; of any for administrators.
///
/// # Errors
/// [`ServiceError::Forbidden`].
pub async fn list_tokens(office: &Office, actor: &Actor, account: AccountId) -> Result<Vec<TokenLine>> {
    if actor.account != account {
        super::may_look(actor)?;
    }
    Ok(office.db.read(move |db| tokens::of_account(db, account)).await?)
}

/// Revokes a token of the own account, without asking for a password, since nobody is harmed by it; administrators
/// revoke any.
///
/// # Errors
/// [`ServiceError::NotFound`] for somebody else's, [`ServiceError::NeedsConfirmation`] for an administrator;
/// [`ServiceError::Forbidden`] for a token that may only read.
pub async fn revoke_token(office: &Office, actor: &Actor, id: i64) -> Result<()> {
    let now = office.now();
    once::act(office, actor, move |tx, actor| {
        let token = tokens::fetch(tx, id)?.ok_or(ServiceError::NotFound)?;
        let permit = if token.account == actor.account {
            refuse_read_only(actor)?;
            authz::for_own_account(actor.account, now, &actor.request)
        } else if actor.may(Action::ManageAccounts) {
            authz::ask(tx, actor, Action::ManageAccounts, Resource::Anywhere, now)?
        } else {
            return Err(ServiceError::NotFound);
        };
        let account = fetch(tx, token.account)?;
        tokens::revoke(tx, &permit, id)?;
        trace(tx, &permit, "revoke_token", &account, format!("token={id}"))
    })
    .await
}
