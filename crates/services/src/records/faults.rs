//! What is wrong with the files, in sentences that say how to mend it.

use std::{io, path::Path};

use storage::records::RecordsFile;

/// How many faults are collected before reading stops.
pub const LIMIT: usize = 1_000;

/// One fault, for people: where, what, how to mend.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fault {
    /// Name of the file; empty where no single file is at fault.
    pub file: &'static str,
    /// Row of the file as an editor or a spreadsheet counts it (the header is row 1); none for the file as a whole.
    pub row: Option<u64>,
    /// Column of the file.
    pub column: Option<&'static str>,
    /// Stable word for programs.
    pub code: &'static str,
    /// What is wrong and how to mend it, in Turkish.
    pub message: String,
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.file)?;
        if let Some(row) = self.row {
            write!(f, ", {row}. satır")?;
        }
        if let Some(column) = self.column {
            write!(f, ", “{column}” sütunu")?;
        }
        if !self.file.is_empty() {
            f.write_str(": ")?;
        }
        f.write_str(&self.message)
    }
}

/// The faults found, in the order of finding.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Faults {
    list: Vec<Fault>,
    cut: bool,
}

impl Faults {
    /// Adds a fault; past [`LIMIT`] it only remembers that there were more.
    pub(super) fn push(&mut self, fault: Fault) {
        if self.list.len() < LIMIT {
            self.list.push(fault);
        } else {
            self.cut = true;
        }
    }

    /// A fault of a file as a whole.
    pub(super) fn file(&mut self, file: RecordsFile, code: &'static str, message: impl Into<String>) {
        self.push(Fault { file: file.file_name(), row: None, column: None, code, message: message.into() });
    }

    /// A fault of a row.
    pub(super) fn row(
        &mut self,
        file: RecordsFile,
        row: u64,
        column: impl Into<Option<&'static str>>,
        code: &'static str,
        message: impl Into<String>,
    ) {
        let column = column.into();
        self.push(Fault { file: file.file_name(), row: Some(row), column, code, message: message.into() });
    }

    /// The faults.
    pub fn list(&self) -> &[Fault] {
        &self.list
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Whether reading stopped before all faults were found.
    pub fn is_cut(&self) -> bool {
        self.cut
    }

    /// Whether no more will be kept.
    pub(super) fn is_full(&self) -> bool {
        self.list.len() >= LIMIT
    }

    /// How many faults there are.
    pub(super) fn len(&self) -> usize {
        self.list.len()
    }

    /// Writes the list as a CSV file that a spreadsheet opens, with a byte order mark for the Turkish letters.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn write_csv(&self, path: &Path) -> io::Result<()> {
        let mut bytes = "\u{feff}dosya,satır,sütun,hata kodu,açıklama\n".as_bytes().to_vec();
        {
            let mut out = csv::Writer::from_writer(&mut bytes);
            for fault in &self.list {
                let row = fault.row.map(|r| r.to_string()).unwrap_or_default();
                out.write_record([
                    fault.file,
                    &row,
                    fault.column.unwrap_or(""),
                    fault.code,
                    &harmless(&fault.message),
                ])?;
            }
            out.flush()?;
        }
        std::fs::write(path, bytes)
    }
}

/// A text that no spreadsheet takes for a formula; messages quote what files say.
fn harmless(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() }
}

/// A value as messages quote it: short, without line breaks.
pub(super) fn quoted(text: &str) -> String {
    const MOST: usize = 40;
    let mut out: String = text.chars().take(MOST).map(|c| if c.is_control() { '·' } else { c }).collect();
    if text.chars().nth(MOST).is_some() {
        out.push('…');
    }
    format!("“{out}”")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_read_as_sentences_and_stop_at_the_limit() {
        let mut faults = Faults::default();
        faults.row(RecordsFile::Students, 12, "tckn", "check_digit", "Hane hatalı.");
        faults.file(RecordsFile::Units, "missing", "Dosya yok.");
        assert_eq!(faults.list()[0].to_string(), "students.csv, 12. satır, “tckn” sütunu: Hane hatalı.");
        assert_eq!(faults.list()[1].to_string(), "units.csv: Dosya yok.");
        for row in 0..2_000 {
            faults.row(RecordsFile::Grades, row, None, "x", "y");
        }
        assert_eq!(faults.list().len(), LIMIT);
        assert!(faults.is_cut() && faults.is_full());
    }

    #[test]
    fn the_list_is_a_file_that_starts_no_formula() {
        let dir = tempfile::tempdir().expect("dir");
        let path = dir.path().join("errors.csv");
        let mut faults = Faults::default();
        faults.row(RecordsFile::Students, 2, "given", "text", "=HYPERLINK(\"x\")");
        faults.write_csv(&path).expect("written");
        let text = std::fs::read_to_string(&path).expect("utf-8");
        assert_eq!(
            text,
            "\u{feff}dosya,satır,sütun,hata kodu,açıklama\nstudents.csv,2,given,text,\"'=HYPERLINK(\"\"x\"\")\"\n"
        );
        assert_eq!(quoted(&"a\n".repeat(30)).chars().count(), 43);
    }
}
