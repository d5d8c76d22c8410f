//! Somebody who had renounced, or whose registration had run out, may register after all.

use base::ids::CandidateId;
use domain::{ledger::GroundKind, registration::CandidateState};
use storage::candidates::Step;

use super::{about, hold};
use crate::{
    Office,
    authz::{Action, Actor},
    error::{Result, ServiceError},
    once,
    students::{change_status::check_ground, write_note::stale},
};

/// The form.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RestoreCandidate {
    /// Who.
    pub candidate: CandidateId,
    /// Version that the page was opened with.
    pub version: i64,
    /// Number of the decision or record.
    pub ground_ref: String,
    /// Its day as typed.
    pub ground_on: String,
}

/// Lets a candidate wait again, on a decision or on the record of a mistake of the desk. An enrolment that had come of
/// the place stays cancelled with its number; a new registration makes a new one.
///
/// # Errors
/// [`ServiceError::Invalid`] without the ground, and on `candidate` for whoever has neither renounced nor run out;
/// [`ServiceError::Stale`] when somebody was faster.
pub async fn restore_candidate(office: &Office, actor: &Actor, form: RestoreCandidate) -> Result<()> {
    let (now, today) = (office.now(), office.today());
    once::act(office, actor, move |tx, actor| -> Result<()> {
        let (candidate, permit) = hold(tx, actor, Action::UndoRegistration, form.candidate, now)?;
        if candidate.version != form.version {
            return Err(ServiceError::Stale);
        }
        if !matches!(candidate.state, CandidateState::Renounced | CandidateState::Lapsed) {
            return Err(ServiceError::field("candidate", "candidate-stays"));
        }
        let mut wrong = Vec::new();
        let kind = GroundKind::BoardDecision;
        let ground = check_ground(kind, &form.ground_ref, &form.ground_on, today, &mut wrong);
        let (Some(ground), true) = (ground, wrong.is_empty()) else {
            return Err(ServiceError::Invalid(wrong));
        };
        storage::papers::follow_candidate(tx, &permit, candidate.id, None)?;
        let step = Step {
            state: CandidateState::Waiting,
            reason: ground.reference.clone(),
            enrolment: None,
            provisional_until: None,
        };
        storage::candidates::step(tx, &permit, candidate.id, candidate.version, &step).map_err(stale)?;
        let mut row = about(&permit, "restore_candidate", &candidate, candidate.state.code().to_owned());
        row.person = super::desk::person_of(tx, &candidate)?;
        row.reason = Some(ground.reference);
        storage::audit::append(tx, &row)?;
        Ok(())
    })
    .await
}
