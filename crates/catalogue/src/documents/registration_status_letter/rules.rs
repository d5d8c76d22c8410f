//! Who gets a letter on the state of a registration: whoever a desk here ever registered, whatever became of it.
//!
//! Not modelled: which offices may ask for it; nothing that was read names them.

use base::time::Date;
use domain::{enrolments::EnrolmentStatus, student_file::StudentFile};
use regulations::{Book, Finding, Findings, Verdict};

use crate::documents::issue::{status_finding, warn_of_identity};

/// A registration that was undone is told as deleted; about the dead no such letter is written.
pub(super) fn check(file: &StudentFile, _book: &Book, _day: Date) -> Findings {
    if file.registration.is_none() {
        return Findings::from(vec![Finding::new(Verdict::Refuses, "registration-not-here")]);
    }
    let (verdict, code) = match file.status {
        EnrolmentStatus::Deceased => (Verdict::Refuses, "registration-status-letter-deceased"),
        EnrolmentStatus::Provisional => (Verdict::Satisfied, "registration-status-letter-provisional"),
        status if status.is_open() => (Verdict::Satisfied, "registration-status-letter-final"),
        _ => (Verdict::Satisfied, "registration-status-letter-ended"),
    };
    let mut findings = Findings::from(vec![status_finding(file, verdict, code)]);
    warn_of_identity(file, &mut findings);
    findings
}
