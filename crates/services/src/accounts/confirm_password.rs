//! The password once more, before a sensitive act.

use storage::{accounts::sessions, audit};

use super::{
    Session, attempts, row,
    secret::{Password, Token},
};
use crate::{
    authz,
    error::{Result, ServiceError},
    office::Office,
};

/// What the page sends.
#[derive(Clone, Debug)]
pub struct ConfirmPassword {
    /// As typed.
    pub password: Password,
    /// Where the request came from; counted under a hash, never stored.
    pub address: String,
}

/// Notes that the password was typed just now and gives the session another token, which replaces the cookie.
/// Failures count together with those of signing in. Forms that are open in other tabs stay valid.
///
/// # Errors
/// [`ServiceError::Throttled`] after too many failures; [`ServiceError::Invalid`] on `password` with
/// `password-wrong`; [`ServiceError::NotFound`] when the session has ended meanwhile.
pub async fn confirm_password(office: &Office, session: &Session, command: ConfirmPassword) -> Result<Token> {
    let tried = attempts::look(office, &session.user_name, &command.password, &command.address).await?;
    let token = Token::fresh(&*office.random);
    let permit = authz::for_own_account(session.actor.account, office.now(), &session.actor.request);
    let (from, to, person) = (session.key, token.hash(), session.actor.person);
    let (is_right, tried) = office
        .db
        .write(move |tx| -> Result<_> {
            let is_right = tried.proven(tx)?.is_some_and(|who| who.account == permit.account());
            if is_right {
                tried.forgive(tx)?;
                if !sessions::rotate(tx, &permit, &from, &to)? {
                    return Err(ServiceError::NotFound);
                }
            }
            let action = if is_right { "confirm_password" } else { "confirm_password_failed" };
            audit::append(tx, &row(&permit, action, permit.account(), person))?;
            Ok((is_right, tried))
        })
        .await?;
    if is_right { Ok(token) } else { Err(tried.refusal("password", "password-wrong")) }
}
