//! Undoing a registration of the day: the ledger keeps both entries, the number is cancelled, the candidate waits again.

use base::{
    ids::CandidateId,
    random::Randomness,
    time::{Date, local_date},
};
use domain::{
    enrolments::EnrolmentStatus,
    ledger::{Ground, GroundKind},
    registration::CandidateState,
};
use storage::{
    Permit, Tx,
    candidates::{Candidate, Step},
};

use super::{about, cancel_registration::cancel_registration, former_enrolment, hold};
use crate::{
    Office, accounts,
    authz::{Action, Actor},
    error::{FieldError, Result, ServiceError},
    once,
    students::write_note::stale,
};

/// The form.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct UndoRegistration {
    /// Who.
    pub candidate: CandidateId,
    /// Version that the page was opened with.
    pub version: i64,
    /// What was wrong; stands in the ledger and beside the number.
    pub reason: String,
}

/// Undoes a registration on the day on which it was made. Later the way is a change of status with its ground.
///
/// The enrolment stays with its status *kaydı silinen*, its number is cancelled and given to no one else, papers issued
/// on it are cancelled, and the candidate waits again with what he or she brought. A former enrolment that ended with it
/// goes on.
///
/// # Errors
/// [`ServiceError::Invalid`] on `candidate` when there is nothing to undo today, or without a reason;
/// [`ServiceError::Stale`] when somebody was faster.
pub async fn undo_registration(office: &Office, actor: &Actor, form: UndoRegistration) -> Result<()> {
    let (now, today, random) = (office.now(), office.today(), office.random.clone());
    let reason = form.reason.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut wrong = Vec::new();
    if reason.is_empty() {
        wrong.push(FieldError::new("reason", "required"));
    } else if reason.chars().count() > 100 {
        wrong.push(FieldError::new("reason", "too-long").with("max", "100"));
    }
    if !wrong.is_empty() {
        return Err(ServiceError::Invalid(wrong));
    }
    once::act(office, actor, move |tx, actor| -> Result<()> {
        let (candidate, permit) = hold(tx, actor, Action::UndoRegistration, form.candidate, now)?;
        if candidate.version != form.version {
            return Err(ServiceError::Stale);
        }
        undo(tx, &permit, &candidate, &reason, today, random.as_ref())
    })
    .await
}

/// The undoing itself, for one candidate and for each of a bulk registration.
///
/// # Errors
/// As [`undo_registration()`].
pub(crate) fn undo(
    tx: &Tx<'_>,
    permit: &Permit,
    candidate: &Candidate,
    reason: &str,
    today: Date,
    random: &dyn Randomness,
) -> Result<()> {
    let nothing = || ServiceError::field("candidate", "nothing-to-undo");
    let id = candidate.enrolment.ok_or_else(nothing)?;
    let registration = storage::registrations::fetch(tx, id)?
        .filter(|r| r.undone_at.is_none() && local_date(r.registered_at) == today)
        .ok_or_else(nothing)?;
    let enrolment = storage::enrolments::fetch(tx, id)?.ok_or(ServiceError::NotFound)?;
    if !matches!(enrolment.status, EnrolmentStatus::Active | EnrolmentStatus::Provisional)
        || !matches!(candidate.state, CandidateState::Registered | CandidateState::Provisional)
    {
        return Err(nothing());
    }
    let ground = Ground::new(GroundKind::Correction, reason).dated(today);
    cancel_registration(tx, permit, &enrolment, ground, today, random)?;
    storage::registrations::undo(tx, permit, registration.enrolment).map_err(stale)?;
    former_enrolment::put_back(tx, permit, &enrolment, reason, today, random)?;
    storage::papers::follow_candidate(tx, permit, candidate.id, None)?;
    accounts::follow_studies(tx, permit, enrolment.person, today)?;
    let step = Step {
        state: CandidateState::Waiting,
        reason: reason.to_owned(),
        enrolment: None,
        provisional_until: None,
    };
    storage::candidates::step(tx, permit, candidate.id, candidate.version, &step).map_err(stale)?;
    let mut row = about(permit, "undo_registration", candidate, format!("number={}", enrolment.number));
    row.person = Some(enrolment.person);
    row.reason = Some(reason.to_owned());
    storage::audit::append(tx, &row)?;
    Ok(())
}
