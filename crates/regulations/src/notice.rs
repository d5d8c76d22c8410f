//! The data-protection notice, as the office shows it.

use base::{lang::Lang, time::Date};

use crate::Named;

/// One version of the notice that a new student reads.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PrivacyNotice {
    /// Under which what was read is recorded: `2026-1`.
    pub version: String,
    /// Its date.
    pub dated: Date,
    /// What it says, in order.
    pub parts: Vec<NoticePart>,
}

/// A titled paragraph of a notice. `{institution}` and `{contact}` stand for those of the institution.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NoticePart {
    /// What it is about.
    pub title: Named,
    /// The paragraph.
    pub text: Named,
}

impl NoticePart {
    /// The paragraph in one language, with what it leaves open filled in.
    pub fn filled(&self, lang: Lang, institution: &str, contact: &str) -> String {
        let text = self.text.name(lang).replace("{institution}", institution).replace("{contact}", contact);
        text.trim_end().to_owned()
    }
}
