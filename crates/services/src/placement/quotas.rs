//! Seats of programmes, which a list tells in every row: taken where all rows of a programme say the same.

use std::collections::{BTreeMap, HashMap, HashSet};

use base::ids::ProgrammeId;

use super::{
    fields::Field,
    problem::PlacementProblem as Problem,
    rows::{RowFault, SoundRow},
};
use crate::records::brief;

/// Seats that a list tells anew, and what is to be known of those that it does not tell well. One warning stands for a
/// programme, whatever its other rows say.
pub(super) fn told(
    rows: &[SoundRow],
    known: &HashMap<ProgrammeId, i64>,
) -> (Vec<(ProgrammeId, i64)>, Vec<RowFault>) {
    let mut found: BTreeMap<ProgrammeId, (u64, &str, i64)> = BTreeMap::new();
    let mut unsure: HashSet<ProgrammeId> = HashSet::new();
    let mut warnings = Vec::new();
    for row in rows.iter().filter(|row| !row.quota.is_empty()) {
        let programme = row.data.programme;
        if unsure.contains(&programme) {
            continue;
        }
        let problem = match (seats(&row.quota), found.get(&programme)) {
            (None, _) => Problem::QuotaLeftOut { found: brief(&row.quota) },
            (Some(seats), None) => {
                found.insert(programme, (row.row, &row.quota, seats));
                continue;
            }
            (Some(seats), Some((_, _, earlier))) if seats == *earlier => continue,
            (Some(_), Some((first, other, _))) => {
                Problem::QuotaDiffers { found: brief(&row.quota), other: brief(other), first: *first }
            }
        };
        unsure.insert(programme);
        warnings.push(RowFault::new(row.row, Some(Field::Quota), &problem));
    }
    let sure = found.into_iter().filter(|(programme, _)| !unsure.contains(programme));
    let new = sure.map(|(programme, (_, _, seats))| (programme, seats));
    (new.filter(|(programme, seats)| known.get(programme) != Some(seats)).collect(), warnings)
}

/// A number of seats; nothing where it is none that a programme can have.
fn seats(cell: &str) -> Option<i64> {
    let is_number = (1..=5).contains(&cell.len()) && cell.bytes().all(|b| b.is_ascii_digit());
    if is_number { cell.parse().ok() } else { None }
}
