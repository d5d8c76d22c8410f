//! Numbers of papers without gaps, and papers with the hash of their file.

use std::collections::BTreeMap;

use base::ids::UnitId;
use storage::{
    Reader, StorageError,
    verify::{PaperLine, each_number, misfiled, series},
};

use super::finding::{Fault, Finding, Place};

/// Missing numbers of one series that are named one by one.
const NAMED: usize = 100;

struct Count {
    unit: String,
    last: i64,
    /// The next number that a paper should have.
    next: i64,
}

/// Counts the papers of every unit and year.
pub(super) fn check(db: &Reader<'_>, papers: &mut u64, found: &mut Vec<Finding>) -> Result<(), StorageError> {
    let mut counts: BTreeMap<(UnitId, i32), Count> = series(db)?
        .into_iter()
        .map(|s| ((s.unit, s.year), Count { unit: s.unit_code, last: s.last, next: 1 }))
        .collect();
    each_number(db, |paper| {
        *papers += 1;
        let (unit, year, serial) = (paper.number.unit, paper.number.year, paper.number.serial);
        let count = counts.entry((unit, year)).or_insert_with(|| Count {
            unit: paper.unit_code.clone(),
            last: 0,
            next: 1,
        });
        if serial < 1 || serial > count.last {
            found.push(of(&paper, Fault::NumberNotGiven));
            return;
        }
        missing(&count.unit, year, count.next..serial, found);
        count.next = serial + 1;
    })?;
    for ((_, year), count) in counts {
        missing(&count.unit, year, count.next..count.last + 1, found);
    }
    found.extend(misfiled(db)?.iter().map(|paper| of(paper, Fault::PaperMisfiled)));
    Ok(())
}

fn of(paper: &PaperLine, fault: Fault) -> Finding {
    let place =
        Place::Paper { unit: paper.unit_code.clone(), year: paper.number.year, serial: paper.number.serial };
    Finding { place, seq: None, fault }
}

fn missing(unit: &str, year: i32, serials: std::ops::Range<i64>, found: &mut Vec<Finding>) {
    found.extend(serials.take(NAMED).map(|serial| Finding {
        place: Place::Paper { unit: unit.to_owned(), year, serial },
        seq: None,
        fault: Fault::NumberMissing,
    }));
}
