//! Student numbers: every number between the first and the last of a series has its row, given or cancelled.

use storage::{Reader, StorageError, registrations::series_with_gaps};

use super::finding::{Fault, Finding, Place};

/// Names every series that has a gap.
pub(super) fn check(db: &Reader<'_>, found: &mut Vec<Finding>) -> Result<(), StorageError> {
    found.extend(series_with_gaps(db)?.into_iter().map(|series| Finding {
        place: Place::Table("student_number".to_owned()),
        seq: None,
        fault: Fault::SeriesGap { series },
    }));
    Ok(())
}
