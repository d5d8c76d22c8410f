//! What an import would do, without doing it.

use std::path::PathBuf;

use storage::StorageError;

use super::{
    Checked, OnProgress,
    pass::Pass,
    plan::RecordsPlan,
    progress::Reporter,
    stage::{begin, end, overtaken, stage},
};
use crate::{Office, authz::Actor, error::Result};

/// Reads and checks a folder of records and compares it with the register: what is new, what would change, what
/// is no longer there, and where somebody changed a value in Künye that the file sets differently. Nothing is
/// written to the register.
///
/// # Errors
/// [`crate::ServiceError::Forbidden`] without the right to import, or the database.
pub async fn preview_records(
    office: &Office,
    actor: &Actor,
    dir: PathBuf,
    on_progress: OnProgress,
) -> Result<Checked<RecordsPlan>> {
    let report = Reporter::new(on_progress);
    let run = begin(office, actor).await?;
    let outcome = compare(office, run, dir, report).await;
    end(office, run).await?;
    outcome
}

async fn compare(
    office: &Office,
    run: storage::records::staging::Run,
    dir: PathBuf,
    report: Reporter,
) -> Result<Checked<RecordsPlan>> {
    let reading = stage(office, run, dir, &report).await?;
    if !reading.faults.is_empty() {
        return Ok(Checked::Faulty(reading.faults));
    }
    let (book, today) = (office.book.clone(), office.today());
    let compared = office
        .db
        .read_apart(move |db| {
            let mut pass = Pass::new(db, None, &book, today, report)?;
            pass.run()?;
            Ok(pass.plan)
        })
        .await;
    match compared {
        Ok(plan) if plan.rows() == reading.rows => Ok(Checked::Sound(plan)),
        // Another run cleared the rows while they were compared.
        Ok(_) => Ok(Checked::Faulty(overtaken())),
        Err(crate::ServiceError::Storage(StorageError::Stale)) => Ok(Checked::Faulty(overtaken())),
        Err(error) => Err(error),
    }
}
