//! The data-protection notice: the text that a new student reads, and the version under which that is recorded.

use base::{
    lang::Lang,
    time::{Date, date_tr},
};
use regulations::{Book, Citation, Named, PrivacyNotice, Sourced, When};

use crate::{
    Office,
    error::{Result, ServiceError},
};

/// A notice as it is shown.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ShownNotice {
    /// Version, date and text.
    pub notice: PrivacyNotice,
    /// Whose text it is.
    pub citation: Citation,
    /// Whether it is read today; an earlier one stays to be looked up.
    pub is_current: bool,
    institution: Named,
    contact: Named,
}

impl ShownNotice {
    /// Whether the office has not made a text of its own yet.
    pub const fn is_draft(&self) -> bool {
        !self.citation.mark.is_verified()
    }

    /// Title and text of its parts.
    pub fn parts(&self, lang: Lang) -> Vec<(String, String)> {
        let (institution, contact) = (self.institution.name(lang), self.contact.name(lang));
        let part = |part: &regulations::NoticePart| {
            (part.title.name(lang).to_owned(), part.filled(lang, institution, contact))
        };
        self.notice.parts.iter().map(part).collect()
    }

    /// Its date as it is written.
    pub fn dated(&self) -> String {
        date_tr(self.notice.dated)
    }
}

/// Shows the notice of today, or the one that has a version. It is for everybody and tells of nobody, so nobody is asked
/// and no row is written.
///
/// # Errors
/// [`ServiceError::NotFound`] for a version that there never was, and where the rule book has no notice.
///
/// # Legal basis
/// KVK-12: 6698 sayılı Kanun m.10.
pub fn show_notice(office: &Office, version: Option<&str>) -> Result<ShownNotice> {
    let today = office.today();
    let when = on(today);
    let found = match version {
        Some(version) => office.book.privacy_notice_of(version),
        None => office.book.privacy_notice(when),
    };
    let Sourced { value: Some(notice), citation } = found else { return Err(ServiceError::NotFound) };
    let institution = office.book.institution();
    let contact = |lang| {
        office.book.letterhead(lang, when).value.map(|head| head.contact.join(", ")).unwrap_or_default()
    };
    Ok(ShownNotice {
        is_current: version_on(&office.book, today).is_some_and(|now| now == notice.version),
        notice: notice.clone(),
        citation: (*citation).clone(),
        institution: Named { tr: institution.name_tr.clone(), en: institution.name_en.clone() },
        contact: Named { tr: contact(Lang::Tr), en: contact(Lang::En) },
    })
}

/// The version that is shown on a day, and so the one that somebody has read who reads it then.
pub(crate) fn version_on(book: &Book, day: Date) -> Option<&str> {
    book.privacy_notice(on(day)).value.map(|notice| notice.version.as_str())
}

fn on(day: Date) -> When {
    When { on: day, entry_year: day.year() }
}
