//! Bulk registration of those who registered through e-Devlet: looked at first, then done by a worker, with progress,
//! and undone as a whole on the same day.
//!
//! Only the safe set is registered: whoever may be registered finally and leaves nothing to a person. The rest stays
//! for the desk, with the reasons. A run can be stopped and goes on after an interruption: each round registers a few
//! candidates and moves on the job's counters in one transaction. Start reading at [`start_bulk()`], then
//! [`run_bulk()`].

mod cancel_bulk;
mod preview_bulk;
mod run_bulk;
mod show_bulk;
mod start_bulk;
mod undo_bulk;

use base::{
    ids::{CandidateId, JobId, ProgrammeId, UnitId},
    time::Timestamp,
};
use domain::{
    enrolments::EntryKind,
    registration::{CandidateState, FeeState},
};
use regulations::{Finding, Findings, Verdict};
use serde::{Deserialize, Serialize};
use storage::{Permit, Reader, StorageError, candidates::Candidate, jobs::Job};

pub use self::{
    cancel_bulk::cancel_bulk,
    preview_bulk::{BulkCandidate, BulkPreview, BulkProgramme, BulkReason, preview_bulk},
    run_bulk::run_bulk,
    show_bulk::{BulkAct, BulkFailure, BulkRun, BulkWords, bulk_progress, export_bulk, list_bulk, show_bulk},
    start_bulk::{StartBulk, StartedBulk, start_bulk},
    undo_bulk::{UndoBulk, undo_bulk},
};
use super::{
    desk::{Desk, DeskFile},
    register_candidate::series_of,
};
use crate::{
    authz::{self, Action, Actor, Resource},
    error::{Result, ServiceError},
};

/// Word by which the jobs table calls bulk registrations and their undoing.
const JOB_KIND: &str = "registration";

/// Which of those who registered through e-Devlet and wait are meant.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct BulkQuery {
    /// Only these programmes; all when empty.
    pub programmes: Vec<ProgrammeId>,
    /// Only this year.
    pub year: Option<i32>,
    /// Only this way of entry.
    pub entry_kind: Option<EntryKind>,
    /// Of what the actor may see only this unit and what lies below it.
    pub unit: Option<UnitId>,
}

/// What a job remembers of its order.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "snake_case")]
enum Params {
    /// Registers, with the same note of the fee for all.
    Register { fee: String, fee_word: String },
    /// Undoes what another job registered.
    Undo { of: JobId, reason: String },
}

impl Params {
    fn read(job: &Job) -> Result<Self> {
        serde_json::from_str(&job.params).map_err(|error| decode("job.params", error.to_string()))
    }

    fn written(&self) -> Result<String> {
        serde_json::to_string(self).map_err(|error| decode("job.params", error.to_string()))
    }
}

fn decode(column: &str, found: String) -> ServiceError {
    ServiceError::Storage(StorageError::Decode { column: column.to_owned(), found })
}

/// The state of a fee that a job remembers.
fn fee_state(code: &str) -> Result<FeeState> {
    FeeState::from_code(code).ok_or_else(|| decode("job.params", code.to_owned()))
}

/// Finds a run and asks whether the actor may see it: whoever started it, and those who see all candidates.
fn locate(db: &Reader<'_>, actor: &Actor, job: JobId, now: Timestamp) -> Result<(Job, Permit)> {
    let job =
        storage::jobs::fetch(db, job)?.filter(|job| job.kind == JOB_KIND).ok_or(ServiceError::NotFound)?;
    if job.created_by == actor.account {
        return Ok((job, authz::for_own_account(actor.account, now, &actor.request)));
    }
    if !authz::scope(actor, Action::ReadCandidates).all {
        return Err(ServiceError::NotFound);
    }
    let permit = authz::ask(db, actor, Action::ReadCandidates, Resource::Anywhere, now)?;
    Ok((job, permit))
}

/// What keeps a candidate out of the safe set; empty where nothing does. What is left to a person is among it, and
/// that no number can be given.
fn against(db: &Reader<'_>, desk: &mut Desk, candidate: &Candidate, file: &DeskFile) -> Result<Findings> {
    let mut out = Findings::new();
    if candidate.data.e_registered_at.is_none() {
        out.push(Finding::new(Verdict::Refuses, "bulk-not-e-registered"));
    }
    if candidate.state == CandidateState::Provisional {
        out.push(Finding::new(Verdict::Refuses, "bulk-provisional"));
    }
    for finding in file.assessment.findings.iter() {
        if matches!(finding.verdict, Verdict::Refuses | Verdict::NeedsHuman) {
            out.push(finding.clone());
        }
    }
    if out.is_empty() && !file.assessment.may_register {
        out.push(Finding::new(Verdict::Refuses, "bulk-not-done"));
    }
    if out.is_empty()
        && let Err(why) = series_of(db, desk, candidate, &mut Findings::new())?
    {
        out.push(why);
    }
    Ok(out)
}

/// The candidate that an item is about.
fn candidate_of(subject: &str) -> Option<CandidateId> {
    subject.parse().ok()
}

/// Looks at candidates in portions, so that a few statements serve many of them.
fn look_at_all(
    db: &Reader<'_>,
    desk: &mut Desk,
    candidates: &[Candidate],
    mut visit: impl FnMut(&Candidate, &DeskFile, &Findings),
) -> Result<()> {
    for some in candidates.chunks(PORTION) {
        desk.read_ahead(db, some)?;
        for candidate in some {
            let file = desk.look(db, candidate)?;
            let reasons = against(db, desk, candidate, &file)?;
            visit(candidate, &file, &reasons);
        }
    }
    Ok(())
}

/// Candidates whose papers and persons are read together.
const PORTION: usize = 200;
