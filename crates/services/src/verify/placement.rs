//! Programme, curriculum version, class year and advisor against what the ledger tells of them.

use std::collections::BTreeMap;

use base::ids::EnrolmentId;
use serde_json::{Map, Value as Json};
use storage::{
    Reader, StorageError,
    verify::{PLACEMENT, PlacementLine, each_placement},
};

use super::finding::{Fault, Finding};

/// Compares every value that an entry of the chain names last with the one that stands.
pub(super) fn check(db: &Reader<'_>, found: &mut Vec<Finding>) -> Result<(), StorageError> {
    let mut open: Option<(EnrolmentId, Vec<&'static str>)> = None;
    let mut close = |(enrolment, differing): (EnrolmentId, Vec<&'static str>)| {
        if !differing.is_empty() {
            let fields = differing.join(", ");
            found.push(Finding::of(enrolment, None, Fault::PlacementDiffers { fields }));
        }
    };
    let mut told: BTreeMap<&'static str, Json> = BTreeMap::new();
    each_placement(db, |line| {
        if open.as_ref().is_none_or(|(enrolment, _)| *enrolment != line.enrolment) {
            told.clear();
            if let Some(done) = open.take() {
                close(done);
            }
        }
        let payload: Option<Map<String, Json>> = serde_json::from_str(&line.payload).ok();
        for (name, value) in payload.as_ref().map(values).into_iter().flatten() {
            told.insert(name, value.clone());
        }
        open = Some((line.enrolment, differing(&line, &told)));
    })?;
    if let Some(done) = open {
        close(done);
    }
    Ok(())
}

/// The values in a payload: `{"to": {"class_year": 3}}` of a change, or the same names at the top of a beginning.
fn values(payload: &Map<String, Json>) -> Vec<(&'static str, &Json)> {
    let named = payload.get("to").and_then(Json::as_object).unwrap_or(payload);
    PLACEMENT.iter().filter_map(|name| Some((*name, named.get(*name)?))).collect()
}

fn differing(line: &PlacementLine, told: &BTreeMap<&'static str, Json>) -> Vec<&'static str> {
    let stands = PLACEMENT.iter().zip(line.stands);
    stands
        .filter(|(name, stands)| told.get(*name).is_some_and(|told| told.as_i64() != *stands))
        .map(|(name, _)| *name)
        .collect()
}
