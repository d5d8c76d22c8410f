//! Tables of text: UTF-8 and the Turkish code page of Windows; semicolons, commas and tabs; quotes by RFC 4180.

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE, WINDOWS_1254};

use super::{Line, Problem, Table, push};

/// Letters of Turkish that take more than one byte.
const LETTERS: &str = "çğıöşüÇĞİÖŞÜâîûÂÎÛ";

/// The file as text; bytes that a damaged one lost stand as U+FFFD.
pub(super) fn decode(bytes: &[u8]) -> Result<String, Problem> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes)
        && (encoding == UTF_16LE || encoding == UTF_16BE)
    {
        let (text, lost) = encoding.decode_without_bom_handling(&bytes[mark..]);
        return if lost { Err(Problem::NotAList) } else { Ok(text.into_owned()) };
    }
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    if bytes.iter().any(|b| *b < 0x20 && !matches!(b, b'\t' | b'\r' | b'\n')) {
        return Err(Problem::NotAList);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(text.to_owned()),
        // Sound up to a letter of which the last bytes are missing.
        Err(error) if error.error_len().is_none() && !bytes[..error.valid_up_to()].is_ascii() => {
            Err(Problem::Truncated)
        }
        Err(_) => {
            // More sound letters than broken ones: it is this encoding, and some of its bytes were lost.
            let damaged = String::from_utf8_lossy(bytes);
            let count = |of: &dyn Fn(char) -> bool| damaged.chars().filter(|c| of(*c)).count();
            if count(&|c| LETTERS.contains(c)) > count(&|c| c == '\u{fffd}') {
                return Ok(damaged.into_owned());
            }
            let (text, _) = WINDOWS_1254.decode_without_bom_handling(bytes);
            let is_text = !text.chars().any(|c| ('\u{80}'..='\u{9f}').contains(&c) || c == '\u{fffd}');
            if is_text { Ok(text.into_owned()) } else { Err(Problem::NotAList) }
        }
    }
}

/// Splits a text into rows.
pub(super) fn read(text: &str) -> Result<Table, Problem> {
    let (text, named) = match text.strip_prefix("sep=").and_then(|rest| rest.split_once('\n')) {
        Some((separator, rest)) => (rest, separator.trim_end().chars().next()),
        None => (text, None),
    };
    let delimiter = named.unwrap_or_else(|| delimiter(text));
    let mut lines: Vec<Line> = Vec::new();
    let mut scan = Scan { rest: text, delimiter };
    let mut row = u64::from(named.is_some());
    while !scan.rest.is_empty() {
        row += 1;
        let cells = scan.record(row)?;
        push(&mut lines, row, cells)?;
    }
    Ok(Table { lines, delimiter, open_end: !text.ends_with('\n') })
}

/// The separator that the first line with any of them has most of.
fn delimiter(text: &str) -> char {
    let mut found = ';';
    for line in text.lines().take(10) {
        let mut quoted = false;
        let mut counts = [(';', 0), (',', 0), ('\t', 0)];
        for c in line.chars() {
            if c == '"' {
                quoted = !quoted;
            } else if !quoted && let Some(count) = counts.iter_mut().find(|(sign, _)| *sign == c) {
                count.1 += 1;
            }
        }
        let most = counts.iter().rev().max_by_key(|(_, n)| *n).copied().unwrap_or((';', 0));
        if most.1 > 1 {
            return most.0;
        }
        if most.1 == 1 {
            found = most.0;
        }
    }
    found
}

struct Scan<'a> {
    rest: &'a str,
    delimiter: char,
}

impl Scan<'_> {
    /// The next record, with the line end behind it.
    fn record(&mut self, row: u64) -> Result<Vec<String>, Problem> {
        let mut cells = Vec::new();
        loop {
            let blank = self.rest.len() - self.rest.trim_start_matches(' ').len();
            let cell = if self.rest[blank..].starts_with('"') {
                self.rest = &self.rest[blank + 1..];
                let cell = self.quoted(row)?;
                self.rest = self.rest.trim_start_matches(' ');
                if !self.rest.is_empty() && !self.rest.starts_with([self.delimiter, '\r', '\n']) {
                    return Err(Problem::QuoteFollowed { row });
                }
                cell
            } else {
                let end = self.rest.find([self.delimiter, '\n']).unwrap_or(self.rest.len());
                let cell = self.rest[..end].trim_end_matches('\r').to_owned();
                self.rest = &self.rest[end..];
                cell
            };
            cells.push(cell);
            if let Some(next) = self.rest.strip_prefix(self.delimiter) {
                self.rest = next;
                continue;
            }
            let next = self.rest.strip_prefix('\r').unwrap_or(self.rest);
            self.rest = next.strip_prefix('\n').unwrap_or(next);
            return Ok(cells);
        }
    }

    /// What stands up to the closing quote.
    fn quoted(&mut self, row: u64) -> Result<String, Problem> {
        let mut cell = String::new();
        loop {
            let Some(at) = self.rest.find('"') else { return Err(Problem::QuoteOpen { row }) };
            cell.push_str(&self.rest[..at]);
            self.rest = &self.rest[at + 1..];
            match self.rest.strip_prefix('"') {
                Some(next) => {
                    cell.push('"');
                    self.rest = next;
                }
                None => return Ok(cell),
            }
        }
    }
}
