//! Which column of a table is which: by known headings and by a saved mapping.

use std::collections::{BTreeMap, btree_map::Entry};

use base::identity::Tckn;
use serde::{Deserialize, Serialize};

use super::{
    fields::{self, Field, REASON},
    problem::PlacementProblem as Problem,
    read::{Line, Table},
};

/// Rows at the top among which headings are looked for.
const TOP: usize = 10;

/// In which form rows are handed back.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Layout {
    /// What separates fields.
    pub delimiter: char,
    /// The headings, without the one under which Künye says what is wrong.
    pub headings: Vec<String>,
}

/// How a kind of file names its columns: from the word of a [`Field`] to the heading.
pub type Columns = BTreeMap<String, String>;

/// A table whose headings were understood.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Columned<'t> {
    pub layout: Layout,
    /// The headings as they stand in the file.
    pub headings: &'t [String],
    /// Where each column stands.
    pub at: BTreeMap<Field, usize>,
    /// Where Künye said what was wrong, in a file that it handed out.
    pub reason: Option<usize>,
    /// Headings that nothing is taken from.
    pub unused: Vec<String>,
    pub rows: &'t [Line],
}

/// Why a table's headings are not understood, with what a mapping form asks.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct NoColumns {
    pub problems: Vec<Problem>,
    pub headings: Vec<String>,
    pub found: BTreeMap<Field, usize>,
}

/// Finds the columns.
pub(super) fn columns<'t>(table: &'t Table, mapping: &Columns) -> Result<Columned<'t>, NoColumns> {
    let bare = |problem| NoColumns { problems: vec![problem], headings: Vec::new(), found: BTreeMap::new() };
    let best = table.lines.iter().take(TOP).enumerate().map(|(at, line)| (at, recognised(line, mapping)));
    let Some((top, known)) = best.rev().max_by_key(|(_, known)| *known) else {
        return Err(bare(Problem::EmptyFile));
    };
    let top = if known == 0 { 0 } else { top };
    let header = &table.lines[top];
    if known == 0 && header.cells.iter().any(|cell| Tckn::parse(cell).is_ok()) {
        return Err(bare(Problem::NoHeader));
    }
    let mut problems = Vec::new();
    let mut at = BTreeMap::new();
    let (mut reason, mut unused) = (None, Vec::new());
    for (place, heading) in header.cells.iter().enumerate() {
        if fields::is_reason(heading) {
            reason = Some(place);
        } else if let Some(field) = meaning(heading, mapping) {
            match at.entry(field) {
                Entry::Occupied(_) => problems.push(Problem::RepeatedColumn { heading: heading.clone() }),
                Entry::Vacant(free) => {
                    free.insert(place);
                }
            }
        } else if !heading.is_empty() && !fields::is_unused(heading) {
            unused.push(heading.clone());
        }
    }
    let missing = missing(&at);
    if !missing.is_empty() {
        let columns = missing.iter().map(|field| field.code()).collect::<Vec<_>>().join(", ");
        problems.push(Problem::MissingColumns { columns });
    }
    let rows = &table.lines[top + 1..];
    if problems.is_empty() && rows.is_empty() {
        problems.push(Problem::NoRows);
    }
    let mut headings = header.cells.clone();
    if !problems.is_empty() {
        return Err(NoColumns { problems, headings, found: at });
    }
    if let Some(place) = reason {
        headings.remove(place);
    }
    let delimiter = table.delimiter;
    let layout = Layout { delimiter, headings };
    Ok(Columned { layout, headings: &header.cells, at, reason, unused, rows })
}

fn meaning(heading: &str, mapping: &Columns) -> Option<Field> {
    let plain = fields::plain(heading);
    let chosen = mapping.iter().find(|(_, named)| fields::plain(named) == plain && !plain.is_empty());
    match chosen {
        Some((code, _)) => Field::from_code(code),
        // A column for which another heading was chosen is not looked for under its own.
        None => fields::known(heading).filter(|field| !mapping.contains_key(field.code())),
    }
}

fn recognised(line: &Line, mapping: &Columns) -> usize {
    line.cells.iter().filter(|cell| meaning(cell, mapping).is_some()).count()
}

/// Columns without which no candidate can be read.
fn missing(at: &BTreeMap<Field, usize>) -> Vec<Field> {
    let mut missing = Vec::new();
    if !at.contains_key(&Field::IdentityNo) && !at.contains_key(&Field::Passport) {
        missing.push(Field::IdentityNo);
    }
    for field in [Field::GivenName, Field::Surname, Field::Sex, Field::BirthDate] {
        if !at.contains_key(&field) {
            missing.push(field);
        }
    }
    if !at.contains_key(&Field::ProgrammeCode) && !at.contains_key(&Field::YoksisCode) {
        missing.push(Field::ProgrammeCode);
    }
    missing
}

/// Rows as a file that can be mended and loaded by itself: the original columns and what is wrong, in the original
/// form, with a mark for spreadsheets to read its letters well. No cell of it starts a formula.
pub(super) fn hand_back<'r>(layout: &Layout, rows: impl Iterator<Item = (&'r [String], String)>) -> Vec<u8> {
    let mut out = String::from("\u{feff}");
    let mut line = |cells: &mut dyn Iterator<Item = String>| {
        for (place, cell) in cells.enumerate() {
            if place > 0 {
                out.push(layout.delimiter);
            }
            let cell = crate::records::harmless(cell);
            if cell.contains([layout.delimiter, '"', '\n', '\r']) {
                out.push('"');
                out.push_str(&cell.replace('"', "\"\""));
                out.push('"');
            } else {
                out.push_str(&cell);
            }
        }
        out.push_str("\r\n");
    };
    line(&mut layout.headings.iter().cloned().chain([REASON.to_owned()]));
    for (cells, reason) in rows {
        let width = layout.headings.len();
        let whole = (0..width).map(|place| cells.get(place).cloned().unwrap_or_default());
        line(&mut whole.chain([reason]));
    }
    out.into_bytes()
}
