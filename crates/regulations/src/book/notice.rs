//! The data-protection notice: reading its rows, and asking for one.

use super::{Book, both, sourced};
use crate::{
    BookError, NoticePart, PrivacyNotice, Problem, Sourced, When,
    reader::{Section, required},
};

impl Book {
    /// The notice that is shown then. What is unverified is a draft that the office has not made its own.
    pub fn privacy_notice(&self, when: When) -> Sourced<&PrivacyNotice> {
        self.one("privacy_notice", when, |layer| &layer.privacy_notice)
    }

    /// The notice that has a version, in force or not.
    pub fn privacy_notice_of(&self, version: &str) -> Sourced<&PrivacyNotice> {
        let entry = [&self.university, &self.national]
            .into_iter()
            .flat_map(|layer| layer.privacy_notice.rows())
            .map(|(_, entry)| entry)
            .find(|(value, _)| value.as_ref().is_some_and(|notice| notice.version == version));
        sourced("privacy_notice", entry)
    }
}

/// A row's notice; none where the row has no version.
pub(super) fn read(section: &mut Section<'_>) -> Result<Option<PrivacyNotice>, BookError> {
    let Some(version) = section.text_or_none("version")? else { return Ok(None) };
    let dated = required(section.date("dated")?, section, "dated")?;
    let mut parts = Vec::new();
    for mut row in section.sections("parts")? {
        let mut title = required(row.section("title")?, &row, "title")?;
        let named = required(both(&mut title)?, &title, "tr")?;
        title.end()?;
        let text = required(both(&mut row)?, &row, "tr")?;
        row.end()?;
        parts.push(NoticePart { title: named, text });
    }
    if parts.is_empty() {
        return Err(section.wrong_at(section.at(), "parts", Problem::Missing));
    }
    Ok(Some(PrivacyNotice { version, dated, parts }))
}
