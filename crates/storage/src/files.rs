//! Rows about stored files; the bytes themselves lie behind a port.

use base::ids::FileId;

use crate::{
    args,
    db::{Reader, Tx},
    error::Result,
    permit::Permit,
};

/// A stored file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StoredFile {
    /// Row id.
    pub id: FileId,
    /// SHA-256 of the content, its key in the file store.
    pub sha256: [u8; 32],
    /// Size in bytes.
    pub size: i64,
    /// Type by content.
    pub mime: String,
    /// What it is kept for: `photo`, `document`, `held_paper`, `job`.
    pub purpose: String,
}

/// Names a file whose bytes are already durable.
///
/// # Errors
/// The engine's refusal.
pub fn insert(
    tx: &Tx<'_>,
    permit: &Permit,
    sha256: &[u8; 32],
    size: usize,
    mime: &str,
    purpose: &str,
) -> Result<FileId> {
    tx.insert(
        "INSERT INTO stored_file (sha256, size, mime, purpose, created_at, created_by) VALUES ($1, $2, $3, $4, $5, $6) RETURNING id",
        args![sha256, i64::try_from(size).unwrap_or(i64::MAX), mime, purpose, permit.at(), permit.account()],
    )
}

/// One file.
///
/// # Errors
/// The engine's refusal.
pub fn fetch(db: &Reader<'_>, id: FileId) -> Result<Option<StoredFile>> {
    db.one("SELECT sha256, size, mime, purpose FROM stored_file WHERE id = $1", args![id], |r| {
        Ok(StoredFile { id, sha256: r.hash(0)?, size: r.int(1)?, mime: r.text(2)?, purpose: r.text(3)? })
    })
}

/// Every file's hash and size, for checking the store against the database.
///
/// # Errors
/// The engine's refusal.
pub fn each(db: &Reader<'_>, mut visit: impl FnMut(StoredFile) -> Result<()>) -> Result<()> {
    db.each("SELECT id, sha256, size, mime, purpose FROM stored_file ORDER BY id", &[], |r| {
        visit(StoredFile {
            id: r.id(0)?,
            sha256: r.hash(1)?,
            size: r.int(2)?,
            mime: r.text(3)?,
            purpose: r.text(4)?,
        })
    })
}
