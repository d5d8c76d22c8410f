//! Who gets a transcript: whoever has a mark or an exemption here, whatever became of the studies.
//!
//! Not modelled: transcripts withheld for unpaid fees or unreturned books (the desks that know it answer in a later
//! version), and the wait for marks of a term that is not closed.

use base::time::Date;
use domain::{
    record::{self, Basis, RecordError, Scale},
    student_file::StudentFile,
};
use regulations::{Book, Finding, Findings, Verdict};

use crate::documents::{
    issue::{status_finding, warn_of_identity},
    student_certificate,
};

/// Marks are needed, and the rule book must know their letters. Figures that rest on an unverified value do not stop
/// the paper: it names them, and so do the findings.
pub(super) fn check(file: &StudentFile, book: &Book, day: Date) -> Findings {
    let mut findings = Findings::new();
    if file.marks.is_empty() {
        let none = status_finding(file, Verdict::Refuses, "transcript-no-marks");
        let open = file.status.is_open();
        findings.push(if open { none.value("instead", student_certificate::KIND.key) } else { none });
        return findings;
    }
    let marks = file.marks.len().to_string();
    findings.push(status_finding(file, Verdict::Satisfied, "transcript-marks").value("marks", marks));
    let attempts: Vec<_> = file.marks.iter().map(|line| line.attempt).collect();
    match Scale::resolve(book, file.when(day)).and_then(|scale| record::compute(&attempts, &scale)) {
        Ok(record) => findings.extend(record.withheld.iter().map(|withheld| {
            let finding = Finding::new(Verdict::Warns, "transcript-figure-withheld");
            let finding = finding.value("basis", basis_code(withheld.basis));
            let finding = match withheld.basis {
                Basis::Letter(letter) => finding.value("letter", letter.as_str()),
                _ => finding,
            };
            finding.citing(&withheld.citation)
        })),
        Err(RecordError::NoScale(citation)) => findings
            .push(Finding::new(Verdict::Refuses, "transcript-no-scale").value("rule", citation.to_string())),
        Err(RecordError::UnknownLetter { index, letter, .. }) => {
            let course = file.marks.get(index).map_or("", |line| &line.course.code);
            let finding = Finding::new(Verdict::Refuses, "transcript-letter-unknown");
            findings.push(finding.value("letter", letter.as_str()).value("course", course));
        }
    }
    warn_of_identity(file, &mut findings);
    findings
}

/// Word by which findings call what a figure rests on.
const fn basis_code(basis: Basis) -> &'static str {
    match basis {
        Basis::Letter(_) => "letter",
        Basis::Weight => "weight",
        Basis::Repeats => "repeats",
        Basis::TermCourses => "term-courses",
        Basis::Rounding => "rounding",
    }
}
