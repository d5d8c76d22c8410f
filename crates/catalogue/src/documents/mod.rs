//! Papers the office issues. A kind is one folder here plus one line in [`KINDS`].
//!
//! A folder holds `data.rs` (exactly what the paper shows), `paper.typ` (how it looks), `tr.ftl` and
//! `en.ftl` (every printed word that is not data), `samples.rs` (invented papers to look at), `rules.rs` (who gets
//! it, with `cases.toml`) and `compose.rs` (from a student's file to its data).

pub mod common;
pub mod issue;
pub mod student_certificate;
pub mod texts;
pub mod transcript;

use base::{lang::Lang, time::Date};
use domain::student_file::StudentFile;
use regulations::{Book, Findings};

pub use issue::{ComposeError, IssueFacts, Signer};
pub use texts::Texts;

/// A kind of paper as the engine sees it.
#[derive(Clone, Copy, Debug)]
pub struct Kind {
    /// Folder name, database value and text key.
    pub key: &'static str,
    /// Template files by name, the paper itself first.
    pub paper: &'static [(&'static str, &'static str)],
    /// The printed words in both languages.
    pub texts: fn() -> &'static Texts,
    /// Invented papers, from the plain one to the awkward one.
    pub samples: fn() -> Vec<Sample>,
    /// Whether an enrolment may have it on a day, with the reason.
    pub check: fn(&StudentFile, &Book, Date) -> Findings,
    /// The data of one paper, as its template reads it; frozen when the number is given.
    pub compose: fn(&StudentFile, &Book, &IssueFacts) -> Result<Vec<u8>, ComposeError>,
    /// Example cases of its rule, which a test runs.
    #[cfg(test)]
    pub cases: &'static str,
}

impl Kind {
    /// The paper's name in its own language, for the PDF's properties and for lists.
    pub fn title(&self, lang: Lang) -> &'static str {
        (self.texts)().label(lang, "title")
    }
}

/// All kinds, in the order in which the counter offers them.
pub const KINDS: &[Kind] = &[student_certificate::KIND, transcript::KIND];

/// The kind of a key; nothing for a kind that is no longer offered.
pub fn kind(key: &str) -> Option<&'static Kind> {
    KINDS.iter().find(|kind| kind.key == key)
}

/// An invented paper, ready to be printed.
pub struct Sample {
    /// Short ASCII name, unique within its kind.
    pub name: &'static str,
    /// Language of the paper.
    pub lang: Lang,
    /// What the template reads.
    pub data: Vec<u8>,
    /// The address behind the QR code, which the template expects as the picture
    /// [`common::QR_PICTURE`]; the other pictures are [`common::samples::PICTURES`].
    pub address: String,
}

#[cfg(test)]
mod cases;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_unique_and_both_languages_have_the_same_labels() {
        let mut keys: Vec<&str> = KINDS.iter().map(|kind| kind.key).collect();
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), KINDS.len());
        for kind in KINDS {
            let texts = (kind.texts)();
            let keys = |lang| texts.keys(lang).collect::<Vec<_>>();
            assert_eq!(keys(Lang::Tr), keys(Lang::En), "{}", kind.key);
            assert_ne!(kind.title(Lang::Tr), kind.title(Lang::En));
        }
    }

    #[test]
    fn every_label_a_template_asks_for_exists() {
        for kind in KINDS {
            let texts = (kind.texts)();
            for (name, source) in kind.paper {
                for key in source.split("words.").skip(1).filter_map(label_key) {
                    assert!(texts.labels(Lang::Tr).contains_key(key), "{name} asks for {key}");
                }
            }
        }
    }

    /// The identifier that follows `words.` in a template, if it is one.
    fn label_key(rest: &str) -> Option<&str> {
        let end = rest.find(|c: char| !(c.is_ascii_lowercase() || c == '-')).unwrap_or(rest.len());
        let key = &rest[..end];
        (!key.is_empty() && key != "at").then_some(key)
    }
}
