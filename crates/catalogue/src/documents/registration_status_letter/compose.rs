//! From a student's file to the data of the letter.

use base::time::date_tr;
use domain::{enrolments::EnrolmentStatus, student_file::StudentFile};
use regulations::Book;

use super::{RegistrationStatusLetter, texts};
use crate::documents::issue::{ComposeError, IssueFacts, frame, person, registration, study};

/// The data of one letter.
pub(super) fn issue(file: &StudentFile, book: &Book, facts: &IssueFacts) -> Result<Vec<u8>, ComposeError> {
    let (lang, texts) = (facts.lang, texts());
    let made = file.registration.as_ref().ok_or(ComposeError::NoRegistration)?;
    let noted = registration(file, made, book, lang);
    let study = study(file, facts, texts);
    let since = date_tr(file.status_since);
    let values = [
        ("date", noted.made_on.as_str()),
        ("until", noted.until.as_deref().unwrap_or_default()),
        ("since", &since),
        ("status", &study.status),
    ];
    let key = match file.status {
        EnrolmentStatus::Provisional if noted.until.is_some() => "statement-provisional",
        EnrolmentStatus::Provisional => "statement-provisional-open",
        EnrolmentStatus::RegistrationCancelled => "statement-cancelled",
        status if status.is_open() => "statement-final",
        _ => "statement-ended",
    };
    let purpose = match facts.purpose.as_deref().map(str::trim).filter(|purpose| !purpose.is_empty()) {
        Some(purpose) => texts.sentence(lang, "purpose-for", &[("purpose", purpose)]),
        None => texts.label(lang, "purpose-general").to_owned(),
    };
    let body = RegistrationStatusLetter {
        person: person(file, facts),
        statement: texts.sentence(lang, key, &values),
        registered_on: noted.made_on,
        until: noted.until,
        papers: noted.papers.filter(|_| file.status.is_open()),
        addressee: texts.label(lang, "to-whom").to_owned(),
        purpose,
        study,
    };
    Ok(super::compose(lang, &frame(file, book, facts, texts), &body)?)
}
