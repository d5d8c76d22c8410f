//! How far long work has come, for whoever waits for it at the console.

/// What is being done.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Stage {
    /// Entries, links, heads and roots of the ledger.
    Ledger,
    /// Personal texts of entries.
    Texts,
    /// Status, links and identity against the ledger.
    State,
    /// Marks and figures.
    Marks,
    /// The search index.
    Index,
    /// Numbers of papers.
    Papers,
    /// Stored files.
    Files,
    /// Members of a backup are compared with their hashes.
    Members,
    /// A table on its way into a backup or out of it.
    Table(String),
}

impl Stage {
    /// Stable word; for a table its name.
    pub fn code(&self) -> &str {
        match self {
            Self::Ledger => "ledger",
            Self::Texts => "texts",
            Self::State => "state",
            Self::Marks => "marks",
            Self::Index => "index",
            Self::Papers => "papers",
            Self::Files => "files",
            Self::Members => "members",
            Self::Table(name) => name,
        }
    }
}

/// Takes progress: the stage, how much of it is done, and how much there is to do where that is known.
pub type OnProgress = Box<dyn FnMut(&Stage, u64, Option<u64>) + Send>;

/// Hands progress on, a few times per stage.
pub struct Progress {
    to: OnProgress,
    stage: Stage,
    total: u64,
}

impl Progress {
    /// Tells `to`.
    pub fn new(to: OnProgress) -> Self {
        Self { to, stage: Stage::Ledger, total: 0 }
    }

    /// A stage begins; a total of 0 says that it is not known.
    pub(crate) fn begin(&mut self, stage: Stage, total: u64) {
        (self.stage, self.total) = (stage, total);
        self.at(0);
    }

    /// So much of the stage is done.
    pub(crate) fn at(&mut self, done: u64) {
        (self.to)(&self.stage, done, Some(self.total).filter(|total| *total > 0));
    }

    /// As [`Progress::at`], for loops that would tell too often.
    pub(crate) fn passing(&mut self, done: u64) {
        if done.is_multiple_of(1024) {
            self.at(done);
        }
    }
}
