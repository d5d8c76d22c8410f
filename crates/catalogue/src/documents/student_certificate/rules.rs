//! Who gets a student certificate: whoever is a student on the day of issue.
//!
//! Not modelled: limits on how many are given in a term, and papers withheld for unpaid fees; no article for
//! either was read.

use base::time::Date;
use domain::{enrolments::EnrolmentStatus, student_file::StudentFile};
use regulations::{Book, Findings, Verdict};

use crate::documents::{
    issue::{status_finding, warn_of_identity},
    transcript,
};

/// Active students and those on leave get it, and the paper says which they are. Whether one who is suspended, or registered
/// provisionally, may have it stands in no article that was read, so a person decides. Whoever has left is told what there is instead.
pub(super) fn check(file: &StudentFile, _book: &Book, _day: Date) -> Findings {
    use EnrolmentStatus as S;
    let (verdict, code) = match file.status {
        S::Active => (Verdict::Satisfied, "certificate-active"),
        S::OnLeave => (Verdict::Satisfied, "certificate-on-leave"),
        S::Suspended => (Verdict::NeedsHuman, "certificate-suspended"),
        S::Graduated => (Verdict::Refuses, "certificate-graduated"),
        S::Withdrawn => (Verdict::Refuses, "certificate-withdrawn"),
        S::Dismissed => (Verdict::Refuses, "certificate-dismissed"),
        S::Transferred => (Verdict::Refuses, "certificate-transferred"),
        S::Deceased => (Verdict::Refuses, "certificate-deceased"),
        S::Provisional => (Verdict::NeedsHuman, "certificate-provisional"),
        S::RegistrationCancelled => (Verdict::Refuses, "certificate-registration-cancelled"),
    };
    let finding = status_finding(file, verdict, code);
    let instead = verdict == Verdict::Refuses && !file.marks.is_empty();
    let mut findings =
        Findings::from(vec![if instead { finding.value("instead", transcript::KIND.key) } else { finding }]);
    warn_of_identity(file, &mut findings);
    findings
}
