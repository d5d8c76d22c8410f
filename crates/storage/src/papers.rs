//! Papers that students handed in, and remarks on their records.

use base::{
    ids::{AccountId, EnrolmentId, FileId, NoteId},
    time::Timestamp,
};
use domain::papers::{PaperKind, PaperState};

use crate::{
    args,
    db::{Reader, Tx},
    error::{Result, StorageError},
    permit::Permit,
};

/// A paper in a student's file, or one that is missing there.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct HeldPaper {
    /// Row id.
    pub id: i64,
    /// Kind.
    pub kind: PaperKind,
    /// What the office has of it.
    pub state: PaperState,
    /// Words, for papers of kind *other*.
    pub description: Option<String>,
    /// A scan.
    pub file: Option<FileId>,
    /// When it was recorded.
    pub noted_at: Timestamp,
    /// By whom.
    pub noted_by: String,
    /// Version for two people editing at once.
    pub version: i64,
}

/// Papers of an enrolment.
///
/// # Errors
/// The engine's refusal.
pub fn held(db: &Reader<'_>, enrolment: EnrolmentId) -> Result<Vec<HeldPaper>> {
    db.query(
        "SELECT h.id, h.kind, h.state, h.description, h.file_id, h.noted_at, a.display_name, h.version
         FROM held_paper h JOIN account a ON a.id = h.noted_by WHERE h.enrolment_id = $1 ORDER BY h.id",
        args![enrolment],
        |r| {
            Ok(HeldPaper {
                id: r.int(0)?,
                kind: r.word(1, PaperKind::from_code)?,
                state: r.word(2, PaperState::from_code)?,
                description: r.opt_text(3)?,
                file: r.opt_id(4)?,
                noted_at: r.time(5)?,
                noted_by: r.text(6)?,
                version: r.int(7)?,
            })
        },
    )
}

/// Records a paper.
///
/// # Errors
/// The engine's refusal.
pub fn keep(
    tx: &Tx<'_>,
    permit: &Permit,
    enrolment: EnrolmentId,
    kind: PaperKind,
    state: PaperState,
    description: Option<&str>,
    file: Option<FileId>,
) -> Result<i64> {
    let id: base::ids::Id<()> = tx.insert(
        "INSERT INTO held_paper (enrolment_id, kind, state, description, file_id, noted_at, noted_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id",
        args![enrolment, kind.code(), state.code(), description, file, permit.at(), permit.account()],
    )?;
    Ok(id.get())
}

/// Changes what the office has of a recorded paper, if nobody else did since `version` was read.
///
/// # Errors
/// [`StorageError::Stale`] when somebody did.
pub fn change(
    tx: &Tx<'_>,
    permit: &Permit,
    enrolment: EnrolmentId,
    id: i64,
    version: i64,
    state: PaperState,
    file: Option<FileId>,
) -> Result<()> {
    let touched = tx.execute(
        "UPDATE held_paper SET state = $4, file_id = coalesce($5, file_id), noted_at = $6, noted_by = $7, version = version + 1
         WHERE id = $1 AND enrolment_id = $2 AND version = $3",
        args![id, enrolment, version, state.code(), file, permit.at(), permit.account()],
    )?;
    if touched == 1 { Ok(()) } else { Err(StorageError::Stale) }
}

/// A remark on a record.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Note {
    /// Row id.
    pub id: NoteId,
    /// Words.
    pub body: String,
    /// When it was written.
    pub written_at: Timestamp,
    /// By whom.
    pub written_by: String,
    /// The account of the author.
    pub author: AccountId,
}

/// Remarks that have not been withdrawn, newest first.
///
/// # Errors
/// The engine's refusal.
pub fn notes(db: &Reader<'_>, enrolment: EnrolmentId) -> Result<Vec<Note>> {
    db.query(
        "SELECT n.id, n.body, n.written_at, a.display_name, n.written_by FROM note n JOIN account a ON a.id = n.written_by
         WHERE n.enrolment_id = $1 AND n.withdrawn_at IS NULL ORDER BY n.id DESC",
        args![enrolment],
        |r| Ok(Note { id: r.id(0)?, body: r.text(1)?, written_at: r.time(2)?, written_by: r.text(3)?, author: r.id(4)? }),
    )
}

/// Writes a remark.
///
/// # Errors
/// The engine's refusal.
pub fn write_note(tx: &Tx<'_>, permit: &Permit, enrolment: EnrolmentId, body: &str) -> Result<NoteId> {
    tx.insert(
        "INSERT INTO note (enrolment_id, body, written_at, written_by) VALUES ($1, $2, $3, $4) RETURNING id",
        args![enrolment, body, permit.at(), permit.account()],
    )
}

/// Takes a remark off the page; the row stays.
///
/// # Errors
/// [`StorageError::Stale`] when it is gone already.
pub fn withdraw_note(tx: &Tx<'_>, permit: &Permit, enrolment: EnrolmentId, note: NoteId) -> Result<()> {
    let touched = tx.execute(
        "UPDATE note SET withdrawn_at = $3, withdrawn_by = $4 WHERE id = $1 AND enrolment_id = $2 AND withdrawn_at IS NULL",
        args![note, enrolment, permit.at(), permit.account()],
    )?;
    if touched == 1 { Ok(()) } else { Err(StorageError::Stale) }
}
