//! Another password for one's own account.

use storage::{
    accounts::{self, links, sessions},
    audit,
};

use super::{
    Session, attempts, password, password_rules, row,
    secret::{Password, Token},
};
use crate::{
    authz,
    error::{Result, ServiceError},
    office::Office,
};

/// What the page sends.
#[derive(Clone, Debug)]
pub struct ChangePassword {
    /// The password until now, as typed.
    pub current: Password,
    /// The one from now on, as typed.
    pub new: Password,
    /// Where the request came from; counted under a hash, never stored.
    pub address: String,
}

/// Changes the password, ends every other session of the account, voids open links, and gives this session another
/// token, which replaces the cookie.
///
/// # Errors
/// [`ServiceError::Throttled`] after too many failures; [`ServiceError::Invalid`] on `current` with
/// `password-wrong`, on `new` with `password-unchanged` or a rule of passwords; [`ServiceError::NotFound`] when the
/// session has ended meanwhile.
pub async fn change_password(office: &Office, session: &Session, command: ChangePassword) -> Result<Token> {
    let ChangePassword { current, new, address } = command;
    password_rules::check(&new, &session.user_name, "new")?;
    if current.text() == new.text() {
        return Err(ServiceError::field("new", "password-unchanged"));
    }
    let tried = attempts::look(office, &session.user_name, &current, &address).await?;
    let stored = password::hash(&*office.random, &new).await?;
    let token = Token::fresh(&*office.random);
    let permit = authz::for_own_account(session.actor.account, office.now(), &session.actor.request);
    let (from, to, person) = (session.key, token.hash(), session.actor.person);
    let (is_right, tried) = office
        .db
        .write(move |tx| -> Result<_> {
            let is_right = tried.proven(tx)?.is_some_and(|who| who.account == permit.account());
            if is_right {
                tried.forgive(tx)?;
                accounts::update_password(tx, &permit, permit.account(), &stored)?;
                links::void(tx, &permit, permit.account())?;
                if !sessions::rotate(tx, &permit, &from, &to)? {
                    return Err(ServiceError::NotFound);
                }
                sessions::end_all(tx, &permit, permit.account(), Some(&to))?;
            }
            let action = if is_right { "change_password" } else { "change_password_failed" };
            audit::append(tx, &row(&permit, action, permit.account(), person))?;
            Ok((is_right, tried))
        })
        .await?;
    if is_right { Ok(token) } else { Err(tried.refusal("current", "password-wrong")) }
}
