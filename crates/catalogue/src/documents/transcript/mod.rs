//! Transkript: all courses taken by term, with ANO and AGNO, those of the curriculum still to be taken, and the scale at
//! the end.

mod compose;
mod data;
mod rules;
mod samples;

use std::sync::LazyLock;

use base::lang::Lang;
use serde::Serialize;

pub use data::{
    Block, CourseLine, PlannedCourse, RemainingTerm, Remark, Scale, ScaleRow, TermSummary, Totals, Transcript,
};

use super::common::{self, Frame};
use super::{Kind, Offer, Subject, Texts};

/// This kind's line in the list of kinds.
pub const KIND: Kind = Kind {
    key: "transcript",
    paper: &[("transcript/paper.typ", include_str!("paper.typ")), common::LETTERHEAD],
    texts,
    samples: samples::all,
    subject: Subject::Enrolment { offer: Offer::Everybody, check: rules::check, compose: compose::issue },
    #[cfg(test)]
    cases: include_str!("cases.toml"),
};

/// The words printed on it, and the sentences its data is made with.
pub fn texts() -> &'static Texts {
    static TEXTS: LazyLock<Texts> = LazyLock::new(|| {
        Texts::read(&[common::TR, include_str!("tr.ftl")], &[common::EN, include_str!("en.ftl")])
    });
    &TEXTS
}

#[derive(Serialize)]
struct Body<'a> {
    #[serde(flatten)]
    transcript: &'a Transcript,
    /// Sign and meaning, only of what occurs.
    symbols: Vec<(&'a str, &'a str)>,
    /// Names of the figures and the reason.
    withheld: Vec<(String, &'a str)>,
}

/// The data file of one paper.
///
/// # Errors
/// As [`common::compose`].
pub fn compose(lang: Lang, frame: &Frame, transcript: &Transcript) -> Result<Vec<u8>, serde_json::Error> {
    let word = |key| texts().label(lang, key);
    let columns = ["theory", "practice", "ects"];
    let explained = ["symbol-theory", "symbol-practice", "symbol-ects"];
    let columns = columns.into_iter().zip(explained).map(|(sign, meaning)| (word(sign), word(meaning)));
    let remarks = transcript.remarks().map(|remark| (word(remark.sign_key()), word(remark.key())));
    let withheld = transcript.withheld().into_iter();
    // Where AKTS earned cannot be stated, neither can the points, and for the same reason.
    let terms = transcript.blocks.iter().filter_map(|block| block.summary.as_ref());
    let no_ects = terms
        .map(|term| &term.ects_earned)
        .chain([&transcript.totals.ects_earned])
        .any(|earned| earned == word("withheld-mark"));
    let names = |keys: Vec<&'static str>| {
        let earned = (no_ects && keys.contains(&"points")).then_some("earned");
        earned.into_iter().chain(keys).map(word).collect::<Vec<_>>().join(", ")
    };
    let body = Body {
        transcript,
        symbols: columns.chain(remarks).collect(),
        withheld: withheld.map(|(reason, keys)| (names(keys), reason)).collect(),
    };
    common::compose(texts(), lang, frame, &body)
}
