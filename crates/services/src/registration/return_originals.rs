//! Giving originals back to somebody who does not study here after all.

use base::{ids::CandidateId, time::Date};
use domain::{papers::PaperKind, registration::CandidateState};
use storage::{Permit, Tx, candidates::Candidate};

use super::{about, hold};
use crate::{
    Office,
    authz::{Action, Actor},
    error::{FieldError, Result, ServiceError},
    once,
};

/// The originals that are given back, and who takes them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ReturnOriginals {
    /// Whose.
    pub candidate: CandidateId,
    /// Which.
    pub papers: Vec<PaperKind>,
    /// Who takes them, such as a proxy with the number of the power of attorney; the candidate where nobody is named.
    pub to: String,
}

/// Notes which originals were given back, to whom and by whom. What was ticked before stays readable beside it.
///
/// # Errors
/// [`ServiceError::Invalid`] on `papers` when none of them is there to be given, and on `candidate` as long as the
/// place was not given up and no registration ran out.
pub async fn return_originals(office: &Office, actor: &Actor, form: ReturnOriginals) -> Result<()> {
    let (now, today) = (office.now(), office.today());
    once::act(office, actor, move |tx, actor| -> Result<()> {
        let (candidate, permit) = hold(tx, actor, Action::RegisterCandidates, form.candidate, now)?;
        if !matches!(candidate.state, CandidateState::Renounced | CandidateState::Lapsed) {
            return Err(ServiceError::field("candidate", "candidate-stays"));
        }
        let mut wrong = Vec::new();
        let taker = check_taker(&form.to, &candidate, &mut wrong);
        if !wrong.is_empty() {
            return Err(ServiceError::Invalid(wrong));
        }
        let returned = give_back(tx, &permit, &candidate, &form.papers, today, &taker)?;
        if returned.is_empty() {
            return Err(ServiceError::field("returned", "required"));
        }
        let mut row = about(&permit, "return_originals", &candidate, returned.join(" "));
        row.person = super::desk::person_of(tx, &candidate)?;
        storage::audit::append(tx, &row)?;
        Ok(())
    })
    .await
}

/// Who takes the originals.
pub(super) fn check_taker(typed: &str, candidate: &Candidate, wrong: &mut Vec<FieldError>) -> String {
    let named = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    if named.chars().count() > 100 {
        wrong.push(FieldError::new("returned_to", "too-long").with("max", "100"));
    }
    if named.is_empty() { candidate.data.full_name() } else { named }
}

/// Notes originals as given back; answers the codes of those that were there.
pub(super) fn give_back(
    tx: &Tx<'_>,
    permit: &Permit,
    candidate: &Candidate,
    papers: &[PaperKind],
    today: Date,
    taker: &str,
) -> Result<Vec<&'static str>> {
    let mut given = Vec::new();
    for kind in papers {
        if storage::papers::return_original(tx, permit, candidate.id, *kind, today, taker)? {
            given.push(kind.code());
        }
    }
    Ok(given)
}
