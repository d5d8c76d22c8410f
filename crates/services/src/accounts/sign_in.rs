//! Signing in with user name and password.

use base::{ids::AccountId, lang::Lang};
use domain::accounts::AccountStatus;
use storage::{accounts::sessions, audit};

use super::{
    attempts, row,
    secret::{Password, Token, hash},
    user_name,
};
use crate::{
    authz,
    error::{Result, ServiceError},
    office::Office,
};

/// What the sign-in page sends.
#[derive(Clone, Debug)]
pub struct SignIn {
    /// As typed; folded here.
    pub user_name: String,
    /// As typed.
    pub password: Password,
    /// Where the request came from; counted under a hash, never stored.
    pub address: String,
    /// Token of a session that the browser still has; it ends, whoever it belonged to.
    pub previous: Option<String>,
    /// Request id.
    pub request: String,
}

/// A session that has begun.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// For the cookie; nobody can read it again.
    pub token: Token,
    /// Whose.
    pub account: AccountId,
    /// Language of the account's pages.
    pub lang: Lang,
}

/// What the second transaction decided; a refusal is committed too, with its row in the audit log.
enum Answer {
    Begun(AccountId, Lang),
    Wrong,
    Refused(&'static str),
}

/// Begins a session.
///
/// The office's policy: whoever types a wrong user name or a wrong password gets the same answer after the same
/// work, and is asked to wait longer and longer after five failures; the answer says until when. That an account is
/// locked or closed is told only to somebody who knows its password. Who forgot the password gets a one-time link
/// at the counter or from an administrator, which also ends the waiting.
///
/// # Errors
/// [`ServiceError::Throttled`] while the user name or the address has to wait; [`ServiceError::Invalid`] on
/// `password` with `sign-in-wrong`, `account-locked` or `account-closed`.
pub async fn sign_in(office: &Office, command: SignIn) -> Result<SignedIn> {
    let SignIn { user_name, password, address, previous, request } = command;
    let tried = attempts::look(office, &user_name::fold(&user_name), &password, &address).await?;
    let (token, csrf) = (Token::fresh(&*office.random), Token::fresh(&*office.random));
    let (now, key) = (office.now(), token.hash());
    let (answer, tried) = office
        .db
        .write(move |tx| -> Result<_> {
            let Some(who) = tried.proven(tx)? else {
                let stranger = authz::for_own_account(authz::SYSTEM_ACCOUNT, now, &request);
                let account = tried.tried().map(|who| who.account);
                let mut failed = row(
                    &stranger,
                    "sign_in_failed",
                    authz::SYSTEM_ACCOUNT,
                    tried.tried().and_then(|who| who.person),
                );
                failed.account = None;
                failed.object = account.map(AccountId::get);
                audit::append(tx, &failed)?;
                return Ok((Answer::Wrong, tried));
            };
            tried.forgive(tx)?;
            let permit = authz::for_own_account(who.account, now, &request);
            let refused = match who.status {
                AccountStatus::Active => None,
                AccountStatus::Locked => Some("account-locked"),
                AccountStatus::Closed => Some("account-closed"),
                // Has no password that could be right; an answer all the same.
                AccountStatus::Invited => Some("sign-in-wrong"),
            };
            if let Some(code) = refused {
                let mut failed = row(&permit, "sign_in_failed", who.account, who.person);
                failed.detail = who.status.code().to_owned();
                audit::append(tx, &failed)?;
                return Ok((Answer::Refused(code), tried));
            }
            if let Some(previous) = &previous {
                sessions::end(tx, &permit, &hash(previous))?;
            }
            sessions::insert(tx, &permit, &key, csrf.reveal())?;
            audit::append(tx, &row(&permit, "sign_in", who.account, who.person))?;
            Ok((Answer::Begun(who.account, who.lang), tried))
        })
        .await?;
    match answer {
        Answer::Begun(account, lang) => Ok(SignedIn { token, account, lang }),
        Answer::Wrong => Err(tried.refusal("password", "sign-in-wrong")),
        Answer::Refused(code) => Err(ServiceError::field("password", code)),
    }
}
