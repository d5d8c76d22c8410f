//! From a student's file to the data of the confirmation.

use domain::student_file::StudentFile;
use regulations::Book;

use super::{RegistrationConfirmation, texts};
use crate::documents::issue::{ComposeError, IssueFacts, frame, owed, person, registration, study};

/// The data of one confirmation.
pub(super) fn issue(file: &StudentFile, book: &Book, facts: &IssueFacts) -> Result<Vec<u8>, ComposeError> {
    let (lang, texts) = (facts.lang, texts());
    let made = file.registration.as_ref().ok_or(ComposeError::NoRegistration)?;
    let registration = registration(file, made, book, lang);
    let date = registration.made_on.as_str();
    let statement = match &registration.until {
        Some(until) => texts.sentence(lang, "statement-provisional", &[("date", date), ("until", until)]),
        None => texts.sentence(lang, "statement-final", &[("date", date)]),
    };
    let body = RegistrationConfirmation {
        person: person(file, facts),
        study: study(file, facts, texts),
        owed: owed(file, book, lang),
        registration,
        statement,
    };
    Ok(super::compose(lang, &frame(file, book, facts, texts), &body)?)
}
