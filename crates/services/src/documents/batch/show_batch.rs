//! How far a batch is.

use base::{ids::JobId, lang::Lang};
use regulations::Findings;
use storage::{
    Reader,
    audit::{AuditRow, shown_list},
    jobs::Job,
    people::Person,
};

use super::{JOB_KIND, Params, locate};
use crate::{
    Office,
    authz::Actor,
    error::{Result, ServiceError},
    work::{NO_ROOM, row},
};

/// Failed items shown at once.
const MOST: u32 = 500;
/// Why an item failed whose student the actor may not know of.
const NOT_IN_REACH: [&str; 2] = ["student-not-found", "issue-not-allowed"];

/// An item for which no paper was made.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FailedItem {
    /// Position in the list.
    pub seq: i64,
    /// Student number, or what was written in its place.
    pub number: String,
    /// Name as now; told once the batch has ended, and of students in reach of who started it alone.
    pub name: Option<String>,
    /// Why.
    pub findings: Findings,
}

/// A batch on its page.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Batch {
    /// The job with its counters.
    pub job: Job,
    /// Key of the kind.
    pub kind: String,
    /// Language of the papers.
    pub lang: Lang,
    /// What they are for.
    pub purpose: Option<String>,
    /// The first failed items after the position asked for, 500 at the most.
    pub failed: Vec<FailedItem>,
    /// Whether it is open and does not go on because the disk is full. It does by itself once there is room.
    pub waits_for_room: bool,
}

/// A batch with its progress, and which items failed and why, from a position on. When it has ended the failed ones are
/// called by their names, and the look is logged with them.
///
/// # Errors
/// [`ServiceError::NotFound`] for a batch that is unknown or somebody else's.
pub async fn show_batch(office: &Office, actor: &Actor, job: JobId, failed_after: i64) -> Result<Batch> {
    let now = office.now();
    let actor = actor.clone();
    let is_full = is_full(office);
    let (shown, people, permit) = office
        .db
        .read(move |db| {
            let (job, permit) = locate(db, &actor, job, now)?;
            let mut failed = Vec::new();
            let mut people = Vec::new();
            for item in storage::jobs::items(db, job.id, "failed", failed_after, MOST)? {
                let findings: Findings =
                    item.outcome.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default();
                let named =
                    !job.is_open() && !findings.iter().any(|f| NOT_IN_REACH.contains(&f.code.as_str()));
                let person = if named { person_of(db, &item.subject)? } else { None };
                people.extend(person.as_ref().map(|person| person.id));
                let name = person.map(|person| person.identity.full_name());
                failed.push(FailedItem { seq: item.seq, number: item.subject, name, findings });
            }
            Ok::<_, ServiceError>((batch(job, failed, is_full)?, people, permit))
        })
        .await?;
    if !people.is_empty() {
        let detail = format!("students={}", people.len());
        let audit = row(&permit, "read_batch", shown.job.id, detail);
        office.reads.note(AuditRow { shown: Some(shown_list(people)), ..audit })?;
    }
    Ok(shown)
}

/// The person behind a student number.
fn person_of(db: &Reader<'_>, number: &str) -> Result<Option<Person>> {
    match storage::enrolments::find_by_number(db, number)? {
        Some(enrolment) => Ok(storage::people::fetch(db, enrolment.person)?),
        None => Ok(None),
    }
}

/// The actor's latest batches, without their failed items.
///
/// # Errors
/// [`ServiceError::Storage`].
pub async fn list_batches(office: &Office, actor: &Actor, limit: u32) -> Result<Vec<Batch>> {
    let account = actor.account;
    let is_full = is_full(office);
    office
        .db
        .read(move |db| {
            let jobs = storage::jobs::of_account(db, account, JOB_KIND, limit.clamp(1, 200))?;
            jobs.into_iter().map(|job| batch(job, Vec::new(), is_full)).collect()
        })
        .await
}

/// Whether this process knows that nothing can be written.
fn is_full(office: &Office) -> bool {
    office.room.is_full() || office.reads.waits_for_room()
}

fn batch(job: Job, failed: Vec<FailedItem>, is_full: bool) -> Result<Batch> {
    let Params { kind, lang, purpose, .. } = params(&job)?;
    let waits_for_room = job.is_open() && (is_full || job.message.as_deref() == Some(NO_ROOM));
    Ok(Batch { job, kind, lang, purpose, failed, waits_for_room })
}

/// The order that a job remembers.
pub(super) fn params(job: &Job) -> Result<Params> {
    serde_json::from_str(&job.params).map_err(|error| {
        let found = error.to_string();
        ServiceError::Storage(storage::StorageError::Decode { column: "job.params".to_owned(), found })
    })
}
