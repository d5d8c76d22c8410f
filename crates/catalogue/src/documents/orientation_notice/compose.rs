//! From an orientation's programme to the data of its notice.

use base::time::local_date;
use domain::orientation::OrientationProgramme;
use regulations::{Book, When};

use super::{OrientationNotice, rules::ahead, texts};
use crate::documents::issue::{ComposeError, IssueFacts, frame_at, name, session_line};

/// The data of one notice.
pub(super) fn issue(
    programme: &OrientationProgramme,
    book: &Book,
    facts: &IssueFacts,
) -> Result<Vec<u8>, ComposeError> {
    let (lang, texts) = (facts.lang, texts());
    let unit = name(&programme.unit, lang);
    let year = programme.year.to_string();
    let body = OrientationNotice {
        orientation: name(&programme.name, lang),
        invitation: texts.sentence(lang, "invitation", &[("unit", &unit), ("year", &year)]),
        sessions: ahead(programme).map(|session| session_line(session, texts, lang)).collect(),
        portal: programme.portal.clone(),
    };
    let when =
        When { on: local_date(programme.at), entry_year: i16::try_from(programme.year).unwrap_or(i16::MAX) };
    Ok(super::compose(lang, &frame_at(when, book, facts, texts), &body)?)
}
