//! From a student's file to the data of a student certificate.

use domain::{
    enrolments::EnrolmentStatus,
    programmes::TermStanding,
    student_file::{StudentFile, TermFacts},
};
use regulations::Book;

use super::{StudentCertificate, texts};
use crate::documents::issue::{ComposeError, IssueFacts, frame, person, study, term_title};

/// The data of one certificate.
pub(super) fn issue(file: &StudentFile, book: &Book, facts: &IssueFacts) -> Result<Vec<u8>, ComposeError> {
    let (lang, texts) = (facts.lang, texts());
    let running = facts.term.as_ref().ok_or(ComposeError::NoTerm)?;
    let term = term_title(&running.academic_year, running.season, lang);
    let purpose = match facts.purpose.as_deref().map(str::trim).filter(|purpose| !purpose.is_empty()) {
        Some(purpose) => texts.sentence(lang, "purpose-for", &[("purpose", purpose)]),
        None => texts.label(lang, "purpose-general").to_owned(),
    };
    let body = StudentCertificate {
        person: person(file, facts),
        study: study(file, facts, texts),
        addressee: texts.label(lang, "to-whom").to_owned(),
        statement: texts.sentence(lang, statement(file, running), &[("term", &term)]),
        purpose,
        validity: texts.label(lang, "validity-day").to_owned(),
        term,
    };
    Ok(super::compose(lang, &frame(file, book, facts, texts), &body)?)
}

/// Which sentence is true: the status speaks first, then what the student did in the running term.
fn statement(file: &StudentFile, running: &TermFacts) -> &'static str {
    let standing =
        file.terms.iter().find(|taken| taken.term.order == running.order).map(|taken| taken.standing);
    match (file.status, standing) {
        (EnrolmentStatus::OnLeave, _) | (_, Some(TermStanding::Leave)) => "statement-on-leave",
        (_, Some(TermStanding::Registered)) => "statement-enrolled",
        (_, Some(TermStanding::Unregistered) | None) => "statement-inactive",
    }
}
