//! Averages and AKTS that lists show, against what the marks give.

use std::collections::HashMap;

use base::time::{Date, local_date};
use domain::record::{Scale, compute};
use regulations::{Book, When};
use storage::{
    Reader, StorageError,
    verify::{FiguresLine, each_figures},
};

use super::{
    finding::{Fault, Finding},
    progress::{Progress, Stage},
};
use crate::records::figures_of;

/// Computes every record anew, with the scale of the day on which it was computed, or of today where it never was.
pub(super) fn check(
    db: &Reader<'_>,
    book: &Book,
    today: Date,
    enrolments: u64,
    found: &mut Vec<Finding>,
    progress: &mut Progress,
) -> Result<(), StorageError> {
    progress.begin(Stage::Marks, enrolments);
    let mut scales = HashMap::new();
    let mut done = 0;
    each_figures(db, |line| {
        done += 1;
        progress.passing(done);
        if !agrees(book, today, &mut scales, &line) {
            found.push(Finding::of(line.enrolment, None, Fault::FiguresDiffer));
        }
    })
}

fn agrees(
    book: &Book,
    today: Date,
    scales: &mut HashMap<(Date, i32), Option<Scale>>,
    line: &FiguresLine,
) -> bool {
    let on = line.stored.as_ref().map_or(today, |(_, at)| local_date(*at));
    let scale = scales.entry((on, line.entry_year)).or_insert_with(|| {
        let entry_year = i16::try_from(line.entry_year).unwrap_or(i16::MAX);
        Scale::resolve(book, When { on, entry_year }).ok()
    });
    let given = scale.as_ref().and_then(|scale| compute(&line.attempts, scale).ok());
    // Where the scale does not know a letter, there is nothing to store.
    given.map(|record| figures_of(&record)).as_ref() == line.stored.as_ref().map(|(figures, _)| figures)
}
