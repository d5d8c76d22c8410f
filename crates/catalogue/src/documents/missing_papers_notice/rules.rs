//! Who gets a notice of missing papers: a student whom a desk here registered and who owes at least one.
//!
//! Not modelled: service of the notice by the rules of official notification; the paper is handed out and signed for.

use base::time::Date;
use domain::{papers::PaperStanding, student_file::StudentFile};
use regulations::{Book, Finding, Findings, Verdict};

use crate::documents::issue::{registered_here, status_finding, warn_of_identity};

/// A paper of which a person has yet to say whether it is asked for is not on the notice, and the clerk is told so.
pub(super) fn check(file: &StudentFile, book: &Book, _day: Date) -> Findings {
    let mut findings = Findings::new();
    if registered_here(file, &mut findings).is_none() {
        return findings;
    }
    if !file.status.is_open() {
        findings.push(status_finding(file, Verdict::Refuses, "missing-papers-notice-ended"));
        return findings;
    }
    let owed = file.owed_papers(book);
    findings.push(if owed.is_empty() {
        Finding::new(Verdict::Refuses, "missing-papers-notice-none")
    } else {
        Finding::new(Verdict::Satisfied, "missing-papers-notice-owed").value("papers", owed.len().to_string())
    });
    let to_ask = file.registration_papers(book).map_or(0, |list| list.count(PaperStanding::ToAsk));
    if to_ask > 0 {
        let open = Finding::new(Verdict::Warns, "missing-papers-notice-to-ask");
        findings.push(open.value("papers", to_ask.to_string()));
    }
    warn_of_identity(file, &mut findings);
    findings
}
