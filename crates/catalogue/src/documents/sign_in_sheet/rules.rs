//! Whether there is a sheet to sign: once the session expects somebody.
//!
//! Not modelled: how long signed sheets are kept; nothing of that was read.

use base::time::Date;
use domain::orientation::SessionSheet;
use regulations::{Book, Finding, Findings, Verdict};

/// A sheet without names is a sheet of paper.
pub(super) fn check(sheet: &SessionSheet, _book: &Book, _today: Date) -> Findings {
    Findings::from(vec![match sheet.lines.len() {
        0 => Finding::new(Verdict::Refuses, "sign-in-sheet-empty"),
        n => Finding::new(Verdict::Satisfied, "sign-in-sheet-lines").value("lines", n.to_string()),
    }])
}
