//! Papers for a whole list: looked at first, then made by a worker, with progress, and handed out in one file.
//!
//! Whether somebody may issue papers to each student of the list is asked when the batch is started; whether each
//! paper may go out is asked when its number is given. A batch can be stopped and goes on after an interruption: no
//! number and no student comes twice. Start reading at [`start_batch()`], then [`run_batches()`].

mod batch_result;
mod cancel_batch;
mod preview_batch;
mod resolve;
mod run_batches;
mod show_batch;
mod start_batch;

use base::{ids::JobId, lang::Lang, time::Timestamp};
use serde::{Deserialize, Serialize};
use storage::{Permit, Reader, jobs::Job};

pub use self::{
    batch_result::{BatchFile, BatchForm, batch_result},
    cancel_batch::cancel_batch,
    preview_batch::{Preview, PreviewRow, ReadyRow, preview_batch},
    resolve::Selection,
    run_batches::run_batches,
    show_batch::{Batch, FailedItem, list_batches, show_batch},
    start_batch::{Started, start_batch},
};
use super::prepare::Order;
use crate::{
    authz::{self, Action, Actor, Scope},
    error::{Result, ServiceError},
};

/// Word by which the jobs table calls batches of papers.
const JOB_KIND: &str = "documents";

/// Students of one batch at the most.
pub const MAX_BATCH: usize = 20_000;

/// The form for a list of papers.
#[derive(Clone, Debug)]
pub struct BatchOrder {
    /// Key of the kind.
    pub kind: String,
    /// Language of the papers.
    pub lang: Lang,
    /// What they are for; empty for general use.
    pub purpose: String,
    /// Whether they show the photo; who has none is not done then.
    pub photo: bool,
    /// For whom.
    pub selection: Selection,
}

impl BatchOrder {
    fn read(&self) -> Result<Order> {
        Order::read(&self.kind, self.lang, &self.purpose, self.photo, "")
    }
}

/// What a job remembers of its order.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
struct Params {
    kind: String,
    lang: Lang,
    purpose: Option<String>,
    photo: bool,
}

/// Finds a batch and asks whether the actor may see it: whoever started it, and those who see all papers.
fn locate(db: &Reader<'_>, actor: &Actor, job: JobId, now: Timestamp) -> Result<(Job, Permit)> {
    let job =
        storage::jobs::fetch(db, job)?.filter(|job| job.kind == JOB_KIND).ok_or(ServiceError::NotFound)?;
    if job.created_by == actor.account {
        return Ok((job, authz::for_own_account(actor.account, now, &actor.request)));
    }
    let Scope { all, .. } = authz::scope(actor, Action::ReadDocument);
    if !all {
        return Err(ServiceError::NotFound);
    }
    let permit = authz::ask(db, actor, Action::ReadDocument, authz::Resource::Anywhere, now)?;
    Ok((job, permit))
}
