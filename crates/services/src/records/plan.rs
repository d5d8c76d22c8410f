//! What an import would do, and what it did.

use base::ids::JobId;
use storage::records::RecordsFile;

use super::merge::{Change, Clash};

/// Examples that are kept per file and kind of difference.
const EXAMPLES: usize = 5;
/// Conflicts that are listed one by one; all are counted.
const CONFLICTS: usize = 1_000;

/// How a row differs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Difference {
    /// It is not here yet.
    New,
    /// The file has other values than last time.
    Changed,
    /// It was taken over before and is no longer in the file; it stays here.
    Missing,
}

/// A value that changes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ValueChange {
    /// Column of the file.
    pub column: String,
    /// What stands here.
    pub before: String,
    /// What the file says.
    pub after: String,
}

/// One row of many that differ.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Example {
    /// How it differs.
    pub difference: Difference,
    /// Row of the file, where it has one.
    pub row: Option<i64>,
    /// Its key, e.g. the student number.
    pub key: String,
    /// Values that change.
    pub values: Vec<ValueChange>,
}

/// What becomes of one file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FilePlan {
    /// Which file.
    pub file: RecordsFile,
    /// Rows in it.
    pub rows: u64,
    /// Rows that are not here yet.
    pub new: u64,
    /// Rows of which something is written here.
    pub changed: u64,
    /// Rows of which nothing is written.
    pub unchanged: u64,
    /// Rows that were taken over before and are no longer in the file.
    pub missing: u64,
    /// Values that stay as they are here.
    pub conflicts: u64,
    /// A few of each kind.
    pub examples: Vec<Example>,
}

impl FilePlan {
    pub(super) fn new(file: RecordsFile) -> Self {
        Self {
            file,
            rows: 0,
            new: 0,
            changed: 0,
            unchanged: 0,
            missing: 0,
            conflicts: 0,
            examples: Vec::new(),
        }
    }

    pub(super) fn example(
        &mut self,
        difference: Difference,
        row: Option<i64>,
        key: &str,
        changes: &[Change],
    ) {
        if self.examples.iter().filter(|e| e.difference == difference).count() < EXAMPLES {
            let values = changes
                .iter()
                .map(|c| ValueChange {
                    column: c.column.clone(),
                    before: shown(&c.column, &c.before),
                    after: shown(&c.column, &c.after),
                })
                .collect();
            self.examples.push(Example { difference, row, key: key.to_owned(), values });
        }
    }
}

/// A value that the file and somebody here set differently; it stays as it is here.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Conflict {
    /// Which file.
    pub file: RecordsFile,
    /// Row of the file.
    pub row: i64,
    /// Its key.
    pub key: String,
    /// Column of the file.
    pub column: String,
    /// What was taken over last time; none where the value never came from a file.
    pub last_taken_over: Option<String>,
    /// What stands here.
    pub here: String,
    /// What the file says.
    pub in_file: String,
}

/// What an import would do, or did.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RecordsPlan {
    /// Whether nothing was here before: then there is nothing to compare, and no confirmation is needed.
    pub first_import: bool,
    /// The twelve files.
    pub files: Vec<FilePlan>,
    /// The conflicts, at most a thousand of them.
    pub conflicts: Vec<Conflict>,
}

impl RecordsPlan {
    pub(super) fn new(first_import: bool) -> Self {
        Self {
            first_import,
            files: RecordsFile::ALL.into_iter().map(FilePlan::new).collect(),
            conflicts: Vec::new(),
        }
    }

    /// The plan of a file.
    pub fn file(&self, file: RecordsFile) -> Option<&FilePlan> {
        self.files.iter().find(|f| f.file == file)
    }

    pub(super) fn of(&mut self, file: RecordsFile) -> &mut FilePlan {
        let at = RecordsFile::ALL.into_iter().position(|f| f == file).unwrap_or(0);
        &mut self.files[at]
    }

    pub(super) fn clash(&mut self, file: RecordsFile, row: i64, key: &str, clashes: &[Clash]) {
        self.of(file).conflicts += u64::try_from(clashes.len()).unwrap_or(0);
        for clash in clashes {
            if self.conflicts.len() < CONFLICTS {
                self.conflicts.push(Conflict {
                    file,
                    row,
                    key: key.to_owned(),
                    column: clash.column.clone(),
                    last_taken_over: clash.last_taken_over.as_ref().map(|v| shown(&clash.column, v)),
                    here: shown(&clash.column, &clash.here),
                    in_file: shown(&clash.column, &clash.in_file),
                });
            }
        }
    }

    /// Whether anything would be written.
    pub fn changes_anything(&self) -> bool {
        self.files.iter().any(|f| f.new + f.changed > 0)
    }

    /// How many values stay as they are here against the file.
    pub fn conflict_count(&self) -> u64 {
        self.files.iter().map(|f| f.conflicts).sum()
    }

    /// Rows in all files.
    pub fn rows(&self) -> u64 {
        self.files.iter().map(|f| f.rows).sum()
    }
}

/// What an import did.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RecordsReport {
    /// What was written, file by file.
    pub plan: RecordsPlan,
    /// Ledger entries written.
    pub entries: u64,
    /// The job under which it ran.
    pub job: JobId,
}

/// A value for people; identity numbers are masked.
pub(super) fn shown(column: &str, value: &serde_json::Value) -> String {
    let text = match value {
        serde_json::Value::Null => String::new(),
        serde_json::Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    if column == "tckn" && !text.is_empty() { base::text::mask_identity(&text) } else { text }
}
