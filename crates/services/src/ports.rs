//! What the services need from the world outside the database; `app` and the gateways implement it.

mod remote;

use base::lang::Lang;

pub use self::remote::{Answer, PlacementPage, PlacementQuery, PlacementService, RemoteProblem};

/// Failure of a port.
#[derive(Debug, thiserror::Error)]
pub enum PortError {
    /// No room left on the disk; nothing half-written stays behind, and the same call works once there is room.
    #[error("diskte yer kalmadı")]
    NoRoom,
    /// Anything else, in words for the log and the operator.
    #[error("{0}")]
    Failed(String),
}

impl PortError {
    /// What the system says about a file that could not be written or read.
    pub fn io(error: &std::io::Error) -> Self {
        use std::io::ErrorKind;
        match error.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Self::NoRoom,
            _ => Self::Failed(error.to_string()),
        }
    }
}

/// Keeps bytes by the SHA-256 of their content.
pub trait FileStore: Send + Sync {
    /// Stores the bytes durably and answers their hash; storing the same bytes twice is harmless.
    ///
    /// # Errors
    /// [`PortError::NoRoom`], or why else the bytes could not be made durable.
    fn put(&self, bytes: &[u8]) -> Result<[u8; 32], PortError>;

    /// Stores several files with as few syncs as the store allows; all are durable when it returns.
    ///
    /// # Errors
    /// As [`FileStore::put`]; some of the files may then be stored, which is harmless.
    fn put_all(&self, files: &[Vec<u8>]) -> Result<Vec<[u8; 32]>, PortError> {
        files.iter().map(|bytes| self.put(bytes)).collect()
    }

    /// The bytes of a hash, checked against it.
    ///
    /// # Errors
    /// When they are missing or no longer match their hash.
    fn get(&self, sha256: &[u8; 32]) -> Result<Vec<u8>, PortError>;
}

/// A paper ready for the press.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// Key of the document kind; the press knows its template.
    pub kind: String,
    /// Language of the paper.
    pub lang: Lang,
    /// The stored payload, JSON as the template reads it.
    pub payload: String,
    /// Title in the PDF's metadata.
    pub title: String,
    /// The issuing unit, author in the metadata.
    pub author: String,
    /// Creation time in the metadata; comes from the stored row so that a reprint is byte-identical.
    pub issued_at: base::time::Timestamp,
    /// Text of the QR code, which the payload shows as the picture `qr.svg`.
    pub qr: String,
    /// Further pictures by the names that the payload uses: `photo.jpg`, `photo.png`.
    pub pictures: Vec<(String, Vec<u8>)>,
}

/// Turns a sheet into PDF bytes.
pub trait PaperPress: Send + Sync {
    /// Renders one paper as PDF/A-2b.
    ///
    /// # Errors
    /// When the template refuses the payload.
    fn print(&self, sheet: &Sheet) -> Result<Vec<u8>, PortError>;

    /// Joins papers into one PDF for the printer, taking them one by one, so that they need not all be in memory.
    ///
    /// # Errors
    /// When one of them is not a PDF, or what `papers` answers.
    fn merge(
        &self,
        papers: &mut dyn Iterator<Item = Result<Vec<u8>, PortError>>,
    ) -> Result<Vec<u8>, PortError>;
}

/// Keeps the daily roots of the ledger where nobody who writes to the database can write.
pub trait RootsFile: Send + Sync {
    /// Everything written so far; empty where nothing was.
    ///
    /// # Errors
    /// When it is there but cannot be read.
    fn read(&self) -> Result<String, PortError>;

    /// Adds text at the end; it is durable on return.
    ///
    /// # Errors
    /// When it could not be made durable.
    fn append(&self, text: &str) -> Result<(), PortError>;
}
