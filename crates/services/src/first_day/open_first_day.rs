//! The page of the first day.

use base::{ids::EnrolmentId, time::Date};
use domain::{
    enrolments::EnrolmentStatus,
    papers::PaperKind,
    registration::{Clearance, FeeState},
    student_file::{Name, StudentFile},
};
use storage::{
    Reader, candidates::Candidate, enrolments::Enrolment, first_day::Proposal, people::Contact,
    windows::Window,
};

use super::{own, propose_photo::photo_window};
use crate::{Office, authz::Actor, error::Result, registration::Desk, students::file::FileLoader};

/// A paper that somebody still has to bring.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MissingPaper {
    /// Kind.
    pub kind: PaperKind,
    /// Words, for papers of kind *other*.
    pub description: Option<String>,
    /// Last day; none where nobody has set one.
    pub due_on: Option<Date>,
    /// What the office noted beside it.
    pub reason: Option<String>,
}

/// What keeps a provisional registration from becoming final, beside papers.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Obstacle {
    /// The fee is not paid.
    Fee,
    /// The ministry does not show the school as finished.
    School,
    /// The military offices see an obstacle.
    Military,
    /// The register shows studies elsewhere.
    Elsewhere,
}

impl Obstacle {
    /// The word of texts and of the API.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Fee => "fee",
            Self::School => "school",
            Self::Military => "military",
            Self::Elsewhere => "elsewhere",
        }
    }
}

/// One of the student's open enrolments.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Study {
    /// The enrolment.
    pub enrolment: EnrolmentId,
    /// Its student number.
    pub number: String,
    /// Name of the programme.
    pub programme: Name,
    /// Status in force.
    pub status: EnrolmentStatus,
    /// Last day of a provisional registration.
    pub provisional_until: Option<Date>,
    /// What has to be brought.
    pub missing: Vec<MissingPaper>,
    /// What else keeps a provisional registration from becoming final.
    pub obstacles: Vec<Obstacle>,
    /// Whether the data-protection notice is still to be read.
    pub notice_unread: bool,
}

/// What a student sees on the first day.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FirstDay {
    /// Given name and surname.
    pub name: String,
    /// Open enrolments, newest first.
    pub studies: Vec<Study>,
    /// How he or she can be reached.
    pub contact: Contact,
    /// Whether the register has a photo.
    pub has_photo: bool,
    /// The photo proposed last.
    pub proposal: Option<Proposal>,
    /// When photos may be proposed; none where no dates are set.
    pub photo_window: Option<Window>,
}

/// Opens one's own first day.
///
/// # Errors
/// [`crate::ServiceError::Forbidden`] for whoever is no student.
pub async fn open_first_day(office: &Office, actor: &Actor) -> Result<FirstDay> {
    let (now, today, actor) = (office.now(), office.today(), actor.clone());
    let desk = Desk::open(office);
    office
        .db
        .read(move |db| -> Result<FirstDay> {
            let (person, all, _) = own(db, &actor, now)?;
            let who = storage::people::fetch(db, person)?.ok_or(crate::ServiceError::NotFound)?;
            let mut studies = Vec::new();
            let mut files = FileLoader::new(today);
            for enrolment in all.iter().rev().filter(|e| e.status.is_open()) {
                let candidate = storage::candidates::of_enrolment(db, enrolment.id)?;
                let file = files.load(db, enrolment)?;
                studies.push(Study {
                    enrolment: enrolment.id,
                    number: enrolment.number.clone(),
                    missing: missing(db, &desk, enrolment, &file)?,
                    obstacles: obstacles(&file, candidate.as_ref()),
                    status: enrolment.status,
                    provisional_until: file
                        .registration
                        .as_ref()
                        .and_then(|made| made.provisional_until)
                        .filter(|_| enrolment.status == EnrolmentStatus::Provisional),
                    notice_unread: file
                        .registration
                        .as_ref()
                        .is_some_and(|made| made.notice_read_on.is_none()),
                    programme: file.programme.name,
                });
            }
            Ok(FirstDay {
                name: who.identity.full_name(),
                studies,
                contact: storage::people::fetch_contact(db, person)?,
                has_photo: who.photo.is_some(),
                proposal: storage::first_day::newest(db, person)?,
                photo_window: photo_window(db, &all, today)?,
            })
        })
        .await
}

/// The papers that are owed, as the notice of missing papers names them, with what the office noted beside each.
fn missing(
    db: &Reader<'_>,
    desk: &Desk,
    enrolment: &Enrolment,
    file: &StudentFile,
) -> Result<Vec<MissingPaper>> {
    let held = storage::papers::held(db, enrolment.id)?;
    let noted = |kind| held.iter().find(|paper| paper.kind == kind).and_then(|paper| paper.reason.clone());
    let owed = file.owed_papers(&desk.book).into_iter();
    Ok(owed
        .map(|paper| MissingPaper {
            kind: paper.kind,
            description: paper.description,
            due_on: paper.due_on,
            reason: noted(paper.kind),
        })
        .collect())
}

/// What keeps a provisional registration from becoming final, beside papers: the fee, and what other offices answered.
fn obstacles(file: &StudentFile, candidate: Option<&Candidate>) -> Vec<Obstacle> {
    if file.status != EnrolmentStatus::Provisional {
        return Vec::new();
    }
    let mut found = Vec::new();
    if file.registration.as_ref().is_some_and(|made| made.fee == FeeState::Owed) {
        found.push(Obstacle::Fee);
    }
    if let Some(answers) = candidate.map(|candidate| candidate.data.clearances) {
        let stands = |answer| answer == Clearance::Obstacle;
        found.extend(stands(answers.school).then_some(Obstacle::School));
        found.extend(stands(answers.military).then_some(Obstacle::Military));
        found.extend(stands(answers.elsewhere).then_some(Obstacle::Elsewhere));
    }
    found
}
