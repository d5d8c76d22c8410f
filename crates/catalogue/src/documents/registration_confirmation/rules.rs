//! Who gets a confirmation of registration: whoever a desk here has registered and whose studies are open.
//!
//! Not modelled: nothing that was read asks for this paper or limits it; it says what the register says.

use base::time::{Date, date_tr};
use domain::{enrolments::EnrolmentStatus, student_file::StudentFile};
use regulations::{Book, Findings, Verdict};

use crate::documents::issue::{registered_here, status_finding, warn_of_identity};

/// A provisional registration is confirmed as what it is, with its last day.
pub(super) fn check(file: &StudentFile, _book: &Book, _day: Date) -> Findings {
    let mut findings = Findings::new();
    let Some(made) = registered_here(file, &mut findings) else { return findings };
    findings.push(match (file.status, made.provisional_until) {
        (EnrolmentStatus::Provisional, Some(until)) => {
            status_finding(file, Verdict::Satisfied, "registration-confirmation-provisional")
                .value("until", date_tr(until))
        }
        // Somebody made it provisional without a day: what the paper would say is not known.
        (EnrolmentStatus::Provisional, None) => {
            status_finding(file, Verdict::Refuses, "registration-confirmation-no-day")
        }
        (status, _) if status.is_open() => {
            status_finding(file, Verdict::Satisfied, "registration-confirmation-final")
        }
        _ => status_finding(file, Verdict::Refuses, "registration-confirmation-ended"),
    });
    warn_of_identity(file, &mut findings);
    findings
}
