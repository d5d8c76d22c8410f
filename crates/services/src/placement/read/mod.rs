//! A file becomes a table: whatever its format and encoding, rows of text below headings.

mod delimited;
mod page;
mod workbook;

use super::problem::PlacementProblem as Problem;
use crate::records::{brief, twice_encoded};

/// The largest file, in megabytes.
const MEGABYTES: usize = 32;
/// The largest file, in bytes.
pub const MAX_BYTES: usize = MEGABYTES * 1024 * 1024;
/// The most rows of a list; ten times what a large university places in a year.
const ROWS: usize = 100_000;
/// The most columns.
const COLUMNS: usize = 200;
/// The most cells, filled or not; thirty times what a large university places in a year has.
const CELLS: usize = 6_000_000;

/// A row of a table.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Line {
    /// Its number as a spreadsheet shows it; in pages of the service, its place from 1.
    pub row: u64,
    /// Its cells, without blanks around them.
    pub cells: Vec<String>,
}

/// A table of text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Table {
    /// All rows that are not blank, headings among them.
    pub lines: Vec<Line>,
    /// What separates fields when rows are handed back.
    pub delimiter: char,
    /// Whether the last row may have been cut off: nothing ends it.
    pub open_end: bool,
}

/// Reads a file.
pub(super) fn table(bytes: &[u8]) -> Result<Table, Problem> {
    if bytes.len() > MAX_BYTES {
        return Err(Problem::TooLarge { most: MEGABYTES });
    }
    if bytes.iter().all(u8::is_ascii_whitespace) || bytes == "\u{feff}".as_bytes() {
        return Err(Problem::EmptyFile);
    }
    if bytes.starts_with(b"PK") {
        return workbook::read(bytes);
    }
    if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        return Err(Problem::OldWorkbook);
    }
    let text = delimited::decode(bytes)?;
    match text.trim_start().chars().next() {
        None => Err(Problem::EmptyFile),
        Some('{' | '[') => page::read(&text),
        Some(_) => delimited::read(&text),
    }
}

/// The rows of the placement service as a table, numbered by their places from 1.
pub(super) fn gathered(headings: &[String], rows: &[Vec<String>]) -> Result<Table, Problem> {
    let mut lines = Vec::with_capacity(rows.len() + 1);
    push(&mut lines, 0, headings.to_vec())?;
    for (row, cells) in (1_u64..).zip(rows) {
        push(&mut lines, row, cells.clone())?;
    }
    Ok(Table { lines, delimiter: ';', open_end: false })
}

fn push(lines: &mut Vec<Line>, row: u64, mut cells: Vec<String>) -> Result<(), Problem> {
    if cells.len() > COLUMNS {
        return Err(Problem::TooManyColumns { most: COLUMNS });
    }
    for cell in &mut cells {
        let trimmed = unguarded(cell.trim());
        if trimmed.len() != cell.len() {
            *cell = trimmed.to_owned();
        }
    }
    if cells.iter().all(String::is_empty) {
        return Ok(());
    }
    let widest = lines.first().map_or(0, |first| first.cells.len()).max(cells.len());
    if lines.len() > ROWS || widest.saturating_mul(lines.len()) > CELLS {
        return Err(Problem::TooManyRows { most: ROWS.min(CELLS / widest.max(1)) });
    }
    lines.push(Line { row, cells });
    Ok(())
}

/// Letters of Turkish that the Turkish code page puts where Latin-1 has Icelandic ones, the latter first.
const CONFUSED: [(char, char); 6] = [('Ý', 'İ'), ('Þ', 'Ş'), ('Ð', 'Ğ'), ('ý', 'ı'), ('þ', 'ş'), ('ð', 'ğ')];
/// Cells that must hold confused letters before a file is called confused: one name may be Icelandic.
const ENOUGH: usize = 3;

/// Letters that an earlier program lost or turned into others, headings among them; the first place where.
pub(super) fn spoilt_letters(table: &Table) -> Option<Problem> {
    let mut confused: Option<(u64, &str)> = None;
    let (mut count, mut is_turkish) = (0, false);
    for line in &table.lines {
        for cell in line.cells.iter().filter(|cell| !cell.is_ascii()) {
            if cell.contains('\u{fffd}') {
                return Some(Problem::LettersLost { row: line.row, found: brief(cell) });
            }
            if let Some(meant) = twice_encoded(cell) {
                return Some(Problem::EncodedTwice {
                    row: line.row,
                    found: brief(cell),
                    meant: brief(&meant),
                });
            }
            if cell.contains(CONFUSED.map(|(found, _)| found)) {
                count += 1;
                confused = confused.or(Some((line.row, cell)));
            }
            is_turkish |= cell.contains(CONFUSED.map(|(_, meant)| meant));
        }
    }
    let (row, found) = confused.filter(|_| count >= ENOUGH && !is_turkish)?;
    let right = |c: char| CONFUSED.iter().find(|(found, _)| *found == c).map_or(c, |(_, meant)| *meant);
    let meant = brief(&found.chars().map(right).collect::<String>());
    Some(Problem::OtherLetters { row, found: brief(found), meant })
}

/// A cell without the quote that keeps a spreadsheet from taking it for a formula.
fn unguarded(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if rest.starts_with(['=', '+', '-', '@']) => rest,
        _ => cell,
    }
}

#[cfg(test)]
mod tests;
