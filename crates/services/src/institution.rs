//! The institution: what stands around every page, its units and programmes, and the changes that are dated.

mod appoint;
mod list_terms;
mod name_unit;
mod show;

use std::collections::HashMap;

use base::{ids::UnitId, time::Timestamp};
use domain::student_file::{Name, TermFacts};
use storage::{Permit, Reader, institution::Choice};

pub use self::{
    appoint::{
        Appoint, EndAppointment, appoint, end_appointment, offices_of, staff_choices, staff_of_address,
    },
    list_terms::list_terms,
    name_unit::{NameUnit, name_unit},
    show::{CurriculumTerm, ProgrammePage, UnitNode, UnitPage, list_units, show_programme, show_unit},
};
use crate::{
    Office,
    authz::{self, Action, Actor, Resource},
    error::{FieldError, Result, ServiceError},
};
pub use storage::institution::{
    programmes::{CurriculumVersion, ProgrammeLine},
    units::{Appointment, DatedCode, DatedName, UnitLine},
};

/// What stands around every page: names of the units, and the term that runs.
#[derive(Clone, Debug, Default)]
pub struct Surroundings {
    /// Names of today.
    pub units: HashMap<UnitId, Name>,
    /// The term of today, or the one that ended last.
    pub term: Option<TermFacts>,
}

/// Names of units and the running term.
///
/// # Errors
/// [`ServiceError::Storage`].
pub async fn surroundings(office: &Office) -> Result<Surroundings> {
    let today = office.today();
    office
        .db
        .read(move |db| {
            Ok(Surroundings {
                units: storage::institution::unit_names(db, today)?.into_iter().collect(),
                term: storage::institution::running_term(db, today)?,
            })
        })
        .await
}

/// Programmes that the actor's students can be in, by code.
///
/// # Errors
/// [`ServiceError::Forbidden`] for roles that see nothing of the institution.
pub async fn list_programmes(office: &Office, actor: &Actor) -> Result<Vec<Choice>> {
    if !actor.may(Action::ReadInstitution) {
        return Err(ServiceError::Forbidden(Action::ReadInstitution));
    }
    let scope = authz::scope(actor, Action::FindStudents);
    let units = if scope.all { Vec::new() } else { scope.units };
    let today = office.today();
    office.db.read(move |db| Ok(storage::institution::programmes(db, &units, today)?)).await
}

/// Whether the actor may look at the institution at all.
fn may_look(actor: &Actor) -> Result<()> {
    if actor.may(Action::ReadInstitution) {
        Ok(())
    } else {
        Err(ServiceError::Forbidden(Action::ReadInstitution))
    }
}

/// Asks whether the actor may change a unit. Everybody of the staff may know that it exists, so the answer to others is
/// that they may not change it.
fn ask_change(db: &Reader<'_>, actor: &Actor, unit: UnitId, now: Timestamp) -> Result<Permit> {
    if !actor.may(Action::ChangeInstitution) {
        return Err(ServiceError::Forbidden(Action::ChangeInstitution));
    }
    authz::ask(db, actor, Action::ChangeInstitution, Resource::Unit(unit), now)
}

/// Characters of a reason at the most.
const LONGEST_REASON: usize = 500;

/// What a change of the institution rests on, typed by whoever makes it; it must be there.
fn reason_of(typed: &str, wrong: &mut Vec<FieldError>) -> String {
    let reason = typed.trim().to_owned();
    match reason.chars().count() {
        0 => wrong.push(FieldError::new("reason", "required")),
        1..=LONGEST_REASON => {}
        _ => wrong.push(FieldError::new("reason", "too-long").with("max", LONGEST_REASON.to_string())),
    }
    reason
}
