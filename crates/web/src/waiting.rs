//! Why a write has to wait: another long one holds the database, most likely an import of records.

use base::time::date_time_tr;
use services::{
    Office, ServiceError,
    records::{RunningImport, running_import},
};
use storage::StorageError;

use crate::texts::Texts;

/// What is known of the work that others wait for.
#[derive(Clone, Debug, Default)]
pub struct Waiting {
    /// The import, where it is one.
    pub import: Option<RunningImport>,
}

/// Whether a use case was refused because of another long write; nothing was written then.
pub fn is_busy(error: &ServiceError) -> bool {
    matches!(error, ServiceError::Storage(StorageError::Busy))
}

impl Waiting {
    /// Looks for what holds the database now.
    pub async fn of(office: &Office) -> Self {
        let import = running_import(office).await.unwrap_or_else(|error| {
            tracing::warn!(%error, "what holds the database could not be looked up");
            None
        });
        Self { import }
    }

    /// Whoever is not signed in learns that there is an import, and not whose.
    #[must_use]
    pub fn without_name(mut self) -> Self {
        if let Some(import) = &mut self.import {
            import.started_by = None;
        }
        self
    }

    /// What happens, in a few words.
    pub fn title<'a>(&self, t: &'a Texts) -> &'a str {
        t.get(if self.import.is_some() { "waiting-import-title" } else { "waiting-title" })
    }

    /// Which work it is, since when, and who began it.
    pub fn text(&self, t: &Texts) -> String {
        let Some(import) = &self.import else { return t.get("waiting-text").to_owned() };
        let rows = t.count("waiting-rows", usize::try_from(import.rows).unwrap_or(0));
        let (job, since) = (import.job.to_string(), date_time_tr(import.since));
        let which = t.fmt("waiting-import-text", &[("rows", &rows), ("job", &job), ("since", &since)]);
        match &import.started_by {
            Some(name) => format!("{which} {}", t.fmt("waiting-import-by", &[("name", name)])),
            None => which,
        }
    }

    /// After how many seconds it is worth trying again.
    pub fn seconds(&self) -> u16 {
        if self.import.is_some() { 30 } else { 2 }
    }
}
