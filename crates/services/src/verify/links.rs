//! Double majors and minors against the entries that hang them on their main enrolment.

use std::collections::BTreeMap;

use base::ids::EnrolmentId;
use storage::{Reader, StorageError, verify::each_link};

use super::finding::{Fault, Finding};

type Link = Option<(String, EnrolmentId)>;

/// Compares every link with the last entry about it.
pub(super) fn check(db: &Reader<'_>, found: &mut Vec<Finding>) -> Result<(), StorageError> {
    let mut last: BTreeMap<EnrolmentId, (Link, Link)> = BTreeMap::new();
    each_link(db, |line| {
        let told = line.payload.as_deref().and_then(read);
        last.insert(line.enrolment, (line.stands, told));
    })?;
    for (enrolment, (stands, told)) in last {
        if stands != told {
            found.push(Finding::of(enrolment, None, Fault::LinkDiffers));
        }
    }
    Ok(())
}

/// Payload of `linked`: `{"kind": "minor", "main": 17}`, both null where the link was taken off.
fn read(payload: &str) -> Link {
    let payload: serde_json::Value = serde_json::from_str(payload).ok()?;
    Some((payload.get("kind")?.as_str()?.to_owned(), EnrolmentId::new(payload.get("main")?.as_i64()?)))
}
