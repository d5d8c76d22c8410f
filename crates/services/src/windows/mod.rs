//! Dated windows: from when to when something may be done, as data that every check reads.
//!
//! Which window counts for a unit and way of entry is asked of [`storage::windows::counting`]; here they are entered,
//! changed and withdrawn. Drafts, opinions and publication are no part of it.

mod change_window;
mod enter_window;
mod list_windows;
mod withdraw_window;

use base::{
    ids::UnitId,
    time::{Date, Timestamp, date_tr, parse_date_tr},
};
use storage::{Permit, Reader, audit::AuditRow, windows::Window};

pub use self::{
    change_window::{ChangeWindow, change_window},
    enter_window::{EnterWindow, enter_window},
    list_windows::{
        WindowHistory, WindowLine, WindowState, WithdrawnLine, find_window, list_windows, list_withdrawn,
        window_history,
    },
    withdraw_window::{WithdrawWindow, withdraw_window},
};
use crate::{
    authz::{self, Action, Actor, Resource},
    error::{FieldError, Result, ServiceError},
};

/// Characters of a source or reason at the most.
const LONGEST: usize = 500;

/// Whether the actor may change windows of a unit, or with none those of the whole institution.
fn may_change(db: &Reader<'_>, actor: &Actor, unit: Option<UnitId>) -> Result<bool> {
    let scope = authz::scope(actor, Action::ChangeWindows);
    Ok(match unit {
        _ if scope.all => true,
        Some(unit) => storage::institution::is_within(db, unit, &scope.units)?,
        None => false,
    })
}

/// Asks whether the actor may change windows there. Everybody of the staff may know of every window, so the answer to
/// others is that they may not change it.
fn ask(db: &Reader<'_>, actor: &Actor, unit: Option<UnitId>, now: Timestamp) -> Result<Permit> {
    if !may_change(db, actor, unit)? {
        return Err(ServiceError::Forbidden(Action::ChangeWindows));
    }
    let resource = unit.map_or(Resource::Anywhere, Resource::Unit);
    authz::ask(db, actor, Action::ChangeWindows, resource, now)
}

/// A text that must be there.
fn required(field: &'static str, typed: &str, wrong: &mut Vec<FieldError>) -> String {
    let text = typed.trim().to_owned();
    match text.chars().count() {
        0 => wrong.push(FieldError::new(field, "required")),
        1..=LONGEST => {}
        _ => wrong.push(FieldError::new(field, "too-long").with("max", LONGEST.to_string())),
    }
    text
}

/// The first and the last day as typed.
fn days(opens_on: &str, closes_on: &str, wrong: &mut Vec<FieldError>) -> Option<(Date, Date)> {
    let mut day = |field: &'static str, typed: &str| {
        let day = parse_date_tr(typed).filter(|day| (1950..=2150).contains(&day.year()));
        if day.is_none() {
            wrong.push(FieldError::new(field, "date-form"));
        }
        day
    };
    let (opens, closes) = (day("opens_on", opens_on)?, day("closes_on", closes_on)?);
    if closes < opens {
        wrong.push(FieldError::new("closes_on", "window-closes-before-it-opens"));
        return None;
    }
    Some((opens, closes))
}

/// Complains of another window of the same kind, unit, term and way of entry on some of the same days, until whoever
/// enters it says that it is meant so.
fn warn_of_overlap(
    db: &Reader<'_>,
    (opens, closes): (Date, Date),
    is_meant: bool,
    is_alike: impl Fn(&Window) -> bool,
    wrong: &mut Vec<FieldError>,
) -> Result<()> {
    if is_meant {
        return Ok(());
    }
    let there = storage::windows::list(db, opens)?;
    if let Some(other) = there.iter().find(|w| is_alike(w) && w.opens_on <= closes && w.closes_on >= opens) {
        let warning = FieldError::new("overlap_ok", "window-overlaps")
            .with("from", date_tr(other.opens_on))
            .with("to", date_tr(other.closes_on));
        wrong.push(warning);
    }
    Ok(())
}

/// The audit row of a window.
fn written(permit: &Permit, action: &str, window: i64, detail: String, reason: String) -> AuditRow {
    AuditRow {
        object_kind: "window",
        object: Some(window),
        detail,
        reason: Some(reason),
        ..AuditRow::by(permit, action)
    }
}
