//! Finding students, reading a whole record, and changing what may be changed on it.
//!
//! Start at [`find`] (the counter field and lists) and [`open`] (one student's page).

pub mod change_contact;
pub mod change_identity;
pub mod change_photo;
pub mod change_status;
pub mod columns;
pub mod export;
pub mod file;
pub mod find;
pub mod keep_paper;
pub mod link_enrolment;
pub mod open;
pub mod reveal_identity;
pub mod write_note;

use base::time::Timestamp;
use storage::{Permit, Reader, enrolments::Enrolment};

use crate::{
    authz::{self, Action, Actor, Resource},
    error::{Result, ServiceError},
};

/// The resource that an enrolment is for questions of permission.
pub fn resource(enrolment: &Enrolment) -> Resource {
    Resource::Enrolment {
        id: enrolment.id,
        unit: enrolment.unit,
        programme: enrolment.programme,
        person: enrolment.person,
        advisor: enrolment.advisor,
    }
}

/// Finds the enrolment of a student number and asks whether the actor may do this to it.
///
/// # Errors
/// [`ServiceError::NotFound`] for an unknown number and for one outside the actor's sight alike.
pub fn locate(
    db: &Reader<'_>,
    actor: &Actor,
    action: Action,
    number: &str,
    now: Timestamp,
) -> Result<(Enrolment, Permit)> {
    let enrolment = storage::enrolments::find_by_number(db, number)?.ok_or(ServiceError::NotFound)?;
    let permit = authz::ask(db, actor, action, resource(&enrolment), now)?;
    Ok((enrolment, permit))
}

/// An audit row about one enrolment.
pub(crate) fn about(
    permit: &Permit,
    action: Action,
    enrolment: &Enrolment,
    detail: impl Into<String>,
) -> storage::audit::AuditRow {
    storage::audit::AuditRow {
        person: Some(enrolment.person),
        object_kind: "enrolment",
        object: Some(enrolment.id.get()),
        detail: detail.into(),
        ..storage::audit::AuditRow::by(permit, action.code())
    }
}
