//! The institution: what stands around every page, its units and programmes, and the changes that are dated.

mod appoint;
mod dated;
mod list_terms;
mod rename;
mod set_code;
mod show;
mod workplace;

use std::collections::HashMap;

use base::{ids::UnitId, time::Timestamp};
use domain::student_file::{Name, TermFacts};
use storage::{Permit, Reader, institution::Choice};

pub use self::{
    appoint::{Appoint, EndAppointment, appoint, end_appointment, offices_of, staff_choices},
    list_terms::list_terms,
    rename::{Rename, name_programme, name_unit},
    set_code::{SetCode, set_programme_code, set_unit_code},
    show::{CurriculumTerm, ProgrammePage, UnitNode, UnitPage, list_units, show_programme, show_unit},
    workplace::{Workplace, find_unit, workplace},
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

/// Names of all units, and the term that runs.
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
    may_look(actor)?;
    let scope = authz::scope(actor, Action::FindStudents);
    let units = if scope.all { Vec::new() } else { scope.units };
    let alone = if scope.all || !units.is_empty() { Vec::new() } else { scope.programmes };
    let today = office.today();
    let mut found: Vec<Choice> =
        office.db.read(move |db| storage::institution::programmes(db, &units, today)).await?;
    found.retain(|programme| alone.is_empty() || alone.iter().any(|id| id.get() == programme.id));
    Ok(found)
}

/// Programmes of a unit and of those below it, by code; without a unit as [`list_programmes`].
///
/// # Errors
/// As [`list_programmes`].
pub async fn list_programmes_of(office: &Office, actor: &Actor, unit: Option<UnitId>) -> Result<Vec<Choice>> {
    let Some(unit) = unit else { return list_programmes(office, actor).await };
    may_look(actor)?;
    let today = office.today();
    office.db.read(move |db| Ok(storage::institution::programmes(db, &[unit], today)?)).await
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
