//! What the desk knows better than the list: answers of other offices on paper, the class, how to reach the candidate.

use base::ids::CandidateId;
use domain::registration::{CandidateState, Clearances};
use storage::{
    StorageError, Tx,
    candidates::{Candidate, CandidateData},
};

use super::{about, hold};
use crate::{
    Office,
    authz::{Action, Actor},
    error::{FieldError, Result, ServiceError},
    once,
    students::{
        change_contact::{self, ChangeContact},
        write_note::stale,
    },
};

/// The form.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CorrectCandidate {
    /// Who.
    pub candidate: CandidateId,
    /// Version that the page was opened with.
    pub version: i64,
    /// Answers of other offices.
    pub clearances: Clearances,
    /// The paper that says so; must be named where an answer changes.
    pub clearance_words: String,
    /// Whether the preparatory class comes first; counts before registration alone.
    pub needs_preparatory: bool,
    /// E-mail address; may be empty. Contact counts before registration alone; afterwards it is the student's.
    pub email: String,
    /// Telephone; may be empty.
    pub phone: String,
    /// Postal address; may be empty.
    pub address: String,
}

/// Corrects what is known of a candidate who waits or is registered provisionally.
///
/// A service that is out of reach stops nobody: the paper that the candidate brings from the school, the military office
/// or the other university changes the answer, with who saw it. A later list overwrites an answer only where it brings
/// one.
///
/// # Errors
/// [`ServiceError::Invalid`] for the fields to mend; [`ServiceError::Stale`] when somebody was faster.
///
/// # Legal basis
/// KYT-02 to KYT-04.
pub async fn correct_candidate(office: &Office, actor: &Actor, form: CorrectCandidate) -> Result<()> {
    let now = office.now();
    once::act(office, actor, move |tx, actor| -> Result<()> {
        let (candidate, permit) = hold(tx, actor, Action::RegisterCandidates, form.candidate, now)?;
        if candidate.version != form.version {
            return Err(ServiceError::Stale);
        }
        if !matches!(candidate.state, CandidateState::Waiting | CandidateState::Provisional) {
            return Err(ServiceError::field("candidate", "candidate-not-open"));
        }
        let data = check(&candidate, &form)?;
        let changed = changed(&candidate.data, &data);
        if changed.is_empty() {
            return Ok(());
        }
        save(tx, &permit, &candidate, &data)?;
        let mut row = about(&permit, "correct_candidate", &candidate, changed.join(" "));
        row.person = super::desk::person_of(tx, &candidate)?;
        row.reason = Some(data.clearance_words)
            .filter(|words| !words.is_empty() && candidate.data.clearances != data.clearances);
        storage::audit::append(tx, &row)?;
        Ok(())
    })
    .await
}

fn save(
    tx: &Tx<'_>,
    permit: &storage::Permit,
    candidate: &Candidate,
    data: &CandidateData,
) -> Result<(), ServiceError> {
    // The hash stays that of the list's row, so that the same list changes nothing.
    let saved: Result<(), StorageError> =
        storage::candidates::update(tx, permit, candidate.id, candidate.version, data, &candidate.row_hash);
    saved.map_err(stale)
}

/// The candidate as the form says.
fn check(candidate: &Candidate, form: &CorrectCandidate) -> Result<CandidateData> {
    let mut wrong = Vec::new();
    let mut data = candidate.data.clone();
    let words = form.clearance_words.split_whitespace().collect::<Vec<_>>().join(" ");
    if words.chars().count() > 200 {
        wrong.push(FieldError::new("clearance_words", "too-long").with("max", "200"));
    }
    if form.clearances != data.clearances && (words.is_empty() || words == data.clearance_words) {
        wrong.push(FieldError::new("clearance_words", "answer-without-paper"));
    }
    data.clearances = form.clearances;
    data.clearance_words = words;
    if candidate.state == CandidateState::Waiting {
        data.needs_preparatory = form.needs_preparatory;
        let contact = ChangeContact {
            number: String::new(),
            email: form.email.clone(),
            phone: form.phone.clone(),
            address: form.address.clone(),
            version: 0,
        };
        match change_contact::check(&contact) {
            Ok(contact) => {
                data.email = contact.email.unwrap_or_default();
                data.phone = contact.phone.unwrap_or_default();
                data.address = contact.address.unwrap_or_default();
            }
            Err(ServiceError::Invalid(mut errors)) => wrong.append(&mut errors),
            Err(other) => return Err(other),
        }
    }
    if wrong.is_empty() { Ok(data) } else { Err(ServiceError::Invalid(wrong)) }
}

/// The columns that differ, for the audit log.
fn changed(before: &CandidateData, now: &CandidateData) -> Vec<&'static str> {
    [
        ("school_state", before.clearances.school != now.clearances.school),
        ("military_state", before.clearances.military != now.clearances.military),
        ("elsewhere_state", before.clearances.elsewhere != now.clearances.elsewhere),
        ("state_words", before.clearance_words != now.clearance_words),
        ("needs_preparatory", before.needs_preparatory != now.needs_preparatory),
        ("email", before.email != now.email),
        ("phone", before.phone != now.phone),
        ("address", before.address != now.address),
    ]
    .into_iter()
    .filter_map(|(column, differs)| differs.then_some(column))
    .collect()
}
