//! Entering a window.

use base::ids::WindowId;
use domain::{enrolments::EntryKind, programmes::Season, registration::WindowKind};
use storage::{institution::units, windows::NewWindow};

use super::{ask, days, required, warn_of_overlap, written};
use crate::{
    Office,
    authz::{Action, Actor},
    error::{FieldError, Result, ServiceError},
    once,
};

/// What the form of a new window sends.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct EnterWindow {
    /// What may be done in it.
    pub kind: Option<WindowKind>,
    /// Code of the unit; empty for the whole institution.
    pub unit: String,
    /// Academic year and season of the term; none where it belongs to no term.
    pub term: Option<(String, Season)>,
    /// Way of entry; none for all.
    pub entry_kind: Option<EntryKind>,
    /// First day as typed.
    pub opens_on: String,
    /// Last day as typed.
    pub closes_on: String,
    /// The decision or announcement that sets it.
    pub source: String,
    /// Whether it may share days with another one like it.
    pub overlap_ok: bool,
}

/// Enters a window. A unit's own people enter those of their unit; one for the whole institution is entered by whoever
/// works in all of it. A window like another one on the same days is asked about before it is written, because the one
/// that is open counts and nobody sees which of two was meant.
///
/// # Errors
/// [`ServiceError::Forbidden`]; [`ServiceError::Invalid`] on `kind` (`required`), `unit` (`unit-unknown`), `term`
/// (`term-unknown`), `opens_on` and `closes_on` (`date-form`, `window-closes-before-it-opens`), `source` (`required`,
/// `too-long`), `overlap_ok` (`window-overlaps` with `from` and `to`).
pub async fn enter_window(office: &Office, actor: &Actor, form: EnterWindow) -> Result<WindowId> {
    let (now, today) = (office.now(), office.today());
    if !actor.may(Action::ChangeWindows) {
        return Err(ServiceError::Forbidden(Action::ChangeWindows));
    }
    once::act(office, actor, move |tx, actor| -> Result<WindowId> {
        let mut wrong = Vec::new();
        let code = form.unit.trim();
        let unit = if code.is_empty() {
            None
        } else {
            let Some(unit) = units::find(tx, code, today)? else {
                return Err(ServiceError::field("unit", "unit-unknown"));
            };
            Some(unit)
        };
        let permit = ask(tx, actor, unit.as_ref().map(|unit| unit.id), now)?;
        if form.kind.is_none() {
            wrong.push(FieldError::new("kind", "required"));
        }
        let term = match &form.term {
            None => None,
            Some((year, season)) => {
                let known = storage::windows::terms(tx)?;
                let found = known.iter().find(|(_, t)| t.academic_year == *year && t.season == *season);
                if found.is_none() {
                    wrong.push(FieldError::new("term", "term-unknown"));
                }
                found.map(|(id, _)| *id)
            }
        };
        let on = days(&form.opens_on, &form.closes_on, &mut wrong);
        let source = required("source", &form.source, &mut wrong);
        let (Some(kind), Some((opens_on, closes_on)), true) = (form.kind, on, wrong.is_empty()) else {
            return Err(ServiceError::Invalid(wrong));
        };
        let new = NewWindow {
            kind,
            unit: unit.as_ref().map(|unit| unit.id),
            term,
            entry_kind: form.entry_kind,
            opens_on,
            closes_on,
            source,
        };
        let is_alike = |w: &storage::windows::Window| {
            (w.kind, w.unit, w.term, w.entry_kind) == (new.kind, new.unit, new.term, new.entry_kind)
        };
        warn_of_overlap(tx, (opens_on, closes_on), form.overlap_ok, is_alike, &mut wrong)?;
        if !wrong.is_empty() {
            return Err(ServiceError::Invalid(wrong));
        }
        let id = storage::windows::insert(tx, &permit, &new)?;
        let at = unit.map(|unit| format!("unit={} ", unit.code)).unwrap_or_default();
        let detail = format!("{at}window={kind} from={opens_on} to={closes_on}");
        storage::audit::append(tx, &written(&permit, "enter_window", id.get(), detail, new.source))?;
        Ok(id)
    })
    .await
}
