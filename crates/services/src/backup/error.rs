//! Why a backup could not be taken, or not be restored.

use std::{io, path::PathBuf};

use storage::{StorageError, dump::DumpError};
use zip::result::ZipError;

use crate::error::ServiceError;

base::situations! {
    /// How a part of a backup is not what it was.
    #[derive(Clone, PartialEq, Eq, Debug)]
    pub enum Damage {
        /// The part cannot be read.
        Unreadable {
            /// What the reader says.
            why: String,
        } => "unreadable",
        /// The part is not there.
        Missing => "missing",
        /// The list does not know the part.
        Unlisted => "unlisted",
        /// Its content is not what the list's hash was made of.
        Altered => "altered",
        /// The list knows more or fewer rows.
        Rows {
            /// Rows that it has.
            found: u64,
            /// Rows by the list.
            right: u64,
        } => "rows",
        /// The schema has no such table.
        NoSuchTable => "no-such-table",
        /// The file store gave another hash.
        StoredOtherwise => "stored-otherwise",
    }
}

/// A backup or a restoration that did not come about; nothing half-done is left behind.
///
/// Its sentence is told by whoever knows the reader's language; what it displays is for logs.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// No room left on the disk.
    #[error("no room left on the disk")]
    NoRoom,
    /// Another run is writing to the same file.
    #[error("another backup is being written to {0}")]
    Running(PathBuf),
    /// The file cannot be written or read.
    #[error("{path}: {source}")]
    Io {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The file is no backup, or its end is missing.
    #[error("{0} is no backup, or its end is missing")]
    NotABackup(PathBuf),
    /// The backup was written by a later program.
    #[error(
        "the backup has format {format} and schema {schema}, known are {known_format} and {known_schema}"
    )]
    TooNew {
        /// Format of the file.
        format: u32,
        /// Schema version of the tables in it.
        schema: i64,
        /// Newest format that this program reads.
        known_format: u32,
        /// Newest schema that this program knows.
        known_schema: i64,
    },
    /// A part of the file is not what it was.
    #[error("{member} of the backup: {}", .damage.code())]
    Damaged {
        /// The part.
        member: String,
        /// What is wrong with it.
        damage: Damage,
    },
    /// The place already holds something.
    #[error("the place is not empty: {0}")]
    Occupied(String),
    /// The empty place was set up with a later schema than the backup's.
    #[error("the empty place has schema {found}, the backup {backup}")]
    PlaceNewer {
        /// Version of the place.
        found: i64,
        /// Version of the backup.
        backup: i64,
    },
    /// A table could not be written or read.
    #[error("table {table}: {source}")]
    Table {
        /// Which.
        table: String,
        /// Why.
        source: DumpError,
    },
    /// The file store refused a file.
    #[error("file store: {0}")]
    Files(String),
    /// The database.
    #[error(transparent)]
    Storage(StorageError),
    /// The verification after a restoration could not run.
    #[error(transparent)]
    Verify(ServiceError),
}

impl From<StorageError> for BackupError {
    fn from(error: StorageError) -> Self {
        match error {
            StorageError::DiskFull => Self::NoRoom,
            other => Self::Storage(other),
        }
    }
}

/// Whether the disk, or the share of it that one may use, is full.
fn is_full(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded)
}

impl BackupError {
    /// A failure of the backup's own file.
    pub(super) fn io(path: impl Into<PathBuf>, source: io::Error) -> Self {
        if is_full(&source) { Self::NoRoom } else { Self::Io { path: path.into(), source } }
    }

    /// A failure while a ZIP is written.
    pub(super) fn zip(path: impl Into<PathBuf>, error: ZipError) -> Self {
        Self::io(path, error.into())
    }

    /// A failure of one table.
    pub(super) fn table(table: &str, source: DumpError) -> Self {
        match source {
            DumpError::Io(error) if is_full(&error) => Self::NoRoom,
            DumpError::Storage(StorageError::DiskFull) => Self::NoRoom,
            source => Self::Table { table: table.to_owned(), source },
        }
    }

    /// A part that is not what it was.
    pub(super) fn damaged(member: &str, damage: Damage) -> Self {
        Self::Damaged { member: member.to_owned(), damage }
    }

    /// A part that cannot be read.
    pub(super) fn unreadable(member: &str, why: impl ToString) -> Self {
        Self::damaged(member, Damage::Unreadable { why: why.to_string() })
    }
}
