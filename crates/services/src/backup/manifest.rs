//! The list of everything in a backup.

use std::collections::BTreeMap;

use base::time::Timestamp;
use serde::{Deserialize, Serialize};

/// Name of the list inside the file.
pub(super) const NAME: &str = "manifest.json";
/// Word by which a backup is known.
pub(super) const FORMAT: &str = "kunye-backup";
/// Newest format that this program writes and reads.
pub(super) const VERSION: u32 = 1;

/// The list.
#[derive(Serialize, Deserialize)]
pub(super) struct Manifest {
    /// [`FORMAT`].
    pub format: String,
    /// [`VERSION`].
    pub version: u32,
    /// Schema version of the tables.
    pub schema: i64,
    /// Engine that it was taken from; it may be restored on either.
    pub engine: String,
    /// Version of the program that took it.
    pub program: String,
    /// When.
    pub taken_at: Timestamp,
    /// The tables, each after those it refers to.
    pub tables: Vec<TableMember>,
    /// Row ids that tables have reached.
    pub sequences: BTreeMap<String, i64>,
    /// Stored files.
    pub files: Vec<FileMember>,
    /// Hashes of files that rows name and the store could not give.
    pub missing_files: Vec<String>,
}

/// A table.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct TableMember {
    /// Its name.
    pub name: String,
    /// Rows in it.
    pub rows: u64,
    /// Bytes of its text.
    pub bytes: u64,
    /// SHA-256 of its text, in hexadecimal.
    pub sha256: String,
}

/// A stored file.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct FileMember {
    /// SHA-256 of its content, in hexadecimal; its name, too.
    pub sha256: String,
    /// Bytes.
    pub bytes: u64,
}

/// Where a table stands inside the file.
pub(super) fn table_path(name: &str) -> String {
    format!("tables/{name}.jsonl")
}

/// Where a stored file stands inside the file.
pub(super) fn file_path(sha256: &str) -> String {
    format!("files/{sha256}")
}
