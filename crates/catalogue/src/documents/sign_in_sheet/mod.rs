//! Oryantasyon imza listesi: whom a session expects, with a place for each signature.

mod compose;
mod data;
mod rules;
mod samples;

use std::sync::LazyLock;

use base::lang::Lang;

pub use data::{SignInLine, SignInSheet};

use super::common::{self, Frame};
use super::{Kind, Subject, Texts};

/// This kind's line in the list of kinds.
pub const KIND: Kind = Kind {
    key: "sign_in_sheet",
    paper: &[
        ("sign_in_sheet/paper.typ", include_str!("paper.typ")),
        common::LETTERHEAD,
        common::REGISTRATION,
        common::ORIENTATION,
    ],
    texts,
    samples: samples::all,
    subject: Subject::Session { check: rules::check, compose: compose::issue },
    #[cfg(test)]
    cases: include_str!("cases.toml"),
};

/// The words printed on it, and the sentences its data is made with.
pub fn texts() -> &'static Texts {
    static TEXTS: LazyLock<Texts> = LazyLock::new(|| {
        Texts::read(
            &[common::TR, common::REGISTRATION_TR, common::ORIENTATION_TR, include_str!("tr.ftl")],
            &[common::EN, common::REGISTRATION_EN, common::ORIENTATION_EN, include_str!("en.ftl")],
        )
    });
    &TEXTS
}

/// The data file of one paper.
///
/// # Errors
/// As [`common::compose`].
pub fn compose(lang: Lang, frame: &Frame, body: &SignInSheet) -> Result<Vec<u8>, serde_json::Error> {
    common::compose(texts(), lang, frame, body)
}
