//! What the eligibility rules of all kinds have in common.

use base::time::date_tr;
use domain::{
    ledger::Ground,
    student_file::{RegistrationFacts, StudentFile},
};
use regulations::{Finding, Findings, Verdict};

/// A finding that rests on the status in force: it shows since when the status holds and on what ground, because
/// the ledger's ground is what can be looked up, where no article of a regulation was read.
pub(in crate::documents) fn status_finding(file: &StudentFile, verdict: Verdict, code: &str) -> Finding {
    let Ground { kind, reference, dated } = &file.status_ground;
    let finding = Finding::new(verdict, code)
        .value("status", file.status.code())
        .value("since", date_tr(file.status_since))
        .value("ground", kind.code())
        .value("reference", reference);
    match dated {
        Some(day) => finding.value("dated", date_tr(*day)),
        None => finding,
    }
}

/// A paper names its holder by a number of the state; without one it can go out, but somebody should look.
pub(in crate::documents) fn warn_of_identity(file: &StudentFile, findings: &mut Findings) {
    if file.identity.identity_no.is_none() {
        findings.push(Finding::new(Verdict::Warns, "identity-number-missing"));
    }
}

/// The registration that a desk here made and nobody undid; without one the paper is refused with the reason.
pub(in crate::documents) fn registered_here<'a>(
    file: &'a StudentFile,
    findings: &mut Findings,
) -> Option<&'a RegistrationFacts> {
    let code = match &file.registration {
        None => "registration-not-here",
        Some(made) if made.is_undone => "registration-undone",
        Some(made) => return Some(made),
    };
    findings.push(Finding::new(Verdict::Refuses, code));
    None
}
