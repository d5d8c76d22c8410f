//! What a registration binds a student to: curriculum version, class, advisor.

use base::ids::StaffId;
use regulations::EntryField;
use storage::{
    Reader,
    candidates::{Candidate, CandidateData},
    enrolments::Enrolment,
    institution::programmes::CurriculumVersion,
};

use super::{DeskFile, desk::Desk};
use crate::error::Result;

/// What a registration binds, or would bind.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Binding {
    /// The curriculum version; none where the programme has none for the year of entry.
    pub curriculum: Option<CurriculumVersion>,
    /// The class; 0 is the preparatory class.
    pub class_year: u8,
    /// Title and name of the advisor; none where nobody advises in the programme yet.
    pub advisor: Option<String>,
}

/// The class that somebody enters: the preparatory class where the list or the desk says so, otherwise the class of the
/// decision, otherwise the first.
pub(super) fn class_of(data: &CandidateData) -> u8 {
    if data.needs_preparatory {
        return 0;
    }
    data.details.field(EntryField::ClassYear).and_then(|year| year.parse().ok()).unwrap_or(1)
}

/// What the enrolment of a candidate is bound to; before registration what it would be.
pub(super) fn of(
    db: &Reader<'_>,
    desk: &mut Desk,
    candidate: &Candidate,
    file: &DeskFile,
    enrolment: Option<&Enrolment>,
) -> Result<Binding> {
    let data = &candidate.data;
    let (curriculum, class_year, advisor) = match enrolment {
        Some(made) => (Some(made.curriculum), made.class_year, made.advisor),
        None => (file.curriculum, class_of(data), desk.next_advisor(db, data.programme, data.year)?),
    };
    let versions = storage::institution::programmes::curricula(db, data.programme)?;
    let name = |staff: StaffId| storage::institution::staff_name(db, staff, desk.today);
    Ok(Binding {
        curriculum: versions.into_iter().find(|version| Some(version.id) == curriculum),
        class_year,
        advisor: advisor.map(name).transpose()?.flatten(),
    })
}
