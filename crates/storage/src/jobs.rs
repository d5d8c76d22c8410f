//! Long work with progress: a job, its items, and who is at it.

use base::{
    ids::{AccountId, DocumentId, FileId, JobId},
    time::Timestamp,
};

use crate::{
    args,
    db::{Reader, Row, Tx},
    error::Result,
    permit::Permit,
};

/// A job as its page shows it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Job {
    /// Row id.
    pub id: JobId,
    /// Kind: `documents`, `records_import`, `registration`, `placement_fetch`.
    pub kind: String,
    /// `waiting`, `running`, `done`, `cancelled` or `failed`.
    pub state: String,
    /// Parameters, JSON.
    pub params: String,
    /// Items in all.
    pub total: i64,
    /// Items done well.
    pub done: i64,
    /// Items that could not be done.
    pub failed: i64,
    /// When it was asked for.
    pub created_at: Timestamp,
    /// By which account.
    pub created_by: AccountId,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
    /// Whether somebody asked to stop it.
    pub cancel_asked: bool,
    /// Its result.
    pub file: Option<FileId>,
    /// How it ended, or why it waits.
    pub message: Option<String>,
}

impl Job {
    /// Whether there is still work in it.
    pub fn is_open(&self) -> bool {
        matches!(self.state.as_str(), "waiting" | "running")
    }
}

/// An item that a job is opened with.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewItem {
    /// What it is about, e.g. a student number.
    pub subject: String,
    /// Why it cannot be done, where that is known from the beginning.
    pub failure: Option<String>,
}

/// Opens a job with its items in the order given.
///
/// # Errors
/// The engine's refusal.
pub fn insert(tx: &Tx<'_>, permit: &Permit, kind: &str, params: &str, items: &[NewItem]) -> Result<JobId> {
    let total = i64::try_from(items.len()).unwrap_or(i64::MAX);
    let failed =
        i64::try_from(items.iter().filter(|item| item.failure.is_some()).count()).unwrap_or(i64::MAX);
    let job: JobId = tx.insert(
        "INSERT INTO job (kind, state, params, total, failed, created_at, created_by) VALUES ($1, 'waiting', $2, $3, $4, $5, $6)
         RETURNING id",
        args![kind, params, total, failed, permit.at(), permit.account()],
    )?;
    tx.bulk("job_item", &["job_id", "seq", "subject", "state", "outcome"], |rows| {
        for (seq, item) in (1_i64..).zip(items) {
            let state = if item.failure.is_some() { "failed" } else { "waiting" };
            rows.row(args![job, seq, item.subject, state, item.failure])?;
        }
        Ok(())
    })?;
    Ok(job)
}

const JOB: &str = "SELECT id, kind, state, params, total, done, failed, created_at, created_by, ended_at, cancel_asked, file_id, message FROM job ";

fn job(r: &Row<'_>) -> Result<Job> {
    Ok(Job {
        id: r.id(0)?,
        kind: r.text(1)?,
        state: r.text(2)?,
        params: r.text(3)?,
        total: r.int(4)?,
        done: r.int(5)?,
        failed: r.int(6)?,
        created_at: r.time(7)?,
        created_by: r.id(8)?,
        ended_at: r.opt_time(9)?,
        cancel_asked: r.bool(10)?,
        file: r.opt_id(11)?,
        message: r.opt_text(12)?,
    })
}

/// One job.
///
/// # Errors
/// The engine's refusal.
pub fn fetch(db: &Reader<'_>, id: JobId) -> Result<Option<Job>> {
    db.one(&format!("{JOB} WHERE id = $1"), args![id], job)
}

/// An account's latest jobs of a kind.
///
/// # Errors
/// The engine's refusal.
pub fn of_account(db: &Reader<'_>, account: AccountId, kind: &str, limit: u32) -> Result<Vec<Job>> {
    db.query(
        &format!("{JOB} WHERE created_by = $1 AND kind = $2 ORDER BY id DESC LIMIT $3"),
        args![account, kind, limit],
        job,
    )
}

/// The right to work on a job for a while. Whoever takes the job over afterwards gets a higher turn, and the work of
/// the former one is then refused.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Claim {
    /// The job.
    pub job: JobId,
    /// How many times it has been claimed.
    pub turn: i64,
}

/// Takes the oldest open job of a kind that nobody is at.
///
/// # Errors
/// The engine's refusal.
pub fn claim(tx: &Tx<'_>, kind: &str, now: Timestamp, until: Timestamp) -> Result<Option<Claim>> {
    tx.one(
        "UPDATE job SET state = 'running', claimed_until = $3, claims = claims + 1
         WHERE id = (SELECT min(id) FROM job WHERE kind = $1 AND state IN ('waiting', 'running') AND (claimed_until IS NULL OR claimed_until < $2))
           AND (claimed_until IS NULL OR claimed_until < $2)
         RETURNING id, claims",
        args![kind, now, until],
        |r| Ok(Claim { job: r.id(0)?, turn: r.int(1)? }),
    )
}

/// Notes how far work without items is.
///
/// # Errors
/// The engine's refusal.
pub fn progress(tx: &Tx<'_>, claim: Claim, done: i64, total: i64) -> Result<()> {
    tx.execute(
        "UPDATE job SET done = $3, total = $4, message = NULL WHERE id = $1 AND claims = $2 AND state = 'running'",
        args![claim.job, claim.turn, done, total],
    )?;
    Ok(())
}

/// Ends a job with the word of what it came to, if it is still this claim's.
///
/// # Errors
/// The engine's refusal.
pub fn conclude(tx: &Tx<'_>, claim: Claim, state: &str, at: Timestamp, came_to: &str) -> Result<()> {
    tx.execute(
        "UPDATE job SET state = $3, ended_at = $4, message = $5, claimed_until = NULL
         WHERE id = $1 AND claims = $2 AND state = 'running'",
        args![claim.job, claim.turn, state, at, came_to],
    )?;
    Ok(())
}

/// Keeps a claim and locks the job's row until the end of the transaction; the job as it stands, or nothing when
/// somebody else has taken it over or it has ended.
///
/// # Errors
/// The engine's refusal.
pub fn keep_claim(tx: &Tx<'_>, claim: Claim, until: Timestamp) -> Result<Option<Job>> {
    tx.one(
        "UPDATE job SET claimed_until = $3 WHERE id = $1 AND claims = $2 AND state = 'running'
         RETURNING id, kind, state, params, total, done, failed, created_at, created_by, ended_at, cancel_asked, file_id, message",
        args![claim.job, claim.turn, until],
        job,
    )
}

/// Gives a job back before it is done, for another worker or a later run; `why` says what it waits for.
///
/// # Errors
/// The engine's refusal.
pub fn release(tx: &Tx<'_>, claim: Claim, why: Option<&str>) -> Result<()> {
    tx.execute(
        "UPDATE job SET claimed_until = NULL, message = $3 WHERE id = $1 AND claims = $2 AND state = 'running'",
        args![claim.job, claim.turn, why],
    )?;
    Ok(())
}

/// An item of a job.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Item {
    /// Position from 1.
    pub seq: i64,
    /// What it is about, e.g. a student number.
    pub subject: String,
    /// `waiting`, `done` or `failed`.
    pub state: String,
    /// Why it could not be done, as JSON or words.
    pub outcome: Option<String>,
    /// The paper it makes or has made.
    pub document: Option<DocumentId>,
}

fn item(r: &Row<'_>) -> Result<Item> {
    Ok(Item {
        seq: r.int(0)?,
        subject: r.text(1)?,
        state: r.text(2)?,
        outcome: r.opt_text(3)?,
        document: r.opt_id(4)?,
    })
}

/// Items in a state, after a position.
///
/// # Errors
/// The engine's refusal.
pub fn items(db: &Reader<'_>, id: JobId, state: &str, after: i64, limit: u32) -> Result<Vec<Item>> {
    db.query(
        "SELECT seq, subject, state, outcome, document_id FROM job_item WHERE job_id = $1 AND state = $2 AND seq > $3 ORDER BY seq LIMIT $4",
        args![id, state, after, limit],
        item,
    )
}

/// The next items to work on, those with a paper begun first.
///
/// # Errors
/// The engine's refusal.
pub fn waiting(db: &Reader<'_>, id: JobId, limit: u32) -> Result<Vec<Item>> {
    let begun = db.query(
        "SELECT seq, subject, state, outcome, document_id FROM job_item
         WHERE job_id = $1 AND state = 'waiting' AND document_id IS NOT NULL ORDER BY seq LIMIT $2",
        args![id, limit],
        item,
    )?;
    if !begun.is_empty() {
        return Ok(begun);
    }
    db.query(
        "SELECT seq, subject, state, outcome, document_id FROM job_item WHERE job_id = $1 AND state = 'waiting' ORDER BY seq LIMIT $2",
        args![id, limit],
        item,
    )
}

/// Notes which paper an item has begun, in the transaction that begins it.
///
/// # Errors
/// The engine's refusal.
pub fn attach(tx: &Tx<'_>, id: JobId, seq: i64, document: DocumentId) -> Result<()> {
    tx.execute(
        "UPDATE job_item SET document_id = $3 WHERE job_id = $1 AND seq = $2 AND state = 'waiting'",
        args![id, seq, document],
    )?;
    Ok(())
}

/// Ends an item and counts it, so that the job no longer waits for anything; a second call changes nothing.
///
/// # Errors
/// The engine's refusal.
pub fn end_item(tx: &Tx<'_>, id: JobId, seq: i64, failure: Option<&str>) -> Result<()> {
    let state = if failure.is_some() { "failed" } else { "done" };
    let touched = tx.execute(
        "UPDATE job_item SET state = $3, outcome = $4 WHERE job_id = $1 AND seq = $2 AND state = 'waiting'",
        args![id, seq, state, failure],
    )?;
    if touched == 1 {
        let counted = if failure.is_some() {
            "UPDATE job SET failed = failed + 1, message = NULL WHERE id = $1"
        } else {
            "UPDATE job SET done = done + 1, message = NULL WHERE id = $1"
        };
        tx.execute(counted, args![id])?;
    }
    Ok(())
}

/// Ends all items of a stretch that still wait as done, and counts them.
///
/// # Errors
/// The engine's refusal.
pub fn end_stretch(tx: &Tx<'_>, id: JobId, from: i64, to: i64) -> Result<()> {
    let touched = tx.execute(
        "UPDATE job_item SET state = 'done' WHERE job_id = $1 AND seq >= $2 AND seq <= $3 AND state = 'waiting'",
        args![id, from, to],
    )?;
    let touched = i64::try_from(touched).unwrap_or(i64::MAX);
    tx.execute("UPDATE job SET done = done + $2, message = NULL WHERE id = $1", args![id, touched])?;
    Ok(())
}

/// Asks a job to stop after what it is doing; `false` when it has ended already.
///
/// # Errors
/// The engine's refusal.
pub fn ask_to_cancel(tx: &Tx<'_>, _permit: &Permit, id: JobId) -> Result<bool> {
    let touched = tx.execute(
        "UPDATE job SET cancel_asked = $2 WHERE id = $1 AND state IN ('waiting', 'running')",
        args![id, true],
    )?;
    Ok(touched == 1)
}

/// Ends a job.
///
/// # Errors
/// The engine's refusal.
pub fn end(tx: &Tx<'_>, id: JobId, state: &str, at: Timestamp, file: Option<FileId>) -> Result<()> {
    tx.execute(
        "UPDATE job SET state = $2, ended_at = $3, file_id = $4, claimed_until = NULL WHERE id = $1",
        args![id, state, at, file],
    )?;
    Ok(())
}
