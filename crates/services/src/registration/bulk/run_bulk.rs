//! The worker's part: carrying out open bulk registrations and their undoing, a few candidates at a time.
//!
//! Each round is one transaction: the candidates, their numbers and accounts, the audit log, and the job's counters. A
//! worker that dies leaves whole rounds only; whoever takes the job over goes on with those who wait. One candidate who
//! spoils a round undoes it; the round is then done one by one, and he or she ends as not done.

use std::{collections::HashMap, sync::Arc};

use base::{ids::CandidateId, random::Randomness};
use domain::registration::CandidateState;
use regulations::Findings;
use storage::{
    Permit, Tx,
    candidates::Candidate,
    jobs::{self, Claim, Item, Job},
    registrations::Fee,
};

use super::{
    super::{
        register_candidate::{Enrolling, enrol_without_trail},
        undo_registration::undo,
    },
    JOB_KIND, Params, against, candidate_of, fee_state,
};
use crate::{
    Office, authz,
    error::{Result, ServiceError},
    registration::desk::Desk,
    work::{self, fail_next, is_the_items_fault, outcome, refusal},
};

/// Candidates of the first round, so that progress shows at once.
const FIRST: u32 = 10;
/// Candidates of the other rounds: few enough that a desk waits for its number only for a moment.
const ROUND: u32 = 50;

/// Works on open bulk registrations until there is none that nobody else is at; answers how many were ended here.
/// Called by the worker.
///
/// # Errors
/// [`ServiceError::Storage`] when the database does not answer or has no room; the job stays open, and a later call
/// goes on with it.
pub async fn run_bulk(office: &Office) -> Result<usize> {
    work::run_open(office, JOB_KIND, |claim| run(office, claim)).await
}

/// What a round came to.
enum Round {
    /// Some items ended.
    Done,
    /// There is nothing left to do, or somebody asked to stop.
    Ended,
    /// Somebody else has taken the job over.
    Lost,
}

/// Works on one job; `true` when it ended here, `false` when somebody else has taken it over.
async fn run(office: &Office, claim: Claim) -> Result<bool> {
    let mut size = FIRST;
    // Candidates of a spoilt round that are still to be done one by one.
    let mut alone = 0;
    loop {
        match round(office, claim, size).await {
            Ok(Round::Ended) => return Ok(true),
            Ok(Round::Lost) => return Ok(false),
            Ok(Round::Done) => {}
            Err(error) if !is_the_items_fault(&error) => return Err(error),
            Err(error) if size > 1 => {
                tracing::warn!(%error, job = %claim.job, "a round of registrations failed; going on one by one");
                alone = size;
                size = 1;
                continue;
            }
            Err(error) => {
                let why = match error {
                    ServiceError::Refused(findings) => *findings,
                    ServiceError::Stale => refusal("bulk-changed"),
                    error => {
                        tracing::error!(%error, job = %claim.job, "a candidate could not be registered in bulk");
                        refusal("bulk-not-done")
                    }
                };
                fail_next(office, claim, why).await?;
            }
        }
        alone = alone.saturating_sub(1);
        size = if alone > 0 { 1 } else { ROUND };
    }
}

/// Does the next candidates of a job in one transaction.
async fn round(office: &Office, claim: Claim, size: u32) -> Result<Round> {
    let now = office.now();
    let mut desk = Desk::open(office);
    let random = Arc::clone(&office.random);
    office
        .db
        .write(move |tx| {
            let Some(job) = work::keep(tx, claim, now)? else { return Ok(Round::Lost) };
            let items = jobs::waiting(tx, job.id, size)?;
            let (Some(first), Some(last), false) = (items.first(), items.last(), job.cancel_asked) else {
                let state = if items.is_empty() { "done" } else { "cancelled" };
                jobs::end(tx, job.id, state, now, None)?;
                return Ok(Round::Ended);
            };
            let permit = authz::for_own_account(job.created_by, now, &format!("job {}", job.id));
            let ids: Vec<CandidateId> = items.iter().filter_map(|item| candidate_of(&item.subject)).collect();
            // A desk that has one of them ends first; what it did is seen, and that one ends with the reason.
            storage::candidates::hold_all(tx, &ids)?;
            let candidates = storage::candidates::fetch_all(tx, &ids)?;
            match Params::read(&job)? {
                Params::Register { fee, fee_word } => {
                    let fee = Fee { state: fee_state(&fee)?, amount: None, receipt: fee_word, paid_on: None };
                    desk.read_ahead(tx, &candidates)?;
                    register(tx, &permit, &mut desk, &job, &items, by_id(candidates), fee, random.as_ref())?;
                }
                Params::Undo { of, reason } => {
                    let order = Undoing { of, reason: &reason, random: random.as_ref() };
                    take_back(tx, &permit, &desk, &job, &items, by_id(candidates), &order)?;
                }
            }
            jobs::end_stretch(tx, job.id, first.seq, last.seq)?;
            Ok(Round::Done)
        })
        .await
}

fn by_id(candidates: Vec<Candidate>) -> HashMap<CandidateId, Candidate> {
    candidates.into_iter().map(|candidate| (candidate.id, candidate)).collect()
}

/// Registers the candidates of a round; whoever may not be registered any more ends with the reasons, everybody else's
/// item is left to the caller.
#[expect(clippy::too_many_arguments, reason = "a round's parts, read once for all of it")]
fn register(
    tx: &Tx<'_>,
    permit: &Permit,
    desk: &mut Desk,
    job: &Job,
    items: &[Item],
    mut candidates: HashMap<CandidateId, Candidate>,
    fee: Fee,
    random: &dyn Randomness,
) -> Result<()> {
    let order = Enrolling { provisional_until: None, fee, notice: "", decision: "", job: Some(job.id) };
    let mut trail = Vec::new();
    for item in items {
        let fail = |why: &Findings| jobs::end_item(tx, job.id, item.seq, Some(&outcome(why)));
        let Some(candidate) = candidate_of(&item.subject).and_then(|id| candidates.remove(&id)) else {
            fail(&refusal("bulk-candidate-gone"))?;
            continue;
        };
        if is_done_by(tx, &candidate, job)? {
            continue;
        }
        let file = desk.look(tx, &candidate)?;
        let reasons = against(tx, desk, &candidate, &file)?;
        if reasons.is_empty() {
            let (_, rows) = enrol_without_trail(tx, permit, desk, &candidate, file, &order, random)?;
            trail.extend(rows);
        } else {
            fail(&reasons)?;
        }
    }
    Ok(storage::audit::append_all(tx, &trail)?)
}

/// Whether this very job has registered a candidate already.
fn is_done_by(tx: &Tx<'_>, candidate: &Candidate, job: &Job) -> Result<bool> {
    let Some(enrolment) = candidate.enrolment else { return Ok(false) };
    Ok(storage::registrations::fetch(tx, enrolment)?.is_some_and(|made| made.job == Some(job.id)))
}

/// What is undone.
struct Undoing<'a> {
    of: base::ids::JobId,
    reason: &'a str,
    random: &'a dyn Randomness,
}

/// Undoes the registrations of a round; who has changed since ends with the reason.
fn take_back(
    tx: &Tx<'_>,
    permit: &Permit,
    desk: &Desk,
    job: &Job,
    items: &[Item],
    mut candidates: HashMap<CandidateId, Candidate>,
    order: &Undoing<'_>,
) -> Result<()> {
    for item in items {
        let fail = |code: &str| jobs::end_item(tx, job.id, item.seq, Some(&outcome(&refusal(code))));
        let Some(candidate) = candidate_of(&item.subject).and_then(|id| candidates.remove(&id)) else {
            fail("bulk-candidate-gone")?;
            continue;
        };
        let made = match candidate.enrolment {
            Some(enrolment) => storage::registrations::fetch(tx, enrolment)?,
            None => None,
        };
        let is_ours = made.is_some_and(|made| made.job == Some(order.of) && made.undone_at.is_none());
        if !is_ours || candidate.state != CandidateState::Registered {
            fail("bulk-changed")?;
            continue;
        }
        match undo(tx, permit, &candidate, order.reason, desk.today, order.random) {
            Err(ServiceError::Invalid(_)) => fail("bulk-nothing-to-undo")?,
            done => done?,
        }
    }
    Ok(())
}
