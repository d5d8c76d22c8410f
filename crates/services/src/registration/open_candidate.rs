//! One candidate at the desk.

use base::{ids::CandidateId, time::Date};
use domain::registration::CandidateState;
use regulations::{FeeBasis, Sourced};
use storage::{candidates::Candidate, placements::List, registrations::Registration};

use super::{
    DeskFile, about,
    binding::{self, Binding},
    desk::Desk,
    locate, resource,
};
use crate::{
    Office,
    authz::{self, Action, Actor},
    error::{Result, ServiceError},
};

/// Everything that the desk shows of a candidate.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OpenedCandidate {
    /// Who, and where he or she stands.
    pub candidate: Candidate,
    /// The list that brought him or her.
    pub list: Option<List>,
    /// Checks and papers.
    pub desk: DeskFile,
    /// Number of the enrolment that came of it.
    pub number: Option<String>,
    /// Facts of the registration.
    pub registration: Option<Registration>,
    /// Curriculum version, class and advisor: those of the registration, or those that one would bind.
    pub binding: Binding,
    /// What the fee follows.
    pub fee_basis: Sourced<FeeBasis>,
    /// Number of the main enrolment, where the place hangs on one.
    pub main_number: Option<String>,
    /// Name of whoever moved the candidate last.
    pub moved_by: String,
    /// Whether the register has a photo of the person.
    pub has_photo: bool,
    /// Other places of the same person, newest first.
    pub other_places: Vec<Candidate>,
    /// Today.
    pub today: Date,
    /// What this actor may do with the candidate, sensitive acts included.
    pub may: Vec<Action>,
}

/// Opens a candidate; the read is logged.
///
/// # Errors
/// [`ServiceError::NotFound`] for an unknown candidate and for one outside the actor's sight alike.
pub async fn open_candidate(office: &Office, actor: &Actor, id: CandidateId) -> Result<OpenedCandidate> {
    let now = office.now();
    let (asking, mut desk) = (actor.clone(), Desk::open(office));
    let (opened, row) = office
        .db
        .read(move |db| -> Result<_> {
            let (candidate, permit) = locate(db, &asking, Action::ReadCandidates, id, now)?;
            let file = desk.look(db, &candidate)?;
            let list = storage::placements::fetch(db, candidate.list.0)?;
            let enrolment = match candidate.enrolment {
                Some(enrolment) => storage::enrolments::fetch(db, enrolment)?,
                None => None,
            };
            let registration = match candidate.enrolment {
                Some(enrolment) => storage::registrations::fetch(db, enrolment)?,
                None => None,
            };
            let binding = binding::of(db, &mut desk, &candidate, &file, enrolment.as_ref())?;
            let when = desk.when(&candidate.data);
            let fee_basis = desk.book.entry_fee(candidate.data.entry_kind.code(), when);
            let main_number = match candidate.data.main {
                Some(main) => storage::enrolments::fetch(db, main)?.map(|e| e.number),
                None => None,
            };
            let moved_by = storage::accounts::fetch(db, candidate.state_by)?
                .map(|account| account.display_name)
                .unwrap_or_default();
            let has_photo = match file.person {
                Some(person) => storage::people::fetch(db, person)?.is_some_and(|p| p.photo.is_some()),
                None => false,
            };
            let may = [Action::RegisterCandidates, Action::UndoRegistration]
                .into_iter()
                .filter(|action| {
                    let asked = authz::ask(db, &asking, *action, resource(&candidate), now);
                    matches!(asked, Ok(_) | Err(ServiceError::NeedsConfirmation))
                })
                .collect();
            let number = enrolment.map(|e| e.number);
            let mut other_places = Vec::new();
            for other in storage::candidates::with_key(db, candidate.data.key())? {
                let visible = authz::ask(db, &asking, Action::ReadCandidates, resource(&other), now).is_ok();
                if other.id != candidate.id && visible {
                    other_places.push(other);
                }
            }
            let mut row = about(&permit, "read_candidate", &candidate, "");
            row.person = file.person;
            let opened = OpenedCandidate {
                candidate,
                list,
                desk: file,
                number,
                registration,
                binding,
                fee_basis,
                main_number,
                moved_by,
                has_photo,
                other_places,
                today: desk.today,
                may,
            };
            Ok((opened, row))
        })
        .await?;
    office.reads.note(row)?;
    Ok(opened)
}

/// The candidate whose identity number or passport was typed at the desk: the place that still waits, otherwise the
/// newest one.
///
/// # Errors
/// [`ServiceError::NotFound`] when nobody in sight has it.
pub async fn find_candidate(office: &Office, actor: &Actor, typed: &str) -> Result<CandidateId> {
    let key = base::text::upper_code(&typed.split_whitespace().collect::<String>());
    let (now, actor) = (office.now(), actor.clone());
    office
        .db
        .read(move |db| -> Result<CandidateId> {
            let mut seen = Vec::new();
            for candidate in storage::candidates::with_key(db, &key)? {
                if authz::ask(db, &actor, Action::ReadCandidates, resource(&candidate), now).is_ok() {
                    seen.push(candidate);
                }
            }
            let waiting = seen
                .iter()
                .find(|c| matches!(c.state, CandidateState::Waiting | CandidateState::Provisional))
                .or_else(|| seen.first());
            waiting.map(|c| c.id).ok_or(ServiceError::NotFound)
        })
        .await
}
