//! From a session to the data of its sheet.

use domain::orientation::SessionSheet;
use regulations::{Book, When};

use super::{SignInLine, SignInSheet, texts};
use crate::documents::issue::{ComposeError, IssueFacts, frame_at, name, session_line};

/// Empty lines at the end of a sheet.
const SPARE: usize = 5;

/// The data of one sheet.
pub(super) fn issue(sheet: &SessionSheet, book: &Book, facts: &IssueFacts) -> Result<Vec<u8>, ComposeError> {
    let (lang, texts) = (facts.lang, texts());
    let line = |line: &domain::orientation::SheetLine| SignInLine {
        number: line.number.clone(),
        name: line.name.clone(),
        programme: line.programme.clone(),
    };
    let body = SignInSheet {
        unit: name(&sheet.unit, lang),
        orientation: name(&sheet.orientation, lang),
        session: session_line(&sheet.session, texts, lang),
        lines: sheet.lines.iter().map(line).collect(),
        spare: SPARE,
    };
    let when = When { on: facts.date, entry_year: facts.date.year() };
    let mut frame = frame_at(when, book, facts, texts);
    frame.verification.sentence = texts.label(lang, "for-attendance-alone").to_owned();
    Ok(super::compose(lang, &frame, &body)?)
}
