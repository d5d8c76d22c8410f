//! The ledger: append-only entries with their grounds, chained by hash per subject.
//!
//! An entry carries codes and ids only. What is personal in it (a reason in words, a name as it
//! was) stands in a side text of which the entry keeps a salted hash, so that the text can be
//! erased at its retention end without breaking the chain.

use base::{
    ids::{AccountId, EnrolmentId, EntryId, PersonId},
    time::{Date, Timestamp},
};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::enrolments::EnrolmentStatus;

vocabulary! {
    /// What kind of thing a chain is about.
    SubjectKind {
        /// One enrolment.
        Enrolment => "enrolment",
        /// One person.
        Person => "person",
    }
}

/// The subject of a chain.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Subject {
    /// Enrolment or person.
    pub kind: SubjectKind,
    /// Its row id.
    pub id: i64,
}

impl From<EnrolmentId> for Subject {
    fn from(id: EnrolmentId) -> Self {
        Self { kind: SubjectKind::Enrolment, id: id.get() }
    }
}
impl From<PersonId> for Subject {
    fn from(id: PersonId) -> Self {
        Self { kind: SubjectKind::Person, id: id.get() }
    }
}
impl std::fmt::Display for Subject {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.kind, self.id)
    }
}

vocabulary! {
    /// What an entry records.
    LedgerKind {
        /// The enrolment begins; the payload names everything that it is opened with.
        Enrolled => "enrolled",
        /// The status changes.
        StatusChanged => "status_changed",
        /// Marks came over from an earlier system; the payload holds their digest.
        MarksTakenOver => "marks_taken_over",
        /// One mark became another.
        MarkChanged => "mark_changed",
        /// Programme, curriculum version, class year, advisor or entry data became another.
        PlacementChanged => "placement_changed",
        /// What the enrolment did in one or more terms became another.
        TermChanged => "term_changed",
        /// The enrolment became a double major or minor of another one, or ceased to be.
        Linked => "linked",
        /// A person entered the register.
        PersonRegistered => "person_registered",
        /// Name, identity number, birth data or sex became another.
        IdentityChanged => "identity_changed",
        /// An earlier entry is undone.
        Reversed => "reversed",
        /// The text of an earlier entry was erased at its retention end.
        TextErased => "text_erased",
    }
}

vocabulary! {
    /// What a fact rests on.
    GroundKind {
        /// Placement by ÖSYM or YÖK.
        Placement => "placement",
        /// Decision of a board.
        BoardDecision => "board_decision",
        /// The law itself, by article.
        Law => "law",
        /// Graduation by decision.
        Graduation => "graduation",
        /// Ruling of a court.
        CourtRuling => "court_ruling",
        /// Disciplinary measure.
        Discipline => "discipline",
        /// Records of an earlier system, by file and row.
        Records => "records",
        /// Population register or a paper of identity.
        IdentityPaper => "identity_paper",
        /// A mistake of the office, with the paper that shows it.
        Correction => "correction",
        /// A signed request of the person.
        Petition => "petition",
    }
}

/// The ground of an entry: without one, nothing with a status can be written.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Ground {
    /// Kind of ground.
    pub kind: GroundKind,
    /// Reference that finds the paper again: decision number, file and row, article.
    pub reference: String,
    /// Day of the paper, where it has one.
    pub dated: Option<Date>,
}

impl Ground {
    /// A ground without a day of its own.
    pub fn new(kind: GroundKind, reference: impl Into<String>) -> Self {
        Self { kind, reference: reference.into(), dated: None }
    }

    /// The same ground with the day of its paper.
    #[must_use]
    pub fn dated(mut self, day: Date) -> Self {
        self.dated = Some(day);
        self
    }
}

/// An entry as it is handed to the ledger; chain position and hash are given there.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Draft {
    /// Whose chain.
    pub subject: Subject,
    /// What it records.
    pub kind: LedgerKind,
    /// From which day it counts.
    pub effective_on: Date,
    /// The status after it, for entries that change the status of an enrolment.
    pub status_after: Option<EnrolmentStatus>,
    /// What it rests on.
    pub ground: Ground,
    /// Codes and ids, as JSON with sorted keys; never a name, an identity number or other data of a person. The student
    /// number is the key of an enrolment.
    pub payload: serde_json::Value,
    /// The reason in words, or other personal text.
    pub text: Option<String>,
    /// The entry that this one undoes.
    pub reverses: Option<EntryId>,
}

/// SHA-256 over a chain.
pub type Hash = [u8; 32];

/// What stands before the first entry of every chain.
pub const GENESIS: Hash = [0; 32];

/// An entry with its place in the chain, exactly what its hash covers.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sealed {
    /// Whose chain.
    pub subject: Subject,
    /// Position from 1.
    pub seq: i64,
    /// What it records; a word, so that a later version's kinds can still be verified.
    pub kind: String,
    /// From which day it counts.
    pub effective_on: Date,
    /// Status word after it.
    pub status_after: Option<String>,
    /// Word of the ground's kind.
    pub ground_kind: String,
    /// Reference of the ground.
    pub ground_ref: String,
    /// Day of the ground's paper.
    pub ground_on: Option<Date>,
    /// Payload text as stored.
    pub payload: String,
    /// Hash of salt and personal text.
    pub text_hash: Option<Hash>,
    /// Row id of the entry undone.
    pub reverses: Option<i64>,
    /// When it was written.
    pub recorded_at: Timestamp,
    /// Who wrote it.
    pub recorded_by: AccountId,
    /// Hash of the entry before.
    pub prev: Hash,
}

impl Sealed {
    /// The entry's hash: every field with its length before it, so that no two entries share bytes.
    pub fn hash(&self) -> Hash {
        let mut h = Sha256::new();
        h.update(b"kunye-ledger-1");
        let mut field = |bytes: &[u8]| {
            h.update(u64::try_from(bytes.len()).unwrap_or(u64::MAX).to_be_bytes());
            h.update(bytes);
        };
        field(self.subject.kind.code().as_bytes());
        field(&self.subject.id.to_be_bytes());
        field(&self.seq.to_be_bytes());
        field(self.kind.as_bytes());
        field(self.effective_on.to_string().as_bytes());
        field(self.status_after.as_deref().unwrap_or("").as_bytes());
        field(self.ground_kind.as_bytes());
        field(self.ground_ref.as_bytes());
        field(self.ground_on.map(|d| d.to_string()).unwrap_or_default().as_bytes());
        field(self.payload.as_bytes());
        field(self.text_hash.as_ref().map_or(&[][..], |t| t));
        field(&self.reverses.unwrap_or(0).to_be_bytes());
        field(&self.recorded_at.as_microsecond().to_be_bytes());
        field(&self.recorded_by.get().to_be_bytes());
        field(&self.prev);
        h.finalize().into()
    }
}

/// The hash of personal text that an entry keeps: salt first, so that a short text cannot be guessed.
pub fn text_hash(salt: &[u8], text: &str) -> Hash {
    let mut h = Sha256::new();
    h.update(b"kunye-text-1");
    h.update(salt);
    h.update(text.as_bytes());
    h.finalize().into()
}

/// The head of one chain, as the daily root covers it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Head {
    /// Whose chain.
    pub subject: Subject,
    /// Entries in it.
    pub length: i64,
    /// Hash of its last entry.
    pub hash: Hash,
}

/// How a root is made of the ledger. Every root keeps the version under which it was made.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum RootVersion {
    /// Over the heads of all chains, see [`root`]; each costs a pass over all of them.
    Heads,
    /// Over all entries in order of writing, see [`root_after`]; any number of them cost one pass.
    Entries,
}

impl RootVersion {
    /// The number under which roots are stored and listed.
    pub const fn number(self) -> u8 {
        match self {
            Self::Heads => 1,
            Self::Entries => 2,
        }
    }

    /// The version with a number; none for one of a later program.
    pub const fn from_number(number: u8) -> Option<Self> {
        match number {
            1 => Some(Self::Heads),
            2 => Some(Self::Entries),
            _ => None,
        }
    }
}

/// The root of version 2 after one more entry: entries come in order of their row ids, [`GENESIS`] stands before the
/// first. Whoever knows a root goes on from there.
pub fn root_after(before: &Hash, entry: EntryId, subject: Subject, seq: i64, hash: &Hash) -> Hash {
    let mut h = Sha256::new();
    h.update(b"kunye-root-2");
    h.update(before);
    h.update(entry.get().to_be_bytes());
    h.update(subject.kind.code().as_bytes());
    h.update(subject.id.to_be_bytes());
    h.update(seq.to_be_bytes());
    h.update(hash);
    h.finalize().into()
}

/// The root of version 1 over all heads, which must come sorted by subject.
pub fn root<'a>(heads: impl IntoIterator<Item = &'a Head>) -> Hash {
    let mut h = Sha256::new();
    h.update(b"kunye-root-1");
    for head in heads {
        h.update(head.subject.kind.code().as_bytes());
        h.update(head.subject.id.to_be_bytes());
        h.update(head.length.to_be_bytes());
        h.update(head.hash);
    }
    h.finalize().into()
}

/// One status entry of an enrolment, for replay.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct StatusEntry {
    /// Row id.
    pub id: EntryId,
    /// Position in the chain.
    pub seq: i64,
    /// From which day it counts.
    pub effective_on: Date,
    /// The status it gives.
    pub status: EnrolmentStatus,
    /// Whether a later entry undid it.
    pub reversed: bool,
}

/// The entry that gives the status in force: the latest day that counts, among equal days the one
/// written last, reversed ones left out.
pub fn status_in_force(entries: &[StatusEntry]) -> Option<StatusEntry> {
    entries.iter().filter(|e| !e.reversed).max_by_key(|e| (e.effective_on, e.seq)).copied()
}

/// Lower-case hexadecimal, as roots and hashes are shown to people.
pub fn hex(bytes: &[u8]) -> String {
    const DIGITS: [char; 16] =
        ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'];
    bytes.iter().flat_map(|b| [b >> 4, b & 15]).map(|half| DIGITS[usize::from(half)]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sealed() -> Sealed {
        Sealed {
            subject: EnrolmentId::new(7).into(),
            seq: 1,
            kind: "enrolled".to_owned(),
            effective_on: Date::constant(2024, 9, 10),
            status_after: Some("active".to_owned()),
            ground_kind: "records".to_owned(),
            ground_ref: "students.csv:12".to_owned(),
            ground_on: None,
            payload: "{}".to_owned(),
            text_hash: None,
            reverses: None,
            recorded_at: Timestamp::UNIX_EPOCH,
            recorded_by: AccountId::new(1),
            prev: GENESIS,
        }
    }

    #[test]
    fn every_field_is_under_the_hash() {
        let base = sealed().hash();
        let changes: [fn(&mut Sealed); 14] = [
            |s| s.subject.id = 8,
            |s| s.subject.kind = SubjectKind::Person,
            |s| s.seq = 2,
            |s| s.kind = "status_changed".to_owned(),
            |s| s.effective_on = Date::constant(2024, 9, 11),
            |s| s.status_after = None,
            |s| s.ground_kind = "law".to_owned(),
            |s| s.ground_ref.push('3'),
            |s| s.ground_on = Some(Date::constant(2024, 1, 1)),
            |s| s.payload = "{\"a\":1}".to_owned(),
            |s| s.text_hash = Some([1; 32]),
            |s| s.reverses = Some(3),
            |s| s.recorded_by = AccountId::new(2),
            |s| s.prev = [9; 32],
        ];
        for change in changes {
            let mut other = sealed();
            change(&mut other);
            assert_ne!(other.hash(), base, "{other:?}");
        }
    }

    #[test]
    fn everything_about_an_entry_and_its_place_is_under_the_root() {
        let subject = Subject::from(EnrolmentId::new(7));
        let person = Subject::from(PersonId::new(7));
        let base = root_after(&GENESIS, EntryId::new(3), subject, 2, &[4; 32]);
        for other in [
            root_after(&[1; 32], EntryId::new(3), subject, 2, &[4; 32]),
            root_after(&GENESIS, EntryId::new(4), subject, 2, &[4; 32]),
            root_after(&GENESIS, EntryId::new(3), person, 2, &[4; 32]),
            root_after(&GENESIS, EntryId::new(3), EnrolmentId::new(8).into(), 2, &[4; 32]),
            root_after(&GENESIS, EntryId::new(3), subject, 3, &[4; 32]),
            root_after(&GENESIS, EntryId::new(3), subject, 2, &[5; 32]),
        ] {
            assert_ne!(other, base);
        }
        for version in [RootVersion::Heads, RootVersion::Entries] {
            assert_eq!(RootVersion::from_number(version.number()), Some(version));
        }
        assert_eq!(RootVersion::from_number(3), None);
    }

    #[test]
    fn the_status_in_force_is_the_latest_day_not_undone() {
        let e = |id, day, status, reversed| StatusEntry {
            id: EntryId::new(id),
            seq: id,
            effective_on: Date::constant(2025, 1, day),
            status,
            reversed,
        };
        use EnrolmentStatus::{Active, Dismissed, OnLeave};
        assert_eq!(status_in_force(&[]), None);
        let entries = [e(1, 1, Active, false), e(2, 9, Dismissed, true), e(3, 5, OnLeave, false)];
        assert_eq!(status_in_force(&entries).map(|x| x.status), Some(OnLeave));
    }
}
