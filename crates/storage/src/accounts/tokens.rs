//! API tokens, known by the SHA-256 of the token.

use base::{
    ids::AccountId,
    time::{Date, Timestamp},
};

use super::{Holder, holder, sessions::TokenHash};
use crate::{
    args,
    db::{Reader, Tx},
    error::Result,
    permit::Permit,
};

/// What a token may do of what its account may.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TokenScope {
    /// Only read.
    Read,
    /// Read and write; sensitive acts need the owner's password beside it.
    Write,
}

impl TokenScope {
    /// Both scopes.
    pub const ALL: [Self; 2] = [Self::Read, Self::Write];

    /// The stored word.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Write => "write",
        }
    }

    /// The scope behind a stored word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scope| scope.code() == code)
    }
}

/// A token to be stored.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewToken {
    /// Whose.
    pub account: AccountId,
    /// What its owner calls it.
    pub name: String,
    /// What it may do.
    pub scope: TokenScope,
    /// Last day on which it works.
    pub expires_on: Date,
}

/// Stores a token; answers its row number.
///
/// # Errors
/// The engine's refusal.
pub fn insert(tx: &Tx<'_>, permit: &Permit, token: &TokenHash, new: &NewToken) -> Result<i64> {
    let id: base::ids::Id<NewToken> = tx.insert(
        "INSERT INTO api_token (token_hash, account_id, name, scope, created_at, expires_on) VALUES ($1, $2, $3, $4, $5, $6)
         RETURNING id",
        args![token, new.account, new.name, new.scope.code(), permit.at(), new.expires_on],
    )?;
    Ok(id.get())
}

/// What a token brings beside its holder.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct TokenFacts {
    /// What it may do.
    pub scope: TokenScope,
    /// When its owner last typed the password for it.
    pub confirmed_at: Option<Timestamp>,
}

/// Whoever holds a token that works on `on`, and what the token may do.
///
/// # Errors
/// The engine's refusal.
pub fn find(db: &Reader<'_>, token: &TokenHash, on: Date) -> Result<Option<(Holder, TokenFacts)>> {
    holder(
        db,
        "SELECT a.id, a.user_name, a.display_name, a.person_id, a.staff_id, a.status, r.role, r.unit_id, r.programme_id, t.scope,
                t.confirmed_at
         FROM api_token t JOIN account a ON a.id = t.account_id
         LEFT JOIN account_role r ON r.account_id = a.id AND r.starts_on <= $2 AND (r.ends_on IS NULL OR r.ends_on > $2)
         WHERE t.token_hash = $1 AND t.revoked_at IS NULL AND t.expires_on >= $2 ORDER BY r.id",
        args![token, on],
        |r| Ok(TokenFacts { scope: r.word(9, TokenScope::from_code)?, confirmed_at: r.opt_time(10)? }),
    )
}

/// Notes that the owner typed the password for a token; `false` when the token does not work any more.
///
/// # Errors
/// The engine's refusal.
pub fn confirm(tx: &Tx<'_>, permit: &Permit, token: &TokenHash) -> Result<bool> {
    let touched = tx.execute(
        "UPDATE api_token SET confirmed_at = $2 WHERE token_hash = $1 AND account_id = $3 AND revoked_at IS NULL",
        args![token, permit.at(), permit.account()],
    )?;
    Ok(touched == 1)
}

/// A token in a list; the token itself is not known any more.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TokenLine {
    /// Row number, by which it is revoked.
    pub id: i64,
    /// Whose.
    pub account: AccountId,
    /// What its owner calls it.
    pub name: String,
    /// What it may do.
    pub scope: TokenScope,
    /// When it was made.
    pub created_at: Timestamp,
    /// Last day on which it works.
    pub expires_on: Date,
    /// When it was revoked.
    pub revoked_at: Option<Timestamp>,
}

const TOKEN: &str = "SELECT id, account_id, name, scope, created_at, expires_on, revoked_at FROM api_token ";

fn line(r: &crate::Row<'_>) -> Result<TokenLine> {
    Ok(TokenLine {
        id: r.int(0)?,
        account: r.id(1)?,
        name: r.text(2)?,
        scope: r.word(3, TokenScope::from_code)?,
        created_at: r.time(4)?,
        expires_on: r.date(5)?,
        revoked_at: r.opt_time(6)?,
    })
}

/// The tokens of an account, the newest first, those that no longer work included.
///
/// # Errors
/// The engine's refusal.
pub fn of_account(db: &Reader<'_>, account: AccountId) -> Result<Vec<TokenLine>> {
    db.query(&format!("{TOKEN} WHERE account_id = $1 ORDER BY id DESC"), args![account], line)
}

/// One token.
///
/// # Errors
/// The engine's refusal.
pub fn fetch(db: &Reader<'_>, id: i64) -> Result<Option<TokenLine>> {
    db.one(&format!("{TOKEN} WHERE id = $1"), args![id], line)
}

/// Revokes one token; does nothing to one that was revoked before.
///
/// # Errors
/// The engine's refusal.
pub fn revoke(tx: &Tx<'_>, permit: &Permit, id: i64) -> Result<()> {
    tx.execute(
        "UPDATE api_token SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL",
        args![id, permit.at()],
    )?;
    Ok(())
}

/// Revokes all tokens of an account; answers how many.
///
/// # Errors
/// The engine's refusal.
pub fn revoke_all(tx: &Tx<'_>, permit: &Permit, account: AccountId) -> Result<u64> {
    tx.execute(
        "UPDATE api_token SET revoked_at = $2 WHERE account_id = $1 AND revoked_at IS NULL",
        args![account, permit.at()],
    )
}
