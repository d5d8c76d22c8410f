//! From a student's file to the data of the notice.

use base::time::date_tr;
use domain::{enrolments::EnrolmentStatus, student_file::StudentFile};
use regulations::Book;

use super::{MissingPapersNotice, texts};
use crate::documents::issue::{ComposeError, IssueFacts, frame, owed, person, study};

/// The data of one notice.
pub(super) fn issue(file: &StudentFile, book: &Book, facts: &IssueFacts) -> Result<Vec<u8>, ComposeError> {
    let (lang, texts) = (facts.lang, texts());
    let made = file.registration.as_ref().ok_or(ComposeError::NoRegistration)?;
    let until = made.provisional_until.filter(|_| file.status == EnrolmentStatus::Provisional);
    let body = MissingPapersNotice {
        person: person(file, facts),
        study: study(file, facts, texts),
        addressee: texts.sentence(lang, "addressee", &[("name", &file.identity.full_name())]),
        statement: texts.sentence(lang, "statement", &[("date", &date_tr(made.made_on))]),
        consequence: until.map(|day| texts.sentence(lang, "consequence", &[("until", &date_tr(day))])),
        owed: owed(file, book, lang),
    };
    Ok(super::compose(lang, &frame(file, book, facts, texts), &body)?)
}
