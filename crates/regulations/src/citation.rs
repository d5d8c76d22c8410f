//! Where a value was read and how sure that reading is.

use std::{fmt, sync::Arc};

use base::{lang::Lang, time::Date};
use serde::{Deserialize, Serialize};

/// How sure a value is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub enum Mark {
    /// Read in the legal text itself or in an official copy of it.
    R,
    /// Read on a page of the institution itself.
    K,
    /// Read in another state university's directive that carries out the same national rule.
    F,
    /// Read in a secondary text: a summary, a list of questions and answers, the press.
    R2,
    /// Not read anywhere: general knowledge that a person has to confirm.
    U,
}

impl Mark {
    /// All marks, the surest first.
    pub const ALL: [Self; 5] = [Self::R, Self::K, Self::F, Self::R2, Self::U];

    /// The sign used in data and on pages.
    pub const fn code(self) -> &'static str {
        match self {
            Self::R => "R",
            Self::K => "K",
            Self::F => "F",
            Self::R2 => "R2",
            Self::U => "U",
        }
    }

    /// The mark of a sign, if it is one.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|m| m.code() == code)
    }

    /// Whether anybody has read the value anywhere; the program decides nothing on one that nobody has.
    pub const fn is_verified(self) -> bool {
        !matches!(self, Self::U)
    }
}

/// A text in which values were read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Source {
    /// What citations call it: `K1`.
    pub key: String,
    /// Its full title.
    pub title: String,
    /// The short form printed beside an article: `RG 02.05.2021/31472`.
    pub short: String,
    /// Its full title in English, for papers; none where no paper cites it.
    pub title_en: Option<String>,
    /// The short form in English.
    pub short_en: Option<String>,
    /// Where it can be read.
    pub url: Option<String>,
    /// The day on which it was read, where that was written down.
    pub read_on: Option<Date>,
    /// How much of it was read, in Turkish.
    pub extent: Option<String>,
}

impl Source {
    /// The full title in one language; the Turkish one where no English one was given.
    pub fn title_in(&self, lang: Lang) -> &str {
        in_language(lang, &self.title, self.title_en.as_deref())
    }

    /// The short form in one language; the Turkish one where no English one was given.
    pub fn short_in(&self, lang: Lang) -> &str {
        in_language(lang, &self.short, self.short_en.as_deref())
    }
}

fn in_language<'a>(lang: Lang, tr: &'a str, en: Option<&'a str>) -> &'a str {
    match lang {
        Lang::Tr => tr,
        Lang::En => en.unwrap_or(tr),
    }
}

/// The place that a value rests on.
///
/// It carries its printable words itself, so that an old finding reads the same when the sources change.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub struct Citation {
    /// Key of the [`Source`]; empty where nothing was read.
    pub source: String,
    /// The source's short form, for printing.
    pub text: String,
    /// Article and paragraph in the source: `m.4/b`.
    pub article: String,
    /// The rule's id in the catalogue: `KEY-02`.
    pub rule: String,
    /// How sure the value is.
    pub mark: Mark,
}

impl Citation {
    /// The article as a paper in one language prints it: `m.18/1`, in English `Art. 18/1`.
    pub fn article_in(&self, lang: Lang) -> String {
        match lang {
            Lang::Tr => self.article.clone(),
            Lang::En => self.article.replace("m.", "Art. "),
        }
    }

    /// For a value that no text of the profile gives for the day asked about.
    pub(crate) fn missing(parameter: &str) -> Self {
        Self {
            source: String::new(),
            text: String::new(),
            article: String::new(),
            rule: parameter.to_owned(),
            mark: Mark::U,
        }
    }
}

/// `RG 02.05.2021/31472 m.4/b (KEY-02)`; `KEY-24, doğrulanmadı` where nothing was read.
impl fmt::Display for Citation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.text.is_empty() {
            write!(f, "{}", self.rule)?;
        } else if self.article.is_empty() {
            write!(f, "{} ({})", self.text, self.rule)?;
        } else {
            write!(f, "{} {} ({})", self.text, self.article, self.rule)?;
        }
        if self.mark.is_verified() { Ok(()) } else { f.write_str(", doğrulanmadı") }
    }
}

/// A value of the rule book together with what it rests on.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sourced<T> {
    /// The value; nothing where the profile has none, or where the rule was repealed.
    pub value: Option<T>,
    /// What it rests on.
    pub citation: Arc<Citation>,
}

impl<T> Sourced<T> {
    /// How sure the value is.
    pub fn mark(&self) -> Mark {
        self.citation.mark
    }

    /// Whether the value was read somewhere.
    pub fn is_verified(&self) -> bool {
        self.mark().is_verified()
    }

    /// The value if it was read somewhere, for deciding and printing.
    pub fn verified(self) -> Option<T> {
        if self.is_verified() { self.value } else { None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_read_back_and_only_u_is_unverified() {
        for mark in Mark::ALL {
            assert_eq!(Mark::from_code(mark.code()), Some(mark));
            assert_eq!(mark.is_verified(), mark != Mark::U);
        }
        assert_eq!(Mark::from_code("u"), None);
    }

    #[test]
    fn a_citation_says_when_nobody_has_read_it() {
        let read = Citation {
            source: "K1".into(),
            text: "RG 02.05.2021/31472".into(),
            article: "m.4/b".into(),
            rule: "KEY-02".into(),
            mark: Mark::R,
        };
        assert_eq!(read.to_string(), "RG 02.05.2021/31472 m.4/b (KEY-02)");
        assert_eq!(Citation::missing("KEY-24").to_string(), "KEY-24, doğrulanmadı");
        let json = serde_json::to_string(&read).expect("json");
        assert_eq!(serde_json::from_str::<Citation>(&json).expect("json"), read);
    }

    #[test]
    fn papers_cite_in_their_own_language() {
        let article = |text: &str| Citation { article: text.into(), ..Citation::missing("X-1") };
        assert_eq!(article("m.18/1").article_in(Lang::Tr), "m.18/1");
        assert_eq!(article("m.4 (m.18/1)").article_in(Lang::En), "Art. 4 (Art. 18/1)");
        let source = Source {
            key: "OR1".into(),
            title: "Yönetmelik".into(),
            short: "Yön.".into(),
            title_en: Some("Regulation".into()),
            short_en: None,
            url: None,
            read_on: None,
            extent: None,
        };
        assert_eq!(
            (source.title_in(Lang::En), source.short_in(Lang::En), source.title_in(Lang::Tr)),
            ("Regulation", "Yön.", "Yönetmelik")
        );
    }

    #[test]
    fn an_unverified_value_is_not_given_out_for_deciding() {
        let value = |mark| Sourced {
            value: Some(7),
            citation: Arc::new(Citation { mark, ..Citation::missing("X-1") }),
        };
        assert_eq!(value(Mark::U).verified(), None);
        assert_eq!(value(Mark::R2).verified(), Some(7));
    }
}
