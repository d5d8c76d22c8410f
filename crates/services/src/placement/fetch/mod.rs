//! Placed candidates from the ministry's service: ordered, fetched by a worker outside of any transaction, and taken over
//! in one.
//!
//! A row that is wrong stops neither its page nor the others: sound rows become candidates, the rest stands on the
//! worklist until a later list brings it sound, somebody mends it by hand ([`super::mend_row()`]) or says why it needs no
//! mending. A fetch that is interrupted begins anew and writes nothing twice, because nothing is written before all of
//! it is there. Start reading at [`start_fetch()`], then `gather` and [`run_fetches()`].

mod cancel_fetch;
mod check;
mod fetch_now;
mod gather;
mod order;
mod run_fetches;
mod show_fetch;
mod start_fetch;

use std::collections::BTreeMap;

use base::{ids::JobId, time::Timestamp};
use serde::{Deserialize, Serialize};
use storage::{Permit, Reader, audit::AuditRow, jobs::Job};

pub use self::{
    cancel_fetch::cancel_fetch,
    fetch_now::{Fetched, fetch_now},
    gather::FetchProgress,
    order::{FetchKind, FetchOrder, fetch_kinds, order_of},
    run_fetches::run_fetches,
    show_fetch::{FetchRun, list_fetches, show_fetch},
    start_fetch::start_fetch,
};
use crate::{
    authz::{self, Action, Actor, Resource},
    error::{Result, ServiceError},
    ports::RemoteProblem,
};

/// Word by which the jobs table calls fetches.
const JOB_KIND: &str = "placement_fetch";

/// What the rows of a fetch came to.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct FetchFigures {
    /// Rows that the service sent.
    pub rows: u64,
    /// Candidates added.
    pub new: u64,
    /// Candidates changed.
    pub changed: u64,
    /// Candidates who were here already, the same.
    pub same: u64,
    /// Rows on the worklist.
    pub faulty: u64,
    /// Faulty rows about which somebody has decided before; they are not put on the worklist again.
    pub decided: u64,
    /// Rows of programmes in which the orderer places nobody.
    pub others: u64,
    /// Rows that went in and of which something is to be known, by the word of what that is.
    pub warnings: BTreeMap<String, u64>,
}

/// How a fetch ended.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "end", rename_all = "snake_case")]
pub enum FetchEnd {
    /// Sound rows are candidates, the rest is on the worklist.
    Taken {
        /// The note of the list.
        list: i64,
        /// What its rows came to.
        figures: FetchFigures,
    },
    /// Only looked at, as it was ordered.
    Looked {
        /// What the rows would come to.
        figures: FetchFigures,
    },
    /// The service has nobody of this year and kind.
    Nobody,
    /// Nothing was written.
    Failed {
        /// Word of the problem: of [`RemoteProblem`], or `not_written`.
        code: String,
        /// Values of its sentence.
        values: BTreeMap<String, String>,
    },
}

impl FetchEnd {
    fn failed(problem: &RemoteProblem) -> Self {
        let values = problem.args().into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        Self::Failed { code: problem.code().to_owned(), values }
    }

    /// The database refused what was to be written; the log has it.
    fn not_written() -> Self {
        Self::Failed { code: "not_written".to_owned(), values: BTreeMap::new() }
    }

    const fn state(&self) -> &'static str {
        match self {
            Self::Failed { .. } => "failed",
            _ => "done",
        }
    }
}

/// Finds a fetch that the actor may see: whoever ordered it, and those who import for the whole institution.
fn locate(db: &Reader<'_>, actor: &Actor, job: JobId, now: Timestamp) -> Result<(Job, Permit)> {
    let permit = authz::ask(db, actor, Action::ImportPlacement, Resource::Anywhere, now)?;
    let job =
        storage::jobs::fetch(db, job)?.filter(|job| job.kind == JOB_KIND).ok_or(ServiceError::NotFound)?;
    let may_see = job.created_by == actor.account || authz::scope(actor, Action::ImportPlacement).all;
    if may_see { Ok((job, permit)) } else { Err(ServiceError::NotFound) }
}

/// An audit row about a fetch.
fn about(permit: &Permit, action: &str, job: JobId, detail: String) -> AuditRow {
    AuditRow { object_kind: "job", object: Some(job.get()), detail, ..AuditRow::by(permit, action) }
}
