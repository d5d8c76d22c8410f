//! The search index against the records that it stands for.

use storage::{
    Reader, StorageError,
    verify::{each_index, stray_index_rows},
};

use super::finding::{Fault, Finding};

/// Compares every row of the index.
pub(super) fn check(db: &Reader<'_>, found: &mut Vec<Finding>) -> Result<(), StorageError> {
    each_index(db, |line| {
        if !line.agrees {
            found.push(Finding::of(line.enrolment, None, Fault::IndexDiffers));
        }
    })?;
    found.extend(stray_index_rows(db)?.into_iter().map(|e| Finding::of(e, None, Fault::IndexStray)));
    Ok(())
}
