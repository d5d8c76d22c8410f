//! One-time links: the only way to a first or a forgotten password.

use std::time::Duration;

use base::{ids::AccountId, time::Timestamp};
use domain::accounts::{AccountStatus, LinkPurpose};
use storage::{
    Permit, Tx,
    accounts::{
        Account,
        links::{self, OpenLink},
    },
};

use super::{fetch, find_session::later, secret::Token, trace};
use crate::{
    authz::{self, Action, Actor, Resource},
    error::{Result, ServiceError},
    office::Office,
};

/// How long a link for the first password can be used.
pub const ACTIVATION_VALID: Duration = Duration::from_secs(72 * 60 * 60);
/// How long a link for a forgotten password can be used.
pub const RESET_VALID: Duration = Duration::from_secs(60 * 60);
/// Path of the page that a link opens; the token follows.
pub const LINK_PATH: &str = "/etkinlestir/";

/// A link as it is handed over, once.
#[derive(Clone, Debug)]
pub struct IssuedLink {
    /// Shown once; nobody can read it again.
    pub token: Token,
    /// Whose password it sets.
    pub account: AccountId,
    /// With which user name its holder then signs in.
    pub user_name: String,
    /// Name shown to others.
    pub display_name: String,
    /// First password or a new one.
    pub purpose: LinkPurpose,
    /// Until when it can be used.
    pub expires_at: Timestamp,
}

impl IssuedLink {
    /// The whole address, for a slip of paper, a letter or the console.
    pub fn url(&self, office: &Office) -> String {
        format!("{}{LINK_PATH}{}", office.public_url, self.token.reveal())
    }
}

/// Issues a link for somebody's account, as an administrator: for the first password where none was set, otherwise
/// for a new one. Links issued before and not used are void from then on; the old password works until a new one
/// is set.
///
/// # Errors
/// [`ServiceError::NotFound`], [`ServiceError::Forbidden`], [`ServiceError::NeedsConfirmation`];
/// [`ServiceError::Invalid`] on `account` with `account-locked` or `account-closed`.
pub async fn issue_link(office: &Office, actor: &Actor, account: AccountId) -> Result<IssuedLink> {
    let (actor, now) = (actor.clone(), office.now());
    let token = Token::fresh(&*office.random);
    office
        .db
        .write(move |tx| {
            let permit = authz::ask(tx, &actor, Action::ManageAccounts, Resource::Anywhere, now)?;
            let account = fetch(tx, account)?;
            issue(tx, &permit, &account, token, "")
        })
        .await
}

/// Writes the link and its row in the audit log, after whoever asked was found to be allowed to.
pub(crate) fn issue(
    tx: &Tx<'_>,
    permit: &Permit,
    account: &Account,
    token: Token,
    detail: &str,
) -> Result<IssuedLink> {
    match account.status {
        AccountStatus::Invited | AccountStatus::Active => {}
        AccountStatus::Locked => return Err(ServiceError::field("account", "account-locked")),
        AccountStatus::Closed => return Err(ServiceError::field("account", "account-closed")),
    }
    let (purpose, valid) = if account.has_password {
        (LinkPurpose::Reset, RESET_VALID)
    } else {
        (LinkPurpose::Activation, ACTIVATION_VALID)
    };
    let expires_at = later(permit.at(), valid);
    links::insert(tx, permit, &token.hash(), &OpenLink { account: account.id, purpose, expires_at })?;
    trace(tx, permit, "issue_link", account, format!("{purpose} {detail}").trim_end())?;
    Ok(IssuedLink {
        token,
        account: account.id,
        user_name: account.user_name.clone(),
        display_name: account.display_name.clone(),
        purpose,
        expires_at,
    })
}
