//! Typed row ids, so that a person's id cannot be passed where an enrolment's is meant.

use std::{fmt, marker::PhantomData};

use serde::{Deserialize, Serialize};

/// The database's row number of a `T`.
///
/// Never shown to people in place of a student or document number.
#[derive(Serialize, Deserialize)]
#[serde(transparent)]
pub struct Id<T> {
    raw: i64,
    #[serde(skip)]
    of: PhantomData<fn() -> T>,
}

impl<T> Id<T> {
    /// Wraps a row number that the database gave.
    pub const fn new(raw: i64) -> Self {
        Self { raw, of: PhantomData }
    }

    /// The bare row number, for storage and for sorting.
    pub const fn get(self) -> i64 {
        self.raw
    }
}

impl<T> Clone for Id<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> Copy for Id<T> {}
impl<T> PartialEq for Id<T> {
    fn eq(&self, other: &Self) -> bool {
        self.raw == other.raw
    }
}
impl<T> Eq for Id<T> {}
impl<T> PartialOrd for Id<T> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl<T> Ord for Id<T> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.raw.cmp(&other.raw)
    }
}
impl<T> std::hash::Hash for Id<T> {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.raw.hash(state);
    }
}
impl<T> fmt::Debug for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{}", self.raw)
    }
}
impl<T> fmt::Display for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.raw)
    }
}
impl<T> std::str::FromStr for Id<T> {
    type Err = std::num::ParseIntError;
    fn from_str(s: &str) -> Result<Self, Self::Err> {
        s.parse().map(Self::new)
    }
}

macro_rules! ids {
    ($($(#[$doc:meta])* $marker:ident => $alias:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug)]
        pub enum $marker {}
        #[doc = concat!("Row id of a [`", stringify!($marker), "`].")]
        pub type $alias = Id<$marker>;
    )*};
}

ids! {
    /// A human being, once, whatever he or she studies.
    Person => PersonId,
    /// One person's studies in one programme (öğrencilik).
    Enrolment => EnrolmentId,
    /// A unit of the institution: university, faculty, department.
    Unit => UnitId,
    /// A programme that leads to a degree.
    Programme => ProgrammeId,
    /// One version of a programme's curriculum.
    Curriculum => CurriculumId,
    /// A course of the catalogue.
    Course => CourseId,
    /// A term of an academic year.
    Term => TermId,
    /// A course given in a term to a group.
    Section => SectionId,
    /// Somebody who works at the institution.
    Staff => StaffId,
    /// A log-in.
    Account => AccountId,
    /// An issued paper.
    Document => DocumentId,
    /// Bytes in the file store.
    StoredFile => FileId,
    /// An entry of the ledger.
    Entry => EntryId,
    /// Long work with progress.
    Job => JobId,
    /// A remark on a student's record.
    Note => NoteId,
    /// Somebody with a place who is not a student yet.
    Candidate => CandidateId,
    /// A placement list that was taken over.
    PlacementList => PlacementListId,
    /// A placement file between its preview and its being taken over.
    PlacementUpload => PlacementUploadId,
    /// A dated window.
    Window => WindowId,
    /// The orientation of a unit and year.
    Orientation => OrientationId,
    /// A session of an orientation.
    OrientationSession => SessionId,
    /// A photo proposed by its owner.
    PhotoProposal => PhotoProposalId,
    /// A day pack handed out.
    DayPack => DayPackId,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_reads_and_writes_as_a_bare_number() {
        let id: PersonId = "42".parse().expect("a number");
        assert_eq!(serde_json::to_string(&id).expect("json"), "42");
        assert_eq!(id.to_string(), "42");
    }
}
