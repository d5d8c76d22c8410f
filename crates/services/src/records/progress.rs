//! How far an import has come, for whoever waits for it.

use std::sync::{Arc, Mutex, PoisonError};

use storage::records::RecordsFile;

/// What an import is doing.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Phase {
    /// Reads and stages a file; counted in bytes of all files.
    Reading(RecordsFile),
    /// Looks for keys that stand twice in the long files.
    Checking,
    /// Compares with what is here; counted in rows of the short files.
    Comparing,
    /// Writes everything in one transaction; counted in rows of the short files.
    Applying,
}

impl Phase {
    /// Stable word, and key of the words for a progress bar.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Reading(_) => "reading",
            Self::Checking => "checking",
            Self::Comparing => "comparing",
            Self::Applying => "applying",
        }
    }

    /// Name of the file, where one is being read.
    pub const fn file(self) -> &'static str {
        match self {
            Self::Reading(file) => file.file_name(),
            _ => "",
        }
    }
}

/// How far a phase has come.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Progress {
    /// What is being done.
    pub phase: Phase,
    /// How much of it is done.
    pub done: u64,
    /// How much there is to do.
    pub total: u64,
}

/// Takes the progress of an import; called from whichever thread is at work.
pub type OnProgress = Box<dyn FnMut(Progress) + Send>;

/// Hands progress on from several threads.
#[derive(Clone)]
pub(super) struct Reporter(Arc<Mutex<OnProgress>>);

impl Reporter {
    pub(super) fn new(to: OnProgress) -> Self {
        Self(Arc::new(Mutex::new(to)))
    }

    pub(super) fn tell(&self, phase: Phase, done: u64, total: u64) {
        (self.0.lock().unwrap_or_else(PoisonError::into_inner))(Progress { phase, done, total });
    }
}
