//! Reading all pages of a placement: one after the other, again from the beginning when they change meanwhile.

use std::{collections::HashSet, future::Future, time::Duration};

use sha2::{Digest, Sha256};
use storage::jobs::{self, Claim};

use super::{order::Params, run_fetches::until};
use crate::{
    Office,
    error::Result,
    ports::{PlacementPage, PlacementQuery, PlacementService, RemoteProblem},
};

/// How often a placement that changes under way is read anew.
const TRIES: usize = 3;
/// The most rows; ten times what a large university places in a year.
const MOST_ROWS: u64 = 100_000;
/// The most pages.
const MOST_PAGES: u32 = 10_000;
/// How often somebody who waits for a page looks whether to go on.
const BEAT: Duration = Duration::from_secs(5);

/// How far a fetch is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct FetchProgress {
    /// Pages read.
    pub done: u32,
    /// Pages in all; 0 while unknown.
    pub total: u32,
}

/// All rows of a placement.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Gathered {
    pub headings: Vec<String>,
    pub rows: Vec<Vec<String>>,
}

impl Gathered {
    /// Hash of all that came.
    pub(super) fn sha256(&self) -> [u8; 32] {
        let mut hash = Sha256::new();
        for cells in std::iter::once(&self.headings).chain(&self.rows) {
            for cell in cells {
                hash.update(cell.as_bytes());
                hash.update([0x1f]);
            }
            hash.update([0x1e]);
        }
        hash.finalize().into()
    }
}

/// Why nothing was gathered.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Stop {
    /// Somebody asked to stop.
    Asked,
    /// Somebody else has taken the work over.
    Lost,
    /// The service gave no answer that can be used.
    Problem(RemoteProblem),
}

impl From<RemoteProblem> for Stop {
    fn from(problem: RemoteProblem) -> Self {
        Self::Problem(problem)
    }
}

/// Who waits for the pages.
pub(super) enum Waiting<'a> {
    /// A worker with the right to a job, which it keeps by telling how far it is.
    Worker(&'a Office, Claim),
    /// Somebody at the console, who is told how far it is.
    Console(&'a (dyn Fn(FetchProgress) + Send + Sync)),
}

impl Waiting<'_> {
    /// Tells how far it is; a stop when somebody asked for it, or took the work over.
    async fn tell(&self, progress: FetchProgress) -> Result<Option<Stop>> {
        let (office, claim) = match self {
            Self::Console(tell) => {
                tell(progress);
                return Ok(None);
            }
            Self::Worker(office, claim) => (office, *claim),
        };
        let now = office.now();
        office
            .db
            .write(move |tx| -> Result<_> {
                let Some(job) = jobs::keep_claim(tx, claim, until(now))? else { return Ok(Some(Stop::Lost)) };
                if job.cancel_asked {
                    return Ok(Some(Stop::Asked));
                }
                jobs::progress(tx, claim, progress.done.into(), progress.total.into())?;
                Ok(None)
            })
            .await
    }

    /// Waits for a page, and looks meanwhile whether to go on.
    async fn page(
        &self,
        page: impl Future<Output = std::result::Result<PlacementPage, RemoteProblem>> + Send,
        progress: FetchProgress,
    ) -> Result<std::result::Result<PlacementPage, Stop>> {
        let mut page = std::pin::pin!(page);
        loop {
            tokio::select! {
                found = &mut page => return Ok(found.map_err(Stop::from)),
                () = tokio::time::sleep(BEAT) => {
                    if let Some(stop) = self.tell(progress).await? {
                        return Ok(Err(stop));
                    }
                }
            }
        }
    }
}

/// Reads every page of every kind that is ordered.
pub(super) async fn gather(
    service: &dyn PlacementService,
    params: &Params,
    waiting: &Waiting<'_>,
) -> Result<std::result::Result<Gathered, Stop>> {
    let mut all = Gathered::default();
    let mut pages = 0;
    for word in &params.words {
        let query = PlacementQuery { year: params.year, kind: word.clone() };
        match whole(service, &query, waiting, &mut pages).await? {
            Ok(found) => {
                all.headings = found.headings;
                all.rows.extend(found.rows);
            }
            Err(stop) => return Ok(Err(stop)),
        }
    }
    // A row that stands on two pages because others moved is one row.
    let mut seen = HashSet::new();
    all.rows.retain(|row| seen.insert(row.clone()));
    Ok(Ok(all))
}

async fn whole(
    service: &dyn PlacementService,
    query: &PlacementQuery,
    waiting: &Waiting<'_>,
    pages: &mut u32,
) -> Result<std::result::Result<Gathered, Stop>> {
    for _ in 0..TRIES {
        match pass(service, query, waiting, *pages).await? {
            Ok(None) => {
                tracing::info!(year = query.year, kind = query.kind, "a placement changed while it was read")
            }
            Ok(Some((found, read))) => {
                *pages += read;
                return Ok(Ok(found));
            }
            Err(stop) => return Ok(Err(stop)),
        }
    }
    Ok(Err(RemoteProblem::Changing.into()))
}

/// Rows and number of pages of a placement.
type Read = Option<(Gathered, u32)>;

/// Reads the pages once; nothing when they do not belong together.
async fn pass(
    service: &dyn PlacementService,
    query: &PlacementQuery,
    waiting: &Waiting<'_>,
    before: u32,
) -> Result<std::result::Result<Read, Stop>> {
    let mut found = Gathered::default();
    let mut told = None;
    let mut number = 0;
    loop {
        let total = told.map_or(0, |(pages, _)| before + pages);
        let progress = FetchProgress { done: before + number, total };
        if let Some(stop) = waiting.tell(progress).await? {
            return Ok(Err(stop));
        }
        let page = match waiting.page(service.page(query, number), progress).await? {
            Ok(page) => page,
            Err(stop) => return Ok(Err(stop)),
        };
        if page.number != number {
            return Ok(Err(RemoteProblem::Unexpected.into()));
        }
        if page.pages > MOST_PAGES || page.total > MOST_ROWS {
            return Ok(Err(RemoteProblem::TooMuch.into()));
        }
        let now = (page.pages, page.total);
        if *told.get_or_insert(now) != now {
            return Ok(Ok(None));
        }
        found.headings = page.headings;
        found.rows.extend(page.rows);
        number += 1;
        if number >= page.pages {
            break;
        }
    }
    let (pages, total) = told.unwrap_or_default();
    if u64::try_from(found.rows.len()) != Ok(total) {
        return Ok(Ok(None));
    }
    let done = FetchProgress { done: before + pages, total: before + pages };
    if let Some(stop) = waiting.tell(done).await? {
        return Ok(Err(stop));
    }
    Ok(Ok(Some((found, pages))))
}
