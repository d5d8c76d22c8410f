//! The data-protection notice that new students read, open to everybody.

use axum::extract::Query;
use serde::Deserialize;
use services::registration::{ShownNotice, show_notice};

use crate::{
    components::{Ground, Note, State},
    ctx::Anyone,
    fault::Answer,
    texts::Texts,
    url::Params,
    views::notice::NoticePage,
};

/// Where the text stands.
pub const PATH: &str = "/aydinlatma";

/// Which version; the one of today where none is named.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct NoticeParams {
    surum: String,
}

/// `GET /aydinlatma`.
pub async fn get(anyone: Anyone, Query(params): Query<NoticeParams>) -> Answer {
    let version = Some(params.surum.trim()).filter(|version| !version.is_empty());
    let shown = show_notice(anyone.office(), version)?;
    let t = anyone.t();
    let frame = anyone.frame(t.get("notice-title"));
    let view = NoticePage {
        t,
        frame: &frame,
        lead: lead(t, &shown).into(),
        ground: Ground::named(shown.citation.to_string()),
        notes: notes(t, &shown),
        parts: shown.parts(t.lang()),
    };
    anyone.html_with(axum::http::StatusCode::OK, &view)
}

/// Version and date in one line.
pub fn lead(t: &Texts, shown: &ShownNotice) -> String {
    t.fmt("notice-lead", &[("version", &shown.notice.version), ("date", &shown.dated())])
}

/// Where a version can be read.
pub fn address(version: &str) -> String {
    Params::new(PATH).with("surum", version).to_string()
}

fn notes<'a>(t: &'a Texts, shown: &ShownNotice) -> Vec<Note<'a>> {
    let mut out = Vec::new();
    if shown.is_draft() {
        out.push(Note::new(State::Ask, t.get("notice-draft"), t.get("notice-draft-text")));
    }
    if !shown.is_current {
        out.push(Note::new(State::Info, t.get("notice-earlier"), "").with_link(t.get("notice-now"), PATH));
    }
    out
}
