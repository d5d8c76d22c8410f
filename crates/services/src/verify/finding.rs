//! What verification can find, and where.

use std::collections::BTreeMap;

use base::time::{Date, date_tr};
use domain::ledger::Subject;
use serde::{Serialize, Serializer};

/// Something that is not as it should be; its sentence is told by whoever knows the reader's language.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Finding {
    /// Where.
    #[serde(serialize_with = "place_as_json")]
    pub place: Place,
    /// Which entry of the chain, counted from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seq: Option<i64>,
    /// What.
    #[serde(serialize_with = "fault_as_json")]
    pub fault: Fault,
}

impl Finding {
    pub(super) fn of(subject: impl Into<Subject>, seq: impl Into<Option<i64>>, fault: Fault) -> Self {
        Self { place: Place::Chain { subject: subject.into(), student: None }, seq: seq.into(), fault }
    }
}

/// A word with its values, as programs read it.
#[derive(Serialize)]
struct WordJson {
    code: &'static str,
    #[serde(flatten)]
    values: BTreeMap<&'static str, String>,
}

fn place_as_json<S: Serializer>(place: &Place, to: S) -> Result<S::Ok, S::Error> {
    WordJson { code: place.code(), values: place.args().into_iter().collect() }.serialize(to)
}

fn fault_as_json<S: Serializer>(fault: &Fault, to: S) -> Result<S::Ok, S::Error> {
    WordJson { code: fault.code(), values: fault.args().into_iter().collect() }.serialize(to)
}

/// Where something was found.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Place {
    /// An enrolment or a person, with the student number where there is one.
    Chain {
        /// The enrolment or person.
        subject: Subject,
        /// Student number of the enrolment, or of the person's first one.
        student: Option<String>,
    },
    /// An entry by its row id, where not even its chain can be read.
    Entry(i64),
    /// The root of a day, or the first of several.
    Root(Date),
    /// A line of the file of roots, from 1.
    RootsLine(usize),
    /// A number of a unit's papers.
    Paper {
        /// Code of the unit.
        unit: String,
        /// Year.
        year: i32,
        /// Number.
        serial: i64,
    },
    /// A file by its SHA-256 in hexadecimal, with the paper whose PDF it is.
    File {
        /// The hash.
        sha256: String,
        /// The paper as `MÜH 2026/000123`.
        paper: Option<String>,
    },
    /// A trigger of the database.
    Guard(String),
    /// A table of the database.
    Table(String),
}

impl Place {
    /// The word of every kind of place, with the names of its values.
    pub const KINDS: &'static [(&'static str, &'static [&'static str])] = &[
        ("chain", &["subject"]),
        ("student-chain", &["subject", "student"]),
        ("entry", &["id"]),
        ("root", &["day"]),
        ("roots-line", &["line"]),
        ("paper", &["unit", "number"]),
        ("file", &["sha256"]),
        ("paper-file", &["sha256", "paper"]),
        ("guard", &["name"]),
        ("table", &["name"]),
    ];

    /// Stable word for programs, and key of the words that name it.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Chain { student: None, .. } => "chain",
            Self::Chain { student: Some(_), .. } => "student-chain",
            Self::Entry(_) => "entry",
            Self::Root(_) => "root",
            Self::RootsLine(_) => "roots-line",
            Self::Paper { .. } => "paper",
            Self::File { paper: None, .. } => "file",
            Self::File { paper: Some(_), .. } => "paper-file",
            Self::Guard(_) => "guard",
            Self::Table(_) => "table",
        }
    }

    /// Values of the words, by name.
    pub fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Chain { subject, student } => {
                let student = student.iter().map(|number| ("student", number.clone()));
                [("subject", subject.to_string())].into_iter().chain(student).collect()
            }
            Self::Entry(id) => vec![("id", id.to_string())],
            Self::Root(day) => vec![("day", date_tr(*day))],
            Self::RootsLine(line) => vec![("line", line.to_string())],
            Self::Paper { unit, year, serial } => {
                vec![("unit", unit.clone()), ("number", format!("{year:04}/{serial:06}"))]
            }
            Self::File { sha256, paper } => {
                let paper = paper.iter().map(|paper| ("paper", paper.clone()));
                [("sha256", sha256.clone())].into_iter().chain(paper).collect()
            }
            Self::Guard(name) | Self::Table(name) => vec![("name", name.clone())],
        }
    }
}

base::situations! {
    /// What is wrong.
    #[derive(Clone, PartialEq, Eq, Debug)]
    pub enum Fault {
        /// An entry's content is not what its hash was made of.
        EntryAltered => "entry-altered",
        /// An entry holds something that no entry can hold.
        EntryUnreadable => "entry-unreadable",
        /// An entry does not follow the one before it.
        LinkBroken => "link-broken",
        /// An entry is missing between others.
        EntryRemoved => "entry-removed",
        /// An entry is missing at the end of a chain.
        LastEntryRemoved => "last-entry-removed",
        /// An entry was put into a chain without the office's program.
        EntryAdded => "entry-added",
        /// The head of a chain is not its last entry.
        HeadAltered => "head-altered",
        /// A chain has no head.
        HeadMissing => "head-missing",
        /// An enrolment or a person has no chain.
        ChainMissing => "chain-missing",
        /// A chain belongs to nobody.
        SubjectMissing => "subject-missing",
        /// A personal text is not what its entry's hash was made of.
        TextAltered => "text-altered",
        /// A personal text is gone, and no act says why.
        TextRemoved => "text-removed",
        /// There is a personal text of which the entry knows nothing.
        TextAdded => "text-added",
        /// A stored root, or several days' roots in a row, are not what the entries give.
        RootAltered {
            /// Last day of the row.
            until: Date,
            /// How many roots.
            days: u64,
        } => "root-altered",
        /// What the file outside says of a day, or of several in a row, is not what the entries give.
        HistoryRewritten {
            /// Last day of the row.
            until: Date,
            /// How many roots.
            days: u64,
        } => "history-rewritten",
        /// A root of the file is not in the database, or is another one there.
        RootNotStored => "root-not-stored",
        /// A root of the database is not in the file.
        RootNotListed => "root-not-listed",
        /// A line of the file of roots is none.
        RootsLineUnreadable => "roots-line-unreadable",
        /// The status in force is another one by the ledger.
        StatusDiffers {
            /// Word and day as they stand.
            stored: String,
            /// Word and day that the ledger gives.
            given: String,
        } => "status-differs",
        /// A double major or minor hangs on something else than the ledger says.
        LinkDiffers => "link-differs",
        /// What the enrolment was opened with, or became since, is another value by the ledger.
        PlacementDiffers {
            /// Names of the columns.
            fields: String,
        } => "placement-differs",
        /// An entry changed a value that was another one by the entries before it.
        FormerDiffers {
            /// Names of the columns.
            fields: String,
        } => "former-differs",
        /// What the enrolment did in a term is not what the ledger tells.
        TermsDiffer {
            /// Names of the terms.
            terms: String,
        } => "terms-differ",
        /// Identity changed without an entry that names the field.
        IdentityDiffers {
            /// Names of the fields.
            fields: String,
        } => "identity-differs",
        /// The identity of the day of registration is not the one that the ledger tells.
        RegistrationDiffers {
            /// Names of the fields.
            fields: String,
        } => "registration-differs",
        /// The identity of the day of registration is gone.
        RegistrationMissing => "registration-missing",
        /// Marks are not those that the ledger tells of.
        MarksDiffer => "marks-differ",
        /// There are marks of which the ledger tells nothing.
        MarksUnrecorded => "marks-unrecorded",
        /// The stored averages or AKTS are not what the marks give.
        FiguresDiffer => "figures-differ",
        /// The search index shows something else than the record.
        IndexDiffers => "index-differs",
        /// The search index shows somebody who is not there.
        IndexStray => "index-stray",
        /// A number was given and no paper has it.
        NumberMissing => "number-missing",
        /// A paper has a number that was never given.
        NumberNotGiven => "number-not-given",
        /// The student numbers of a series do not run from the first to the last without a gap.
        SeriesGap {
            /// The digits before the running part.
            series: String,
        } => "series-gap",
        /// A paper's hash is not its file's.
        PaperMisfiled => "paper-misfiled",
        /// A stored file is missing or is not what it was.
        FileBroken {
            /// What the file store said.
            why: String,
        } => "file-broken",
        /// A stored file is of another size than its row says.
        FileSize {
            /// Bytes that it has.
            found: usize,
            /// Bytes that it should have.
            right: i64,
        } => "file-size",
        /// A trigger that guards the ledger, the audit log or papers is gone or turned off.
        GuardMissing => "guard-missing",
        /// A row is not what the schema promises.
        Unreadable {
            /// Column.
            column: String,
            /// What stood there.
            value: String,
        } => "unreadable",
    }
}
