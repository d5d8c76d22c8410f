//! Reading the whole folder once: every row is checked and handed on in pieces.

use std::{collections::BTreeMap, path::Path};

use base::time::Date;
use domain::{ledger::hex, programmes::TermStanding};
use regulations::Book;
use serde_json::{Map, Value as Json};
use storage::records::{
    RecordsFile,
    staging::{Piece, StagedMark, StagedRow, StagedTerm},
};

use super::{
    cells::{self, Cell},
    check::Checker,
    faults::Faults,
    format::{Format, Shape, format},
    lines::{Lines, split},
    problem::Problem,
    progress::{Phase, Reporter},
    sniff::{self, Opened},
};

/// Rows of a short file in one piece.
const SHORT_PIECE: usize = 2_000;
/// Rows of a long file in one piece: some 25 ms of the writer's time.
const LONG_PIECE: usize = 10_000;

/// What reading found.
#[derive(Default)]
pub(super) struct Reading {
    /// What is wrong; when there is anything, what was handed on is worth nothing.
    pub faults: Faults,
    /// Rows and SHA-256 of each file, by name, for the record of the import.
    pub files: BTreeMap<&'static str, (u64, String)>,
    /// Rows of all files.
    pub rows: u64,
}

/// Reads the twelve files of `dir` in the order of their references; `hand_on` answers `false` to stop.
pub(super) fn read_folder(
    dir: &Path,
    book: &Book,
    today: Date,
    report: &Reporter,
    mut hand_on: impl FnMut(Piece) -> bool,
) -> Reading {
    let mut out = Reading::default();
    let size = |file: RecordsFile| std::fs::metadata(dir.join(file.file_name())).map_or(0, |m| m.len());
    let total = RecordsFile::ALL.into_iter().map(size).sum();
    let mut checker = Checker::new(book, today);
    let mut before = 0;
    for file in RecordsFile::ALL {
        if out.faults.is_full() {
            break;
        }
        match sniff::open(dir, file, &mut out.faults) {
            None => checker.could_not_read(file),
            Some(opened) => {
                let mut reader =
                    Reader { file, format: format(file), checker: &mut checker, faults: &mut out.faults };
                let progress = |bytes| report.tell(Phase::Reading(file), before + bytes, total);
                let Some((rows, sha256)) = reader.rows(opened, progress, &mut hand_on) else { return out };
                out.rows += rows;
                out.files.insert(file.file_name(), (rows, sha256));
            }
        }
        if file == RecordsFile::Units {
            checker.unit_tree(&mut out.faults);
        }
        before += size(file);
    }
    report.tell(Phase::Checking, total, total);
    out
}

struct Reader<'r, 'b> {
    file: RecordsFile,
    format: &'static Format,
    checker: &'r mut Checker<'b>,
    faults: &'r mut Faults,
}

/// What the next line is.
enum Step {
    /// A row, with its number.
    Row(u64),
    /// Nothing to read: blank, or no text at all.
    Skip,
    /// Nothing more.
    End,
}

/// Rows gathered for the next piece.
enum Gathered {
    Rows(Vec<StagedRow>),
    Terms(Vec<StagedTerm>),
    Marks(Vec<StagedMark>),
}

impl Gathered {
    fn new(file: RecordsFile) -> Self {
        match file {
            RecordsFile::StudentTerms => Self::Terms(Vec::with_capacity(LONG_PIECE)),
            RecordsFile::Grades => Self::Marks(Vec::with_capacity(LONG_PIECE)),
            _ => Self::Rows(Vec::with_capacity(SHORT_PIECE)),
        }
    }

    fn is_full(&self) -> bool {
        match self {
            Self::Rows(rows) => rows.len() >= SHORT_PIECE,
            Self::Terms(rows) => rows.len() >= LONG_PIECE,
            Self::Marks(rows) => rows.len() >= LONG_PIECE,
        }
    }

    /// The piece, in the order of the staging table: rows that come in it are written much faster.
    fn into_piece(self) -> Option<Piece> {
        match self {
            Self::Rows(rows) => (!rows.is_empty()).then_some(Piece::Rows(rows)),
            Self::Terms(mut rows) => {
                rows.sort_unstable_by_key(|r| (r.student, r.term, r.row));
                (!rows.is_empty()).then_some(Piece::Terms(rows))
            }
            Self::Marks(mut rows) => {
                rows.sort_unstable_by_key(|r| (r.student, r.term, r.course, r.row));
                (!rows.is_empty()).then_some(Piece::Marks(rows))
            }
        }
    }
}

impl Reader<'_, '_> {
    /// Reads all rows; nothing when whoever takes the pieces wants no more.
    fn rows(
        &mut self,
        Opened { mut lines, order }: Opened,
        progress: impl Fn(u64),
        hand_on: &mut impl FnMut(Piece) -> bool,
    ) -> Option<(u64, String)> {
        let key = self.key_places();
        let (mut text, mut ends, mut places) =
            (String::new(), Vec::new(), vec![0..0; self.format.columns.len()]);
        let mut gathered = Gathered::new(self.file);
        let mut rows = 0_u64;
        loop {
            let row = match self.advance(&mut lines, &mut rows) {
                Step::Row(row) => row,
                Step::Skip => continue,
                Step::End => break,
            };
            if rows.is_multiple_of(4_096) {
                progress(lines.bytes());
            }
            if let Err(problem) = split(lines.current(), ',', &mut text, &mut ends) {
                self.unreadable(row, problem);
                continue;
            }
            if ends.len() != order.len() {
                self.wrong_width(row, ends.len(), order.len(), lines.is_closed());
                continue;
            }
            let mut start = 0;
            for (end, column) in ends.iter().zip(&order) {
                places[*column] = start..*end;
                start = *end;
            }
            let before = self.faults.len();
            let cells = self.cells(row, &text, &places);
            if self.faults.len() > before {
                if let [only] = key.as_slice() {
                    self.checker.key_of_wrong_row(self.file, row, &cells[*only]);
                }
                continue;
            }
            self.checker.row(self.file, row, &cells, self.faults);
            if !self.faults.is_empty() {
                continue;
            }
            self.gather(&mut gathered, row, &cells, &key);
            if gathered.is_full() {
                let full = std::mem::replace(&mut gathered, Gathered::new(self.file));
                if full.into_piece().is_some_and(|piece| !hand_on(piece)) {
                    return None;
                }
            }
        }
        if self.faults.is_empty() && gathered.into_piece().is_some_and(|piece| !hand_on(piece)) {
            return None;
        }
        progress(lines.bytes());
        Some((rows, hex(&lines.sha256())))
    }

    /// Goes on to the next line that is a row.
    fn advance(&mut self, lines: &mut Lines, rows: &mut u64) -> Step {
        let row = lines.line() + 1;
        if self.faults.is_full() {
            self.unreadable(row, Problem::TooMany);
            return Step::End;
        }
        match lines.next() {
            Ok(Some(Ok(()))) if lines.current().trim().is_empty() => Step::Skip,
            Ok(Some(Ok(()))) if *rows == self.format.most_rows => {
                self.unreadable(row, Problem::TooManyRows { rows: *rows });
                Step::End
            }
            Ok(Some(Ok(()))) => {
                *rows += 1;
                Step::Row(row)
            }
            Ok(Some(Err(fault))) => {
                self.unreadable(fault.line, fault.problem);
                if fault.fatal { Step::End } else { Step::Skip }
            }
            Ok(None) => Step::End,
            Err(error) => {
                self.unreadable(row, Problem::Unreadable { why: error.to_string() });
                Step::End
            }
        }
    }

    /// A row whose key is not known: what refers to this file can no longer be called wrong.
    fn unreadable(&mut self, row: u64, problem: Problem) {
        self.faults.row(self.file, row, None, problem);
        self.checker.could_not_read(self.file);
    }

    fn key_places(&self) -> Vec<usize> {
        self.format.key.iter().filter_map(|name| self.format.place(name)).collect()
    }

    fn wrong_width(&mut self, row: u64, found: usize, expected: usize, closed: bool) {
        if found < expected && !closed {
            self.unreadable(row, Problem::Truncated { found, expected });
        } else {
            self.unreadable(row, Problem::FieldCount { found, expected });
        }
    }

    /// The cells of a row in the order of the format; what cannot be read is empty and has its fault.
    fn cells<'t>(&mut self, row: u64, text: &'t str, places: &[std::ops::Range<usize>]) -> Vec<Cell<'t>> {
        let mut cells = Vec::with_capacity(places.len());
        for (column, place) in self.format.columns.iter().zip(places) {
            cells.push(match cells::read(column, &text[place.clone()]) {
                Ok(cell) => cell,
                Err(problem) => {
                    self.faults.row(self.file, row, column.name, problem);
                    Cell::Empty
                }
            });
        }
        cells
    }

    fn gather(&mut self, gathered: &mut Gathered, row: u64, cells: &[Cell<'_>], key: &[usize]) {
        let row = i64::try_from(row).unwrap_or(i64::MAX);
        match gathered {
            Gathered::Rows(rows) => rows.push(StagedRow {
                file: self.file,
                row,
                key: key.iter().map(|at| key_text(&cells[*at])).collect::<Vec<_>>().join("/"),
                fields: self.fields(cells),
            }),
            Gathered::Terms(rows) => {
                let [student, term, term_no, standing] = cells else { return };
                let (Some(student), Some(standing)) =
                    (self.checker.student_row(student.text()), TermStanding::from_code(standing.text()))
                else {
                    return;
                };
                rows.push(StagedTerm {
                    student,
                    term: number(term),
                    row,
                    term_no: number(term_no),
                    standing,
                });
            }
            Gathered::Marks(rows) => {
                let [
                    student,
                    term,
                    section,
                    course,
                    attempt,
                    midterm,
                    final_score,
                    letter,
                    points,
                    credit,
                    ects,
                ] = cells
                else {
                    return;
                };
                let (Some(student), Some(letter)) =
                    (self.checker.student_row(student.text()), letter.letter())
                else {
                    return;
                };
                rows.push(StagedMark {
                    student,
                    term: number(term),
                    course: number(course),
                    row,
                    section: section.int(),
                    attempt: number(attempt),
                    midterm: midterm.int(),
                    final_score: final_score.int(),
                    letter,
                    points: points.int(),
                    credit: number(credit),
                    ects: number(ects),
                });
            }
        }
    }

    /// The values of a row, JSON with sorted keys; its own key number is not a value.
    fn fields(&self, cells: &[Cell<'_>]) -> String {
        let mut fields: Map<String, Json> = Map::new();
        for (column, cell) in self.format.columns.iter().zip(cells) {
            if !matches!(column.shape, Shape::Key | Shape::StudentNo) {
                fields.insert(column.name.to_owned(), cell.json());
            }
        }
        Json::Object(fields).to_string()
    }
}

fn number(cell: &Cell<'_>) -> i64 {
    cell.int().unwrap_or_default()
}

fn key_text(cell: &Cell<'_>) -> String {
    match cell {
        Cell::Int(value) => value.to_string(),
        Cell::Date(day) => day.to_string(),
        other => other.text().to_owned(),
    }
}
