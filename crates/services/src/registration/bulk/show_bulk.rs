//! How far a bulk registration is, and the numbers that it gave.

use std::collections::HashMap;

use base::{
    ids::{CandidateId, EnrolmentId, JobId},
    time::local_date,
};
use domain::registration::FeeState;
use regulations::Findings;
use storage::{Reader, audit::shown_list, candidates::Candidate, jobs::Job, registrations::JobLine};

use super::{JOB_KIND, Params, candidate_of, fee_state, locate};
use crate::{
    Office,
    authz::{Action, Actor},
    error::{Result, ServiceError},
    students::export::ExportForm,
    table_file::{self, TableCell},
    work::{NO_ROOM, row},
};

/// Failed items shown at once.
const MOST: u32 = 500;

/// What a run does.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum BulkAct {
    /// Registers, with this note of the fee for all.
    Register {
        /// What became of the fee.
        fee: FeeState,
        /// On what that rests; may be empty.
        word: String,
    },
    /// Undoes what another run registered.
    Undo {
        /// The other run.
        of: JobId,
        /// What was wrong.
        reason: String,
    },
}

/// Somebody for whom nothing was done.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BulkFailure {
    /// Position in the run.
    pub seq: i64,
    /// The candidate.
    pub candidate: Option<CandidateId>,
    /// `Given SURNAME`; empty for somebody who is not there any more.
    pub name: String,
    /// Code of the programme.
    pub programme_code: String,
    /// Why.
    pub findings: Findings,
}

/// A run on its page.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BulkRun {
    /// The job with its counters.
    pub job: Job,
    /// What it does.
    pub act: BulkAct,
    /// Registrations that it made and that stand.
    pub standing: i64,
    /// Whether the actor may undo it as a whole today.
    pub may_undo: bool,
    /// Whether it is open and does not go on because the disk is full. It does by itself once there is room.
    pub waits_for_room: bool,
    /// The first failed items after the position asked for, 500 at the most; none in lists and in bare progress.
    pub failed: Vec<BulkFailure>,
    /// Registrations that it made, in order of their numbers, after the one asked for; none in lists and in bare
    /// progress.
    pub made: Vec<JobLine>,
    /// Where the next page of them begins.
    pub next: Option<EnrolmentId>,
}

/// A run with its progress, without the name of anybody.
///
/// # Errors
/// [`ServiceError::NotFound`] for a run that is unknown or somebody else's.
pub async fn bulk_progress(office: &Office, actor: &Actor, job: JobId) -> Result<BulkRun> {
    let (now, asking) = (office.now(), actor.clone());
    let found = office
        .db
        .read(move |db| -> Result<_> {
            let (job, _) = locate(db, &asking, job, now)?;
            let standing = storage::registrations::standing_of_job(db, job.id)?;
            Ok((job, standing))
        })
        .await?;
    bare(office, actor, found.0, found.1)
}

/// A run with its progress, who was not registered and why, and the numbers given; the read is logged.
///
/// # Errors
/// As [`bulk_progress()`].
pub async fn show_bulk(
    office: &Office,
    actor: &Actor,
    job: JobId,
    failed_after: i64,
    after: Option<EnrolmentId>,
    limit: u32,
) -> Result<BulkRun> {
    let (now, asking) = (office.now(), actor.clone());
    let limit = limit.clamp(1, 1000);
    let (job, standing, failed, mut made, permit) = office
        .db
        .read(move |db| -> Result<_> {
            let (job, permit) = locate(db, &asking, job, now)?;
            let standing = storage::registrations::standing_of_job(db, job.id)?;
            let failed = failures(db, job.id, failed_after)?;
            let made = storage::registrations::of_job(db, job.id, after, limit + 1)?;
            Ok((job, standing, failed, made, permit))
        })
        .await?;
    let more = made.len() > limit as usize;
    made.truncate(limit as usize);
    let others: Vec<String> =
        failed.iter().filter_map(|line| line.candidate).map(|id| id.to_string()).collect();
    if !made.is_empty() || !others.is_empty() {
        let mut told = row(&permit, "read_registrations", job.id, format!("candidates={}", others.join(",")));
        told.shown = Some(shown_list(made.iter().map(|line| line.person)));
        office.reads.note(told)?;
    }
    let next = made.last().filter(|_| more).map(|line| line.enrolment);
    Ok(BulkRun { failed, made, next, ..bare(office, actor, job, standing)? })
}

/// The actor's latest runs, without anybody's name.
///
/// # Errors
/// The database's.
pub async fn list_bulk(office: &Office, actor: &Actor, limit: u32) -> Result<Vec<BulkRun>> {
    let account = actor.account;
    let found = office
        .db
        .read(move |db| -> Result<Vec<(Job, i64)>> {
            let jobs = storage::jobs::of_account(db, account, JOB_KIND, limit.clamp(1, 200))?;
            let with = |job: Job| {
                let standing = storage::registrations::standing_of_job(db, job.id)?;
                Ok((job, standing))
            };
            jobs.into_iter().map(with).collect()
        })
        .await?;
    found.into_iter().map(|(job, standing)| bare(office, actor, job, standing)).collect()
}

/// The numbers that a run gave as a file: number, name, surname, programme, whether undone.
///
/// # Errors
/// As [`bulk_progress()`]; [`ServiceError::Forbidden`] for roles that may not take lists out.
pub async fn export_bulk(
    office: &Office,
    actor: &Actor,
    job: JobId,
    form: ExportForm,
    words: BulkWords,
) -> Result<Vec<u8>> {
    if !actor.may(Action::ExportStudents) {
        return Err(ServiceError::Forbidden(Action::ExportStudents));
    }
    let (now, asking) = (office.now(), actor.clone());
    let (made, permit) = office
        .db
        .read_apart(move |db| -> Result<_> {
            let (job, permit) = locate(db, &asking, job, now)?;
            Ok((storage::registrations::of_job(db, job.id, None, u32::MAX)?, permit))
        })
        .await?;
    let widths = [14, 20, 20, 14, 14];
    let columns: Vec<(String, u32)> = words.headings.into_iter().zip(widths).collect();
    let rows = made.iter().map(|line| {
        let undone = if line.is_undone { words.undone.as_str() } else { "" };
        [&line.number, &line.given_name, &line.surname, &line.programme_code]
            .map(|text| TableCell::Text(text.clone()))
            .into_iter()
            .chain([TableCell::Text(undone.to_owned())])
            .collect()
    });
    let bytes = table_file::write(form, &words.title, &columns, rows)?;
    let mut told = row(&permit, "export_registered", job, String::new());
    told.shown = Some(shown_list(made.iter().map(|line| line.person)));
    office.reads.note(told)?;
    Ok(bytes)
}

/// Words of the file of numbers; the caller brings them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BulkWords {
    /// Name of the sheet.
    pub title: String,
    /// Headings: number, given name, surname, programme, note.
    pub headings: [String; 5],
    /// The note beside a registration that was undone.
    pub undone: String,
}

fn failures(db: &Reader<'_>, job: JobId, after: i64) -> Result<Vec<BulkFailure>> {
    let items = storage::jobs::items(db, job, "failed", after, MOST)?;
    let ids: Vec<CandidateId> = items.iter().filter_map(|item| candidate_of(&item.subject)).collect();
    let found = storage::candidates::fetch_all(db, &ids)?;
    let known: HashMap<CandidateId, &Candidate> = found.iter().map(|c| (c.id, c)).collect();
    let failure = |item: storage::jobs::Item| {
        let candidate = candidate_of(&item.subject);
        let who = candidate.and_then(|id| known.get(&id));
        BulkFailure {
            seq: item.seq,
            candidate,
            name: who.map(|c| c.data.full_name()).unwrap_or_default(),
            programme_code: who.map(|c| c.programme_code.clone()).unwrap_or_default(),
            findings: item.outcome.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default(),
        }
    };
    Ok(items.into_iter().map(failure).collect())
}

fn bare(office: &Office, actor: &Actor, job: Job, standing: i64) -> Result<BulkRun> {
    let act = match Params::read(&job)? {
        Params::Register { fee, fee_word } => BulkAct::Register { fee: fee_state(&fee)?, word: fee_word },
        Params::Undo { of, reason } => BulkAct::Undo { of, reason },
    };
    let is_full = office.room.is_full() || office.reads.waits_for_room();
    let waits_for_room = job.is_open() && (is_full || job.message.as_deref() == Some(NO_ROOM));
    let is_of_today = job.ended_at.is_some_and(|ended| local_date(ended) == office.today());
    let may_undo = !job.is_open() && standing > 0 && is_of_today && actor.may(Action::UndoRegistration);
    Ok(BulkRun {
        job,
        act,
        standing,
        may_undo,
        waits_for_room,
        failed: Vec::new(),
        made: Vec::new(),
        next: None,
    })
}
