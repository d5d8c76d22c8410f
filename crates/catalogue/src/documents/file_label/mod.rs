//! Dosya etiketi: the label on the envelope of a student's file, and the one that is read on the shelf.

mod compose;
mod data;
mod rules;
mod samples;

use std::sync::LazyLock;

use base::lang::Lang;

pub use data::FileLabel;

use super::common::{self, Frame};
use super::{Kind, Offer, Subject, Texts};

/// This kind's line in the list of kinds.
pub const KIND: Kind = Kind {
    key: "file_label",
    paper: &[("file_label/paper.typ", include_str!("paper.typ")), common::LETTERHEAD, common::REGISTRATION],
    texts,
    samples: samples::all,
    subject: Subject::Enrolment { offer: Offer::Shelf, check: rules::check, compose: compose::issue },
    #[cfg(test)]
    cases: include_str!("cases.toml"),
};

/// The words printed on it, and the sentences its data is made with.
pub fn texts() -> &'static Texts {
    static TEXTS: LazyLock<Texts> = LazyLock::new(|| {
        Texts::read(
            &[common::TR, common::REGISTRATION_TR, include_str!("tr.ftl")],
            &[common::EN, common::REGISTRATION_EN, include_str!("en.ftl")],
        )
    });
    &TEXTS
}

/// The data file of one paper.
///
/// # Errors
/// As [`common::compose`].
pub fn compose(lang: Lang, frame: &Frame, body: &FileLabel) -> Result<Vec<u8>, serde_json::Error> {
    common::compose(texts(), lang, frame, body)
}
