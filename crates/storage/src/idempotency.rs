//! A form carries a key: the second click on its button answers with the result of the first.

use base::{ids::AccountId, time::Timestamp};

use crate::{
    args,
    db::{Reader, Tx},
    error::Result,
    permit::Permit,
};

/// The result of an earlier act of the same account under the same key.
///
/// # Errors
/// The engine's refusal.
pub fn recall(db: &Reader<'_>, account: AccountId, key: &str) -> Result<Option<String>> {
    db.one("SELECT result FROM idempotency WHERE account_id = $1 AND key = $2", args![account, key], |r| {
        r.text(0)
    })
}

/// Keeps the result of an act under its key, in the act's own transaction.
///
/// # Errors
/// [`crate::StorageError::Constraint`] `idempotency_pkey` when another act under the same key was faster: this
/// one must be undone, and [`recall`] then gives the result of the other.
pub fn remember(tx: &Tx<'_>, permit: &Permit, key: &str, result: &str) -> Result<()> {
    tx.execute(
        "INSERT INTO idempotency (account_id, key, result, made_at) VALUES ($1, $2, $3, $4)",
        args![permit.account(), key, result, permit.at()],
    )?;
    Ok(())
}

/// Removes what was kept before `since`; answers how many.
///
/// # Errors
/// The engine's refusal.
pub fn forget(tx: &Tx<'_>, _permit: &Permit, since: Timestamp) -> Result<u64> {
    tx.execute("DELETE FROM idempotency WHERE made_at < $1", args![since])
}
