//! Long work that the worker carries out: claiming an open job, and what is kept of its items.
//!
//! A job belongs to the worker that claimed it for [`LEASE`]; each round of items claims it anew and ends its items in
//! one transaction, so that whoever takes over a dead worker's job finds whole rounds only.

use std::time::Duration;

use base::{ids::JobId, time::Timestamp};
use regulations::{Finding, Findings, Verdict};
use storage::{
    Permit, StorageError, Tx,
    audit::AuditRow,
    jobs::{self, Claim, Job},
};

use crate::{
    Office,
    error::{Result, ServiceError},
};

/// For so long a job belongs to the worker that claimed it.
const LEASE: Duration = Duration::from_secs(15);
/// What a job says that waits until there is room on the disk.
pub(crate) const NO_ROOM: &str = "no-room";

/// Works on open jobs of a kind until there is none that nobody else is at; answers how many were ended here. `run`
/// does one of them and says whether it ended, or somebody else has taken it over.
///
/// # Errors
/// Those of `run` and of the database; the job stays open, says [`NO_ROOM`] where that is why, and a later call goes on
/// with it.
pub(crate) async fn run_open<Run, Done>(office: &Office, kind: &'static str, run: Run) -> Result<usize>
where
    Run: Fn(Claim) -> Done,
    Done: Future<Output = Result<bool>>,
{
    let done = run_all(office, kind, run).await;
    if done.is_err() {
        office.room.learn(&done);
    }
    done
}

async fn run_all<Run, Done>(office: &Office, kind: &'static str, run: Run) -> Result<usize>
where
    Run: Fn(Claim) -> Done,
    Done: Future<Output = Result<bool>>,
{
    let mut ended = 0;
    loop {
        let now = office.now();
        let until = until(now);
        let claimed = office.db.write(move |tx| jobs::claim(tx, kind, now, until)).await?;
        let Some(claim) = claimed else { return Ok(ended) };
        // The claim itself is a write.
        office.room.learn(&Ok(()));
        match run(claim).await {
            Ok(true) => ended += 1,
            Ok(false) => {}
            Err(error) => {
                let why = error.is_disk_full().then_some(NO_ROOM);
                // Best effort: without it the job waits until the lease is over.
                drop(office.db.write(move |tx| jobs::release(tx, claim, why)).await);
                return Err(error);
            }
        }
    }
}

fn until(now: Timestamp) -> Timestamp {
    now.checked_add(LEASE).unwrap_or(Timestamp::MAX)
}

/// Claims the job anew for a round; nothing where somebody else has taken it over.
pub(crate) fn keep(tx: &Tx<'_>, claim: Claim, now: Timestamp) -> Result<Option<Job>> {
    Ok(jobs::keep_claim(tx, claim, until(now))?)
}

/// Ends the next item as not done, because something about it spoils every round.
pub(crate) async fn fail_next(office: &Office, claim: Claim, why: Findings) -> Result<()> {
    let now = office.now();
    office
        .db
        .write(move |tx| {
            if keep(tx, claim, now)?.is_none() {
                return Ok(());
            }
            if let Some(item) = jobs::waiting(tx, claim.job, 1)?.first() {
                jobs::end_item(tx, claim.job, item.seq, Some(&outcome(&why)))?;
            }
            Ok(())
        })
        .await
}

/// An audit row about a job.
pub(crate) fn row(permit: &Permit, action: &str, job: JobId, detail: String) -> AuditRow {
    AuditRow { object_kind: "job", object: Some(job.get()), detail, ..AuditRow::by(permit, action) }
}

/// Asks a job to stop and writes so, with how far it had come; `what` names its items. `false` when it had ended before.
pub(crate) fn ask_to_stop(tx: &Tx<'_>, permit: &Permit, job: &Job, action: &str, what: &str) -> Result<bool> {
    let asked = jobs::ask_to_cancel(tx, permit, job.id)?;
    if asked {
        let detail = format!("done={} {what}={}", job.done, job.total);
        storage::audit::append(tx, &row(permit, action, job.id, detail))?;
    }
    Ok(asked)
}

/// A refusal that no rule gives.
pub(crate) fn refusal(code: &str) -> Findings {
    Findings::from(vec![Finding::new(Verdict::Refuses, code)])
}

/// Findings as an item keeps them.
pub(crate) fn outcome(findings: &Findings) -> String {
    serde_json::to_string(findings).unwrap_or_default()
}

/// Whether an error comes from what is stored about one item, and not from the machine.
pub(crate) fn is_the_items_fault(error: &ServiceError) -> bool {
    match error {
        ServiceError::Storage(error) => matches!(
            error,
            StorageError::Decode { .. }
                | StorageError::Constraint { .. }
                | StorageError::Refused { .. }
                | StorageError::Panicked
                | StorageError::Stale
        ),
        ServiceError::Port { port, .. } => *port == "compose",
        _ => true,
    }
}
