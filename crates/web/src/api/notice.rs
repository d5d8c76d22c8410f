//! The data-protection notice that new students read.

use serde::{Deserialize, Serialize};
use services::registration::show_notice;
use utoipa::{IntoParams, ToSchema};

use super::{
    auth::Anybody,
    fields::{Day, Line},
    input::Query,
    problem::Answer,
};

/// Which version.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct NoticeQuery {
    /// The version; the one that is read today where none is named.
    #[param(inline)]
    pub version: Option<Line<40>>,
}

/// A version of the notice in the caller's language.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct NoticeBody {
    /// Under which it is recorded as read.
    pub version: String,
    /// Its date.
    pub dated: Day,
    /// Whether it is the one that is read today.
    pub is_current: bool,
    /// Whether it is a draft that the institution has not made its own.
    pub is_draft: bool,
    /// Whose text it is.
    pub source: String,
    /// What it says.
    pub parts: Vec<NoticePartBody>,
}

/// A titled paragraph.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct NoticePartBody {
    /// Title.
    pub title: String,
    /// Text.
    pub text: String,
}

/// Read the data-protection notice
///
/// Open to everybody: candidates read it before they register.
#[utoipa::path(
    get, path = "/notice", tag = "candidates", params(NoticeQuery), security(()),
    responses((status = 200, body = NoticeBody))
)]
pub async fn show(anybody: Anybody, Query(query): Query<NoticeQuery>) -> Answer<axum::Json<NoticeBody>> {
    let shown = show_notice(anybody.office(), query.version.as_ref().map(|version| version.0.as_str()))?;
    let part = |(title, text)| NoticePartBody { title, text };
    Ok(axum::Json(NoticeBody {
        parts: shown.parts(anybody.t().lang()).into_iter().map(part).collect(),
        is_current: shown.is_current,
        is_draft: shown.is_draft(),
        source: shown.citation.to_string(),
        dated: Day(shown.notice.dated),
        version: shown.notice.version,
    }))
}
