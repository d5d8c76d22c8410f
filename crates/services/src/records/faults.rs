//! Where the files are wrong, and what is wrong there.

use std::{io, path::Path};

use storage::records::RecordsFile;

use super::problem::Problem;

/// How many faults are collected before reading stops.
pub const LIMIT: usize = 1_000;

/// One fault: where, and what. Its sentence, with the mend, is told by whoever knows the reader's language.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fault {
    /// Name of the file; empty where no single file is at fault.
    pub file: &'static str,
    /// Row of the file as an editor or a spreadsheet counts it (the header is row 1); none for the file as a whole.
    pub row: Option<u64>,
    /// Column of the file.
    pub column: Option<&'static str>,
    /// What is wrong.
    pub problem: Problem,
}

impl Fault {
    /// Stable word for programs.
    pub const fn code(&self) -> &'static str {
        self.problem.code()
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
    pub(super) fn file(&mut self, file: RecordsFile, problem: impl Into<Problem>) {
        self.push(Fault { file: file.file_name(), row: None, column: None, problem: problem.into() });
    }

    /// A fault of a row.
    pub(super) fn row(
        &mut self,
        file: RecordsFile,
        row: u64,
        column: impl Into<Option<&'static str>>,
        problem: impl Into<Problem>,
    ) {
        let column = column.into();
        self.push(Fault { file: file.file_name(), row: Some(row), column, problem: problem.into() });
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

    /// Writes the list as a CSV file that a spreadsheet opens, with a byte order mark for the Turkish letters: file,
    /// row, column, word and sentence, under these titles.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn write_csv(
        &self,
        path: &Path,
        titles: [&str; 5],
        sentence: impl Fn(&Problem) -> String,
    ) -> io::Result<()> {
        let mut bytes = "\u{feff}".as_bytes().to_vec();
        {
            let mut out = csv::Writer::from_writer(&mut bytes);
            out.write_record(titles)?;
            for fault in &self.list {
                let row = fault.row.map(|r| r.to_string()).unwrap_or_default();
                out.write_record([
                    fault.file,
                    &row,
                    fault.column.unwrap_or(""),
                    fault.code(),
                    &harmless(sentence(&fault.problem)),
                ])?;
            }
            out.flush()?;
        }
        std::fs::write(path, bytes)
    }
}

/// A text that no spreadsheet takes for a formula; sentences quote what files say.
pub(crate) fn harmless(text: String) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text }
}

/// A value as sentences quote it: short, without line breaks.
pub(crate) fn brief(text: &str) -> String {
    const MOST: usize = 40;
    let seen = |c: char| if c.is_control() || is_invisible(c) { '·' } else { c };
    let mut out: String = text.chars().take(MOST).map(seen).collect();
    if text.chars().nth(MOST).is_some() {
        out.push('…');
    }
    out
}

/// Signs that show nothing, and those that turn the sentence around them.
const fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_know_their_place_and_stop_at_the_limit() {
        let mut faults = Faults::default();
        faults.row(RecordsFile::Students, 12, "tckn", Problem::IdentityCheckDigit { place: 11 });
        faults.file(RecordsFile::Units, Problem::MissingFile);
        let first = &faults.list()[0];
        assert_eq!((first.file, first.row, first.column), ("students.csv", Some(12), Some("tckn")));
        assert_eq!(first.code(), "identity_check_digit");
        assert_eq!(first.problem.args(), [("place", "11".to_owned())]);
        assert_eq!((faults.list()[1].file, faults.list()[1].row), ("units.csv", None));
        for row in 0..2_000 {
            faults.row(RecordsFile::Grades, row, None, Problem::RepeatedSection);
        }
        assert_eq!(faults.list().len(), LIMIT);
        assert!(faults.is_cut() && faults.is_full());
    }

    #[test]
    fn the_list_is_a_file_that_starts_no_formula() {
        let dir = tempfile::tempdir().expect("dir");
        let path = dir.path().join("errors.csv");
        let mut faults = Faults::default();
        faults.row(RecordsFile::Students, 2, "given", Problem::DigitInName { found: "=1".to_owned() });
        let sentence = |problem: &Problem| format!("{}HYPERLINK(\"x\")", &problem.args()[0].1[..1]);
        faults.write_csv(&path, ["dosya", "satır", "sütun", "kod", "açıklama"], sentence).expect("written");
        let text = std::fs::read_to_string(&path).expect("utf-8");
        assert_eq!(
            text,
            "\u{feff}dosya,satır,sütun,kod,açıklama\nstudents.csv,2,given,digit_in_name,\"'=HYPERLINK(\"\"x\"\")\"\n"
        );
        assert_eq!(brief(&"a\n".repeat(30)).chars().count(), 41);
    }

    #[test]
    fn no_word_stands_for_two_situations() {
        let mut words: Vec<&str> = Problem::SITUATIONS.iter().map(|(code, _)| *code).collect();
        words.sort_unstable();
        assert!(words.windows(2).all(|pair| pair[0] != pair[1]), "{words:?}");
    }
}
