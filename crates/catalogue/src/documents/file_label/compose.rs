//! From a student's file to the data of its labels.

use base::time::date_tr;
use domain::{papers::PaperState, student_file::StudentFile};
use regulations::Book;

use super::{FileLabel, texts};
use crate::documents::issue::{ComposeError, IssueFacts, frame, owed, paper_name, study};

/// The data of one sheet of labels.
pub(super) fn issue(file: &StudentFile, book: &Book, facts: &IssueFacts) -> Result<Vec<u8>, ComposeError> {
    let (lang, texts) = (facts.lang, texts());
    let made = file.registration.as_ref().ok_or(ComposeError::NoRegistration)?;
    let in_envelope = |state| match state {
        PaperState::Received => Some("held-received"),
        PaperState::CopySeen => Some("held-copy-seen"),
        PaperState::Missing | PaperState::Waived => None,
    };
    let held = made
        .papers
        .iter()
        .filter(|paper| paper.returned_on.is_none())
        .filter_map(|paper| {
            let how = texts.label(lang, in_envelope(paper.held.state)?);
            Some((paper_name(paper.held.kind, paper.description.as_deref(), lang), how.to_owned()))
        })
        .collect();
    let body = FileLabel {
        name: file.identity.full_name(),
        shelf_name: format!("{}, {}", file.identity.surname, file.identity.given_name),
        study: study(file, facts, texts),
        registered_on: date_tr(made.made_on),
        held,
        to_come: owed(file, book, lang).into_iter().map(|paper| (paper.name, paper.due)).collect(),
    };
    Ok(super::compose(lang, &frame(file, book, facts, texts), &body)?)
}
