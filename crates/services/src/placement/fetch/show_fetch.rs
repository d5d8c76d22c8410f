//! How far a fetch is, and what it came to. Nobody's name stands in it.

use base::ids::JobId;
use domain::enrolments::EntryKind;
use storage::jobs::Job;

use super::{FetchEnd, JOB_KIND, locate, order::Params};
use crate::{
    Office,
    authz::{self, Action, Actor, Resource},
    error::Result,
};

/// A fetch on its page.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FetchRun {
    /// The job; its counters count pages.
    pub job: Job,
    /// Way of entry.
    pub kind: EntryKind,
    /// Year of placement.
    pub year: i32,
    /// Kinds of placement, by the service's words.
    pub words: Vec<String>,
    /// Whether nothing is written.
    pub dry_run: bool,
    /// How it ended; nothing while it has not, and after a stop.
    pub end: Option<FetchEnd>,
}

fn run(job: Job) -> Result<FetchRun> {
    let params = Params::read(&job)?;
    let end = if job.is_open() {
        None
    } else {
        job.message.as_deref().and_then(|came_to| serde_json::from_str(came_to).ok())
    };
    Ok(FetchRun {
        kind: params.kind()?,
        year: params.year,
        words: params.words,
        dry_run: params.dry_run,
        end,
        job,
    })
}

/// One fetch.
///
/// # Errors
/// [`crate::ServiceError::NotFound`] for a fetch that is unknown or somebody else's.
pub async fn show_fetch(office: &Office, actor: &Actor, job: JobId) -> Result<FetchRun> {
    let (now, actor) = (office.now(), actor.clone());
    office.db.read(move |db| run(locate(db, &actor, job, now)?.0)).await
}

/// The actor's latest fetches.
///
/// # Errors
/// [`crate::ServiceError::Forbidden`] without the right to import lists.
pub async fn list_fetches(office: &Office, actor: &Actor, limit: u32) -> Result<Vec<FetchRun>> {
    let (now, actor) = (office.now(), actor.clone());
    office
        .db
        .read(move |db| -> Result<_> {
            authz::ask(db, &actor, Action::ImportPlacement, Resource::Anywhere, now)?;
            let jobs = storage::jobs::of_account(db, actor.account, JOB_KIND, limit.clamp(1, 200))?;
            jobs.into_iter().map(run).collect()
        })
        .await
}
