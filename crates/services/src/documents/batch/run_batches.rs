//! The worker's part: making the papers of open batches, a few at a time.
//!
//! Each round gives numbers to a few students in one transaction, prints them on two threads outside of any, stores
//! them with one sync, and finishes them in a second transaction together with the progress. A worker that dies leaves
//! papers that have a number and an item that says so; whoever takes the job over prints those first.

use std::{
    collections::HashSet,
    sync::{Arc, Mutex, PoisonError},
};

use base::ids::FileId;
use domain::documents::DocumentStatus;
use storage::{
    Permit, Tx,
    documents::{Printable, fetch_printable},
    jobs::{self, Claim, Job},
};

use super::{
    super::{
        complete::{PressRefused, Printer, finish, give_up},
        failed,
        photos::broken_photos,
        prepare::{Desk, Order},
    },
    JOB_KIND, Params,
    show_batch::params,
};
use crate::{
    Office, authz,
    error::{Result, ServiceError},
    work::{self, fail_next, is_the_items_fault, outcome, refusal},
};

/// Papers of the first round, so that progress shows at once.
const FIRST: u32 = 2;
/// Papers of the other rounds: few enough to hold the database's writer only for a moment.
const ROUND: u32 = 20;
/// Papers printed at the same time.
const THREADS: usize = 2;

/// Works on open batches until there is none that nobody else is at; answers how many were ended here. Called in a task
/// of its own after a batch is started, and by the worker when it starts and every second.
///
/// # Errors
/// [`ServiceError::Storage`] or [`ServiceError::Port`] when database or file store do not answer or have no room; the
/// batch stays open, its page says that it waits for room ([`super::Batch`]), and a later call goes on with it.
pub async fn run_batches(office: &Office) -> Result<usize> {
    work::run_open(office, JOB_KIND, |claim| run(office, claim)).await
}

/// A paper of a round.
struct Paper {
    seq: i64,
    paper: Printable,
}

/// What the first half of a round came to.
enum Round {
    /// Papers to print, and the permit under which they were numbered.
    Print(Vec<Paper>, Permit),
    /// There is nothing left to do, or somebody asked to stop.
    Ended,
    /// Somebody else has taken the job over.
    Lost,
}

/// Works on one job; `true` when it ended here, `false` when somebody else has taken it over.
async fn run(office: &Office, claim: Claim) -> Result<bool> {
    let mut size = FIRST;
    loop {
        match number(office, claim, size).await {
            Ok(Round::Ended) => return Ok(true),
            Ok(Round::Lost) => return Ok(false),
            Ok(Round::Print(papers, permit)) => {
                if !print(office, claim, papers, permit).await? {
                    return Ok(false);
                }
                // One by one until the item is found that spoils its round.
                size = if size == 1 { 1 } else { ROUND };
            }
            Err(error) if !is_the_items_fault(&error) => return Err(error),
            Err(error) if size > 1 => {
                tracing::warn!(%error, job = %claim.job, "a round of papers failed; going on one by one");
                size = 1;
            }
            Err(error) => {
                tracing::error!(%error, job = %claim.job, "an item of a batch could not be done");
                fail_next(office, claim, refusal("item-not-done")).await?;
                size = ROUND;
            }
        }
    }
}

/// Gives numbers to the next students of a job.
async fn number(office: &Office, claim: Claim, size: u32) -> Result<Round> {
    let broken = broken(office, claim, size).await?;
    let now = office.now();
    let mut desk = Desk::open(office).without(broken);
    office
        .db
        .write(move |tx| {
            let Some(job) = work::keep(tx, claim, now)? else { return Ok(Round::Lost) };
            let items = jobs::waiting(tx, job.id, size)?;
            let is_begun = items.iter().any(|item| item.document.is_some());
            if items.is_empty() || (job.cancel_asked && !is_begun) {
                let state = if items.is_empty() { "done" } else { "cancelled" };
                jobs::end(tx, job.id, state, now, None)?;
                return Ok(Round::Ended);
            }
            let permit = authz::for_own_account(job.created_by, now, &format!("job {}", job.id));
            let order = order(&job)?;
            let mut papers = Vec::with_capacity(items.len());
            for item in items {
                let document = match item.document {
                    Some(begun) => begun,
                    None => match begin(tx, &mut desk, &permit, &order, &job, &item)? {
                        Some(id) => id,
                        None => continue,
                    },
                };
                let paper = fetch_printable(tx, document)?.ok_or(ServiceError::NotFound)?;
                papers.push(Paper { seq: item.seq, paper });
            }
            Ok(Round::Print(papers, permit))
        })
        .await
}

/// The broken ones among the photos that the next papers of a job would show.
async fn broken(office: &Office, claim: Claim, size: u32) -> Result<HashSet<FileId>> {
    let next = office.db.read(move |db| -> Result<Vec<String>> {
        let Some(job) = jobs::fetch(db, claim.job)? else { return Ok(Vec::new()) };
        if !params(&job)?.photo {
            return Ok(Vec::new());
        }
        let items = jobs::waiting(db, job.id, size)?.into_iter();
        Ok(items.filter(|item| item.document.is_none()).map(|item| item.subject).collect())
    });
    broken_photos(office, next.await?).await
}

fn order(job: &Job) -> Result<Order> {
    let Params { kind, lang, purpose, photo } = params(job)?;
    let order = Order::read(&kind, lang, purpose.as_deref().unwrap_or_default(), photo, "")?;
    Ok(Order { job: Some(job.id), ..order })
}

/// Gives one student's paper its number, or ends the item with the reason why there is none.
fn begin(
    tx: &Tx<'_>,
    desk: &mut Desk,
    permit: &Permit,
    order: &Order,
    job: &Job,
    item: &jobs::Item,
) -> Result<Option<base::ids::DocumentId>> {
    let prepared = match storage::enrolments::find_by_number(tx, &item.subject)? {
        Some(enrolment) => desk.prepare(tx, permit, &enrolment, order),
        None => Err(ServiceError::Refused(Box::new(refusal("student-not-found")))),
    };
    match prepared {
        Ok((id, _)) => {
            jobs::attach(tx, job.id, item.seq, id)?;
            Ok(Some(id))
        }
        Err(ServiceError::Refused(findings)) => {
            jobs::end_item(tx, job.id, item.seq, Some(&outcome(&findings)))?;
            Ok(None)
        }
        Err(other) => Err(other),
    }
}

/// Prints a round, stores it with one sync and finishes it together with the progress; `false` when the job was lost.
async fn print(office: &Office, claim: Claim, papers: Vec<Paper>, permit: Permit) -> Result<bool> {
    let printed = press(office, papers).await?;
    let now = office.now();
    office
        .db
        .write(move |tx| {
            if work::keep(tx, claim, now)?.is_none() {
                return Ok(false);
            }
            for (Paper { seq, paper }, result) in &printed {
                match result {
                    Some(Ok((sha256, size))) => finish(tx, &permit, paper, sha256, *size)?,
                    Some(Err(PressRefused(reason))) => give_up(tx, &permit, paper, reason)?,
                    None => {}
                }
                let failure = match storage::documents::fetch_status(tx, paper.id)? {
                    Some(DocumentStatus::Valid | DocumentStatus::Superseded) => None,
                    _ if matches!(result, Some(Err(_))) => Some(refusal("press-refused")),
                    _ => Some(refusal("document-cancelled")),
                };
                jobs::end_item(tx, claim.job, *seq, failure.as_ref().map(outcome).as_deref())?;
            }
            Ok(true)
        })
        .await
}

/// A paper with the hash and size of its stored bytes, with the press's refusal, or with nothing to do.
type Printed = (Paper, Option<std::result::Result<([u8; 32], usize), PressRefused>>);

/// Prints on two threads and stores everything with one sync.
async fn press(office: &Office, papers: Vec<Paper>) -> Result<Vec<Printed>> {
    let printer = Printer::of(office);
    let queue = Arc::new(Mutex::new(papers.into_iter()));
    let threads: Vec<_> = (0..THREADS)
        .map(|_| {
            let (printer, queue) = (printer.clone(), Arc::clone(&queue));
            tokio::task::spawn_blocking(move || {
                let mut printed = Vec::new();
                loop {
                    let next = queue.lock().unwrap_or_else(PoisonError::into_inner).next();
                    let Some(paper) = next else { return printed };
                    let waits = paper.paper.status == DocumentStatus::Preparing;
                    let bytes = waits.then(|| printer.print(&paper.paper));
                    printed.push((paper, bytes));
                }
            })
        })
        .collect();
    let mut printed = Vec::new();
    for thread in threads {
        printed.append(&mut thread.await.map_err(|error| failed("press", &error))?);
    }
    printed.sort_by_key(|(paper, _)| paper.seq);
    let files = office.files.clone();
    let stored = tokio::task::spawn_blocking(move || {
        let mut bytes = Vec::new();
        let mut sizes = Vec::new();
        let mut waiting = Vec::with_capacity(printed.len());
        for (paper, result) in printed {
            waiting.push((
                paper,
                match result {
                    Some(Ok(pdf)) => {
                        sizes.push(pdf.len());
                        bytes.push(pdf);
                        Some(Ok(()))
                    }
                    Some(Err(refused)) => Some(Err(refused)),
                    None => None,
                },
            ));
        }
        let hashes = files.put_all(&bytes).map_err(|error| ServiceError::port("files", error))?;
        let mut done = hashes.into_iter().zip(sizes);
        let stored = waiting.into_iter().map(|(paper, result)| {
            let result = match result {
                Some(Ok(())) => done.next().map(Ok),
                Some(Err(refused)) => Some(Err(refused)),
                None => None,
            };
            (paper, result)
        });
        Ok(stored.collect())
    });
    stored.await.map_err(|error| failed("files", &error))?
}
