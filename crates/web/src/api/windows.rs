//! Dated windows.

use axum::{http::StatusCode, response::IntoResponse};
use base::ids::WindowId;
use serde::{Deserialize, Serialize};
use services::windows::{
    ChangeWindow, EnterWindow, WindowLine, WithdrawWindow, change_window, enter_window, list_windows,
    window_history, withdraw_window,
};
use utoipa::{IntoParams, ToSchema};

use super::{
    auth::Caller,
    body::{Made, Page},
    fields::{Day, GivenDay, Instant, Line, Prose, Version},
    input::{Json, Path},
    institution::Term,
    problem::Answer,
    words::{EntryWord, SeasonWord, WindowStateWord, WindowWord},
};

/// One window.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct WindowPath {
    /// Row number of the window.
    pub id: i64,
}

/// From when to when something may be done.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct WindowBody {
    /// By this number it is addressed.
    pub id: i64,
    /// What may be done in it.
    pub kind: WindowWord,
    /// Code of its unit, for which and below which it holds; null for the whole institution.
    #[schema(required)]
    pub unit: Option<String>,
    /// Its way of entry; null for all.
    #[schema(required)]
    pub entry_kind: Option<EntryWord>,
    /// Its term.
    #[schema(required)]
    pub term: Option<Term>,
    /// First day.
    pub opens_on: Day,
    /// Last day.
    pub closes_on: Day,
    /// Where it stands today.
    pub state: WindowStateWord,
    /// The decision or announcement that sets it.
    pub source: String,
    /// When it was entered or changed last.
    pub noted_at: Instant,
    /// By whom.
    pub noted_by: String,
    /// Whether the caller may change it.
    pub may_change: bool,
    /// Send it back to change or withdraw it.
    pub version: i64,
}

impl From<&WindowLine> for WindowBody {
    fn from(line: &WindowLine) -> Self {
        let w = &line.window;
        Self {
            id: w.id.get(),
            kind: w.kind.into(),
            unit: line.unit.as_ref().map(|unit| unit.code.clone()),
            entry_kind: w.entry_kind.map(EntryWord),
            term: line.term.as_ref().map(Term::from),
            opens_on: w.opens_on.into(),
            closes_on: w.closes_on.into(),
            state: line.state.into(),
            source: w.source.clone(),
            noted_at: w.noted_at.into(),
            noted_by: w.noted_by.clone(),
            may_change: line.may_change,
            version: w.version,
        }
    }
}

/// List dated windows
///
/// Those that are open, will open or closed within the last year, the first to open first. For a unit and way of entry
/// the narrowest counts: the nearest unit, then the way of entry.
#[utoipa::path(get, path = "/windows", tag = "institution", responses((status = 200, body = Page<WindowBody>)))]
pub async fn list(caller: Caller) -> Answer<axum::Json<Page<WindowBody>>> {
    let lines = list_windows(caller.office(), caller.actor()).await?;
    Ok(axum::Json(Page::whole(lines.iter().map(WindowBody::from).collect())))
}

/// What a window said before it was changed.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PastWindowBody {
    /// First day.
    pub opens_on: Day,
    /// Last day.
    pub closes_on: Day,
    /// The decision or announcement that set it.
    pub source: String,
    /// When it was entered.
    pub noted_at: Instant,
    /// By whom.
    pub noted_by: String,
}

/// That a window was taken back.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct WithdrawnBody {
    /// When.
    pub at: Instant,
    /// By whom.
    pub by: String,
    /// Why.
    pub reason: String,
}

/// A window with everything it ever said.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct WindowHistoryBody {
    /// The window as it is, or was when it was taken back.
    pub window: WindowBody,
    /// That it was taken back.
    #[schema(required)]
    pub withdrawn: Option<WithdrawnBody>,
    /// What it said before, the newest first.
    pub past: Vec<PastWindowBody>,
}

/// Ask what a window said
///
/// Also of one that was taken back: nothing of a window is forgotten, and each of its days has its source.
#[utoipa::path(
    get, path = "/windows/{id}/history", tag = "institution", params(WindowPath),
    responses((status = 200, body = WindowHistoryBody))
)]
pub async fn history(caller: Caller, Path(path): Path<WindowPath>) -> Answer<axum::Json<WindowHistoryBody>> {
    let found = window_history(caller.office(), caller.actor(), WindowId::new(path.id)).await?;
    let past = found.past.into_iter().map(|past| PastWindowBody {
        opens_on: past.opens_on.into(),
        closes_on: past.closes_on.into(),
        source: past.source,
        noted_at: past.noted_at.into(),
        noted_by: past.noted_by,
    });
    Ok(axum::Json(WindowHistoryBody {
        window: (&found.line).into(),
        withdrawn: found.withdrawal.map(|w| WithdrawnBody { at: w.at.into(), by: w.by, reason: w.reason }),
        past: past.collect(),
    }))
}

/// The term of a window.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WindowTerm {
    /// `2026-2027`.
    pub academic_year: Line<20, 1>,
    /// Season.
    pub season: SeasonWord,
}

/// A window that is entered.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WindowForm {
    /// What may be done in it.
    pub kind: WindowWord,
    /// Code of the unit; left out for the whole institution.
    pub unit: Option<Line<64>>,
    /// Way of entry; left out for all.
    pub entry_kind: Option<EntryWord>,
    /// The term it belongs to.
    pub term: Option<WindowTerm>,
    /// First day.
    pub opens_on: GivenDay,
    /// Last day.
    pub closes_on: GivenDay,
    /// The decision or announcement that sets it.
    pub source: Prose<500, 1>,
    /// True where another one like it on the same days is meant; without it such a window is refused.
    #[serde(default)]
    pub overlap_ok: bool,
}

/// Enter a dated window
#[utoipa::path(
    post, path = "/windows", tag = "institution", request_body = WindowForm,
    responses((status = 201, body = Made, description = "The window."))
)]
pub async fn enter(caller: Caller, Json(form): Json<WindowForm>) -> Answer {
    let command = EnterWindow {
        kind: Some(form.kind.0),
        unit: form.unit.unwrap_or_default().0,
        term: form.term.map(|term| (term.academic_year.0, term.season.0)),
        entry_kind: form.entry_kind.map(|word| word.0),
        opens_on: form.opens_on.to_string(),
        closes_on: form.closes_on.to_string(),
        source: form.source.0,
        overlap_ok: form.overlap_ok,
    };
    let id = enter_window(caller.office(), caller.actor(), command).await?;
    Ok((StatusCode::CREATED, axum::Json(Made { id: id.get() })).into_response())
}

/// New days of a window.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WindowDaysForm {
    /// First day.
    pub opens_on: GivenDay,
    /// Last day.
    pub closes_on: GivenDay,
    /// The decision or announcement that sets them.
    pub source: Prose<500, 1>,
    /// As for a new window.
    #[serde(default)]
    pub overlap_ok: bool,
    /// The window's version that was read.
    pub version: Version,
}

/// Change the days of a window
#[utoipa::path(
    put, path = "/windows/{id}", tag = "institution", params(WindowPath), request_body = WindowDaysForm,
    responses((status = 204, description = "Changed."))
)]
pub async fn change(
    caller: Caller,
    Path(path): Path<WindowPath>,
    Json(form): Json<WindowDaysForm>,
) -> Answer {
    let command = ChangeWindow {
        window: WindowId::new(path.id),
        version: form.version.0,
        opens_on: form.opens_on.to_string(),
        closes_on: form.closes_on.to_string(),
        source: form.source.0,
        overlap_ok: form.overlap_ok,
    };
    change_window(caller.office(), caller.actor(), command).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Why a window is taken back.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WithdrawalForm {
    /// Why, in words.
    pub reason: Prose<500, 1>,
    /// The window's version that was read.
    pub version: Version,
}

/// Withdraw a window
///
/// No check reads it any longer; what it said can still be asked for.
#[utoipa::path(
    post, path = "/windows/{id}/withdrawal", tag = "institution", params(WindowPath), request_body = WithdrawalForm,
    responses((status = 204, description = "Withdrawn."))
)]
pub async fn withdraw(
    caller: Caller,
    Path(path): Path<WindowPath>,
    Json(form): Json<WithdrawalForm>,
) -> Answer {
    let command =
        WithdrawWindow { window: WindowId::new(path.id), version: form.version.0, reason: form.reason.0 };
    withdraw_window(caller.office(), caller.actor(), command).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}
