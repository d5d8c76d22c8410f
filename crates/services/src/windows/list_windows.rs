//! The windows there are.

use std::time::Duration;

use base::{ids::WindowId, time::Date};
use domain::student_file::TermFacts;
use storage::{
    Reader,
    institution::units::UnitLine,
    windows::{PastDays, Window, Withdrawal},
};

use super::may_change;
use crate::{
    Office,
    authz::{Action, Actor},
    error::{Result, ServiceError},
};

/// Where a window stands on a day.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum WindowState {
    /// It can be used.
    Open,
    /// It has not opened yet.
    Soon,
    /// It has closed.
    Over,
}

impl WindowState {
    /// Every state.
    pub const ALL: &'static [Self] = &[Self::Open, Self::Soon, Self::Over];

    /// Where a window stands on `day`.
    pub fn of(window: &Window, day: Date) -> Self {
        if day < window.opens_on {
            Self::Soon
        } else if day > window.closes_on {
            Self::Over
        } else {
            Self::Open
        }
    }

    /// The word of texts and of the API.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Soon => "soon",
            Self::Over => "over",
        }
    }
}

/// A window with what a list says of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct WindowLine {
    /// The window.
    pub window: Window,
    /// Where it stands today.
    pub state: WindowState,
    /// Its unit; none for the whole institution.
    pub unit: Option<UnitLine>,
    /// Its term.
    pub term: Option<TermFacts>,
    /// Whether the actor may change it.
    pub may_change: bool,
}

/// For how long a window that closed is still on the list.
const KEPT: Duration = Duration::from_secs(365 * 24 * 60 * 60);

fn may_look(actor: &Actor) -> Result<()> {
    if actor.may(Action::ReadInstitution) {
        Ok(())
    } else {
        Err(ServiceError::Forbidden(Action::ReadInstitution))
    }
}

fn lines(db: &Reader<'_>, actor: &Actor, windows: Vec<Window>, today: Date) -> Result<Vec<WindowLine>> {
    let mut ids: Vec<_> = windows.iter().filter_map(|w| w.unit).collect();
    ids.sort_unstable();
    ids.dedup();
    let units = storage::institution::units::some(db, &ids, today)?;
    let terms = storage::windows::terms(db)?;
    windows
        .into_iter()
        .map(|window| {
            Ok(WindowLine {
                state: WindowState::of(&window, today),
                unit: units.iter().find(|unit| Some(unit.id) == window.unit).cloned(),
                term: terms.iter().find(|(id, _)| Some(*id) == window.term).map(|(_, term)| term.clone()),
                may_change: may_change(db, actor, window.unit)?,
                window,
            })
        })
        .collect()
}

/// The windows that are open, will open or closed within the last year, the first to open first. Dates are no secret:
/// everybody of the staff sees all of them.
///
/// # Errors
/// [`ServiceError::Forbidden`] for whoever sees nothing of the institution.
pub async fn list_windows(office: &Office, actor: &Actor) -> Result<Vec<WindowLine>> {
    may_look(actor)?;
    let (today, actor) = (office.today(), actor.clone());
    let from = today.checked_sub(KEPT).unwrap_or(today);
    office.db.read(move |db| lines(db, &actor, storage::windows::list(db, from)?, today)).await
}

/// A window that was taken back.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct WithdrawnLine {
    /// The window.
    pub line: WindowLine,
    /// When, by whom and why.
    pub withdrawal: Withdrawal,
}

/// The windows that were taken back within the last year, the last first.
///
/// # Errors
/// As [`list_windows`].
pub async fn list_withdrawn(office: &Office, actor: &Actor) -> Result<Vec<WithdrawnLine>> {
    may_look(actor)?;
    let (now, today, actor) = (office.now(), office.today(), actor.clone());
    let since = now.checked_sub(KEPT).unwrap_or(now);
    office
        .db
        .read(move |db| {
            let (windows, why): (Vec<_>, Vec<_>) =
                storage::windows::withdrawn(db, since)?.into_iter().unzip();
            let lines = lines(db, &actor, windows, today)?.into_iter().zip(why);
            Ok(lines.map(|(line, withdrawal)| WithdrawnLine { line, withdrawal }).collect())
        })
        .await
}

/// A window with everything it ever said.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct WindowHistory {
    /// The window as it is now, or was when it was taken back.
    pub line: WindowLine,
    /// That it was taken back.
    pub withdrawal: Option<Withdrawal>,
    /// What it said before, the newest first.
    pub past: Vec<PastDays>,
}

/// What a window says and said, each with its source; also of one that was taken back.
///
/// # Errors
/// [`ServiceError::NotFound`]; [`ServiceError::Forbidden`] as [`list_windows`].
pub async fn window_history(office: &Office, actor: &Actor, id: WindowId) -> Result<WindowHistory> {
    may_look(actor)?;
    let (today, actor) = (office.today(), actor.clone());
    office
        .db
        .read(move |db| {
            let (window, withdrawal) = storage::windows::fetch_any(db, id)?.ok_or(ServiceError::NotFound)?;
            let line = lines(db, &actor, vec![window], today)?.pop().ok_or(ServiceError::NotFound)?;
            Ok(WindowHistory { line, withdrawal, past: storage::windows::past(db, id)? })
        })
        .await
}

/// One window in force.
///
/// # Errors
/// [`ServiceError::NotFound`]; [`ServiceError::Forbidden`] as [`list_windows`].
pub async fn find_window(office: &Office, actor: &Actor, id: WindowId) -> Result<WindowLine> {
    may_look(actor)?;
    let (today, actor) = (office.today(), actor.clone());
    office
        .db
        .read(move |db| {
            let window = storage::windows::fetch(db, id)?.ok_or(ServiceError::NotFound)?;
            lines(db, &actor, vec![window], today)?.pop().ok_or(ServiceError::NotFound)
        })
        .await
}
