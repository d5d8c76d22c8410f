//! Changing the days of a window.

use base::ids::WindowId;

use super::{ask, days, required, warn_of_overlap, written};
use crate::{
    Office,
    authz::{Action, Actor},
    error::{Result, ServiceError},
    once,
    students::write_note::stale,
};

/// What the form of a change sends.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ChangeWindow {
    /// Which one.
    pub window: WindowId,
    /// Version that the page was opened with.
    pub version: i64,
    /// First day as typed.
    pub opens_on: String,
    /// Last day as typed.
    pub closes_on: String,
    /// The decision or announcement that sets the new days.
    pub source: String,
    /// Whether it may share days with another one like it.
    pub overlap_ok: bool,
}

/// Changes the days of a window, with the source of the new ones. Another kind, unit or way of entry is another window.
///
/// # Errors
/// [`ServiceError::NotFound`], [`ServiceError::Forbidden`], [`ServiceError::Stale`]; [`ServiceError::Invalid`] as for a
/// new one.
pub async fn change_window(office: &Office, actor: &Actor, form: ChangeWindow) -> Result<()> {
    let now = office.now();
    if !actor.may(Action::ChangeWindows) {
        return Err(ServiceError::Forbidden(Action::ChangeWindows));
    }
    once::act(office, actor, move |tx, actor| -> Result<()> {
        let window = storage::windows::fetch(tx, form.window)?.ok_or(ServiceError::NotFound)?;
        let permit = ask(tx, actor, window.unit, now)?;
        if window.version != form.version {
            return Err(ServiceError::Stale);
        }
        let mut wrong = Vec::new();
        let on = days(&form.opens_on, &form.closes_on, &mut wrong);
        let source = required("source", &form.source, &mut wrong);
        let (Some((opens_on, closes_on)), true) = (on, wrong.is_empty()) else {
            return Err(ServiceError::Invalid(wrong));
        };
        let is_alike = |w: &storage::windows::Window| {
            w.id != window.id
                && (w.kind, w.unit, w.term, w.entry_kind)
                    == (window.kind, window.unit, window.term, window.entry_kind)
        };
        warn_of_overlap(tx, (opens_on, closes_on), form.overlap_ok, is_alike, &mut wrong)?;
        if !wrong.is_empty() {
            return Err(ServiceError::Invalid(wrong));
        }
        storage::windows::change(tx, &permit, window.id, window.version, opens_on, closes_on, &source)
            .map_err(stale)?;
        let detail = format!("window={} from={opens_on} to={closes_on}", window.kind);
        let row = written(&permit, "change_window", window.id.get(), detail, source);
        Ok(storage::audit::append(tx, &row)?)
    })
    .await
}
