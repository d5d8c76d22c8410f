//! A candidate gives the place up, before or after registering, and takes the originals back.

use base::ids::CandidateId;
use domain::{
    enrolments::EnrolmentStatus, ledger::GroundKind, papers::PaperKind, registration::CandidateState,
};
use storage::candidates::Step;

use super::{
    about,
    cancel_registration::cancel_registration,
    hold,
    return_originals::{check_taker, give_back},
};
use crate::{
    Office,
    authz::{Action, Actor},
    error::{Result, ServiceError},
    once,
    students::{change_status::check_ground, write_note::stale},
};

/// The form of a renunciation.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RenounceCandidate {
    /// Who.
    pub candidate: CandidateId,
    /// Version that the page was opened with.
    pub version: i64,
    /// Number of the signed request.
    pub ground_ref: String,
    /// Its day as typed.
    pub ground_on: String,
    /// Originals that are given back now.
    pub returned: Vec<PaperKind>,
    /// Who takes them; the candidate where nobody is named.
    pub returned_to: String,
}

/// Writes a renunciation on the candidate's signed request. An enrolment that had come of the place ends with it, and
/// its number and the papers issued for it are cancelled.
///
/// # Errors
/// [`ServiceError::Invalid`] without the request, and for studies that have gone another way since; [`ServiceError::Stale`] when another desk was faster.
pub async fn renounce_candidate(office: &Office, actor: &Actor, form: RenounceCandidate) -> Result<()> {
    let (now, today, random) = (office.now(), office.today(), office.random.clone());
    once::act(office, actor, move |tx, actor| -> Result<()> {
        let (candidate, permit) = hold(tx, actor, Action::RegisterCandidates, form.candidate, now)?;
        if candidate.version != form.version {
            return Err(ServiceError::Stale);
        }
        if !candidate.state.may_become(CandidateState::Renounced) {
            return Err(ServiceError::field("candidate", "candidate-gone"));
        }
        let mut wrong = Vec::new();
        let ground = check_ground(GroundKind::Petition, &form.ground_ref, &form.ground_on, today, &mut wrong);
        let taker = check_taker(&form.returned_to, &candidate, &mut wrong);
        let (Some(ground), true) = (ground, wrong.is_empty()) else {
            return Err(ServiceError::Invalid(wrong));
        };
        let reason = ground.reference.clone();
        let mut person = None;
        if let Some(id) = candidate.enrolment {
            let enrolment = storage::enrolments::fetch(tx, id)?.ok_or(ServiceError::NotFound)?;
            if !matches!(enrolment.status, EnrolmentStatus::Active | EnrolmentStatus::Provisional) {
                return Err(ServiceError::field("candidate", "nothing-to-renounce"));
            }
            person = Some(enrolment.person);
            cancel_registration(tx, &permit, &enrolment, ground, today, random.as_ref())?;
        }
        let returned = give_back(tx, &permit, &candidate, &form.returned, today, &taker)?;
        let step = Step {
            state: CandidateState::Renounced,
            reason: reason.clone(),
            enrolment: candidate.enrolment,
            provisional_until: None,
        };
        storage::candidates::step(tx, &permit, candidate.id, candidate.version, &step).map_err(stale)?;
        let mut row = about(&permit, "renounce_candidate", &candidate, returned.join(" "));
        row.person = person;
        row.reason = Some(reason);
        storage::audit::append(tx, &row)?;
        Ok(())
    })
    .await
}
