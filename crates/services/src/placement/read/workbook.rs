//! Workbooks: the first sheet, cell by cell, behind limits on what it may unpack to.

use std::io::{self, Cursor, Read};

use calamine::{DataRef, Reader, Xlsx, XlsxError};
use zip::ZipArchive;

use super::{CELLS, COLUMNS, Line, Problem, ROWS, Table, push};
use crate::records::brief;

/// What a workbook may unpack to, in megabytes.
const MEGABYTES: u64 = 128;
/// Files inside a workbook.
const MEMBERS: usize = 2_000;

/// Reads the first sheet of a workbook in which something stands.
pub(super) fn read(bytes: &[u8]) -> Result<Table, Problem> {
    unpacks(bytes)?;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(broken)?;
    for sheet in book.sheet_names() {
        match read_sheet(&mut book, &sheet) {
            Err(Problem::EmptyFile) => {}
            other => return other,
        }
    }
    Err(Problem::EmptyFile)
}

fn read_sheet(book: &mut Xlsx<Cursor<&[u8]>>, sheet: &str) -> Result<Table, Problem> {
    let mut reader = book.worksheet_cells_reader(sheet).map_err(broken)?;
    // A text that stands once in the workbook may be told by a million cells.
    let mut left = usize::try_from(MEGABYTES * 1024 * 1024).unwrap_or(usize::MAX);
    let mut lines: Vec<Line> = Vec::new();
    let mut cells: Vec<String> = Vec::new();
    let mut current = 0_u32;
    let mut width = 0;
    while let Some(cell) = reader.next_cell().map_err(broken)? {
        let (row, column) = cell.get_position();
        let column = usize::try_from(column).unwrap_or(usize::MAX);
        let size = match cell.get_value() {
            DataRef::String(text) => text.len(),
            DataRef::SharedString(text) => text.len(),
            _ => 0,
        };
        left = left.checked_sub(size).ok_or(Problem::Unpacked { most: MEGABYTES })?;
        let text = text(cell.get_value());
        if row != current {
            finish(&mut lines, current, &mut cells, &mut width)?;
            current = row;
        }
        if text.is_empty() {
            continue;
        }
        if column >= COLUMNS {
            return Err(Problem::TooManyColumns { most: COLUMNS });
        }
        if usize::try_from(row).unwrap_or(usize::MAX) > 2 * ROWS {
            return Err(Problem::TooManyRows { most: ROWS });
        }
        if cells.len() <= column {
            cells.resize(column + 1, String::new());
        }
        cells[column] = text;
    }
    finish(&mut lines, current, &mut cells, &mut width)?;
    if lines.is_empty() {
        return Err(Problem::EmptyFile);
    }
    if width.saturating_mul(lines.len()) > CELLS {
        return Err(Problem::TooManyRows { most: CELLS / width });
    }
    // A sheet keeps no cell for what is blank at the end of a row.
    for line in &mut lines {
        line.cells.resize(width, String::new());
    }
    Ok(Table { lines, delimiter: ';', open_end: false })
}

fn finish(
    lines: &mut Vec<Line>,
    row: u32,
    cells: &mut Vec<String>,
    width: &mut usize,
) -> Result<(), Problem> {
    *width = (*width).max(cells.len());
    push(lines, u64::from(row) + 1, std::mem::take(cells))
}

/// Whether the workbook is whole and unpacks to what a list can hold; what it declares is not believed.
fn unpacks(bytes: &[u8]) -> Result<(), Problem> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Problem::Truncated)?;
    let bomb = Problem::Unpacked { most: MEGABYTES };
    if archive.len() > MEMBERS {
        return Err(bomb);
    }
    let mut left = MEGABYTES * 1024 * 1024;
    for at in 0..archive.len() {
        let member = archive
            .by_index(at)
            .map_err(|error| Problem::BrokenWorkbook { why: brief(&error.to_string()) })?;
        if member.size() > left {
            return Err(bomb);
        }
        let read = io::copy(&mut member.take(left + 1), &mut io::sink()).map_err(|_| Problem::Truncated)?;
        left = left.checked_sub(read).ok_or_else(|| bomb.clone())?;
    }
    Ok(())
}

fn broken(error: XlsxError) -> Problem {
    match error {
        XlsxError::FileNotFound(_) => Problem::NotAList,
        XlsxError::Password => Problem::BrokenWorkbook { why: "password".to_owned() },
        other => Problem::BrokenWorkbook { why: brief(&other.to_string()) },
    }
}

/// A cell as text: whole numbers without a decimal point, days as gg.aa.yyyy.
fn text(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Empty => String::new(),
        DataRef::Error(error) => error.to_string(),
        DataRef::String(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::Bool(true) => "1".to_owned(),
        DataRef::Bool(false) => "0".to_owned(),
        DataRef::DateTime(at) => {
            let (year, month, day, hour, minute, second, _) = at.to_ymd_hms_milli();
            if (hour, minute, second) == (0, 0, 0) {
                format!("{day:02}.{month:02}.{year:04}")
            } else {
                format!("{day:02}.{month:02}.{year:04} {hour:02}:{minute:02}:{second:02}")
            }
        }
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
    }
}
