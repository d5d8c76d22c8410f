//! Who gets a certificate of participation: whoever came to a session that is over.
//!
//! Not modelled: how many sessions a unit asks for; nothing of that was read, so the certificate names those that were
//! come to and claims no more.

use base::time::{Date, local_date};
use domain::{enrolments::EnrolmentStatus, student_file::StudentFile};
use regulations::{Book, Finding, Findings, Verdict};

use crate::documents::issue::status_finding;

/// Attendance that was noted counts, by whichever way.
pub(super) fn check(file: &StudentFile, _book: &Book, day: Date) -> Findings {
    if file.status == EnrolmentStatus::RegistrationCancelled {
        let code = "participation-certificate-cancelled";
        return Findings::from(vec![status_finding(file, Verdict::Refuses, code)]);
    }
    let sessions: Vec<_> = file.orientations.iter().flat_map(|part| &part.sessions).collect();
    Findings::from(vec![if sessions.is_empty() {
        Finding::new(Verdict::Refuses, "participation-certificate-none")
    } else if sessions.iter().all(|session| local_date(session.ends_at) > day) {
        Finding::new(Verdict::Refuses, "participation-certificate-not-over")
    } else {
        Finding::new(Verdict::Satisfied, "participation-certificate-sessions")
            .value("sessions", sessions.len().to_string())
    }])
}
