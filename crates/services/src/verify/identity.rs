//! Identity as now against identity as registered: what differs must be named by an entry.

use std::collections::{BTreeMap, BTreeSet};

use base::ids::PersonId;
use storage::{Reader, StorageError, verify::each_identity};

use super::finding::{Fault, Finding};

/// Looks for changes of identity without an entry.
pub(super) fn check(db: &Reader<'_>, found: &mut Vec<Finding>) -> Result<(), StorageError> {
    let mut open: BTreeMap<PersonId, BTreeSet<&'static str>> = BTreeMap::new();
    each_identity(db, |line| {
        if !line.registered {
            found.push(Finding::of(line.person, None, Fault::RegistrationMissing));
            return;
        }
        let open = open.entry(line.person).or_insert_with(|| line.differing.iter().copied().collect());
        let payload: Option<serde_json::Value> =
            line.payload.and_then(|text| serde_json::from_str(&text).ok());
        let named = payload.as_ref().and_then(|p| p.get("fields")?.as_array());
        for field in named.into_iter().flatten().filter_map(serde_json::Value::as_str) {
            open.remove(field);
        }
    })?;
    for (person, fields) in open.into_iter().filter(|(_, fields)| !fields.is_empty()) {
        let fields = fields.into_iter().collect::<Vec<_>>().join(", ");
        found.push(Finding::of(person, None, Fault::IdentityDiffers { fields }));
    }
    Ok(())
}
