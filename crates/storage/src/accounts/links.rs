//! One-time links for the first or a new password, known by the SHA-256 of their token.

use base::{ids::AccountId, time::Timestamp};
use domain::accounts::LinkPurpose;

use super::sessions::TokenHash;
use crate::{
    args,
    db::{Reader, Tx},
    error::Result,
    permit::Permit,
};

/// A link that can still be used.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct OpenLink {
    /// Whose password it sets.
    pub account: AccountId,
    /// What for.
    pub purpose: LinkPurpose,
    /// Until when.
    pub expires_at: Timestamp,
}

/// Issues a link and voids those of the account that were not used.
///
/// # Errors
/// The engine's refusal.
pub fn insert(tx: &Tx<'_>, permit: &Permit, token: &TokenHash, link: &OpenLink) -> Result<()> {
    void(tx, permit, link.account)?;
    tx.execute(
        "INSERT INTO one_time_link (token_hash, account_id, purpose, issued_at, issued_by, expires_at) VALUES ($1, $2, $3, $4, $5, $6)",
        args![token, link.account, link.purpose.code(), permit.at(), permit.account(), link.expires_at],
    )?;
    Ok(())
}

/// The link of a token, while it can be used.
///
/// # Errors
/// The engine's refusal.
pub fn find_open(db: &Reader<'_>, token: &TokenHash, now: Timestamp) -> Result<Option<OpenLink>> {
    db.one(
        "SELECT account_id, purpose, expires_at FROM one_time_link WHERE token_hash = $1 AND used_at IS NULL AND expires_at > $2",
        args![token, now],
        |r| Ok(OpenLink { account: r.id(0)?, purpose: r.word(1, LinkPurpose::from_code)?, expires_at: r.time(2)? }),
    )
}

/// The open link of an account.
///
/// # Errors
/// The engine's refusal.
pub fn of_account(db: &Reader<'_>, account: AccountId, now: Timestamp) -> Result<Option<OpenLink>> {
    db.one(
        "SELECT purpose, expires_at FROM one_time_link WHERE account_id = $1 AND used_at IS NULL AND expires_at > $2",
        args![account, now],
        |r| Ok(OpenLink { account, purpose: r.word(0, LinkPurpose::from_code)?, expires_at: r.time(1)? }),
    )
}

/// Uses a link up; `false` when it was used or ran out meanwhile.
///
/// # Errors
/// The engine's refusal.
pub fn use_up(tx: &Tx<'_>, permit: &Permit, token: &TokenHash) -> Result<bool> {
    let touched = tx.execute(
        "UPDATE one_time_link SET used_at = $2 WHERE token_hash = $1 AND used_at IS NULL AND expires_at > $2",
        args![token, permit.at()],
    )?;
    Ok(touched == 1)
}

/// Voids the links of an account that were not used; the audit log keeps that they were issued.
///
/// # Errors
/// The engine's refusal.
pub fn void(tx: &Tx<'_>, _permit: &Permit, account: AccountId) -> Result<()> {
    tx.execute("DELETE FROM one_time_link WHERE account_id = $1 AND used_at IS NULL", args![account])?;
    Ok(())
}

/// Removes links that ran out before `since`; answers how many.
///
/// # Errors
/// The engine's refusal.
pub fn forget(tx: &Tx<'_>, _permit: &Permit, since: Timestamp) -> Result<u64> {
    tx.execute("DELETE FROM one_time_link WHERE expires_at < $1", args![since])
}
