//! What an enrolment was opened with against what the ledger tells of it: its person, number, programme, curriculum
//! version, way, year and day of entry, class year, advisor and a guest's last day.

use base::ids::EnrolmentId;
use domain::ledger::LedgerKind;
use serde_json::{Map, Value as Json};
use storage::{
    Reader, StorageError,
    ledger::told::PLACEMENT,
    verify::{Told, each_placement},
};

use super::{
    finding::{Fault, Finding},
    fold::{Fold, Value, object},
};

/// An enrolment on the way through its entries, and its values as they stand.
type Open = (EnrolmentId, Fold<10>, [Value; 10]);

/// Follows the entries of every enrolment and compares where they lead with what stands.
pub(super) fn check(db: &Reader<'_>, found: &mut Vec<Finding>) -> Result<(), StorageError> {
    let mut open: Option<Open> = None;
    each_placement(db, |line| {
        if open.as_ref().is_none_or(|(enrolment, ..)| *enrolment != line.enrolment) {
            close(open.take(), found);
        }
        let (enrolment, fold, _) =
            open.get_or_insert_with(|| (line.enrolment, Fold::new(PLACEMENT), line.stands));
        let (before, after) = sides(&line.told);
        let contradicted = fold.follow(&before, &after);
        if !contradicted.is_empty() {
            let fault = Fault::FormerDiffers { fields: contradicted.join(", ") };
            found.push(Finding::of(*enrolment, line.told.seq, fault));
        }
    })?;
    close(open, found);
    Ok(())
}

fn close(done: Option<Open>, found: &mut Vec<Finding>) {
    let Some((enrolment, fold, stands)) = done else { return };
    let differing = fold.differing(&stands);
    if !differing.is_empty() {
        let fault = Fault::PlacementDiffers { fields: differing.join(", ") };
        found.push(Finding::of(enrolment, None, fault));
    }
}

/// Values before and after: `{"from": {"class_year": 2}, "to": {"class_year": 3}}` of a change; a beginning has its
/// values at the top, and nothing before them.
fn sides(told: &Told) -> (Map<String, Json>, Map<String, Json>) {
    let mut payload = object(&told.payload);
    if told.kind == LedgerKind::Enrolled.code() {
        return (Map::new(), payload);
    }
    let mut side = |name: &str| match payload.remove(name) {
        Some(Json::Object(side)) => side,
        _ => Map::new(),
    };
    let (from, to) = (side("from"), side("to"));
    if told.undone { (to, from) } else { (from, to) }
}
