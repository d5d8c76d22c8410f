//! Marks against what the ledger tells of them.

use storage::{Reader, StorageError, records::digest::each_mismatch, verify::marks_without_entry};

use super::finding::{Fault, Finding};

/// Compares the marks of every enrolment with their digest and the changes since.
pub(super) fn check(db: &Reader<'_>, found: &mut Vec<Finding>) -> Result<(), StorageError> {
    each_mismatch(db, |enrolment, _| found.push(Finding::of(enrolment, None, Fault::MarksDiffer)))?;
    found.extend(marks_without_entry(db)?.into_iter().map(|e| Finding::of(e, None, Fault::MarksUnrecorded)));
    Ok(())
}
