//! Issued papers: numbers without gaps, frozen payloads, states.

use std::fmt;

use base::{
    ids::{
        AccountId, DocumentId, EnrolmentId, FileId, JobId, OrientationId, PersonId, ProgrammeId, SessionId,
        UnitId,
    },
    lang::Lang,
    time::{Date, Timestamp},
};
use domain::{documents::DocumentStatus, student_file::Name, units::UnitKind};

use crate::{
    args,
    db::{Reader, Row, Tx, Value},
    error::{Result, StorageError},
    permit::Permit,
};

/// A number given to a paper: `serial` in `year` of a unit. Shown as `2026/000123`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct DocumentNumber {
    /// The issuing unit.
    pub unit: UnitId,
    /// Calendar year.
    pub year: i32,
    /// Serial from 1, without gaps.
    pub serial: i64,
}

impl fmt::Display for DocumentNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}/{:06}", self.year, self.serial)
    }
}

/// Takes the next number of a unit and year. The row that uses it is inserted in the same
/// transaction, so that no number is ever missing.
///
/// # Errors
/// The engine's refusal.
pub fn take_number(tx: &Tx<'_>, _permit: &Permit, unit: UnitId, year: i32) -> Result<DocumentNumber> {
    let serial = tx.one(
        "INSERT INTO document_series (unit_id, year, last) VALUES ($1, $2, 1)
         ON CONFLICT (unit_id, year) DO UPDATE SET last = document_series.last + 1 RETURNING last",
        args![unit, year],
        |r| r.int(0),
    )?;
    let serial =
        serial.ok_or(StorageError::Decode { column: "last".to_owned(), found: "satır yok".to_owned() })?;
    Ok(DocumentNumber { unit, year, serial })
}

/// A unit in whose name papers are numbered and signed, with the names of one day.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Issuer {
    /// The unit.
    pub unit: UnitId,
    /// Its code.
    pub code: String,
    /// Its kind, which decides what its offices are called.
    pub kind: UnitKind,
    /// Its name.
    pub name: Name,
    /// Name of the university above it.
    pub institution: Name,
}

/// The unit as the head of a paper names it on a day; nothing where a name is missing for that day.
///
/// # Errors
/// The engine's refusal.
pub fn issuer(db: &Reader<'_>, unit: UnitId, day: Date) -> Result<Option<Issuer>> {
    let lines = db.query(
        "SELECT u.id, u.code, u.kind, n.name_tr, n.name_en FROM unit_closure c JOIN unit u ON u.id = c.ancestor_id
         JOIN unit_name n ON n.unit_id = u.id AND n.valid_from <= $2 AND (n.valid_to IS NULL OR n.valid_to > $2)
         WHERE c.descendant_id = $1 ORDER BY c.depth",
        args![unit, day],
        |r| {
            let name = Name { tr: r.text(3)?, en: r.text(4)? };
            Ok((r.id::<base::ids::Unit>(0)?, r.text(1)?, r.word(2, UnitKind::from_code)?, name))
        },
    )?;
    let top =
        lines.iter().find(|(_, _, kind, _)| *kind == UnitKind::University).map(|(.., name)| name.clone());
    let own = lines.into_iter().find(|(id, ..)| *id == unit);
    Ok(own.zip(top).map(|((unit, code, kind, name), institution)| Issuer {
        unit,
        code,
        kind,
        name,
        institution,
    }))
}

/// What a paper is about.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Subject {
    /// An enrolment, and with it a person.
    Enrolment {
        /// The enrolment.
        enrolment: EnrolmentId,
        /// Its person.
        person: PersonId,
    },
    /// The unit that issues the paper, on a day.
    Day {
        /// The unit.
        unit: UnitId,
        /// The day.
        day: Date,
    },
    /// An orientation, or one session of it.
    Orientation {
        /// The orientation.
        orientation: OrientationId,
        /// The session, where it is about that alone.
        session: Option<SessionId>,
    },
}

impl Subject {
    /// The person, for the audit log.
    pub const fn person(self) -> Option<PersonId> {
        match self {
            Self::Enrolment { person, .. } => Some(person),
            Self::Day { .. } | Self::Orientation { .. } => None,
        }
    }

    /// The day of a paper that is about its unit.
    pub const fn day(self) -> Option<Date> {
        match self {
            Self::Enrolment { .. } | Self::Orientation { .. } => None,
            Self::Day { day, .. } => Some(day),
        }
    }

    const fn enrolment(self) -> Option<EnrolmentId> {
        match self {
            Self::Enrolment { enrolment, .. } => Some(enrolment),
            Self::Day { .. } | Self::Orientation { .. } => None,
        }
    }

    const fn orientation(self) -> (Option<OrientationId>, Option<SessionId>) {
        match self {
            Self::Orientation { orientation, session } => (Some(orientation), session),
            Self::Enrolment { .. } | Self::Day { .. } => (None, None),
        }
    }

    /// Reads the subject of a paper of `unit` from five columns: enrolment, person, day, orientation, session.
    fn read(r: &Row<'_>, unit: UnitId, columns: [usize; 5]) -> Result<Self> {
        let [enrolment, person, day, orientation, session] = columns;
        if let Some(day) = r.opt_date(day)? {
            return Ok(Self::Day { unit, day });
        }
        match r.opt_id(orientation)? {
            Some(orientation) => Ok(Self::Orientation { orientation, session: r.opt_id(session)? }),
            None => Ok(Self::Enrolment { enrolment: r.id(enrolment)?, person: r.id(person)? }),
        }
    }
}

/// What a paper is opened with; its file follows.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewDocument {
    /// Its number.
    pub number: DocumentNumber,
    /// Key of its kind.
    pub kind: String,
    /// Language.
    pub lang: Lang,
    /// What it is about.
    pub subject: Subject,
    /// Verification code, plain letters.
    pub code: String,
    /// Day of issue.
    pub issued_on: Date,
    /// Name of the person as the paper prints it; empty where it is about no person.
    pub holder: String,
    /// What it was asked for, in words.
    pub purpose: Option<String>,
    /// What the template reads, JSON.
    pub payload: String,
    /// The photo that it shows.
    pub photo: Option<FileId>,
    /// The batch it belongs to.
    pub job: Option<JobId>,
}

/// Opens a paper in state *preparing*.
///
/// # Errors
/// The engine's refusal.
pub fn insert(tx: &Tx<'_>, permit: &Permit, new: &NewDocument) -> Result<DocumentId> {
    tx.insert(
        "INSERT INTO document (unit_id, year, serial, kind, lang, enrolment_id, person_id, code, status, issued_on, issued_at, issued_by,
           holder, purpose, payload, photo_file_id, job_id, subject_day, orientation_id, session_id)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'preparing', $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19) RETURNING id",
        args![
            new.number.unit,
            new.number.year,
            new.number.serial,
            new.kind,
            new.lang.code(),
            new.subject.enrolment(),
            new.subject.person(),
            new.code,
            new.issued_on,
            permit.at(),
            permit.account(),
            new.holder,
            new.purpose,
            new.payload,
            new.photo,
            new.job,
            new.subject.day(),
            new.subject.orientation().0,
            new.subject.orientation().1
        ],
    )
}

/// The student whom a paper is about.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PaperStudent {
    /// Student number of the enrolment.
    pub number: String,
    /// Name of the person as now.
    pub name: String,
}

/// The orientation that a paper is about.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PaperOrientation {
    /// What it is called now.
    pub name: Name,
    /// Title and day of the session, where the paper is about that alone.
    pub session: Option<(Name, Date)>,
}

/// An issued paper.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Document {
    /// Row id.
    pub id: DocumentId,
    /// Its number.
    pub number: DocumentNumber,
    /// Key of its kind.
    pub kind: String,
    /// Language.
    pub lang: Lang,
    /// What it is about.
    pub subject: Subject,
    /// The student, where it is about one.
    pub student: Option<PaperStudent>,
    /// The orientation, where it is about one.
    pub orientation: Option<PaperOrientation>,
    /// Name of the person as the paper prints it; empty where it is about no person.
    pub holder: String,
    /// Name of the issuing unit on the day of issue.
    pub unit: Name,
    /// Verification code, plain letters.
    pub code: String,
    /// State.
    pub status: DocumentStatus,
    /// Day of issue.
    pub issued_on: Date,
    /// Instant of issue.
    pub issued_at: Timestamp,
    /// Name of who issued it.
    pub issued_by: String,
    /// What it was asked for.
    pub purpose: Option<String>,
    /// The PDF.
    pub file: Option<FileId>,
    /// Hash of the PDF.
    pub sha256: Option<[u8; 32]>,
    /// The paper that took its place.
    pub superseded_by: Option<DocumentId>,
    /// Why it was cancelled.
    pub ended_reason: Option<String>,
    /// When it was cancelled or superseded.
    pub ended_at: Option<Timestamp>,
    /// The batch it belongs to.
    pub job: Option<JobId>,
}

const DOCUMENT: &str = "SELECT d.id, d.unit_id, d.year, d.serial, d.kind, d.lang, d.enrolment_id, d.person_id, e.number,
       p.given_name || ' ' || p.surname, d.subject_day, d.code, d.status, d.issued_on, d.issued_at, a.display_name, d.purpose, d.file_id,
       d.sha256, d.superseded_by, d.ended_reason, d.ended_at, d.job_id, d.holder, n.name_tr, n.name_en,
       d.orientation_id, d.session_id, o.name_tr, o.name_en, os.title_tr, os.title_en, os.starts_at
     FROM document d LEFT JOIN enrolment e ON e.id = d.enrolment_id LEFT JOIN person p ON p.id = d.person_id
     LEFT JOIN orientation o ON o.id = d.orientation_id LEFT JOIN orientation_session os ON os.id = d.session_id
     LEFT JOIN programme g ON g.id = e.programme_id JOIN account a ON a.id = d.issued_by
     LEFT JOIN unit_name n ON n.unit_id = d.unit_id AND n.valid_from <= d.issued_on AND (n.valid_to IS NULL OR n.valid_to > d.issued_on) ";

fn document(r: &Row<'_>) -> Result<Document> {
    let number = number(r, 1)?;
    let student = r.opt_text(8)?.zip(r.opt_text(9)?).map(|(number, name)| PaperStudent { number, name });
    let both = |from: usize| -> Result<Option<Name>> {
        Ok(r.opt_text(from)?.zip(r.opt_text(from + 1)?).map(|(tr, en)| Name { tr, en }))
    };
    let session = both(30)?.zip(r.opt_time(32)?).map(|(title, at)| (title, base::time::local_date(at)));
    let orientation = both(28)?.map(|name| PaperOrientation { name, session });
    Ok(Document {
        id: r.id(0)?,
        number,
        kind: r.text(4)?,
        lang: r.word(5, Lang::from_code)?,
        subject: Subject::read(r, number.unit, [6, 7, 10, 26, 27])?,
        student,
        orientation,
        holder: r.text(23)?,
        unit: Name { tr: r.opt_text(24)?.unwrap_or_default(), en: r.opt_text(25)?.unwrap_or_default() },
        code: r.text(11)?,
        status: r.word(12, DocumentStatus::from_code)?,
        issued_on: r.date(13)?,
        issued_at: r.time(14)?,
        issued_by: r.text(15)?,
        purpose: r.opt_text(16)?,
        file: r.opt_id(17)?,
        sha256: opt_hash(r, 18)?,
        superseded_by: r.opt_id(19)?,
        ended_reason: r.opt_text(20)?,
        ended_at: r.opt_time(21)?,
        job: r.opt_id(22)?,
    })
}

fn number(r: &Row<'_>, from: usize) -> Result<DocumentNumber> {
    Ok(DocumentNumber { unit: r.id(from)?, year: r.int32(from + 1)?, serial: r.int(from + 2)? })
}

fn opt_hash(r: &Row<'_>, i: usize) -> Result<Option<[u8; 32]>> {
    if r.opt_bytes(i)?.is_some() { r.hash(i).map(Some) } else { Ok(None) }
}

/// One paper.
///
/// # Errors
/// The engine's refusal.
pub fn fetch(db: &Reader<'_>, id: DocumentId) -> Result<Option<Document>> {
    db.one(&format!("{DOCUMENT} WHERE d.id = $1"), args![id], document)
}

/// The paper with a verification code, whatever its state.
///
/// # Errors
/// The engine's refusal.
pub fn find_by_code(db: &Reader<'_>, code: &str) -> Result<Option<Document>> {
    db.one(&format!("{DOCUMENT} WHERE d.code = $1"), args![code], document)
}

/// What the public page needs of a paper.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PublicDocument {
    /// Row id, for the audit log.
    pub id: DocumentId,
    /// Its number.
    pub number: DocumentNumber,
    /// Key of its kind.
    pub kind: String,
    /// Language.
    pub lang: Lang,
    /// What it is about.
    pub subject: Subject,
    /// Name of the person as the paper prints it; empty where it is about no person.
    pub holder: String,
    /// State.
    pub status: DocumentStatus,
    /// Day of issue.
    pub issued_on: Date,
    /// When it was cancelled or superseded.
    pub ended_at: Option<Timestamp>,
    /// Hash of the PDF.
    pub sha256: [u8; 32],
    /// Name of the issuing unit on the day of issue.
    pub unit: Name,
}

/// The paper that went out with a verification code; one that never did is not found.
///
/// # Errors
/// The engine's refusal.
pub fn find_public(db: &Reader<'_>, code: &str) -> Result<Option<PublicDocument>> {
    db.one(
        "SELECT d.id, d.unit_id, d.year, d.serial, d.kind, d.lang, d.person_id, d.holder, d.status, d.issued_on, d.ended_at, d.sha256,
                n.name_tr, n.name_en, d.enrolment_id, d.subject_day, d.orientation_id, d.session_id
         FROM document d
         JOIN unit_name n ON n.unit_id = d.unit_id AND n.valid_from <= d.issued_on AND (n.valid_to IS NULL OR n.valid_to > d.issued_on)
         WHERE d.code = $1 AND d.sha256 IS NOT NULL AND d.status <> 'preparing'",
        args![code],
        |r| {
            let number = number(r, 1)?;
            Ok(PublicDocument {
                id: r.id(0)?,
                number,
                kind: r.text(4)?,
                lang: r.word(5, Lang::from_code)?,
                subject: Subject::read(r, number.unit, [14, 6, 15, 16, 17])?,
                holder: r.text(7)?,
                status: r.word(8, DocumentStatus::from_code)?,
                issued_on: r.date(9)?,
                ended_at: r.opt_time(10)?,
                sha256: r.hash(11)?,
                unit: Name { tr: r.text(12)?, en: r.text(13)? },
            })
        },
    )
}

/// Papers about an enrolment, newest first.
///
/// # Errors
/// The engine's refusal.
pub fn of_enrolment(db: &Reader<'_>, enrolment: EnrolmentId) -> Result<Vec<Document>> {
    db.query(&format!("{DOCUMENT} WHERE d.enrolment_id = $1 ORDER BY d.id DESC"), args![enrolment], document)
}

/// Which papers are asked for.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct DocumentFilter {
    /// Everybody's papers; otherwise those of `units` and of `own`.
    pub all: bool,
    /// Papers about enrolments in these units and below them, about these units and their orientations.
    pub units: Vec<UnitId>,
    /// Papers about enrolments in these programmes.
    pub programmes: Vec<ProgrammeId>,
    /// Papers about this person.
    pub own: Option<PersonId>,
    /// Of these only papers about this unit, those below it, and enrolments there.
    pub only: Option<UnitId>,
    /// Only this state.
    pub status: Option<DocumentStatus>,
    /// Only this kind; all when empty.
    pub kind: String,
    /// Only papers of this student number; all when empty.
    pub student_number: String,
    /// Only this batch.
    pub job: Option<JobId>,
    /// Only papers of this day and later ones.
    pub from: Option<Date>,
    /// Only papers of this day and earlier ones.
    pub to: Option<Date>,
    /// Papers before this row.
    pub before: Option<DocumentId>,
    /// Rows at the most.
    pub limit: u32,
}

/// The newest papers of a filter.
///
/// # Errors
/// The engine's refusal.
pub fn list(db: &Reader<'_>, filter: &DocumentFilter) -> Result<Vec<Document>> {
    let mut args = vec![
        Value::Int(filter.before.map_or(i64::MAX, DocumentId::get)),
        Value::Int(i64::from(filter.limit)),
    ];
    let mut text = format!("{DOCUMENT} WHERE d.id < $1");
    let mut and = |condition: &str, value| {
        args.push(value);
        text.push_str(&condition.replace('?', &format!("${}", args.len())));
    };
    if let Some(status) = filter.status {
        and(" AND d.status = ?", Value::Text(status.code()));
    }
    if !filter.kind.is_empty() {
        and(" AND d.kind = ?", Value::Text(&filter.kind));
    }
    if !filter.student_number.is_empty() {
        and(" AND e.number = ?", Value::Text(&filter.student_number));
    }
    if let Some(job) = filter.job {
        and(" AND d.job_id = ?", Value::Int(job.get()));
    }
    if let Some(day) = filter.from {
        and(" AND d.issued_on >= ?", Value::Date(day));
    }
    if let Some(day) = filter.to {
        and(" AND d.issued_on <= ?", Value::Date(day));
    }
    if let Some(unit) = filter.only {
        and(
            " AND EXISTS (SELECT 1 FROM unit_closure c WHERE c.descendant_id = coalesce(g.unit_id, o.unit_id, d.unit_id) AND c.ancestor_id = ?)",
            Value::Int(unit.get()),
        );
    }
    if !filter.all {
        and(" AND (d.person_id = ?", Value::Int(filter.own.map_or(0, PersonId::get)));
        for unit in &filter.units {
            and(
                " OR EXISTS (SELECT 1 FROM unit_closure c WHERE c.descendant_id = coalesce(g.unit_id, o.unit_id, d.unit_id) AND c.ancestor_id = ?)",
                Value::Int(unit.get()),
            );
        }
        for programme in &filter.programmes {
            and(" OR e.programme_id = ?", Value::Int(programme.get()));
        }
        text.push(')');
    }
    text.push_str(" ORDER BY d.id DESC LIMIT $2");
    db.query(&text, &args, document)
}

/// Papers that were given a number before an instant but not yet their file; those of a batch that is still open are
/// left to it.
///
/// # Errors
/// The engine's refusal.
pub fn preparing(db: &Reader<'_>, before: Timestamp, limit: u32) -> Result<Vec<DocumentId>> {
    db.query(
        "SELECT d.id FROM document d WHERE d.status = 'preparing' AND d.issued_at < $1
           AND NOT EXISTS (SELECT 1 FROM job j WHERE j.id = d.job_id AND j.state IN ('waiting', 'running'))
         ORDER BY d.id LIMIT $2",
        args![before, limit],
        |r| r.id(0),
    )
}

/// What the press needs to print a paper, and the engine to finish it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Printable {
    /// Row id.
    pub id: DocumentId,
    /// Its number.
    pub number: DocumentNumber,
    /// Kind.
    pub kind: String,
    /// Language.
    pub lang: Lang,
    /// What it is about.
    pub subject: Subject,
    /// Verification code, plain letters.
    pub code: String,
    /// State.
    pub status: DocumentStatus,
    /// Frozen payload.
    pub payload: String,
    /// Instant of issue.
    pub issued_at: Timestamp,
    /// Who issued it.
    pub issued_by: AccountId,
    /// Hash and type of the photo that it shows.
    pub photo: Option<([u8; 32], String)>,
    /// Name of the issuing unit on the day of issue.
    pub unit: Name,
}

/// The frozen paper.
///
/// # Errors
/// The engine's refusal.
pub fn fetch_printable(db: &Reader<'_>, id: DocumentId) -> Result<Option<Printable>> {
    db.one(
        "SELECT d.unit_id, d.year, d.serial, d.kind, d.lang, d.enrolment_id, d.person_id, d.code, d.status, d.payload, d.issued_at,
                d.issued_by, f.sha256, f.mime, n.name_tr, n.name_en, d.subject_day, d.orientation_id, d.session_id
         FROM document d LEFT JOIN stored_file f ON f.id = d.photo_file_id
         LEFT JOIN unit_name n ON n.unit_id = d.unit_id AND n.valid_from <= d.issued_on AND (n.valid_to IS NULL OR n.valid_to > d.issued_on)
         WHERE d.id = $1",
        args![id],
        |r| {
            let number = number(r, 0)?;
            Ok(Printable {
                id,
                number,
                kind: r.text(3)?,
                lang: r.word(4, Lang::from_code)?,
                subject: Subject::read(r, number.unit, [5, 6, 16, 17, 18])?,
                code: r.text(7)?,
                status: r.word(8, DocumentStatus::from_code)?,
                payload: r.text(9)?,
                issued_at: r.time(10)?,
                issued_by: r.id(11)?,
                photo: opt_hash(r, 12)?.zip(r.opt_text(13)?),
                unit: Name { tr: r.opt_text(14)?.unwrap_or_default(), en: r.opt_text(15)?.unwrap_or_default() },
            })
        },
    )
}

/// The state of a paper.
///
/// # Errors
/// The engine's refusal.
pub fn fetch_status(db: &Reader<'_>, id: DocumentId) -> Result<Option<DocumentStatus>> {
    db.one("SELECT status FROM document WHERE id = $1", args![id], |r| r.word(0, DocumentStatus::from_code))
}

/// Gives a paper in preparation its file and makes it valid; a second call changes nothing and answers `false`.
///
/// # Errors
/// The engine's refusal.
pub fn finish(
    tx: &Tx<'_>,
    _permit: &Permit,
    id: DocumentId,
    file: FileId,
    sha256: &[u8; 32],
) -> Result<bool> {
    let touched = tx.execute(
        "UPDATE document SET status = 'valid', file_id = $2, sha256 = $3 WHERE id = $1 AND status = 'preparing'",
        args![id, file, sha256],
    )?;
    Ok(touched == 1)
}

/// The rows about a subject, with `$1` and `$2` for [`about`].
fn of(subject: Subject) -> &'static str {
    match subject {
        Subject::Enrolment { .. } => "enrolment_id = $1 AND person_id = $2",
        Subject::Day { .. } => "unit_id = $1 AND subject_day = $2",
        Subject::Orientation { .. } => "orientation_id = $1 AND coalesce(session_id, 0) = $2",
    }
}

fn about(subject: Subject) -> [Value<'static>; 2] {
    match subject {
        Subject::Enrolment { enrolment, person } => [Value::Int(enrolment.get()), Value::Int(person.get())],
        Subject::Day { unit, day } => [Value::Int(unit.get()), Value::Date(day)],
        Subject::Orientation { orientation, session } => {
            [Value::Int(orientation.get()), Value::Int(session.map_or(0, SessionId::get))]
        }
    }
}

/// The valid paper of a kind and language about a subject: the newest one.
///
/// # Errors
/// The engine's refusal.
pub fn current(
    db: &Reader<'_>,
    subject: Subject,
    kind: &str,
    lang: Lang,
) -> Result<Option<(DocumentId, DocumentNumber)>> {
    let [one, two] = about(subject);
    db.one(
        &format!(
            "SELECT id, unit_id, year, serial FROM document
             WHERE {} AND kind = $3 AND lang = $4 AND status = 'valid' ORDER BY id DESC LIMIT 1",
            of(subject)
        ),
        &[one, two, Value::Text(kind), Value::Text(lang.code())],
        |r| Ok((r.id(0)?, number(r, 1)?)),
    )
}

/// A paper that another one took the place of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Superseded {
    /// The older paper.
    pub id: DocumentId,
    /// Its number.
    pub number: DocumentNumber,
    /// The newer one.
    pub by: DocumentId,
}

/// Lets only the newest valid paper of a kind and language about a subject stand, in whatever order they were
/// finished; answers which ones had to go.
///
/// # Errors
/// The engine's refusal.
pub fn supersede_older(
    tx: &Tx<'_>,
    permit: &Permit,
    subject: Subject,
    kind: &str,
    lang: Lang,
) -> Result<Vec<Superseded>> {
    // Two papers finished at once must see each other: a row of what they are about is locked first.
    match subject {
        Subject::Enrolment { enrolment, .. } => {
            tx.execute("UPDATE enrolment SET version = version WHERE id = $1", args![enrolment])?
        }
        Subject::Day { unit, .. } => {
            tx.execute("UPDATE document_series SET last = last WHERE unit_id = $1", args![unit])?
        }
        Subject::Orientation { orientation, .. } => {
            tx.execute("UPDATE orientation SET version = version WHERE id = $1", args![orientation])?
        }
    };
    let Some((newest, _)) = current(tx, subject, kind, lang)? else { return Ok(Vec::new()) };
    let [one, two] = about(subject);
    tx.query(
        &format!(
            "UPDATE document SET status = 'superseded', superseded_by = $5, ended_at = $6, ended_by = $7
             WHERE {} AND kind = $3 AND lang = $4 AND status = 'valid' AND id < $5
             RETURNING id, unit_id, year, serial",
            of(subject)
        ),
        &[
            one,
            two,
            Value::Text(kind),
            Value::Text(lang.code()),
            Value::Int(newest.get()),
            Value::Time(permit.at()),
            Value::Int(permit.account().get()),
        ],
        |r| Ok(Superseded { id: r.id(0)?, number: number(r, 1)?, by: newest }),
    )
}

/// Cancels a paper with a reason; its number stays taken.
///
/// # Errors
/// [`StorageError::Stale`] when it is cancelled already.
pub fn cancel(tx: &Tx<'_>, permit: &Permit, id: DocumentId, reason: &str) -> Result<()> {
    let touched = tx.execute(
        "UPDATE document SET status = 'cancelled', ended_at = $2, ended_by = $3, ended_reason = $4 WHERE id = $1 AND status <> 'cancelled'",
        args![id, permit.at(), permit.account(), reason],
    )?;
    if touched == 1 { Ok(()) } else { Err(StorageError::Stale) }
}

/// A paper of a batch with its stored bytes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BatchFile {
    /// About whom, for the audit log.
    pub person: PersonId,
    /// Its number.
    pub number: DocumentNumber,
    /// Student number.
    pub student_number: String,
    /// Hash of the PDF.
    pub sha256: [u8; 32],
}

/// The papers of a batch that went out and are not cancelled, in the order of the list.
///
/// # Errors
/// The engine's refusal.
pub fn files_of_job(db: &Reader<'_>, job: JobId) -> Result<Vec<BatchFile>> {
    db.query(
        "SELECT d.person_id, d.unit_id, d.year, d.serial, e.number, d.sha256
         FROM job_item i JOIN document d ON d.id = i.document_id JOIN enrolment e ON e.id = d.enrolment_id
         WHERE i.job_id = $1 AND d.status IN ('valid', 'superseded') ORDER BY i.seq",
        args![job],
        |r| {
            Ok(BatchFile {
                person: r.id(0)?,
                number: number(r, 1)?,
                student_number: r.text(4)?,
                sha256: r.hash(5)?,
            })
        },
    )
}
