//! The status of every enrolment against the entries that give it.

use domain::ledger::{StatusEntry, status_in_force};
use storage::{
    Reader, StorageError,
    verify::{StatusLine, each_status},
};

use super::finding::{Fault, Finding};

/// Computes every status anew from the ledger.
pub(super) fn check(
    db: &Reader<'_>,
    enrolments: &mut u64,
    found: &mut Vec<Finding>,
) -> Result<(), StorageError> {
    each_status(db, |line| {
        *enrolments += 1;
        let given = status_in_force(&line.entries);
        if line.unknown || !agrees(&line, given) {
            let stored =
                words(line.status.as_deref(), line.since.map(|d| d.to_string()), line.entry.map(|e| e.get()));
            let given = words(
                given.map(|g| g.status.code()),
                given.map(|g| g.effective_on.to_string()),
                given.map(|g| g.id.get()),
            );
            found.push(Finding::of(line.enrolment, None, Fault::StatusDiffers { stored, given }));
        }
    })
}

fn agrees(line: &StatusLine, given: Option<StatusEntry>) -> bool {
    match given {
        None => line.status.is_none() && line.since.is_none() && line.entry.is_none(),
        Some(given) => {
            line.status.as_deref() == Some(given.status.code())
                && line.since == Some(given.effective_on)
                && line.entry == Some(given.id)
        }
    }
}

fn words(status: Option<&str>, since: Option<String>, entry: Option<i64>) -> String {
    let entry = entry.map(|id| format!("ledger_entry {id}"));
    let words: Vec<String> = [status.map(str::to_owned), since, entry].into_iter().flatten().collect();
    if words.is_empty() { "–".to_owned() } else { words.join(" ") }
}
