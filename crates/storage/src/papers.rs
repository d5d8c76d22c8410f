//! Papers that students handed in, and remarks on their records.

use std::collections::HashMap;

use base::{
    ids::{AccountId, CandidateId, EnrolmentId, FileId, NoteId},
    time::{Date, Timestamp},
};
use domain::papers::{PaperKind, PaperState};

use crate::{
    args,
    candidates::{AT_ONCE, padded, places},
    db::{Reader, Row, Tx},
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
    /// Last day on which a missing paper may come.
    pub due_on: Option<Date>,
    /// Why it is waived or may be missing.
    pub reason: Option<String>,
    /// The day on which it was given back.
    pub returned_on: Option<Date>,
    /// Who took it then.
    pub returned_to: Option<String>,
    /// Who gave it back.
    pub returned_by: Option<String>,
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
    db.query(&format!("{HELD} WHERE h.enrolment_id = $1 ORDER BY h.id"), args![enrolment], held_paper)
}

/// Papers that a candidate brought, before and after registration.
///
/// # Errors
/// The engine's refusal.
pub fn held_by_candidate(db: &Reader<'_>, candidate: CandidateId) -> Result<Vec<HeldPaper>> {
    db.query(&format!("{HELD} WHERE h.candidate_id = $1 ORDER BY h.id"), args![candidate], held_paper)
}

/// Papers of many candidates; who brought none is not among them.
///
/// # Errors
/// The engine's refusal.
pub fn held_by_candidates(
    db: &Reader<'_>,
    candidates: &[CandidateId],
) -> Result<HashMap<CandidateId, Vec<HeldPaper>>> {
    let mut found: HashMap<CandidateId, Vec<HeldPaper>> = HashMap::new();
    for some in candidates.chunks(AT_ONCE) {
        let papers = db.query(
            &format!("{HELD} WHERE h.candidate_id IN ({}) ORDER BY h.id", places(AT_ONCE)),
            &padded(some.iter().map(|id| id.get()), AT_ONCE),
            |r| Ok((r.id(11)?, held_paper(r)?)),
        )?;
        for (candidate, paper) in papers {
            found.entry(candidate).or_default().push(paper);
        }
    }
    Ok(found)
}

const HELD: &str = "SELECT h.id, h.kind, h.state, h.description, h.file_id, h.noted_at, a.display_name, h.version, h.due_on, h.reason,
       h.returned_on, h.candidate_id, h.returned_to, b.display_name
     FROM held_paper h JOIN account a ON a.id = h.noted_by LEFT JOIN account b ON b.id = h.returned_by";

fn held_paper(r: &Row<'_>) -> Result<HeldPaper> {
    Ok(HeldPaper {
        id: r.int(0)?,
        kind: r.word(1, PaperKind::from_code)?,
        state: r.word(2, PaperState::from_code)?,
        description: r.opt_text(3)?,
        file: r.opt_id(4)?,
        noted_at: r.time(5)?,
        noted_by: r.text(6)?,
        version: r.int(7)?,
        due_on: r.opt_date(8)?,
        reason: r.opt_text(9)?,
        returned_on: r.opt_date(10)?,
        returned_to: r.opt_text(12)?,
        returned_by: r.opt_text(13)?,
    })
}

/// A candidate's paper as the desk ticks it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Tick {
    /// Kind.
    pub kind: PaperKind,
    /// What the office has of it.
    pub state: PaperState,
    /// Last day on which a missing paper may come.
    pub due_on: Option<Date>,
    /// Why it is waived or may be missing.
    pub reason: Option<String>,
}

/// Ticks a paper of a candidate: the row of its kind changes, or begins. Once the candidate is registered the paper
/// is the student's, too.
///
/// # Errors
/// The engine's refusal.
pub fn tick(tx: &Tx<'_>, permit: &Permit, candidate: CandidateId, paper: &Tick) -> Result<()> {
    let touched = tx.execute(
        "UPDATE held_paper SET state = $3, due_on = $4, reason = $5, returned_on = NULL, returned_to = NULL, returned_by = NULL, noted_at = $6, noted_by = $7, version = version + 1
         WHERE candidate_id = $1 AND kind = $2",
        args![candidate, paper.kind.code(), paper.state.code(), paper.due_on, paper.reason, permit.at(), permit.account()],
    )?;
    if touched == 0 {
        let enrolment: Option<EnrolmentId> = tx
            .one("SELECT enrolment_id FROM candidate WHERE id = $1", args![candidate], |r| r.opt_id(0))?
            .flatten();
        tx.execute(
            "INSERT INTO held_paper (enrolment_id, candidate_id, kind, state, due_on, reason, noted_at, noted_by)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
            args![
                enrolment,
                candidate,
                paper.kind.code(),
                paper.state.code(),
                paper.due_on,
                paper.reason,
                permit.at(),
                permit.account()
            ],
        )?;
    }
    Ok(())
}

/// Takes a tick back; a paper with a scan stays.
///
/// # Errors
/// The engine's refusal.
pub fn untick(tx: &Tx<'_>, _permit: &Permit, candidate: CandidateId, kind: PaperKind) -> Result<bool> {
    let touched = tx.execute(
        "DELETE FROM held_paper WHERE candidate_id = $1 AND kind = $2 AND file_id IS NULL",
        args![candidate, kind.code()],
    )?;
    Ok(touched > 0)
}

/// Makes a candidate's papers those of an enrolment; with none they are the candidate's alone again.
///
/// # Errors
/// The engine's refusal.
pub fn follow_candidate(
    tx: &Tx<'_>,
    _permit: &Permit,
    candidate: CandidateId,
    enrolment: Option<EnrolmentId>,
) -> Result<()> {
    tx.execute(
        "UPDATE held_paper SET enrolment_id = $2 WHERE candidate_id = $1",
        args![candidate, enrolment],
    )?;
    Ok(())
}

/// Notes that an original of a candidate was given back, and to whom. Answers whether it was there to be given.
///
/// # Errors
/// The engine's refusal.
pub fn return_original(
    tx: &Tx<'_>,
    permit: &Permit,
    candidate: CandidateId,
    kind: PaperKind,
    day: Date,
    to: &str,
) -> Result<bool> {
    let touched = tx.execute(
        "UPDATE held_paper SET returned_on = $3, returned_to = $4, returned_by = $5, version = version + 1
         WHERE candidate_id = $1 AND kind = $2 AND state = 'received' AND returned_on IS NULL",
        args![candidate, kind.code(), day, to, permit.account()],
    )?;
    Ok(touched > 0)
}

/// Records a paper. Where a desk here registered the student it is the candidate's, too, so that the desk sees it.
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
        "INSERT INTO held_paper (enrolment_id, candidate_id, kind, state, description, file_id, noted_at, noted_by)
         VALUES ($1, (SELECT c.id FROM candidate c WHERE c.enrolment_id = $1), $2, $3, $4, $5, $6, $7) RETURNING id",
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
        "UPDATE held_paper SET state = $4, file_id = coalesce($5, file_id), returned_on = NULL, returned_to = NULL, returned_by = NULL, noted_at = $6, noted_by = $7, version = version + 1
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
