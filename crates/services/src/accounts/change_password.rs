//! Another password for one's own account.

use storage::{
    accounts::{
        self, links,
        sessions::{self, TokenHash},
    },
    audit,
};

use super::{
    Session, attempts, fetch, password, password_rules, refuse_read_only, row,
    secret::{Password, Token},
};
use crate::{
    authz::{self, Actor},
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
    change(office, &session.actor, &session.user_name, Some(session.key), command).await
}

/// As [`change_password`], asked by an API token of the account: it stays, every session ends.
///
/// # Errors
/// As [`change_password`]; [`ServiceError::Forbidden`] for a token that may only read.
pub async fn change_password_by_token(office: &Office, actor: &Actor, command: ChangePassword) -> Result<()> {
    refuse_read_only(actor)?;
    let account = actor.account;
    let holder = office.db.read(move |db| fetch(db, account)).await?;
    change(office, actor, &holder.user_name, None, command).await.map(drop)
}

async fn change(
    office: &Office,
    actor: &Actor,
    user_name: &str,
    from: Option<TokenHash>,
    command: ChangePassword,
) -> Result<Token> {
    let ChangePassword { current, new, address } = command;
    password_rules::check(&new, user_name, "new")?;
    if current.text() == new.text() {
        return Err(ServiceError::field("new", "password-unchanged"));
    }
    let tried = attempts::look(office, user_name, &current, &address).await?;
    let stored = password::hash(&*office.random, &new).await?;
    let token = Token::fresh(&*office.random);
    let permit = authz::for_own_account(actor.account, office.now(), &actor.request);
    let (to, person) = (token.hash(), actor.person);
    let (is_right, tried) = office
        .db
        .write(move |tx| -> Result<_> {
            let is_right = tried.proven(tx)?.is_some_and(|who| who.account == permit.account());
            if is_right {
                tried.forgive(tx)?;
                accounts::update_password(tx, &permit, permit.account(), &stored)?;
                links::void(tx, &permit, permit.account())?;
                if let Some(from) = from
                    && !sessions::rotate(tx, &permit, &from, &to)?
                {
                    return Err(ServiceError::NotFound);
                }
                sessions::end_all(tx, &permit, permit.account(), from.map(|_| &to))?;
            }
            let action = if is_right { "change_password" } else { "change_password_failed" };
            audit::append(tx, &row(&permit, action, permit.account(), person))?;
            Ok((is_right, tried))
        })
        .await?;
    if is_right { Ok(token) } else { Err(tried.refusal("current", "password-wrong")) }
}
