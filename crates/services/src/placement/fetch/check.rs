//! The rows of the service held against the register, one by one: what is wrong with one keeps no other out.

use std::collections::BTreeMap;

use base::ids::PlacementListId;
use domain::registration::ListOrigin;
use storage::{Permit, Reader, Tx};

use super::{
    super::{
        apply_placement::{self, Source},
        check::{blank, known, named},
        fields::Field,
        layout::{self, Columns},
        plan::{CheckedList, compare},
        problem::PlacementProblem as Problem,
        read::{self, Line, Table},
        rows::{FaultyRow, Programmes, RowFault, Rows, SoundRow, file_mark, rows},
    },
    FetchFigures,
    gather::Gathered,
    order::Params,
};
use crate::{
    Office,
    error::{Result, ServiceError},
};

/// What the rows of the service come to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Judged {
    /// The list; its faulty rows are those of the worklist.
    pub checked: CheckedList,
    pub figures: FetchFigures,
}

/// Compares what was gathered with the register; nothing where nobody is in it.
pub(super) fn judge(
    db: &Reader<'_>,
    office: &Office,
    params: &Params,
    gathered: &Gathered,
) -> Result<Option<Judged>> {
    let kind = params.kind()?;
    if gathered.rows.is_empty() {
        return Ok(None);
    }
    // Which columns there are is the gateway's word, which it keeps or answers with a problem of its own.
    let broken =
        |problem: &Problem| ServiceError::Port { port: "placements", message: problem.code().to_owned() };
    let table = read::gathered(&gathered.headings, &gathered.rows).map_err(|problem| broken(&problem))?;
    let list = layout::columns(&table, &Columns::new())
        .map_err(|none| none.problems.first().map_or(broken(&Problem::NoRows), broken))?;
    let programmes = storage::placements::coded_programmes(db, &params.sight(), office.today())?;
    let programmes = Programmes::new(programmes);
    let mut found = rows(&list, kind, params.year, &programmes, office.today());
    let others = leave_to_others(&mut found);
    look_at_letters(&table, &mut found);
    let known = known(db, office, &found, kind, params.year)?;
    let total = found.rows;
    let columns = named(&list.at, list.headings);
    let blank = blank(&list, columns, file_mark(&gathered.sha256()));
    let mut checked = compare(found, blank, &programmes, &known);
    let decided = storage::placements::decided(db, kind, params.year)?;
    let faulty = checked.faulty.len();
    checked.faulty.retain(|row| !decided.contains(&(row.key.clone(), written(&row.cells))));
    let figures = FetchFigures {
        rows: total,
        new: count(checked.new.len()),
        changed: count(checked.changed.len()),
        same: checked.same,
        faulty: count(checked.faulty.len()),
        decided: count(faulty - checked.faulty.len()),
        others,
        warnings: counted(&checked.warnings),
    };
    Ok(Some(Judged { checked, figures }))
}

/// Judges and writes in the caller's transaction.
pub(super) fn take(
    tx: &Tx<'_>,
    permit: &Permit,
    office: &Office,
    params: &Params,
    gathered: &Gathered,
) -> Result<Option<(PlacementListId, Judged)>> {
    let Some(judged) = judge(tx, office, params, gathered)? else { return Ok(None) };
    let source = Source {
        kind: params.kind()?,
        year: params.year,
        name: &params.name(),
        sha256: gathered.sha256(),
        origin: ListOrigin::Service,
    };
    let list = apply_placement::write(tx, permit, &source, &judged.checked)?;
    Ok(Some((list, judged)))
}

/// How often each word stands among them.
fn counted(warnings: &[RowFault]) -> BTreeMap<String, u64> {
    let mut all = BTreeMap::new();
    for warning in warnings {
        *all.entry(warning.code.to_string()).or_default() += 1;
    }
    all
}

/// Cells as the worklist keeps them.
fn written(cells: &[String]) -> String {
    serde_json::to_string(cells).unwrap_or_default()
}

fn count(n: usize) -> u64 {
    u64::try_from(n).unwrap_or(u64::MAX)
}

/// The service answers for the whole university. Rows of programmes in which the orderer places nobody are somebody
/// else's, sound or not; they are counted and otherwise left alone.
fn leave_to_others(found: &mut Rows) -> u64 {
    let other = Problem::OtherProgramme { found: String::new() }.code();
    let all = found.faulty.len();
    found.faulty.retain(|row| !row.faults.iter().any(|fault| fault.code == other));
    count(all - found.faulty.len())
}

/// Letters that were lost or turned into others before they came are the fault of their rows.
fn look_at_letters(table: &Table, found: &mut Rows) {
    let spoilt = |row: u64, cells: &[String]| {
        let line = Line { row, cells: cells.to_vec() };
        read::spoilt_letters(&Table { lines: vec![line], delimiter: table.delimiter, open_end: false })
            .map(|problem| RowFault::new(row, None::<Field>, &problem))
    };
    let mut sound = Vec::with_capacity(found.sound.len());
    for row in found.sound.drain(..) {
        match spoilt(row.row, &row.cells) {
            None => sound.push(row),
            Some(fault) => {
                let SoundRow { row, cells, key, mends, .. } = row;
                found.faulty.push(FaultyRow { row, cells, key, mends, faults: vec![fault] });
            }
        }
    }
    found.sound = sound;
}
