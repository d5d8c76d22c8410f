//! What becomes of a provisional registration whose last day is over.

use base::{
    ids::CandidateId,
    time::{Date, parse_date_tr},
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

use super::{about, cancel_registration::cancel_registration, hold};
use crate::{
    Office,
    authz::{Action, Actor},
    error::{FieldError, Result, ServiceError},
    once,
    students::{change_status::check_ground, write_note::stale},
};

/// What is decided.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ProvisionalDecision {
    /// The registration is deleted.
    Lapse,
    /// It stands until a later day.
    Extend,
}

impl ProvisionalDecision {
    /// The decision behind a word.
    pub fn from_code(code: &str) -> Option<Self> {
        match code {
            "lapse" => Some(Self::Lapse),
            "extend" => Some(Self::Extend),
            _ => None,
        }
    }
}

/// The form.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DecideProvisional {
    /// Who.
    pub candidate: CandidateId,
    /// Version that the page was opened with.
    pub version: i64,
    /// What is decided.
    pub decision: Option<ProvisionalDecision>,
    /// The new last day as typed, where it is extended.
    pub until: String,
    /// On what: an article for a deletion, a decision or announcement for an extension.
    pub ground_ref: String,
    /// Day of the decision as typed; may stay empty for a deletion by law.
    pub ground_on: String,
}

/// Decides about one provisional registration.
///
/// A registration is deleted once its last day is over; its number is cancelled and given to no one else.
///
/// # Errors
/// [`ServiceError::Invalid`] for the fields to mend, also when the last day is not over; [`ServiceError::Stale`] when
/// somebody was faster.
///
/// # Legal basis
/// KYT-03: who does not bring the paper in time is deleted.
pub async fn decide_provisional(office: &Office, actor: &Actor, form: DecideProvisional) -> Result<()> {
    let (now, today, random) = (office.now(), office.today(), office.random.clone());
    once::act(office, actor, move |tx, actor| -> Result<()> {
        let (candidate, permit) = hold(tx, actor, Action::RegisterCandidates, form.candidate, now)?;
        if candidate.version != form.version {
            return Err(ServiceError::Stale);
        }
        if candidate.state != CandidateState::Provisional {
            return Err(ServiceError::field("candidate", "not-provisional"));
        }
        match form.decision {
            None => Err(ServiceError::field("decision", "required")),
            Some(ProvisionalDecision::Extend) => extend(tx, &permit, &candidate, &form, today),
            Some(ProvisionalDecision::Lapse) => {
                let ground = check_lapse(&candidate, &form, today)?;
                lapse(tx, &permit, &candidate, ground, today, random.as_ref())
            }
        }
    })
    .await
}

fn extend(
    tx: &Tx<'_>,
    permit: &Permit,
    candidate: &Candidate,
    form: &DecideProvisional,
    today: Date,
) -> Result<()> {
    let mut wrong = Vec::new();
    let until = parse_date_tr(&form.until);
    match until {
        None => wrong.push(FieldError::new("until", "date-form")),
        Some(day) if day < today => wrong.push(FieldError::new("until", "in-past")),
        Some(_) => {}
    }
    let kind = GroundKind::BoardDecision;
    let ground = check_ground(kind, &form.ground_ref, &form.ground_on, today, &mut wrong);
    let (Some(until), Some(ground), true) = (until, ground, wrong.is_empty()) else {
        return Err(ServiceError::Invalid(wrong));
    };
    let step = Step {
        state: CandidateState::Provisional,
        reason: ground.reference.clone(),
        enrolment: candidate.enrolment,
        provisional_until: Some(until),
    };
    storage::candidates::step(tx, permit, candidate.id, candidate.version, &step).map_err(stale)?;
    let mut row = about(permit, "extend_candidate", candidate, format!("to={until}"));
    row.reason = Some(ground.reference);
    storage::audit::append(tx, &row)?;
    Ok(())
}

fn check_lapse(candidate: &Candidate, form: &DecideProvisional, today: Date) -> Result<Ground> {
    let mut wrong = Vec::new();
    if candidate.provisional_until.is_some_and(|last| last >= today) {
        wrong.push(FieldError::new("decision", "provisional-still-runs"));
    }
    let ground = check_ground(GroundKind::Law, &form.ground_ref, &form.ground_on, today, &mut wrong);
    match ground {
        Some(ground) if wrong.is_empty() => Ok(ground),
        _ => Err(ServiceError::Invalid(wrong)),
    }
}

fn lapse(
    tx: &Tx<'_>,
    permit: &Permit,
    candidate: &Candidate,
    ground: Ground,
    today: Date,
    random: &dyn base::random::Randomness,
) -> Result<()> {
    let id = candidate.enrolment.ok_or(ServiceError::NotFound)?;
    let enrolment = storage::enrolments::fetch(tx, id)?.ok_or(ServiceError::NotFound)?;
    if enrolment.status != EnrolmentStatus::Provisional {
        return Err(ServiceError::Stale);
    }
    let reason = ground.reference.clone();
    cancel_registration(tx, permit, &enrolment, ground, today, random)?;
    let step = Step {
        state: CandidateState::Lapsed,
        reason: reason.clone(),
        enrolment: Some(id),
        provisional_until: None,
    };
    storage::candidates::step(tx, permit, candidate.id, candidate.version, &step).map_err(stale)?;
    let mut row = about(permit, "lapse_candidate", candidate, format!("number={}", enrolment.number));
    row.person = Some(enrolment.person);
    row.reason = Some(reason);
    storage::audit::append(tx, &row)?;
    Ok(())
}
