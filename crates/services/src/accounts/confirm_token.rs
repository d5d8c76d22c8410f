//! The password beside an API token, before a sensitive act.

use base::time::Timestamp;
use storage::{accounts::tokens, audit};

use super::{
    attempts,
    find_session::later,
    refuse_read_only, row,
    secret::{Password, hash},
};
use crate::{
    authz::{self, Actor, CONFIRMATION_MINUTES},
    error::{Result, ServiceError},
    office::Office,
};

/// What the program sends that acts with the token.
#[derive(Clone)]
pub struct ConfirmToken {
    /// The token that acts.
    pub token: String,
    /// Its owner's password, as typed.
    pub password: Password,
    /// Where the request came from; counted under a hash, never stored.
    pub address: String,
}

/// Notes that the owner of a token typed the password for it just now; answers until when sensitive acts may be done
/// with it. Only this token is confirmed, no other one and no session. A token that may only read never is: it has no
/// sensitive act to do. Failures count together with those of signing in.
///
/// # Errors
/// [`ServiceError::Forbidden`] for a token that may only read; [`ServiceError::Throttled`] after too many failures;
/// [`ServiceError::Invalid`] on `password` with `password-wrong`; [`ServiceError::NotFound`] when the token does not
/// work any more.
pub async fn confirm_token(office: &Office, actor: &Actor, command: ConfirmToken) -> Result<Timestamp> {
    refuse_read_only(actor)?;
    let (key, today) = (hash(&command.token), office.today());
    let found = office.db.read(move |db| tokens::find(db, &key, today)).await?;
    let Some((holder, _)) = found.filter(|(holder, _)| holder.account == actor.account) else {
        return Err(ServiceError::NotFound);
    };
    let tried = attempts::look(office, &holder.user_name, &command.password, &command.address).await?;
    let permit = authz::for_own_account(actor.account, office.now(), &actor.request);
    let until = later(permit.at(), std::time::Duration::from_secs(CONFIRMATION_MINUTES.unsigned_abs() * 60));
    let person = actor.person;
    let (is_right, tried) = office
        .db
        .write(move |tx| -> Result<_> {
            let is_right = tried.proven(tx)?.is_some_and(|who| who.account == permit.account());
            if is_right {
                tried.forgive(tx)?;
                if !tokens::confirm(tx, &permit, &key)? {
                    return Err(ServiceError::NotFound);
                }
            }
            let action = if is_right { "confirm_token" } else { "confirm_token_failed" };
            audit::append(tx, &row(&permit, action, permit.account(), person))?;
            Ok((is_right, tried))
        })
        .await?;
    if is_right { Ok(until) } else { Err(tried.refusal("password", "password-wrong")) }
}
