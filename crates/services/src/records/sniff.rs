//! Looking at a file before its rows are read: is it there, whose header is it, do the columns hold what they say?

use std::{fs, path::Path};

use base::text::upper_tr;
use storage::records::RecordsFile;

use super::{
    cells,
    faults::{Faults, brief},
    format::{Column, Format, Shape, format},
    lines::{Lines, split},
    problem::Problem,
};

/// Rows looked at before the columns are believed.
const SAMPLE: usize = 50;
/// Rows that must agree before a whole column is called wrong.
const ENOUGH: usize = 3;

/// A file whose header was understood; the next line is the first row.
pub(super) struct Opened {
    pub lines: Lines,
    /// For each field of a row, its column in the format.
    pub order: Vec<usize>,
}

/// Opens a file of the folder; answers nothing when its rows cannot be read, and says why.
pub(super) fn open(dir: &Path, file: RecordsFile, faults: &mut Faults) -> Option<Opened> {
    let path = dir.join(file.file_name());
    let format = format(file);
    let size = match fs::metadata(&path) {
        Ok(found) if found.is_file() => found.len(),
        Ok(_) => {
            faults.file(file, Problem::FolderInstead);
            return None;
        }
        Err(_) => {
            let near = similar_name(dir, file.file_name());
            faults.file(
                file,
                near.map_or(Problem::MissingFile, |name| Problem::MisnamedFile { found: brief(&name) }),
            );
            return None;
        }
    };
    if size == 0 {
        faults.file(file, Problem::EmptyFile { header: format.header() });
        return None;
    }
    let mut lines = read(file, faults, || Lines::open(&path))?;
    let order = header(file, format, &mut lines, faults)?;
    let mut sample = read(file, faults, || Lines::open(&path))?;
    if columns_fit(file, format, &order, &mut sample, faults) { Some(Opened { lines, order }) } else { None }
}

fn read<T>(file: RecordsFile, faults: &mut Faults, open: impl FnOnce() -> std::io::Result<T>) -> Option<T> {
    open().map_err(|error| faults.file(file, Problem::Unreadable { why: error.to_string() })).ok()
}

fn similar_name(dir: &Path, wanted: &str) -> Option<String> {
    let names = fs::read_dir(dir).ok()?.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let plain = |name: &str| name.to_ascii_lowercase().replace(['_', '-', ' '], "");
    names.into_iter().find(|name| plain(name) == plain(wanted))
}

fn header(file: RecordsFile, format: &Format, lines: &mut Lines, faults: &mut Faults) -> Option<Vec<usize>> {
    let line = match read(file, faults, || lines.next())? {
        Some(Ok(())) => lines.current().to_owned(),
        Some(Err(fault)) => {
            faults.row(file, 1, None, fault.problem);
            return None;
        }
        None => {
            faults.file(file, Problem::EmptyFile { header: format.header() });
            return None;
        }
    };
    if !line.contains(',') {
        for (separator, problem) in [
            (';', Problem::SeparatedBySemicolons),
            ('\t', Problem::SeparatedByTabs),
            ('|', Problem::SeparatedByBars),
        ] {
            if line.contains(separator) {
                faults.row(file, 1, None, problem);
                return None;
            }
        }
    }
    let (mut text, mut ends) = (String::new(), Vec::new());
    if let Err(problem) = split(&line, ',', &mut text, &mut ends) {
        faults.row(file, 1, None, problem);
        return None;
    }
    let mut start = 0;
    let names: Vec<&str> = ends
        .iter()
        .map(|end| {
            let name = text[start..*end].trim();
            start = *end;
            name
        })
        .collect();
    let places: Vec<Option<usize>> = names
        .iter()
        .map(|name| format.columns.iter().position(|c| c.name.eq_ignore_ascii_case(name)))
        .collect();
    if places.iter().all(Option::is_none) {
        faults.row(file, 1, None, Problem::NoHeader { found: brief(&line), header: format.header() });
        return None;
    }
    let before = faults.len();
    for (place, name) in places.iter().zip(&names) {
        if place.is_none() {
            let header = format.header();
            let problem = if name.is_empty() {
                Problem::UnnamedColumn { header }
            } else {
                Problem::UnknownColumn { found: brief(name), header }
            };
            faults.row(file, 1, None, problem);
        }
    }
    for (i, column) in format.columns.iter().enumerate() {
        match places.iter().filter(|place| **place == Some(i)).count() {
            0 => faults.row(file, 1, column.name, Problem::MissingColumn),
            1 => {}
            times => faults.row(file, 1, column.name, Problem::RepeatedColumn { times }),
        }
    }
    if faults.len() > before { None } else { places.into_iter().collect() }
}

/// Whether the first rows hold in each column what the header says.
fn columns_fit(
    file: RecordsFile,
    format: &Format,
    order: &[usize],
    lines: &mut Lines,
    faults: &mut Faults,
) -> bool {
    let (mut text, mut ends) = (String::new(), Vec::new());
    let mut rows: Vec<Vec<String>> = Vec::new();
    // A line that cannot be read gets its message when the rows are read.
    let _ = lines.next();
    while rows.len() < SAMPLE
        && let Ok(Some(Ok(()))) = lines.next()
    {
        if split(lines.current(), ',', &mut text, &mut ends).is_err() || ends.len() != order.len() {
            continue;
        }
        let mut row = vec![String::new(); format.columns.len()];
        let mut start = 0;
        for (end, place) in ends.iter().zip(order) {
            text[start..*end].trim().clone_into(&mut row[*place]);
            start = *end;
        }
        rows.push(row);
    }
    let filled = |place: usize| rows.iter().map(move |r| r[place].as_str()).filter(|v| !v.is_empty());
    let fits = |column: &Column, value: &str| cells::read(column, value).is_ok();
    let all_fit = |column: &Column, place: usize| {
        filled(place).next().is_some() && filled(place).all(|v| fits(column, v))
    };
    let wrong: Vec<usize> = (0..format.columns.len())
        .filter(|place| {
            filled(*place).count() >= ENOUGH && filled(*place).all(|v| !fits(&format.columns[*place], v))
        })
        .collect();
    let before = faults.len();
    let mut told: Vec<usize> = Vec::new();
    for place in wrong {
        if told.contains(&place) {
            continue;
        }
        let column = &format.columns[place];
        let partner = (0..format.columns.len()).find(|other| {
            *other != place && all_fit(column, *other) && all_fit(&format.columns[*other], place)
        });
        let example = filled(place).next().unwrap_or_default();
        if let Some(other) = partner {
            told.push(other);
            swapped(file, column.name, format.columns[other].name, faults);
        } else if is_typed(column.shape) {
            faults.row(
                file,
                2,
                column.name,
                Problem::ColumnContent {
                    rows: filled(place).count(),
                    expected: column.shape.expected(),
                    found: brief(example),
                },
            );
        }
    }
    if let (Some(given), Some(surname)) = (format.place("given"), format.place("surname")) {
        let capitals = |v: &str| v.chars().filter(|c| c.is_alphabetic()).count() > 1 && upper_tr(v) == v;
        if rows.len() >= ENOUGH
            && rows.iter().all(|r| capitals(&r[given]) && !r[surname].is_empty() && !capitals(&r[surname]))
        {
            swapped(file, "given", "surname", faults);
        }
    }
    faults.len() == before
}

fn swapped(file: RecordsFile, one: &'static str, other: &'static str, faults: &mut Faults) {
    faults.row(file, 1, one, Problem::SwappedColumns { one, other });
}

/// Whether a column that is wrong throughout is more likely the wrong column than full of mistakes.
fn is_typed(shape: Shape) -> bool {
    matches!(
        shape,
        Shape::Key
            | Shape::Ref(_)
            | Shape::Word(_)
            | Shape::Digits(_)
            | Shape::Number(..)
            | Shape::Decimal(_)
            | Shape::Date
            | Shape::AcademicYear
    )
}
