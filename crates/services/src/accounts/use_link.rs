//! Whoever holds a one-time link sets a password with it.

use base::{ids::AccountId, time::Timestamp};
use domain::accounts::{AccountStatus, LinkPurpose};
use storage::{
    Reader,
    accounts::{self, Account, links, sessions, tokens},
};

use super::{
    attempts, password, password_rules,
    secret::{Password, hash},
    trace,
};
use crate::{
    authz,
    error::{Result, ServiceError},
    office::Office,
};

/// What the page of a link shows, so that nobody sets another person's password.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LinkHolder {
    /// Name.
    pub display_name: String,
    /// User name.
    pub user_name: String,
    /// First password or a new one.
    pub purpose: LinkPurpose,
    /// Until when it can be used.
    pub expires_at: Timestamp,
}

/// What the page of a link sends.
#[derive(Clone)]
pub struct UseLink {
    /// The end of the link's address.
    pub token: String,
    /// The new password, as typed.
    pub password: Password,
    /// Request id.
    pub request: String,
}

/// Whose link it is, while it can be used. One that was used, has run out or never was looks the same.
///
/// # Errors
/// [`ServiceError::NotFound`].
pub async fn look_up_link(office: &Office, token: &str) -> Result<LinkHolder> {
    let (key, now) = (hash(token), office.now());
    let (account, link) = office.db.read(move |db| open(db, &key, now)).await?;
    Ok(LinkHolder {
        display_name: account.display_name,
        user_name: account.user_name,
        purpose: link.purpose,
        expires_at: link.expires_at,
    })
}

fn open(db: &Reader<'_>, key: &[u8; 32], now: Timestamp) -> Result<(Account, links::OpenLink)> {
    let link = links::find_open(db, key, now)?.ok_or(ServiceError::NotFound)?;
    let account = accounts::fetch(db, link.account)?.ok_or(ServiceError::NotFound)?;
    match account.status {
        AccountStatus::Invited | AccountStatus::Active => Ok((account, link)),
        AccountStatus::Locked | AccountStatus::Closed => Err(ServiceError::NotFound),
    }
}

/// Sets the password of the link's account and uses the link up. Every session of the account ends and, where a
/// password is replaced, its API tokens are revoked, because somebody else may have made them; a pause after wrong
/// passwords ends too. Nobody is signed in by it.
///
/// # Errors
/// [`ServiceError::NotFound`] when the link cannot be used (any more); [`ServiceError::Invalid`] on `password` with a
/// rule of passwords, and the link stays usable.
pub async fn set_password_by_link(office: &Office, command: UseLink) -> Result<AccountId> {
    let UseLink { token, password, request } = command;
    let key = hash(&token);
    let before = office.now();
    let (account, _) = office.db.read(move |db| open(db, &key, before)).await?;
    password_rules::check(&password, &account.user_name, "password")?;
    let stored = password::hash(&*office.random, &password).await?;
    let now = office.now();
    office
        .db
        .write(move |tx| {
            let (account, link) = open(tx, &key, now)?;
            let permit = authz::for_own_account(account.id, now, &request);
            if !links::use_up(tx, &permit, &key)? {
                return Err(ServiceError::NotFound);
            }
            accounts::update_password(tx, &permit, account.id, &stored)?;
            sessions::end_all(tx, &permit, account.id, None)?;
            if link.purpose == LinkPurpose::Reset {
                tokens::revoke_all(tx, &permit, account.id)?;
            }
            attempts::forgive_name(tx, &account.user_name)?;
            trace(tx, &permit, "set_password", &account, link.purpose.code())?;
            Ok(account.id)
        })
        .await
}
