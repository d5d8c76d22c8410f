//! Taking over the records of an earlier system from a folder of twelve CSV files.
//!
//! [`preview_records`] shows what would happen, [`apply_records`] does it. Both read the files in a stream,
//! check every row, stage the rows in pieces and run the same pass over them; the import's pass writes, in one
//! transaction. The format is in [`format`](mod@format) and, for people, in `docs/records-format.md`.

mod apply_records;
mod cells;
mod check;
mod faults;
mod figures;
mod format;
mod lines;
mod merge;
mod pass;
mod plan;
mod preview_records;
mod problem;
mod progress;
mod read;
mod renumbered;
mod sniff;
mod stage;
mod students;

pub use apply_records::apply_records;
pub(crate) use cells::twice_encoded;
pub use faults::{Fault, Faults, LIMIT};
pub(crate) use faults::{brief, harmless};
pub use figures::figures_of;
pub use format::{ColumnFormat, columns_of};
pub use plan::{Conflict, Difference, Example, FilePlan, RecordsPlan, RecordsReport, ValueChange};
pub use preview_records::preview_records;
pub use problem::{Expected, Problem};
pub use progress::{OnProgress, Phase, Progress};
pub use storage::records::RecordsFile;

use base::{ids::JobId, time::Timestamp};

use crate::{Office, authz::SYSTEM_ACCOUNT, error::Result};

/// An answer about files that may be faulty.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Checked<T> {
    /// The files have faults; nothing was done with them.
    Faulty(Faults),
    /// The files are sound.
    Sound(T),
}

/// Whether the register holds anything that an import would be compared with. The first import into an empty
/// register needs no confirmation; every later one does.
///
/// # Errors
/// The database.
pub async fn holds_records(office: &Office) -> Result<bool> {
    Ok(office.db.read(storage::records::staging::holds_records).await?)
}

/// An import that makes other writers wait.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RunningImport {
    /// Its job.
    pub job: JobId,
    /// Since when.
    pub since: Timestamp,
    /// How many rows it takes over.
    pub rows: i64,
    /// Name of whoever started it; none where that was done at the console.
    pub started_by: Option<String>,
}

/// The import that makes other writers wait right now, if there is one.
///
/// # Errors
/// The database.
pub async fn running_import(office: &Office) -> Result<Option<RunningImport>> {
    let now = office.now();
    office
        .db
        .read(move |db| {
            let Some(import) = storage::records::staging::running_import(db, now)? else { return Ok(None) };
            let by = storage::jobs::fetch(db, import.job)?.map(|job| job.created_by);
            let account = match by.filter(|by| *by != SYSTEM_ACCOUNT) {
                Some(by) => storage::accounts::fetch(db, by)?,
                None => None,
            };
            Ok(Some(RunningImport {
                job: import.job,
                since: import.since,
                rows: import.rows,
                started_by: account.map(|account| account.display_name),
            }))
        })
        .await
}
