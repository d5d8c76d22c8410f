//! Oryantasyon duyurusu: the programme that invites the new students of a unit, for the wall.

mod compose;
mod data;
mod rules;
mod samples;

use std::sync::LazyLock;

use base::lang::Lang;

pub use data::OrientationNotice;

use super::common::{self, Frame};
use super::{Kind, Subject, Texts};

/// This kind's line in the list of kinds.
pub const KIND: Kind = Kind {
    key: "orientation_notice",
    paper: &[
        ("orientation_notice/paper.typ", include_str!("paper.typ")),
        common::LETTERHEAD,
        common::ORIENTATION,
    ],
    texts,
    samples: samples::all,
    subject: Subject::Orientation { check: rules::check, compose: compose::issue },
    #[cfg(test)]
    cases: include_str!("cases.toml"),
};

/// The words printed on it, and the sentences its data is made with.
pub fn texts() -> &'static Texts {
    static TEXTS: LazyLock<Texts> = LazyLock::new(|| {
        Texts::read(
            &[common::TR, common::ORIENTATION_TR, include_str!("tr.ftl")],
            &[common::EN, common::ORIENTATION_EN, include_str!("en.ftl")],
        )
    });
    &TEXTS
}

/// The data file of one paper.
///
/// # Errors
/// As [`common::compose`].
pub fn compose(lang: Lang, frame: &Frame, body: &OrientationNotice) -> Result<Vec<u8>, serde_json::Error> {
    common::compose(texts(), lang, frame, body)
}
