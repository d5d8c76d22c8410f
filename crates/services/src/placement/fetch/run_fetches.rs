//! The worker's part: reading the pages, then taking them over in one transaction with the end of the job.
//!
//! A worker that dies leaves nothing but a job that nobody is at; whoever takes it over begins anew. What the service
//! says is told as the end of the job; what the database says leaves the job open, for a later attempt.

use std::{sync::Arc, time::Duration};

use base::time::Timestamp;
use storage::jobs::{self, Claim};

use super::{
    super::apply_placement::{TRIES, is_overtaken},
    FetchEnd, JOB_KIND,
    check::{judge, take},
    gather::{Gathered, Stop, Waiting, gather},
    order::Params,
};
use crate::{
    Office, authz,
    error::{Result, ServiceError},
    ports::RemoteProblem,
};

/// For so long a fetch belongs to the worker that claimed it, if it tells nothing meanwhile.
const LEASE: Duration = Duration::from_secs(60);

/// Until when a claim of now counts.
pub(super) fn until(now: Timestamp) -> Timestamp {
    now.checked_add(LEASE).unwrap_or(Timestamp::MAX)
}

/// Carries out open fetches until there is none that nobody else is at; answers how many were ended here. Called by a
/// worker beside its other work, because a remote system may be slow.
///
/// # Errors
/// [`ServiceError::Storage`] when the database does not answer or has no room; the fetch stays open, and a later call
/// begins it anew.
pub async fn run_fetches(office: &Office) -> Result<usize> {
    let mut ended = 0;
    loop {
        let now = office.now();
        let claimed = office.db.write(move |tx| jobs::claim(tx, JOB_KIND, now, until(now))).await?;
        let Some(claim) = claimed else { return Ok(ended) };
        ended += usize::from(run(office, claim).await?);
    }
}

/// Works on one fetch; `true` when it ended here, `false` when somebody else has taken it over.
async fn run(office: &Office, claim: Claim) -> Result<bool> {
    let found = office.db.read(move |db| jobs::fetch(db, claim.job)).await?.ok_or(ServiceError::NotFound)?;
    let Ok(params) = Params::read(&found) else {
        return conclude(office, claim, FetchEnd::not_written()).await;
    };
    let Some(service) = office.placements.clone() else {
        return conclude(office, claim, FetchEnd::failed(&RemoteProblem::NotConfigured)).await;
    };
    let gathered = match gather(service.as_ref(), &params, &Waiting::Worker(office, claim)).await? {
        Ok(gathered) => Arc::new(gathered),
        Err(Stop::Lost) => return Ok(false),
        Err(Stop::Asked) => return cancel(office, claim).await,
        Err(Stop::Problem(problem)) => {
            tracing::warn!(job = %claim.job, problem = problem.code(), "placements could not be fetched");
            return conclude(office, claim, FetchEnd::failed(&problem)).await;
        }
    };
    let mut tries = 0;
    loop {
        tries += 1;
        match finish(office, claim, params.clone(), Arc::clone(&gathered)).await {
            Err(error) if is_overtaken(&error) && tries < TRIES => {}
            Err(error) if !is_of_the_machine(&error) => {
                tracing::error!(%error, job = %claim.job, "fetched placements could not be written");
                return conclude(office, claim, FetchEnd::not_written()).await;
            }
            done => return done,
        }
    }
}

/// Whether the database itself fails, so that the same fetch may do later.
fn is_of_the_machine(error: &ServiceError) -> bool {
    use storage::StorageError as E;
    match error {
        ServiceError::Storage(error) => !matches!(
            error,
            E::Decode { .. } | E::Constraint { .. } | E::Refused { .. } | E::Panicked | E::Stale
        ),
        _ => false,
    }
}

/// Takes over what was gathered and ends the job, in one transaction.
async fn finish(office: &Office, claim: Claim, params: Params, gathered: Arc<Gathered>) -> Result<bool> {
    let (now, house) = (office.now(), office.clone());
    if params.dry_run {
        let judged = office.db.read_apart(move |db| judge(db, &house, &params, &gathered)).await?;
        let end = judged.map_or(FetchEnd::Nobody, |judged| FetchEnd::Looked { figures: judged.figures });
        return conclude(office, claim, end).await;
    }
    office
        .db
        .write(move |tx| -> Result<bool> {
            let Some(job) = jobs::keep_claim(tx, claim, until(now))? else { return Ok(false) };
            if job.cancel_asked {
                jobs::end(tx, job.id, "cancelled", now, None)?;
                return Ok(true);
            }
            let permit = authz::for_own_account(job.created_by, now, &format!("job {}", job.id));
            let end = match take(tx, &permit, &house, &params, &gathered)? {
                None => FetchEnd::Nobody,
                Some((list, judged)) => FetchEnd::Taken { list: list.get(), figures: judged.figures },
            };
            jobs::conclude(tx, claim, end.state(), now, &serde_json::to_string(&end).unwrap_or_default())?;
            Ok(true)
        })
        .await
}

async fn conclude(office: &Office, claim: Claim, end: FetchEnd) -> Result<bool> {
    let now = office.now();
    let told = serde_json::to_string(&end).unwrap_or_default();
    office
        .db
        .write(move |tx| -> Result<bool> {
            let is_ours = jobs::keep_claim(tx, claim, until(now))?.is_some();
            jobs::conclude(tx, claim, end.state(), now, &told)?;
            Ok(is_ours)
        })
        .await
}

async fn cancel(office: &Office, claim: Claim) -> Result<bool> {
    let now = office.now();
    office
        .db
        .write(move |tx| -> Result<bool> {
            let is_ours = jobs::keep_claim(tx, claim, until(now))?.is_some();
            if is_ours {
                jobs::end(tx, claim.job, "cancelled", now, None)?;
            }
            Ok(is_ours)
        })
        .await
}
