//! Who holds which office: papers carry the name and title of whoever holds it on their day.

use base::{
    ids::StaffId,
    time::{Date, date_tr, parse_date_tr},
};
use domain::units::{Office as Post, UnitKind};
use storage::{
    Permit, StorageError,
    audit::{self, AuditRow},
    institution::units::{self, UnitLine},
};

use super::{ask_change, reason_of};
use crate::{
    Office,
    authz::{Action, Actor},
    error::{FieldError, Result, ServiceError},
    once,
};

/// The offices that a kind of unit has.
pub const fn offices_of(kind: UnitKind) -> &'static [Post] {
    match kind {
        UnitKind::University => &[Post::Rector, Post::Registrar, Post::Secretary],
        UnitKind::Faculty => &[Post::Dean, Post::ViceDean, Post::Secretary],
        UnitKind::School | UnitKind::VocationalSchool | UnitKind::Institute | UnitKind::Conservatory => {
            &[Post::Director, Post::ViceDirector, Post::Secretary]
        }
        UnitKind::Department => &[Post::DepartmentHead, Post::DepartmentSecretary],
    }
}

/// Whether one person at a time holds it.
const fn is_single(post: Post) -> bool {
    !matches!(post, Post::ViceDean | Post::ViceDirector | Post::DepartmentSecretary)
}

/// Who can be appointed in a unit: its staff and that of the units below it, in Turkish order.
///
/// # Errors
/// [`ServiceError::NotFound`], [`ServiceError::Forbidden`].
pub async fn staff_choices(office: &Office, actor: &Actor, code: String) -> Result<Vec<(StaffId, String)>> {
    if !actor.may(Action::ChangeInstitution) {
        return Err(ServiceError::Forbidden(Action::ChangeInstitution));
    }
    let today = office.today();
    office
        .db
        .read(move |db| -> Result<_> {
            let unit = units::find(db, &code, today)?.ok_or(ServiceError::NotFound)?;
            Ok(units::staff_of(db, unit.id, today)?)
        })
        .await
}

/// What the form sends to appoint somebody.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Appoint {
    /// Code of the unit.
    pub code: String,
    /// Who.
    pub staff: Option<StaffId>,
    /// To which office.
    pub office: Option<Post>,
    /// First day, as typed.
    pub starts_on: String,
    /// First day on which it is no longer held, as typed; may stay empty.
    pub ends_on: String,
    /// What it rests on.
    pub reason: String,
}

/// Appoints a member of staff of the unit, or of one below it, to an office that this kind of unit has. Where one
/// person at a time holds the office, the former appointment is ended first.
///
/// # Errors
/// [`ServiceError::NotFound`], [`ServiceError::Forbidden`], [`ServiceError::NeedsConfirmation`];
/// [`ServiceError::Invalid`] on `staff` (`required`, `staff-unknown`, `appointment-there` with `who` and `since`),
/// `office` (`required`, `office-not-here`, `office-held` with `who` and `since`), `starts_on` (`date-form`),
/// `ends_on` (`date-form`, `ends-before-it-starts`), `reason`.
pub async fn appoint(office: &Office, actor: &Actor, command: Appoint) -> Result<()> {
    let (now, today) = (office.now(), office.today());
    once::act(office, actor, move |tx, actor| {
        let unit = units::find(tx, &command.code, today)?.ok_or(ServiceError::NotFound)?;
        let permit = ask_change(tx, actor, unit.id, now)?;
        let mut wrong = Vec::new();
        let reason = reason_of(&command.reason, &mut wrong);
        match command.office {
            None => wrong.push(FieldError::new("office", "required")),
            Some(post) if !offices_of(unit.kind).contains(&post) => {
                wrong.push(FieldError::new("office", "office-not-here"))
            }
            Some(_) => {}
        }
        match command.staff {
            None => wrong.push(FieldError::new("staff", "required")),
            Some(staff) if !units::staff_of(tx, unit.id, today)?.iter().any(|(id, _)| *id == staff) => {
                wrong.push(FieldError::new("staff", "staff-unknown"));
            }
            Some(_) => {}
        }
        let starts_on = parse_date_tr(&command.starts_on);
        if starts_on.is_none() {
            wrong.push(FieldError::new("starts_on", "date-form"));
        }
        let ends_on = optional_day(&command.ends_on, "ends_on", &mut wrong);
        if let (Some(start), Some(end)) = (starts_on, ends_on)
            && end <= start
        {
            wrong.push(FieldError::new("ends_on", "ends-before-it-starts"));
        }
        let (Some(staff), Some(post), Some(starts_on), true) =
            (command.staff, command.office, starts_on, wrong.is_empty())
        else {
            return Err(ServiceError::Invalid(wrong));
        };
        let overlapping = units::appointments(tx, unit.id, today)?.into_iter().find(|a| {
            a.office == post
                && (is_single(post) || a.staff == staff)
                && a.ends_on.is_none_or(|end| starts_on < end)
                && ends_on.is_none_or(|end| a.starts_on < end)
        });
        if let Some(there) = overlapping {
            let (field, code) =
                if there.staff == staff { ("staff", "appointment-there") } else { ("office", "office-held") };
            let error =
                FieldError::new(field, code).with("who", there.who).with("since", date_tr(there.starts_on));
            return Err(ServiceError::Invalid(vec![error]));
        }
        units::insert_appointment(tx, &permit, unit.id, staff, post, starts_on, ends_on)?;
        let detail = format!("unit={} office={post} staff={staff} from={starts_on}", unit.code);
        Ok(audit::append(tx, &row(&permit, "appoint", &unit, detail, reason))?)
    })
    .await
}

fn optional_day(typed: &str, field: &'static str, wrong: &mut Vec<FieldError>) -> Option<Date> {
    let typed = typed.trim();
    let day = parse_date_tr(typed);
    if day.is_none() && !typed.is_empty() {
        wrong.push(FieldError::new(field, "date-form"));
    }
    day
}

fn row(permit: &Permit, action: &str, unit: &UnitLine, detail: String, reason: String) -> AuditRow {
    AuditRow {
        object_kind: "unit",
        object: Some(unit.id.get()),
        detail,
        reason: Some(reason),
        ..AuditRow::by(permit, action)
    }
}

/// What the form sends to end an appointment.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct EndAppointment {
    /// Code of the unit.
    pub code: String,
    /// Row number of the appointment.
    pub appointment: i64,
    /// First day on which it is no longer held, as typed.
    pub ends_on: String,
    /// What it rests on.
    pub reason: String,
}

/// Ends an appointment; papers of the days before keep their signatory.
///
/// # Errors
/// [`ServiceError::NotFound`], [`ServiceError::Forbidden`], [`ServiceError::NeedsConfirmation`],
/// [`ServiceError::Stale`]; [`ServiceError::Invalid`] on `ends_on` (`date-form`, `ends-before-it-starts`,
/// `appointment-ended` with `since`), `reason`.
pub async fn end_appointment(office: &Office, actor: &Actor, command: EndAppointment) -> Result<()> {
    let (now, today) = (office.now(), office.today());
    once::act(office, actor, move |tx, actor| {
        let unit = units::find(tx, &command.code, today)?.ok_or(ServiceError::NotFound)?;
        let permit = ask_change(tx, actor, unit.id, now)?;
        let all = units::appointments(tx, unit.id, today)?;
        let held = all.iter().find(|a| a.id == command.appointment).ok_or(ServiceError::NotFound)?;
        let mut wrong = Vec::new();
        let reason = reason_of(&command.reason, &mut wrong);
        let ends_on = parse_date_tr(&command.ends_on);
        match (ends_on, held.ends_on) {
            (None, _) => wrong.push(FieldError::new("ends_on", "date-form")),
            (Some(day), _) if day <= held.starts_on => {
                wrong.push(FieldError::new("ends_on", "ends-before-it-starts"))
            }
            (Some(_), Some(end)) if end <= today => {
                wrong.push(FieldError::new("ends_on", "appointment-ended").with("since", date_tr(end)));
            }
            _ => {}
        }
        let (Some(ends_on), true) = (ends_on, wrong.is_empty()) else {
            return Err(ServiceError::Invalid(wrong));
        };
        units::end_appointment(tx, &permit, held.id, held.ends_on, ends_on).map_err(|error| match error {
            StorageError::Stale => ServiceError::Stale,
            other => other.into(),
        })?;
        let detail = format!("unit={} office={} staff={} to={ends_on}", unit.code, held.office, held.staff);
        Ok(audit::append(tx, &row(&permit, "end_appointment", &unit, detail, reason))?)
    })
    .await
}
