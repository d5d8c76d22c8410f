//! Verification: does the ledger hold, and is everything else what the ledger says?
//!
//! It needs the database alone; a file of daily roots kept outside shows also a history that was rewritten as a
//! whole. It must never change anything: what is wrong is named, and people decide. Start reading at [`verify`],
//! then [`chains`].

mod chains;
mod documents;
mod figures;
mod files;
mod finding;
mod fold;
mod identity;
mod index;
mod links;
mod marks;
mod naming;
mod numbers;
mod placement;
mod progress;
mod roots;
mod status;
mod terms;
mod texts;

use std::sync::Arc;

use base::time::Date;
use regulations::Book;
use serde::Serialize;
use storage::{Reader, StorageError, verify as reads};

pub use self::{
    finding::{Fault, Finding, Place},
    progress::{OnProgress, Progress, Stage},
    roots::{RootLine, make_daily_root},
    texts::Erased,
};
use crate::{Office, error::Result};

/// What a verification looks at beside the database.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Wanted {
    /// Content of the file of daily roots that is kept outside the database.
    pub roots: Option<String>,
    /// Whether every stored file is to be read and compared with its hash.
    pub files: bool,
}

/// What a verification looked at, and what it found.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct VerifyReport {
    /// Chains of the ledger.
    pub chains: u64,
    /// Entries in them.
    pub entries: u64,
    /// Entries that no daily root covers yet.
    pub uncovered: u64,
    /// Daily roots stored in the database.
    pub roots: u64,
    /// Daily roots in the file outside; none where no file was given.
    pub listed_roots: Option<u64>,
    /// Enrolments whose status, marks and figures were computed anew.
    pub enrolments: u64,
    /// Papers whose numbers were looked at.
    pub papers: u64,
    /// Files read and compared; none where that was not asked.
    pub files: Option<u64>,
    /// Personal texts that were erased under a recorded act; these are no findings.
    pub erased: Vec<Erased>,
    /// What is wrong, in the order of the checks.
    pub findings: Vec<Finding>,
}

impl VerifyReport {
    /// Whether nothing is wrong.
    pub fn is_sound(&self) -> bool {
        self.findings.is_empty()
    }
}

/// Verifies the whole database on one consistent view of it, without keeping anybody from working.
///
/// The ledger comes first: every entry, every link, every head, every text and every daily root. Then the state of
/// today is computed anew from the ledger and from the marks, and compared with what the office works with. Numbers
/// of papers must have no gap, and every paper must name the file that has its hash.
///
/// # Errors
/// [`crate::ServiceError::Storage`] when the database cannot be read; what cannot be *understood* in it is a finding.
pub async fn verify(office: &Office, wanted: Wanted, on_progress: OnProgress) -> Result<VerifyReport> {
    run(office, wanted, Progress::new(on_progress)).await
}

/// As [`verify`], at the end of longer work.
pub(crate) async fn run(office: &Office, wanted: Wanted, mut progress: Progress) -> Result<VerifyReport> {
    let (book, today) = (Arc::clone(&office.book), office.today());
    let (mut report, stored, mut progress) = office
        .db
        .read_apart(move |db| -> Result<_> {
            let report = of_database(db, &book, today, wanted.roots.as_deref(), &mut progress)?;
            let stored = if wanted.files { Some(reads::files(db)?) } else { None };
            Ok((report, stored, progress))
        })
        .await?;
    if let Some(stored) = stored {
        let store = Arc::clone(&office.files);
        let broken =
            tokio::task::spawn_blocking(move || files::check(store.as_ref(), &stored, &mut progress))
                .await
                .map_err(|_| StorageError::Panicked)?;
        report.files = Some(broken.read);
        let named = office.db.read_apart(move |db| files::named(db, broken.broken)).await?;
        report.findings.extend(named);
    }
    Ok(report)
}

fn of_database(
    db: &Reader<'_>,
    book: &Book,
    today: Date,
    listed: Option<&str>,
    progress: &mut Progress,
) -> Result<VerifyReport> {
    let mut report = VerifyReport::default();
    let mut found = Vec::new();
    for guard in reads::missing_guards(db)? {
        found.push(Finding { place: Place::Guard(guard.to_owned()), seq: None, fault: Fault::GuardMissing });
    }
    readable(&mut found, "ledger_entry", |found| chains::check(db, listed, &mut report, found, progress))?;
    progress.begin(Stage::Texts, 0);
    readable(&mut found, "ledger_text", |found| texts::check(db, &mut report.erased, found))?;
    progress.begin(Stage::State, 0);
    readable(&mut found, "enrolment", |found| status::check(db, &mut report.enrolments, found))?;
    readable(&mut found, "enrolment", |found| links::check(db, found))?;
    readable(&mut found, "enrolment", |found| placement::check(db, found))?;
    readable(&mut found, "student_term", |found| terms::check(db, found))?;
    readable(&mut found, "person", |found| identity::check(db, found))?;
    progress.begin(Stage::Marks, 0);
    readable(&mut found, "mark", |found| marks::check(db, found))?;
    readable(&mut found, "computed_record", |found| {
        figures::check(db, book, today, report.enrolments, found, progress)
    })?;
    progress.begin(Stage::Index, 0);
    readable(&mut found, "student_index", |found| index::check(db, found))?;
    progress.begin(Stage::Papers, 0);
    readable(&mut found, "student_number", |found| numbers::check(db, found))?;
    readable(&mut found, "document", |found| documents::check(db, &mut report.papers, found))?;
    naming::name(db, &mut found)?;
    report.findings = found;
    Ok(report)
}

/// Runs a check; a row that is not what the schema promises ends it with a finding, and the other checks go on.
fn readable(
    found: &mut Vec<Finding>,
    table: &str,
    check: impl FnOnce(&mut Vec<Finding>) -> Result<(), StorageError>,
) -> Result<()> {
    match check(found) {
        Err(StorageError::Decode { column, found: value }) => {
            let fault = Fault::Unreadable { column, value };
            found.push(Finding { place: Place::Table(table.to_owned()), seq: None, fault });
            Ok(())
        }
        other => Ok(other?),
    }
}
