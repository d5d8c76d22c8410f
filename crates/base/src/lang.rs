//! The two languages of pages and papers.

use serde::{Deserialize, Serialize};

/// A language in which Künye speaks to people.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// Turkish, the language of the office.
    #[default]
    Tr,
    /// English, for foreign students and papers that go abroad.
    En,
}

impl Lang {
    /// Both languages, Turkish first.
    pub const ALL: [Self; 2] = [Self::Tr, Self::En];

    /// The two-letter code used in `lang` attributes, settings and the database.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Tr => "tr",
            Self::En => "en",
        }
    }

    /// The language of a code, if it is one of ours.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|l| l.code() == code)
    }
}
