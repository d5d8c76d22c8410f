//! Whether there is a registration list of a day: once somebody was registered on it.
//!
//! Not modelled: to which office the list is handed on, and when; nothing of that was read.

use base::time::{Date, date_tr};
use domain::registration::DayList;
use regulations::{Book, Finding, Findings, Verdict};

/// A list of the running day can be issued at any hour; a later one takes its place.
pub(super) fn check(list: &DayList, _book: &Book, today: Date) -> Findings {
    let day = |verdict, code| Finding::new(verdict, code).value("day", date_tr(list.day));
    Findings::from(vec![if list.day > today {
        day(Verdict::Refuses, "daily-registration-list-future")
    } else if list.rows.is_empty() {
        day(Verdict::Refuses, "daily-registration-list-empty")
    } else {
        day(Verdict::Satisfied, "daily-registration-list-rows").value("rows", list.rows.len().to_string())
    }])
}
