//! Taking over the records of an earlier system, all or nothing.

use std::path::PathBuf;

use base::{ids::JobId, time::Timestamp};
use serde_json::json;
use storage::{
    StorageError,
    audit::AuditRow,
    records::staging::{self, Run},
};

use super::{
    Checked, OnProgress,
    pass::{Pass, Writer},
    plan::{RecordsPlan, RecordsReport},
    progress::Reporter,
    read::Reading,
    stage::{begin, end, overtaken, stage},
};
use crate::{
    Office,
    authz::{self, Action, Actor, Resource},
    error::{Result, ServiceError},
};

/// How long others are told that an import is at work before it is taken for dead, in seconds.
const BELIEVED_SECONDS: i64 = 15 * 60;

/// Reads and checks a folder of records and takes it over in one transaction, with a ledger entry for every
/// person, enrolment, status and set of marks, grounded on file and row. Values that somebody changed in Künye
/// since the last import stay as they are and are listed as conflicts. Whatever happens on the way, either
/// everything is here afterwards or nothing.
///
/// # Errors
/// [`ServiceError::Forbidden`] without the right to import; [`StorageError::Busy`] while another import applies;
/// [`StorageError::DiskFull`]; nothing was written then.
pub async fn apply_records(
    office: &Office,
    actor: &Actor,
    dir: PathBuf,
    on_progress: OnProgress,
) -> Result<Checked<RecordsReport>> {
    let report = Reporter::new(on_progress);
    let run = begin(office, actor).await?;
    let folder = dir.display().to_string();
    let outcome = match stage(office, run, dir, &report).await {
        Ok(reading) if reading.faults.is_empty() => {
            take_over(office, actor, run, &reading, &folder, report).await
        }
        Ok(reading) => Ok(Checked::Faulty(reading.faults)),
        Err(error) => Err(error),
    };
    let ended = end(office, run).await;
    let outcome = outcome?;
    ended?;
    if let Checked::Sound(done) = &outcome
        && done.plan.changes_anything()
        && let Err(error) = office.db.write(staging::refresh_statistics).await
    {
        tracing::warn!(%error, "the planner was not told of the import; the server's own round will tell it");
    }
    Ok(outcome)
}

async fn take_over(
    office: &Office,
    actor: &Actor,
    run: Run,
    reading: &Reading,
    folder: &str,
    report: Reporter,
) -> Result<Checked<RecordsReport>> {
    let job = match open_job(office, actor, run, reading, folder).await {
        Ok(job) => job,
        Err(ServiceError::Storage(StorageError::Stale)) => return Ok(Checked::Faulty(overtaken())),
        Err(error) => return Err(error),
    };
    let (now, today, actor) = (office.now(), office.today(), actor.clone());
    let (book, random) = (office.book.clone(), office.random.clone());
    let written = office
        .db
        .write(move |tx| {
            let permit = authz::ask(tx, &actor, Action::ImportRecords, Resource::Anywhere, now)?;
            staging::keep_writers_out(tx)?;
            staging::hold(tx, run)?;
            let writer = Writer { tx, permit: permit.clone(), random: random.as_ref() };
            let mut pass = Pass::new(tx, Some(writer), &book, today, report)?;
            pass.run()?;
            let (plan, entries) = (pass.plan, pass.entries);
            let message = summary(&plan);
            storage::audit::append(tx, &audit_row(&permit, job, &plan, entries))?;
            staging::end_job(tx, job, "done", i64::try_from(plan.rows()).unwrap_or(i64::MAX), &message, now)?;
            Ok::<_, ServiceError>(RecordsReport { plan, entries, job })
        })
        .await;
    match written {
        Ok(done) => Ok(Checked::Sound(done)),
        Err(error) => {
            let message = error.to_string();
            let now = office.now();
            let told: Result<(), StorageError> =
                office.db.write(move |tx| staging::end_job(tx, job, "failed", 0, &message, now)).await;
            if let Err(also) = told {
                tracing::warn!(error = %also, "the job of a failed import could not be ended");
            }
            match error {
                ServiceError::Storage(StorageError::Stale) => Ok(Checked::Faulty(overtaken())),
                error => Err(error),
            }
        }
    }
}

/// Committed before the long transaction begins, so that whoever has to wait can be told why.
async fn open_job(
    office: &Office,
    actor: &Actor,
    run: Run,
    reading: &Reading,
    folder: &str,
) -> Result<JobId> {
    let files: serde_json::Map<String, serde_json::Value> = reading
        .files
        .iter()
        .map(|(name, (rows, sha256))| ((*name).to_owned(), json!({ "rows": rows, "sha256": sha256 })))
        .collect();
    let params = json!({ "folder": folder, "files": files }).to_string();
    let total = i64::try_from(reading.rows).unwrap_or(i64::MAX);
    let (now, actor) = (office.now(), actor.clone());
    let until = Timestamp::from_second(now.as_second().saturating_add(BELIEVED_SECONDS)).unwrap_or(now);
    office
        .db
        .write(move |tx| {
            let permit = authz::ask(tx, &actor, Action::ImportRecords, Resource::Anywhere, now)?;
            staging::hold(tx, run)?;
            Ok(staging::open_job(tx, &permit, run, &params, total, until)?)
        })
        .await
}

/// One sentence about an import, for the list of jobs.
fn summary(plan: &RecordsPlan) -> String {
    let sum = |of: fn(&super::plan::FilePlan) -> u64| plan.files.iter().map(of).sum::<u64>();
    if plan.changes_anything() {
        format!(
            "{} satır eklendi, {} satır değişti, {} satır aynı; {} çakışma.",
            sum(|f| f.new),
            sum(|f| f.changed),
            sum(|f| f.unchanged),
            plan.conflict_count()
        )
    } else {
        format!(
            "Hiçbir şey değişmedi: {} satırın hepsi kayıttakiyle aynı; {} çakışma.",
            plan.rows(),
            plan.conflict_count()
        )
    }
}

fn audit_row(permit: &storage::Permit, job: JobId, plan: &RecordsPlan, entries: u64) -> AuditRow {
    let mut detail = format!("entries={entries} conflicts={}", plan.conflict_count());
    for file in plan.files.iter().filter(|f| f.new + f.changed > 0) {
        detail.push_str(&format!(" {}=+{}~{}", file.file.code(), file.new, file.changed));
    }
    AuditRow {
        object_kind: "job",
        object: Some(job.get()),
        detail,
        ..AuditRow::by(permit, Action::ImportRecords.code())
    }
}
