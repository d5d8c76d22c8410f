//! Who may do what to what: actor, action, resource with its unit scope.
//!
//! The policy is the table in [`policy`]; a test prints it to `docs/generated/permissions.md`. Asking
//! gives a [`Permit`], and without one no storage function that changes what the office keeps can be called.

mod policy;

use base::{
    ids::{AccountId, EnrolmentId, PersonId, ProgrammeId, StaffId, UnitId},
    time::Timestamp,
};
use domain::accounts::Role;
use storage::{Permit, Reader};

pub use self::policy::{Action, Reach, reach_of};
use crate::error::{Result, ServiceError};

/// A role that somebody holds today, in a unit where the role has one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Assignment {
    /// The role.
    pub role: Role,
    /// The unit it is held in; none for roles of the whole institution and for students.
    pub unit: Option<UnitId>,
    /// The one programme of the unit to which it is narrowed.
    pub programme: Option<ProgrammeId>,
}

/// Somebody who asks for something.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Actor {
    /// The account.
    pub account: AccountId,
    /// Name shown to others.
    pub display_name: String,
    /// The person behind it, for students and graduates.
    pub person: Option<PersonId>,
    /// The member of staff behind it.
    pub staff: Option<StaffId>,
    /// Roles held today.
    pub roles: Vec<Assignment>,
    /// When the password was last typed, for sensitive acts; with an API token, for that token.
    pub confirmed_at: Option<Timestamp>,
    /// Whether the actor comes with a token that may only read.
    pub read_only: bool,
    /// Request id for logs.
    pub request: String,
    /// Key of the form that this act was sent with: a second sending of the same form does not act again.
    pub form: Option<String>,
}

/// How long a typed password counts for sensitive acts, in minutes.
pub const CONFIRMATION_MINUTES: i64 = 15;

/// Account 1, made by the first migration: the installation itself, for imports and work at the console.
pub const SYSTEM_ACCOUNT: AccountId = AccountId::new(1);

/// What somebody wants to touch.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Resource {
    /// Nothing in particular: the right to the action anywhere suffices.
    Anywhere,
    /// A unit and what belongs to it.
    Unit(UnitId),
    /// A programme and who has a place in it.
    Programme {
        /// The programme.
        id: ProgrammeId,
        /// Its unit.
        unit: UnitId,
    },
    /// An enrolment with what decides about its scope.
    Enrolment {
        /// The enrolment.
        id: EnrolmentId,
        /// The unit of its programme.
        unit: UnitId,
        /// Its programme.
        programme: ProgrammeId,
        /// Its person.
        person: PersonId,
        /// Its advisor.
        advisor: Option<StaffId>,
    },
}

/// Where an actor may do something: the union over the roles held.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Scope {
    /// Everywhere.
    pub all: bool,
    /// In these units and below them.
    pub units: Vec<UnitId>,
    /// In these programmes.
    pub programmes: Vec<ProgrammeId>,
    /// On this person's advisees.
    pub advisees_of: Option<StaffId>,
    /// On the own record.
    pub own: Option<PersonId>,
}

impl Scope {
    /// Whether it reaches nothing at all.
    pub fn is_empty(&self) -> bool {
        !self.all
            && self.units.is_empty()
            && self.programmes.is_empty()
            && self.advisees_of.is_none()
            && self.own.is_none()
    }
}

impl Actor {
    /// The installation itself, for work at the console by whoever owns the files.
    pub fn system(request: impl Into<String>) -> Self {
        Self {
            account: SYSTEM_ACCOUNT,
            display_name: "Sistem".to_owned(),
            person: None,
            staff: None,
            roles: vec![
                Assignment { role: Role::Registrar, unit: None, programme: None },
                Assignment { role: Role::Administrator, unit: None, programme: None },
            ],
            confirmed_at: Some(Timestamp::MAX),
            read_only: false,
            request: request.into(),
            form: None,
        }
    }

    /// Whether the actor holds a role today.
    pub fn has(&self, role: Role) -> bool {
        self.roles.iter().any(|a| a.role == role)
    }

    /// Whether the action is possible anywhere at all; decides what a page offers.
    pub fn may(&self, action: Action) -> bool {
        !scope(self, action).is_empty()
    }
}

/// Where `actor` may do `action`.
pub fn scope(actor: &Actor, action: Action) -> Scope {
    let mut scope = Scope::default();
    if actor.read_only && action.changes() {
        return scope;
    }
    for Assignment { role, unit, programme } in &actor.roles {
        match reach_of(*role, action) {
            Reach::Nowhere => {}
            Reach::Everywhere => scope.all = true,
            Reach::OwnUnit => match programme {
                Some(programme) => scope.programmes.push(*programme),
                None => scope.units.extend(unit),
            },
            Reach::Advisees => scope.advisees_of = scope.advisees_of.or(actor.staff),
            Reach::OwnRecord => scope.own = scope.own.or(actor.person),
        }
    }
    scope
}

/// Asks whether `actor` may do `action` to `resource`, and gives the proof.
///
/// # Errors
/// [`ServiceError::NotFound`] where the actor may not even know that the resource exists,
/// [`ServiceError::Forbidden`] where it may be seen but not done,
/// [`ServiceError::NeedsConfirmation`] for a sensitive act without a freshly typed password.
pub fn ask(
    db: &Reader<'_>,
    actor: &Actor,
    action: Action,
    resource: Resource,
    now: Timestamp,
) -> Result<Permit> {
    if !reaches(db, &scope(actor, action), resource)? {
        let visible = match resource {
            Resource::Anywhere => true,
            Resource::Programme { .. } => reaches(db, &scope(actor, Action::ReadCandidates), resource)?,
            _ => reaches(db, &scope(actor, Action::ReadStudent), resource)?,
        };
        return Err(if visible { ServiceError::Forbidden(action) } else { ServiceError::NotFound });
    }
    if action.is_sensitive() && !is_confirmed(actor, now) {
        return Err(ServiceError::NeedsConfirmation);
    }
    #[expect(clippy::disallowed_methods, reason = "the one place where permits are made")]
    let permit = Permit::granted(actor.account, now, actor.request.clone());
    Ok(permit)
}

/// A permit for what everybody may do about the own account, and for the installation's own work.
pub fn for_own_account(account: AccountId, now: Timestamp, request: &str) -> Permit {
    #[expect(clippy::disallowed_methods, reason = "the one place where permits are made")]
    let permit = Permit::granted(account, now, request);
    permit
}

/// Whether the password was typed freshly enough for sensitive acts.
pub fn is_confirmed(actor: &Actor, now: Timestamp) -> bool {
    actor.confirmed_at.is_some_and(|at| {
        at == Timestamp::MAX || now.duration_since(at).as_secs() < CONFIRMATION_MINUTES * 60
    })
}

fn reaches(db: &Reader<'_>, scope: &Scope, resource: Resource) -> Result<bool> {
    if scope.all {
        return Ok(true);
    }
    Ok(match resource {
        Resource::Anywhere => !scope.is_empty(),
        Resource::Unit(unit) => storage::institution::is_within(db, unit, &scope.units)?,
        Resource::Programme { id, unit } => {
            scope.programmes.contains(&id) || storage::institution::is_within(db, unit, &scope.units)?
        }
        Resource::Enrolment { unit, programme, person, advisor, .. } => {
            scope.own == Some(person)
                || scope.programmes.contains(&programme)
                || (advisor.is_some() && scope.advisees_of == advisor)
                || storage::institution::is_within(db, unit, &scope.units)?
        }
    })
}
