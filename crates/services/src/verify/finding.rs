//! What verification can find, and where.

use std::fmt;

use base::time::{Date, date_tr};
use domain::ledger::Subject;
use serde::Serialize;

/// Something that is not as it should be.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Finding {
    /// Where.
    pub place: Place,
    /// Which entry of the chain, counted from 1.
    pub seq: Option<i64>,
    /// What.
    pub fault: Fault,
}

impl Finding {
    pub(super) fn of(subject: impl Into<Subject>, seq: impl Into<Option<i64>>, fault: Fault) -> Self {
        Self { place: Place::Chain { subject: subject.into(), student: None }, seq: seq.into(), fault }
    }
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

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Chain { subject, student } => {
                write!(f, "{subject}")?;
                match student {
                    Some(number) => write!(f, " (öğrenci no {number})"),
                    None => Ok(()),
                }
            }
            Self::Entry(id) => write!(f, "ledger_entry {id}"),
            Self::Root(day) => write!(f, "{} günlük kökü", date_tr(*day)),
            Self::RootsLine(line) => write!(f, "kök dosyası, {line}. satır"),
            Self::Paper { unit, year, serial } => write!(f, "belge {unit} {year:04}/{serial:06}"),
            Self::File { sha256, paper: None } => write!(f, "dosya {sha256}"),
            Self::File { sha256, paper: Some(paper) } => write!(f, "dosya {sha256} (belge {paper})"),
            Self::Guard(name) => write!(f, "tetikleyici {name}"),
            Self::Table(name) => write!(f, "tablo {name}"),
        }
    }
}

/// What is wrong.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Fault {
    /// An entry's content is not what its hash was made of.
    #[error("kayıt değiştirilmiş: içeriği kendi özetine uymuyor")]
    EntryAltered,
    /// An entry holds something that no entry can hold.
    #[error("kayıt okunamıyor; değiştirilmiş olmalı")]
    EntryUnreadable,
    /// An entry does not follow the one before it.
    #[error("kayıt kendinden önceki kayda bağlanmıyor: bu bağ ya da önceki kayıt değiştirilmiş")]
    LinkBroken,
    /// An entry is missing between others.
    #[error("kayıt silinmiş")]
    EntryRemoved,
    /// An entry is missing at the end of a chain.
    #[error("zincirin sonundaki kayıt silinmiş")]
    LastEntryRemoved,
    /// An entry was put into a chain without the office's program.
    #[error("kayıt sonradan eklenmiş")]
    EntryAdded,
    /// The head of a chain is not its last entry.
    #[error("zincirin başlığı son kayda uymuyor: başlık ya da son kayıt değiştirilmiş")]
    HeadAltered,
    /// A chain has no head.
    #[error("zincirin başlığı silinmiş")]
    HeadMissing,
    /// An enrolment or a person has no chain.
    #[error("defterde zinciri yok")]
    ChainMissing,
    /// A chain belongs to nobody.
    #[error("defterde zinciri var, ama kendisi yok")]
    SubjectMissing,
    /// A personal text is not what its entry's hash was made of.
    #[error("kaydın metni değiştirilmiş")]
    TextAltered,
    /// A personal text is gone, and no act says why.
    #[error("kaydın metni, bunu yazan bir kayıt olmadan silinmiş")]
    TextRemoved,
    /// There is a personal text of which the entry knows nothing.
    #[error("kayda sonradan metin eklenmiş")]
    TextAdded,
    /// A stored root, or several days' roots in a row, are not what the entries give.
    #[error("{}", run("saklanan kök, kayıtların verdiği kök değil", *.until, *.days))]
    RootAltered {
        /// Last day of the row.
        until: Date,
        /// How many roots.
        days: u64,
    },
    /// What the file outside says of a day, or of several in a row, is not what the entries give.
    #[error("{}", run("geçmiş yeniden yazılmış: kayıtların verdiği kök, dosyadaki kök değil", *.until, *.days))]
    HistoryRewritten {
        /// Last day of the row.
        until: Date,
        /// How many roots.
        days: u64,
    },
    /// A root of the file is not in the database, or is another one there.
    #[error("dosyadaki kök veritabanında yok ya da başka")]
    RootNotStored,
    /// A root of the database is not in the file.
    #[error("veritabanındaki kök dosyada yok: dosya eksik ya da kısaltılmış")]
    RootNotListed,
    /// A line of the file of roots is none.
    #[error("satır okunamıyor; `gün son-kayıt zincir kayıt özet` olmalı")]
    RootsLineUnreadable,
    /// The status in force is another one by the ledger.
    #[error("durum “{stored}” yazılı, defter “{given}” diyor")]
    StatusDiffers {
        /// Word and day as they stand.
        stored: String,
        /// Word and day that the ledger gives.
        given: String,
    },
    /// A double major or minor hangs on something else than the ledger says.
    #[error("bağlı olduğu öğrencilik defterdekinden farklı")]
    LinkDiffers,
    /// Programme, curriculum version, class year or advisor is another one by the ledger.
    #[error("defterdekinden farklı: {fields}")]
    PlacementDiffers {
        /// Names of the columns.
        fields: String,
    },
    /// Identity changed without an entry that names the field.
    #[error("kimlik bilgisi defterde kaydı olmadan değiştirilmiş: {fields}")]
    IdentityDiffers {
        /// Names of the fields.
        fields: String,
    },
    /// The identity of the day of registration is gone.
    #[error("kayıt günündeki kimliği silinmiş")]
    RegistrationMissing,
    /// Marks are not those that the ledger tells of.
    #[error("notlar defterin söylediği notlar değil")]
    MarksDiffer,
    /// There are marks of which the ledger tells nothing.
    #[error("notları var, ama defterde bunların kaydı yok")]
    MarksUnrecorded,
    /// The stored averages or AKTS are not what the marks give.
    #[error("saklanan ortalama ya da AKTS, notların verdiği değil")]
    FiguresDiffer,
    /// The search index shows something else than the record.
    #[error("arama dizinindeki satırı kaydına uymuyor")]
    IndexDiffers,
    /// The search index shows somebody who is not there.
    #[error("arama dizininde satırı var, ama kendisi yok")]
    IndexStray,
    /// A number was given and no paper has it.
    #[error("numara verilmiş, ama belgesi yok")]
    NumberMissing,
    /// A paper has a number that was never given.
    #[error("belgenin numarası hiç verilmemiş")]
    NumberNotGiven,
    /// A paper's hash is not its file's.
    #[error("belgenin özeti dosyasınınki değil")]
    PaperMisfiled,
    /// A stored file is missing or is not what it was.
    #[error("dosya yok ya da değiştirilmiş: {why}")]
    FileBroken {
        /// What the file store said.
        why: String,
    },
    /// A trigger that guards the ledger, the audit log or papers is gone or turned off.
    #[error("veritabanının koruması kaldırılmış ya da kapatılmış")]
    GuardMissing,
    /// A row is not what the schema promises.
    #[error("satır okunamıyor, denetimin kalanı yapılamadı (sütun {column}: {value})")]
    Unreadable {
        /// Column.
        column: String,
        /// What stood there.
        value: String,
    },
}

fn run(what: &str, until: Date, days: u64) -> String {
    if days > 1 { format!("{what} ({} gününe kadar {days} kök)", date_tr(until)) } else { what.to_owned() }
}

impl Fault {
    /// Stable word for programs, and key of the sentence.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::EntryAltered => "entry-altered",
            Self::EntryUnreadable => "entry-unreadable",
            Self::LinkBroken => "link-broken",
            Self::EntryRemoved => "entry-removed",
            Self::LastEntryRemoved => "last-entry-removed",
            Self::EntryAdded => "entry-added",
            Self::HeadAltered => "head-altered",
            Self::HeadMissing => "head-missing",
            Self::ChainMissing => "chain-missing",
            Self::SubjectMissing => "subject-missing",
            Self::TextAltered => "text-altered",
            Self::TextRemoved => "text-removed",
            Self::TextAdded => "text-added",
            Self::RootAltered { .. } => "root-altered",
            Self::HistoryRewritten { .. } => "history-rewritten",
            Self::RootNotStored => "root-not-stored",
            Self::RootNotListed => "root-not-listed",
            Self::RootsLineUnreadable => "roots-line-unreadable",
            Self::StatusDiffers { .. } => "status-differs",
            Self::LinkDiffers => "link-differs",
            Self::PlacementDiffers { .. } => "placement-differs",
            Self::IdentityDiffers { .. } => "identity-differs",
            Self::RegistrationMissing => "registration-missing",
            Self::MarksDiffer => "marks-differ",
            Self::MarksUnrecorded => "marks-unrecorded",
            Self::FiguresDiffer => "figures-differ",
            Self::IndexDiffers => "index-differs",
            Self::IndexStray => "index-stray",
            Self::NumberMissing => "number-missing",
            Self::NumberNotGiven => "number-not-given",
            Self::PaperMisfiled => "paper-misfiled",
            Self::FileBroken { .. } => "file-broken",
            Self::GuardMissing => "guard-missing",
            Self::Unreadable { .. } => "unreadable",
        }
    }

    /// Arguments of the sentence.
    pub fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::RootAltered { until, days } | Self::HistoryRewritten { until, days } => {
                vec![("until", until.to_string()), ("days", days.to_string())]
            }
            Self::StatusDiffers { stored, given } => {
                vec![("stored", stored.clone()), ("given", given.clone())]
            }
            Self::PlacementDiffers { fields } | Self::IdentityDiffers { fields } => {
                vec![("fields", fields.clone())]
            }
            Self::FileBroken { why } => vec![("why", why.clone())],
            Self::Unreadable { column, value } => vec![("column", column.clone()), ("value", value.clone())],
            _ => Vec::new(),
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.place)?;
        if let Some(seq) = self.seq {
            write!(f, ", {seq}. kayıt")?;
        }
        write!(f, ": {}", self.fault)
    }
}

/// A finding as programs read it.
#[derive(Serialize)]
struct FindingJson<'a> {
    code: &'static str,
    place: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    subject: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    student: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    seq: Option<i64>,
    text: String,
}

impl Serialize for Finding {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let (subject, student) = match &self.place {
            Place::Chain { subject, student } => (Some(subject.to_string()), student.as_deref()),
            _ => (None, None),
        };
        FindingJson {
            code: self.fault.code(),
            place: self.place.to_string(),
            subject,
            student,
            seq: self.seq,
            text: self.fault.to_string(),
        }
        .serialize(to)
    }
}
