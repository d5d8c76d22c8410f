//! Photos that their owners propose.

use base::{
    ids::{FileId, PersonId, PhotoProposalId},
    time::Timestamp,
};

use crate::{
    args,
    db::{Reader, Row, Tx},
    error::{Result, StorageError},
    permit::Permit,
};

/// A proposed photo.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Proposal {
    /// Row id.
    pub id: PhotoProposalId,
    /// Whose.
    pub person: PersonId,
    /// The picture.
    pub file: FileId,
    /// When it was proposed.
    pub proposed_at: Timestamp,
    /// `waiting`, `taken`, `refused`, or `replaced` by a newer one of its owner.
    pub state: String,
    /// Why it was refused.
    pub reason: Option<String>,
}

const PROPOSAL: &str = "SELECT id, person_id, file_id, proposed_at, state, reason FROM photo_proposal";

fn proposal(r: &Row<'_>) -> Result<Proposal> {
    Ok(Proposal {
        id: r.id(0)?,
        person: r.id(1)?,
        file: r.id(2)?,
        proposed_at: r.time(3)?,
        state: r.text(4)?,
        reason: r.opt_text(5)?,
    })
}

/// Proposes a photo; one that still waits gives way to it.
///
/// # Errors
/// The engine's refusal.
pub fn propose(tx: &Tx<'_>, permit: &Permit, person: PersonId, file: FileId) -> Result<PhotoProposalId> {
    tx.execute(
        "UPDATE photo_proposal SET state = 'replaced', decided_at = $2, decided_by = $3 WHERE person_id = $1 AND state = 'waiting'",
        args![person, permit.at(), permit.account()],
    )?;
    tx.insert(
        "INSERT INTO photo_proposal (person_id, file_id, proposed_at, state) VALUES ($1, $2, $3, 'waiting') RETURNING id",
        args![person, file, permit.at()],
    )
}

/// The newest photo that somebody proposed.
///
/// # Errors
/// The engine's refusal.
pub fn newest(db: &Reader<'_>, person: PersonId) -> Result<Option<Proposal>> {
    db.one(&format!("{PROPOSAL} WHERE person_id = $1 ORDER BY id DESC LIMIT 1"), args![person], proposal)
}

/// One proposal.
///
/// # Errors
/// The engine's refusal.
pub fn fetch(db: &Reader<'_>, id: PhotoProposalId) -> Result<Option<Proposal>> {
    db.one(&format!("{PROPOSAL} WHERE id = $1"), args![id], proposal)
}

/// Proposals that wait, the oldest first.
///
/// # Errors
/// The engine's refusal.
pub fn waiting(db: &Reader<'_>) -> Result<Vec<Proposal>> {
    db.query(&format!("{PROPOSAL} WHERE state = 'waiting' ORDER BY id"), &[], proposal)
}

/// Takes or refuses a proposal that waits.
///
/// # Errors
/// [`StorageError::Stale`] when it does not wait any more.
pub fn decide(
    tx: &Tx<'_>,
    permit: &Permit,
    id: PhotoProposalId,
    taken: bool,
    reason: Option<&str>,
) -> Result<()> {
    let state = if taken { "taken" } else { "refused" };
    let touched = tx.execute(
        "UPDATE photo_proposal SET state = $2, reason = $3, decided_at = $4, decided_by = $5 WHERE id = $1 AND state = 'waiting'",
        args![id, state, reason, permit.at(), permit.account()],
    )?;
    if touched == 1 { Ok(()) } else { Err(StorageError::Stale) }
}
