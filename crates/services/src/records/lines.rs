//! Rows of a CSV file, read with little memory whatever stands in it.
//!
//! A row is a line: no field of the format needs a line break, and a quote that is never closed must not
//! swallow the rest of the file. So a row's number here is the number that editors and spreadsheets show.

use std::{
    fs::File,
    io::{self, Read},
    ops::Range,
    path::Path,
};

use encoding_rs::WINDOWS_1254;
use sha2::{Digest, Sha256};

use super::{faults::brief, problem::Problem};

/// The longest line, in bytes; far more than the columns of any file can hold.
const LINE: usize = 16 * 1024;
/// Bytes read at once.
const BLOCK: usize = 256 * 1024;

/// Why a line is no row.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct LineFault {
    /// The line, from 1.
    pub line: u64,
    /// What is wrong.
    pub problem: Problem,
    /// Whether nothing sensible can follow.
    pub fatal: bool,
}

/// Hands out a file line by line.
pub(super) struct Lines {
    file: File,
    block: Vec<u8>,
    /// What of the block is still to be handed out.
    rest: Range<usize>,
    ended: bool,
    /// Whether the last line handed out had a line end.
    closed: bool,
    line: u64,
    bytes: u64,
    hash: Sha256,
    current: String,
}

impl Lines {
    pub(super) fn open(path: &Path) -> io::Result<Self> {
        Ok(Self {
            file: File::open(path)?,
            block: vec![0; BLOCK],
            rest: 0..0,
            ended: false,
            closed: true,
            line: 0,
            bytes: 0,
            hash: Sha256::new(),
            current: String::new(),
        })
    }

    /// Bytes handed out so far.
    pub(super) fn bytes(&self) -> u64 {
        self.bytes
    }

    /// The number of the line handed out last.
    pub(super) fn line(&self) -> u64 {
        self.line
    }

    /// Whether the last line had its line end; a file cut off in the middle has none.
    pub(super) fn is_closed(&self) -> bool {
        self.closed
    }

    /// SHA-256 of the bytes read; of the file, once it was read to its end.
    pub(super) fn sha256(&self) -> [u8; 32] {
        self.hash.clone().finalize().into()
    }

    /// Moves what is left to the front and reads on.
    fn fill(&mut self) -> io::Result<()> {
        self.block.copy_within(self.rest.clone(), 0);
        self.rest = 0..self.rest.len();
        while self.rest.end < self.block.len() {
            let n = self.file.read(&mut self.block[self.rest.end..])?;
            if n == 0 {
                self.ended = true;
                break;
            }
            self.hash.update(&self.block[self.rest.end..self.rest.end + n]);
            self.rest.end += n;
        }
        Ok(())
    }

    /// The line that [`Lines::next`] came to, without its end.
    pub(super) fn current(&self) -> &str {
        &self.current
    }

    /// Goes on to the next line; nothing at the end of the file.
    pub(super) fn next(&mut self) -> io::Result<Option<Result<(), LineFault>>> {
        let mut end = self.find_end();
        if end.is_none() && !self.ended {
            self.fill()?;
            end = self.find_end();
        }
        let line = match end {
            Some(at) => {
                let line = self.rest.start..at;
                self.rest.start = at + 1;
                self.closed = true;
                line
            }
            None if self.rest.is_empty() => return Ok(None),
            None => {
                let line = self.rest.clone();
                self.rest.start = self.rest.end;
                self.closed = false;
                line
            }
        };
        self.line += 1;
        self.bytes += u64::try_from(line.len()).unwrap_or(0) + u64::from(self.closed);
        let mut raw = &self.block[line];
        if self.line == 1 {
            raw = raw.strip_prefix("\u{feff}".as_bytes()).unwrap_or(raw);
        }
        raw = raw.strip_suffix(b"\r").unwrap_or(raw);
        Ok(Some(match check(raw, self.line) {
            Ok(text) => {
                self.current.clear();
                self.current.push_str(text);
                Ok(())
            }
            Err(fault) => Err(fault),
        }))
    }

    fn find_end(&self) -> Option<usize> {
        let rest = &self.block[self.rest.clone()];
        rest.iter().position(|b| *b == b'\n').map(|at| self.rest.start + at)
    }
}

/// A line as text, or why it is none.
fn check(raw: &[u8], line: u64) -> Result<&str, LineFault> {
    let fault = |fatal, problem| Err(LineFault { line, problem, fatal });
    if line == 1 && (raw.starts_with(&[0xff, 0xfe]) || raw.starts_with(&[0xfe, 0xff])) {
        return fault(true, Problem::Utf16);
    }
    if raw.len() > LINE {
        return fault(true, Problem::LineTooLong { most: LINE });
    }
    if let Some(at) = raw.iter().position(|b| *b < 0x20 && *b != b'\t' || *b == 0x7f) {
        return fault(raw[at] == 0, Problem::ControlCharacter { byte: raw[at] });
    }
    match std::str::from_utf8(raw) {
        Ok(text) => Ok(text),
        Err(error) => {
            let (shown, _) = WINDOWS_1254.decode_without_bom_handling(raw);
            let turkish = shown.contains(['ı', 'İ', 'ş', 'Ş', 'ğ', 'Ğ', 'ç', 'Ç', 'ö', 'Ö', 'ü', 'Ü']);
            let near = excerpt(&shown, error.valid_up_to());
            fault(true, if turkish { Problem::Windows1254 { near } } else { Problem::NotUtf8 { near } })
        }
    }
}

/// The words around the first letter that is not UTF-8.
fn excerpt(shown: &str, at: usize) -> String {
    // Everything before the first foreign byte is UTF-8; a Turkish letter there would make this one letter short.
    let start = at.saturating_sub(12);
    brief(&shown.chars().skip(start).take(28).collect::<String>())
}

/// Splits a line into its fields, unquoting where needed but keeping blanks; the places of the fields go to `ends`.
///
/// # Errors
/// A quote that is not closed or stands in the middle of a field.
pub(super) fn split(
    line: &str,
    separator: char,
    out: &mut String,
    ends: &mut Vec<usize>,
) -> Result<(), Problem> {
    out.clear();
    ends.clear();
    if !line.contains('"') {
        for field in line.split(separator) {
            out.push_str(field);
            ends.push(out.len());
        }
        return Ok(());
    }
    let mut rest = line;
    loop {
        let trimmed = rest.trim_start_matches(' ');
        let after = if let Some(quoted) = trimmed.strip_prefix('"') {
            unquote(quoted, out)?.trim_start_matches(' ')
        } else {
            let end = rest.find(separator).unwrap_or(rest.len());
            let field = &rest[..end];
            if field.contains('"') {
                return Err(Problem::QuoteInside);
            }
            out.push_str(field);
            &rest[end..]
        };
        ends.push(out.len());
        if after.is_empty() {
            return Ok(());
        }
        match after.strip_prefix(separator) {
            Some(next) => rest = next,
            None => return Err(Problem::QuoteFollowed),
        }
    }
}

/// Copies a quoted field without its quotes; answers what follows the closing one.
fn unquote<'a>(mut text: &'a str, out: &mut String) -> Result<&'a str, Problem> {
    loop {
        let Some(at) = text.find('"') else {
            return Err(Problem::QuoteOpen);
        };
        out.push_str(&text[..at]);
        text = &text[at + 1..];
        match text.strip_prefix('"') {
            Some(after) => {
                out.push('"');
                text = after;
            }
            None => return Ok(text),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn fields(line: &str) -> Result<Vec<String>, Problem> {
        let (mut out, mut ends) = (String::new(), Vec::new());
        split(line, ',', &mut out, &mut ends)?;
        let mut start = 0;
        Ok(ends
            .iter()
            .map(|end| {
                let field = out[start..*end].to_owned();
                start = *end;
                field
            })
            .collect())
    }

    fn read(bytes: &[u8]) -> Vec<Result<String, &'static str>> {
        let dir = tempfile::tempdir().expect("dir");
        let path = dir.path().join("x.csv");
        std::fs::write(&path, bytes).expect("written");
        let mut lines = Lines::open(&path).expect("open");
        let mut out = Vec::new();
        while let Some(line) = lines.next().expect("read") {
            out.push(line.map(|()| lines.current().to_owned()).map_err(|f| f.problem.code()));
        }
        out
    }

    #[test]
    fn quotes_are_taken_off_and_faults_named() {
        assert_eq!(fields("a, b ,,c").expect("plain"), ["a", " b ", "", "c"]);
        assert_eq!(fields("\"a,b\",\"say \"\"hi\"\"\",\"\"").expect("quoted"), ["a,b", "say \"hi\"", ""]);
        assert_eq!(fields("").expect("empty"), [""]);
        assert_eq!(fields("a,\"b"), Err(Problem::QuoteOpen));
        assert_eq!(fields("a,b\"c"), Err(Problem::QuoteInside));
        assert_eq!(fields("\"a\"b,c"), Err(Problem::QuoteFollowed));
    }

    #[test]
    fn lines_come_with_either_end_and_without_a_byte_order_mark() {
        assert_eq!(
            read("\u{feff}a\r\nb\nc".as_bytes()),
            [Ok("a".to_owned()), Ok("b".to_owned()), Ok("c".to_owned())]
        );
        assert_eq!(read(b""), []);
        assert_eq!(read(b"a\n\nb\n").len(), 3);
    }

    #[test]
    fn foreign_encodings_are_named_in_their_row() {
        let (bytes, _, _) = WINDOWS_1254.encode("ad\nIşık ŞAHİN\n");
        assert_eq!(read(&bytes), [Ok("ad".to_owned()), Err("windows_1254")]);
        let fault = check(&WINDOWS_1254.encode("1,Işık,ŞAHİN").0, 7).expect_err("not UTF-8");
        let Problem::Windows1254 { near } = fault.problem else { panic!("{fault:?}") };
        assert!(fault.line == 7 && near.contains("Işık"), "{near}");
        assert_eq!(read(&[0xff, 0xfe, b'a', 0, b'\n', 0])[0], Err("utf_16"));
        assert_eq!(read(b"a\0b\n"), [Err("control_character")]);
    }

    #[test]
    fn a_line_without_end_costs_one_block() {
        let dir = tempfile::tempdir().expect("dir");
        let path = dir.path().join("x.csv");
        std::fs::write(&path, vec![b'x'; 3 * BLOCK]).expect("written");
        let mut lines = Lines::open(&path).expect("open");
        let first = lines.next().expect("read").expect("a line").expect_err("too long");
        assert!(first.fatal && first.problem == Problem::LineTooLong { most: LINE });
        assert_eq!(lines.block.len(), BLOCK);
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(row in proptest::collection::vec("[a-zıİşŞ ,\"]{0,12}", 1..6)) {
            let line: Vec<String> = row.iter().map(|f| format!("\"{}\"", f.replace('"', "\"\""))).collect();
            prop_assert_eq!(fields(&line.join(",")), Ok(row));
        }

        #[test]
        fn any_line_is_answered(line in any::<String>()) {
            let _ = fields(&line);
        }
    }
}
