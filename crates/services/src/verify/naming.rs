//! Student numbers for findings, read only where something was found.

use std::collections::HashMap;

use domain::ledger::Subject;
use storage::{Reader, StorageError, verify as reads};

use super::finding::{Finding, Place};

/// Gives every finding about an enrolment or a person its student number.
pub(super) fn name(db: &Reader<'_>, found: &mut [Finding]) -> Result<(), StorageError> {
    if !found.iter().any(|finding| matches!(finding.place, Place::Chain { .. })) {
        return Ok(());
    }
    let mut numbers: HashMap<Subject, String> = HashMap::new();
    reads::each_enrolment(db, |enrolment, person, number| {
        numbers.insert(enrolment.into(), number.to_owned());
        numbers.entry(person.into()).or_insert_with(|| number.to_owned());
    })?;
    for finding in found {
        if let Place::Chain { subject, student } = &mut finding.place {
            *student = numbers.get(subject).cloned();
        }
    }
    Ok(())
}
