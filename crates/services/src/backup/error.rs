//! Why a backup could not be taken, or not be restored.

use std::{io, path::PathBuf};

use storage::{StorageError, dump::DumpError};
use zip::result::ZipError;

use crate::error::ServiceError;

/// A backup or a restoration that did not come about; nothing half-done is left behind.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// No room left on the disk.
    #[error("diskte yer kalmadı; yarım dosya bırakılmadı, yer açıp yeniden deneyin")]
    NoRoom,
    /// Another run is writing to the same file.
    #[error("{0} dosyasına şu anda başka bir yedek yazılıyor")]
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
    #[error("{0} bir Künye yedeği değil ya da dosyanın sonu eksik")]
    NotABackup(PathBuf),
    /// The backup was written by a later program.
    #[error(
        "yedek daha yeni bir Künye ile alınmış (biçim {format}, şema {schema}); bu program biçim {known_format}, şema {known_schema} tanır"
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
    #[error("yedek bozuk: {member}: {why}")]
    Damaged {
        /// The part.
        member: String,
        /// What is wrong with it.
        why: String,
    },
    /// The place already holds something.
    #[error("geri yükleme yalnız boş bir yere yapılır; burada dolu tablo var: {0}")]
    Occupied(String),
    /// The empty place was set up with a later schema than the backup's.
    #[error(
        "boş veritabanı şema {found} ile kurulmuş, yedek şema {backup}: hiç kurulmamış bir veritabanı verin"
    )]
    PlaceNewer {
        /// Version of the place.
        found: i64,
        /// Version of the backup.
        backup: i64,
    },
    /// A table could not be written or read.
    #[error("{table} tablosu: {source}")]
    Table {
        /// Which.
        table: String,
        /// Why.
        source: DumpError,
    },
    /// The file store refused a file.
    #[error("dosya deposu: {0}")]
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
    pub(super) fn damaged(member: &str, why: impl ToString) -> Self {
        Self::Damaged { member: member.to_owned(), why: why.to_string() }
    }
}
