//! Enrolments, and the whole student file that papers and rules look at.

use base::{
    ids::{CurriculumId, EnrolmentId, PersonId, ProgrammeId, StaffId, UnitId},
    time::Date,
};
use domain::{
    enrolments::{EnrolmentStatus, EntryKind, LinkKind},
    ledger::{Ground, GroundKind},
    programmes::{CourseKind, Level, Season, TermStanding},
    student_file::{CourseFacts, CurriculumLine, Name, ProgrammeFacts, TermFacts, TermTaken},
    units::UnitKind,
};

use crate::{
    args,
    db::{Reader, Row, Tx},
    error::{Result, StorageError},
    permit::Permit,
};

/// An enrolment with what decides about its scope.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Enrolment {
    /// Row id.
    pub id: EnrolmentId,
    /// Whose.
    pub person: PersonId,
    /// Student number.
    pub number: String,
    /// In which programme.
    pub programme: ProgrammeId,
    /// The unit of the programme.
    pub unit: UnitId,
    /// Curriculum version.
    pub curriculum: CurriculumId,
    /// Way of entry.
    pub entry_kind: EntryKind,
    /// Year of entry.
    pub entry_year: i32,
    /// Day of entry.
    pub entered_on: Date,
    /// Class year.
    pub class_year: u8,
    /// Advisor.
    pub advisor: Option<StaffId>,
    /// Last day of a guest.
    pub ends_on: Option<Date>,
    /// The main enrolment, where this is a double major or minor.
    pub main: Option<(LinkKind, EnrolmentId)>,
    /// Status in force.
    pub status: EnrolmentStatus,
    /// Since when.
    pub status_since: Date,
    /// What the status rests on.
    pub ground: Ground,
    /// Version for two people editing at once.
    pub version: i64,
}

const ENROLMENT: &str = "SELECT e.id, e.person_id, e.number, e.programme_id, p.unit_id, e.curriculum_id, e.entry_kind, e.entry_year,
       e.entered_on, e.class_year, e.advisor_id, e.link_kind, e.main_enrolment_id, e.status, e.status_since, l.ground_kind, l.ground_ref,
       l.ground_on, e.version, e.ends_on
     FROM enrolment e JOIN programme p ON p.id = e.programme_id JOIN ledger_entry l ON l.id = e.status_entry_id ";

fn enrolment(r: &Row<'_>) -> Result<Enrolment> {
    let main = match (r.opt_word(11, LinkKind::from_code)?, r.opt_id(12)?) {
        (Some(kind), Some(id)) => Some((kind, id)),
        _ => None,
    };
    Ok(Enrolment {
        id: r.id(0)?,
        person: r.id(1)?,
        number: r.text(2)?,
        programme: r.id(3)?,
        unit: r.id(4)?,
        curriculum: r.id(5)?,
        entry_kind: r.word(6, EntryKind::from_code)?,
        entry_year: r.int32(7)?,
        entered_on: r.date(8)?,
        class_year: r.small(9)?,
        advisor: r.opt_id(10)?,
        main,
        status: r.word(13, EnrolmentStatus::from_code)?,
        status_since: r.date(14)?,
        ground: Ground {
            kind: r.word(15, GroundKind::from_code)?,
            reference: r.text(16)?,
            dated: r.opt_date(17)?,
        },
        version: r.int(18)?,
        ends_on: r.opt_date(19)?,
    })
}

/// The enrolment with a student number.
///
/// # Errors
/// The engine's refusal.
pub fn find_by_number(db: &Reader<'_>, number: &str) -> Result<Option<Enrolment>> {
    db.one(&format!("{ENROLMENT} WHERE e.number = $1"), args![number], enrolment)
}

/// One enrolment.
///
/// # Errors
/// The engine's refusal.
pub fn fetch(db: &Reader<'_>, id: EnrolmentId) -> Result<Option<Enrolment>> {
    db.one(&format!("{ENROLMENT} WHERE e.id = $1"), args![id], enrolment)
}

/// All enrolments of a person, oldest first.
///
/// # Errors
/// The engine's refusal.
pub fn of_person(db: &Reader<'_>, person: PersonId) -> Result<Vec<Enrolment>> {
    db.query(
        &format!("{ENROLMENT} WHERE e.person_id = $1 ORDER BY e.entered_on, e.id"),
        args![person],
        enrolment,
    )
}

/// What an enrolment is opened with.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewEnrolment {
    /// Whose.
    pub person: PersonId,
    /// Student number.
    pub number: String,
    /// In which programme.
    pub programme: ProgrammeId,
    /// Curriculum version.
    pub curriculum: CurriculumId,
    /// Way of entry.
    pub entry_kind: EntryKind,
    /// Year of entry.
    pub entry_year: i32,
    /// Day of entry.
    pub entered_on: Date,
    /// Class year.
    pub class_year: u8,
    /// Advisor.
    pub advisor: Option<StaffId>,
    /// Last day of a guest.
    pub ends_on: Option<Date>,
}

/// Opens an enrolment without a status; its first ledger entry gives it one.
///
/// # Errors
/// [`StorageError::Constraint`] `enrolment_number_key` when the number is taken.
pub fn insert(tx: &Tx<'_>, _permit: &Permit, new: &NewEnrolment) -> Result<EnrolmentId> {
    tx.insert(
        "INSERT INTO enrolment (person_id, number, programme_id, curriculum_id, entry_kind, entry_year, entered_on, class_year, advisor_id,
           ends_on)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING id",
        args![
            new.person,
            new.number,
            new.programme,
            new.curriculum,
            new.entry_kind.code(),
            new.entry_year,
            new.entered_on,
            new.class_year,
            new.advisor,
            new.ends_on
        ],
    )
}

/// Hangs an enrolment on its main one, or takes it off with `None`.
///
/// # Errors
/// [`StorageError::Stale`] when somebody changed the enrolment since `version` was read.
pub fn link(
    tx: &Tx<'_>,
    _permit: &Permit,
    id: EnrolmentId,
    version: i64,
    main: Option<(LinkKind, EnrolmentId)>,
) -> Result<()> {
    let touched = tx.execute(
        "UPDATE enrolment SET link_kind = $3, main_enrolment_id = $4, version = version + 1 WHERE id = $1 AND version = $2",
        args![id, version, main.map(|(kind, _)| kind.code()), main.map(|(_, id)| id)],
    )?;
    if touched == 1 { Ok(()) } else { Err(StorageError::Stale) }
}

/// Gives an enrolment another advisor; the ledger's entry about it is the caller's.
///
/// # Errors
/// [`StorageError::Stale`] when somebody changed the enrolment since `version` was read.
pub fn set_advisor(
    tx: &Tx<'_>,
    _permit: &Permit,
    id: EnrolmentId,
    version: i64,
    advisor: Option<StaffId>,
) -> Result<()> {
    let touched = tx.execute(
        "UPDATE enrolment SET advisor_id = $3, version = version + 1 WHERE id = $1 AND version = $2",
        args![id, version, advisor],
    )?;
    if touched == 1 { Ok(()) } else { Err(StorageError::Stale) }
}

/// The enrolments of those who entered a programme in a year, in order of their numbers.
///
/// # Errors
/// The engine's refusal.
pub fn entered(db: &Reader<'_>, programme: ProgrammeId, year: i32) -> Result<Vec<Enrolment>> {
    db.query(
        &format!("{ENROLMENT} WHERE e.programme_id = $1 AND e.entry_year = $2 ORDER BY e.number, e.id"),
        args![programme, year],
        enrolment,
    )
}

/// The programme with its units, names as valid on `day`.
///
/// # Errors
/// The engine's refusal.
pub fn programme_facts(db: &Reader<'_>, programme: ProgrammeId, day: Date) -> Result<Option<ProgrammeFacts>> {
    let Some((mut facts, unit)) = db.one(
        "SELECT p.code, n.name_tr, n.name_en, p.level, p.terms, p.language, p.unit_id
         FROM programme p JOIN programme_name n ON n.programme_id = p.id AND n.valid_from <= $2 AND (n.valid_to IS NULL OR n.valid_to > $2)
         WHERE p.id = $1",
        args![programme, day],
        |r| {
            Ok((
                ProgrammeFacts {
                    code: r.text(0)?,
                    name: Name { tr: r.text(1)?, en: r.text(2)? },
                    level: r.word(3, Level::from_code)?,
                    terms: r.small(4)?,
                    language: r.text(5)?,
                    department: Name::default(),
                    faculty: Name::default(),
                    university: Name::default(),
                },
                r.id::<base::ids::Unit>(6)?,
            ))
        },
    )?
    else {
        return Ok(None);
    };
    let above = db.query(
        "SELECT u.kind, n.name_tr, n.name_en FROM unit_closure c JOIN unit u ON u.id = c.ancestor_id
         JOIN unit_name n ON n.unit_id = u.id AND n.valid_from <= $2 AND (n.valid_to IS NULL OR n.valid_to > $2)
         WHERE c.descendant_id = $1 ORDER BY c.depth",
        args![unit, day],
        |r| Ok((r.word(0, UnitKind::from_code)?, Name { tr: r.text(1)?, en: r.text(2)? })),
    )?;
    for (kind, name) in above {
        match kind {
            UnitKind::University => facts.university = name,
            UnitKind::Department if facts.department.tr.is_empty() => facts.department = name,
            UnitKind::Department => {}
            _ if facts.faculty.tr.is_empty() => facts.faculty = name,
            _ => {}
        }
    }
    Ok(Some(facts))
}

/// Terms that an enrolment took, in order of time.
///
/// # Errors
/// The engine's refusal.
pub fn terms_taken(db: &Reader<'_>, id: EnrolmentId) -> Result<Vec<TermTaken>> {
    db.query(
        "SELECT t.id, t.academic_year, t.season, t.starts_on, t.ends_on, s.term_no, s.standing
         FROM student_term s JOIN term t ON t.id = s.term_id WHERE s.enrolment_id = $1 ORDER BY t.starts_on",
        args![id],
        |r| {
            Ok(TermTaken {
                term: term_facts(r, 0)?,
                term_no: r.small(5)?,
                standing: r.word(6, TermStanding::from_code)?,
            })
        },
    )
}

pub(crate) fn term_facts(r: &Row<'_>, from: usize) -> Result<TermFacts> {
    Ok(TermFacts {
        order: domain::programmes::term_order(r.date(from + 3)?),
        academic_year: r.text(from + 1)?,
        season: r.word(from + 2, Season::from_code)?,
        starts_on: r.date(from + 3)?,
        ends_on: r.date(from + 4)?,
    })
}

/// The lines of a curriculum version, in order.
///
/// # Errors
/// The engine's refusal.
pub fn curriculum_lines(db: &Reader<'_>, curriculum: CurriculumId) -> Result<Vec<CurriculumLine>> {
    db.query(
        "SELECT l.term_no, l.position, l.course_id, l.kind, c.code, c.name_tr, c.name_en, c.theory, c.practice, c.ects, c.credit
         FROM curriculum_course l JOIN course c ON c.id = l.course_id WHERE l.curriculum_id = $1 ORDER BY l.term_no, l.position",
        args![curriculum],
        |r| {
            Ok(CurriculumLine {
                term_no: r.small(0)?,
                position: u16::from(r.small(1)?),
                course: r.int(2)?,
                kind: r.word(3, CourseKind::from_code)?,
                facts: CourseFacts {
                    code: r.text(4)?,
                    name: Name { tr: r.text(5)?, en: r.text(6)? },
                    theory: r.small(7)?,
                    practice: r.small(8)?,
                },
                ects: r.ects(9)?,
                credit: r.credit(10)?,
            })
        },
    )
}
