//! Papers the office issues. A kind is one folder here plus one line in [`KINDS`].
//!
//! Most kinds are about one enrolment; [`Subject`] says so for each. A folder holds `data.rs` (exactly what the paper shows), `paper.typ` (how it looks), `tr.ftl` and
//! `en.ftl` (every printed word that is not data), `samples.rs` (invented papers to look at), `rules.rs` (who gets
//! it, with `cases.toml`) and `compose.rs` (from a student's file, a day's list, an orientation, to its data).

pub mod common;
pub mod daily_registration_list;
pub mod file_label;
pub mod issue;
pub mod missing_papers_notice;
pub mod orientation_notice;
pub mod participation_certificate;
pub mod registration_confirmation;
pub mod registration_status_letter;
pub mod sign_in_sheet;
pub mod student_certificate;
pub mod texts;
pub mod transcript;

use base::{lang::Lang, time::Date};
use domain::{
    orientation::{OrientationProgramme, SessionSheet},
    registration::DayList,
    student_file::StudentFile,
};
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
    /// What it speaks of, with its rule and the way to its data.
    pub subject: Subject,
    /// Example cases of its rule, which a test runs.
    #[cfg(test)]
    pub cases: &'static str,
}

/// Whether a paper may be issued on a day, with the reason.
pub type Check<File> = fn(&File, &Book, Date) -> Findings;

/// The data of one paper, as its template reads it; frozen when the number is given.
pub type Compose<File> = fn(&File, &Book, &IssueFacts) -> Result<Vec<u8>, ComposeError>;

/// Whose page offers a paper; whether it may be issued on the day is its rule's answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Offer {
    /// Every student's.
    Everybody,
    /// That of whoever was registered at a desk of this office.
    Registered,
    /// The same, for those alone who issue papers: it stays on the office's shelf.
    Shelf,
    /// That of whoever came to an orientation.
    Attended,
}

impl Offer {
    /// Whether the page of this file offers it to a reader who may issue papers or not.
    pub const fn includes(self, file: &StudentFile, issues: bool) -> bool {
        match self {
            Self::Everybody => true,
            Self::Registered => file.registration.is_some(),
            Self::Shelf => issues && file.registration.is_some(),
            Self::Attended => !file.orientations.is_empty(),
        }
    }
}

/// What papers of a kind speak of.
#[derive(Clone, Copy, Debug)]
pub enum Subject {
    /// One enrolment.
    Enrolment {
        /// Where it is offered at all.
        offer: Offer,
        /// Who gets it.
        check: Check<StudentFile>,
        /// From the student's file to the paper.
        compose: Compose<StudentFile>,
    },
    /// The registrations of a unit on a day.
    Day {
        /// Whether there is such a list.
        check: Check<DayList>,
        /// From the registrations to the paper.
        compose: Compose<DayList>,
    },
    /// The programme of an orientation.
    Orientation {
        /// Whether there is something to tell.
        check: Check<OrientationProgramme>,
        /// From the programme to the paper.
        compose: Compose<OrientationProgramme>,
    },
    /// A session of an orientation.
    Session {
        /// Whether it expects somebody.
        check: Check<SessionSheet>,
        /// From whom it expects to the paper.
        compose: Compose<SessionSheet>,
    },
}

impl Kind {
    /// Whether it is about one student, so that the counter offers it and a list of students can be ordered.
    pub const fn is_of_student(&self) -> bool {
        matches!(self.subject, Subject::Enrolment { .. })
    }

    /// The paper's name in its own language, for the PDF's properties and for lists.
    pub fn title(&self, lang: Lang) -> &'static str {
        (self.texts)().label(lang, "title")
    }
}

/// All kinds, in the order in which the counter offers them.
pub const KINDS: &[Kind] = &[
    student_certificate::KIND,
    transcript::KIND,
    registration_confirmation::KIND,
    missing_papers_notice::KIND,
    registration_status_letter::KIND,
    file_label::KIND,
    daily_registration_list::KIND,
    participation_certificate::KIND,
    orientation_notice::KIND,
    sign_in_sheet::KIND,
];

/// The kinds that are about one student.
pub fn of_student() -> impl Iterator<Item = &'static Kind> {
    KINDS.iter().filter(|kind| kind.is_of_student())
}

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
