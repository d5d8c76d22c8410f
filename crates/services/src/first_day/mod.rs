//! A new student's first day: what is still missing and until when, the own contact, a photo, the notice to read; and
//! for the office the photos that wait and sealed slips for first sign-in.
//!
//! Everything that a student does here asks for [`Action::KeepOwnRecord`] on the own record.

mod decide_photo;
mod keep_own_contact;
mod open_first_day;
mod propose_photo;
mod read_notice;
mod seal_slips;

use base::{ids::PersonId, time::Timestamp};
use domain::accounts::Role;
use storage::{Permit, Reader, enrolments::Enrolment};

pub use self::{
    decide_photo::{
        DecidePhoto, WaitingPhoto, decide_photo, find_waiting_photo, list_waiting_photos, open_waiting_photo,
    },
    keep_own_contact::{KeepOwnContact, keep_own_contact},
    open_first_day::{FirstDay, MissingPaper, Obstacle, Study, open_first_day},
    propose_photo::{open_own_proposal, propose_photo},
    read_notice::read_notice,
    seal_slips::{SealSlips, Slip, seal_slips},
};
use crate::{
    authz::{self, Action, Actor},
    error::{Result, ServiceError},
    students,
};

/// The person behind the actor with all enrolments, and the proof that they are the actor's own.
fn own(db: &Reader<'_>, actor: &Actor, now: Timestamp) -> Result<(PersonId, Vec<Enrolment>, Permit)> {
    let action = Action::KeepOwnRecord;
    let person = actor.person.filter(|_| actor.has(Role::Student)).ok_or(ServiceError::Forbidden(action))?;
    let all = storage::enrolments::of_person(db, person)?;
    let first = all.first().ok_or(ServiceError::NotFound)?;
    let permit = authz::ask(db, actor, action, students::resource(first), now)?;
    Ok((person, all, permit))
}
