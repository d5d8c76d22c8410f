//! Registration: a candidate at the desk becomes a student.
//!
//! What stands against it is asked in [`desk`]; the acts are one file each. A candidate's number, status, account and
//! papers are one transaction. Start reading at [`register_candidate()`].

mod assign_advisors;
mod binding;
pub mod bulk;
mod cancel_registration;
mod correct_candidate;
mod decide_provisional;
mod desk;
pub mod figures;
mod former_enrolment;
mod list_candidates;
mod list_registered;
mod open_candidate;
mod register_candidate;
mod renounce_candidate;
mod restore_candidate;
mod return_originals;
mod show_notice;
mod tick_paper;
mod undo_registration;

use base::{ids::CandidateId, time::Timestamp};
use storage::{Permit, Reader, Tx, audit::AuditRow, candidates::Candidate};

pub use self::{
    assign_advisors::{
        AdvisorLine, AdvisorPlan, AdvisorQuery, AssignAdvisors, NewStudent, assign_advisors, plan_advisors,
    },
    binding::Binding,
    correct_candidate::{CorrectCandidate, correct_candidate},
    decide_provisional::{DecideProvisional, ProvisionalDecision, decide_provisional},
    desk::DeskFile,
    list_candidates::{CandidatePage, CandidateQuery, list_candidates, next_candidate},
    list_registered::{CardHeadings, RegisteredQuery, export_registered, list_registered},
    open_candidate::{OpenedCandidate, find_candidate, open_candidate},
    register_candidate::{FeeForm, RegisterCandidate, Registered, register_candidate},
    renounce_candidate::{RenounceCandidate, renounce_candidate},
    restore_candidate::{RestoreCandidate, restore_candidate},
    return_originals::{ReturnOriginals, return_originals},
    show_notice::{ShownNotice, show_notice},
    tick_paper::{TickPapers, TickedPaper, tick_papers},
    undo_registration::{UndoRegistration, undo_registration},
};
pub(crate) use self::{
    desk::Desk,
    list_candidates::sight,
    register_candidate::register_in,
    show_notice::version_on as notice_on,
    tick_paper::{check as check_ticks, tick_in},
};
use crate::{
    authz::{self, Action, Actor, Resource},
    error::{Result, ServiceError},
};

/// The resource that a candidate is for questions of permission.
pub fn resource(candidate: &Candidate) -> Resource {
    Resource::Programme { id: candidate.data.programme, unit: candidate.unit }
}

/// Finds a candidate and asks whether the actor may do this to him or her.
///
/// # Errors
/// [`ServiceError::NotFound`] for an unknown candidate and for one outside the actor's sight alike.
pub(crate) fn locate(
    db: &Reader<'_>,
    actor: &Actor,
    action: Action,
    id: CandidateId,
    now: Timestamp,
) -> Result<(Candidate, Permit)> {
    let candidate = storage::candidates::fetch(db, id)?.ok_or(ServiceError::NotFound)?;
    let permit = authz::ask(db, actor, action, resource(&candidate), now)?;
    Ok((candidate, permit))
}

/// As [`locate`] for whoever acts: the candidate is held until the transaction ends, so that of two desks the second sees
/// what the first has done.
///
/// # Errors
/// As [`locate`].
pub(crate) fn hold(
    tx: &Tx<'_>,
    actor: &Actor,
    action: Action,
    id: CandidateId,
    now: Timestamp,
) -> Result<(Candidate, Permit)> {
    storage::candidates::hold(tx, id)?;
    locate(tx, actor, action, id, now)
}

/// An audit row about one candidate; the person, where there is one, is the enrolment's.
pub(crate) fn about(
    permit: &Permit,
    action: &str,
    candidate: &Candidate,
    detail: impl Into<String>,
) -> AuditRow {
    AuditRow {
        object_kind: "candidate",
        object: Some(candidate.id.get()),
        detail: detail.into(),
        ..AuditRow::by(permit, action)
    }
}
