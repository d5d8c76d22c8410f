//! Whose file gets labels: whoever a desk here registered, unless that was undone.
//!
//! Not modelled: how long files are kept and where; nothing of that was read.

use base::time::Date;
use domain::student_file::StudentFile;
use regulations::{Book, Findings, Verdict};

use crate::documents::issue::{registered_here, status_finding};

/// A file stays on its shelf after the studies have ended, so that the status does not matter.
pub(super) fn check(file: &StudentFile, _book: &Book, _day: Date) -> Findings {
    let mut findings = Findings::new();
    if registered_here(file, &mut findings).is_some() {
        findings.push(status_finding(file, Verdict::Satisfied, "file-label-registered"));
    }
    findings
}
