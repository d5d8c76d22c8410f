//! People, enrolments, terms and marks as the import reads and writes them: in chunks of staged students.

use std::collections::HashMap;

use base::{
    ids::{EnrolmentId, PersonId, ProgrammeId, StaffId, TermId, UnitId},
    time::Date,
};
use domain::{enrolments::EnrolmentStatus, marks::Letter, people::Identity, programmes::TermStanding};

use super::{
    RecordsFile,
    digest::{COLUMNS, MarkFacts, facts},
    staging::{StagedMark, StagedTerm, is_granted, padded, places},
};
use crate::{
    args,
    db::{Reader, Tx, Value},
    enrolments::NewEnrolment,
    error::{Result, StorageError},
    marks::Figures,
    permit::Permit,
    search::NameKeys,
};

/// How many staged students one chunk holds at the most.
pub const CHUNK: usize = 250;

/// A staged student with what is here under the same number.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StagedStudent {
    /// Row in `students.csv`.
    pub row: i64,
    /// Student number.
    pub number: String,
    /// Values of the file, JSON.
    pub fields: String,
    /// Values taken over before, JSON.
    pub source: Option<String>,
    /// The enrolment and its person, where the number is known.
    pub here: Option<(EnrolmentId, PersonId)>,
}

/// The next chunk of staged students.
///
/// # Errors
/// The engine's refusal.
pub fn staged(db: &Reader<'_>, after: i64) -> Result<Vec<StagedStudent>> {
    let limit = i64::try_from(CHUNK).unwrap_or(i64::MAX);
    db.query(
        "SELECT s.row_no, s.key, s.fields, (SELECT o.fields FROM records_source o WHERE o.file = $1 AND o.key = s.key),
                e.id, e.person_id
         FROM records_staged s LEFT JOIN enrolment e ON e.number = s.key
         WHERE s.file = $1 AND s.row_no > $2 ORDER BY s.row_no LIMIT $3",
        args![RecordsFile::Students.code(), after, limit],
        |r| {
            Ok(StagedStudent {
                row: r.int(0)?,
                number: r.text(1)?,
                fields: r.text(2)?,
                source: r.opt_text(3)?,
                here: r.opt_id(4)?.zip(r.opt_id(5)?),
            })
        },
    )
}

/// Staged terms of the students in these rows, in order of student.
///
/// # Errors
/// The engine's refusal.
pub fn staged_terms(db: &Reader<'_>, from: i64, to: i64) -> Result<Vec<StagedTerm>> {
    db.query(
        "SELECT student, term, row_no, term_no, standing FROM records_staged_term
         WHERE student >= $1 AND student <= $2 ORDER BY student, term, row_no",
        args![from, to],
        |r| {
            Ok(StagedTerm {
                student: r.int(0)?,
                term: r.int(1)?,
                row: r.int(2)?,
                term_no: r.int(3)?,
                standing: r.word(4, TermStanding::from_code)?,
            })
        },
    )
}

/// Staged marks of the students in these rows, in order of student.
///
/// # Errors
/// The engine's refusal.
pub fn staged_marks(db: &Reader<'_>, from: i64, to: i64) -> Result<Vec<StagedMark>> {
    db.query(
        "SELECT student, term, course, row_no, section, attempt, midterm, final, letter, points, credit, ects
         FROM records_staged_mark WHERE student >= $1 AND student <= $2 ORDER BY student, term, course, row_no",
        args![from, to],
        |r| {
            Ok(StagedMark {
                student: r.int(0)?,
                term: r.int(1)?,
                course: r.int(2)?,
                row: r.int(3)?,
                section: r.opt_int(4)?,
                attempt: r.int(5)?,
                midterm: r.opt_int(6)?,
                final_score: r.opt_int(7)?,
                letter: r.word(8, |text| Letter::parse(text).ok())?,
                points: r.opt_int(9)?,
                credit: r.int(10)?,
                ects: r.int(11)?,
            })
        },
    )
}

/// A stored mark and whether the import wrote it last.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct StoredMark {
    /// The mark.
    pub facts: MarkFacts,
    /// Whether it still is what the import wrote.
    pub from_records: bool,
}

/// Stored marks of some enrolments, each list in order of term and course.
///
/// # Errors
/// The engine's refusal.
pub fn marks_of(
    db: &Reader<'_>,
    enrolments: &[EnrolmentId],
) -> Result<HashMap<EnrolmentId, Vec<StoredMark>>> {
    let mut out: HashMap<EnrolmentId, Vec<StoredMark>> = HashMap::with_capacity(enrolments.len());
    for some in enrolments.chunks(CHUNK) {
        let sql = format!(
            "SELECT enrolment_id, origin, {COLUMNS} FROM mark WHERE enrolment_id IN ({}) ORDER BY enrolment_id, term_id, course_id",
            places(1, CHUNK)
        );
        db.each(&sql, &padded(some.iter().map(|e| Value::Int(e.get())), CHUNK), |r| {
            let mark = StoredMark { facts: facts(r, 2)?, from_records: r.str(1)? == "records" };
            out.entry(r.id(0)?).or_default().push(mark);
            Ok(())
        })?;
    }
    Ok(out)
}

/// A stored term of an enrolment and whether the import wrote it last.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct StoredTerm {
    /// Which term of study it was.
    pub term_no: i64,
    /// Registered, on leave, or neither.
    pub standing: TermStanding,
    /// Whether it still is what the import wrote.
    pub from_records: bool,
}

/// Stored terms of some enrolments.
///
/// # Errors
/// The engine's refusal.
pub fn terms_of(
    db: &Reader<'_>,
    enrolments: &[EnrolmentId],
) -> Result<HashMap<(EnrolmentId, TermId), StoredTerm>> {
    let mut out = HashMap::new();
    for some in enrolments.chunks(CHUNK) {
        let sql = format!(
            "SELECT enrolment_id, term_id, term_no, standing, origin FROM student_term WHERE enrolment_id IN ({})",
            places(1, CHUNK)
        );
        db.each(&sql, &padded(some.iter().map(|e| Value::Int(e.get())), CHUNK), |r| {
            let term = StoredTerm {
                term_no: r.int(2)?,
                standing: r.word(3, TermStanding::from_code)?,
                from_records: r.str(4)? == "records",
            };
            out.insert((r.id(0)?, r.id(1)?), term);
            Ok(())
        })?;
    }
    Ok(out)
}

/// The people here who have one of these identity numbers.
///
/// # Errors
/// The engine's refusal.
pub fn people_with(db: &Reader<'_>, numbers: &[&str]) -> Result<HashMap<String, PersonId>> {
    let mut out = HashMap::new();
    for some in numbers.chunks(CHUNK) {
        let sql = format!("SELECT identity_no, id FROM person WHERE identity_no IN ({})", places(1, CHUNK));
        db.each(&sql, &padded(some.iter().map(|n| Value::Text(n)), CHUNK), |r| {
            out.insert(r.text(0)?, r.id(1)?);
            Ok(())
        })?;
    }
    Ok(out)
}

/// How many marks and terms here were last written by the import.
///
/// # Errors
/// The engine's refusal.
pub fn count_from_records(db: &Reader<'_>) -> Result<(i64, i64)> {
    let terms = db.count("SELECT count(*) FROM student_term WHERE origin = 'records'", &[])?;
    let marks = db.count("SELECT count(*) FROM mark WHERE origin = 'records'", &[])?;
    Ok((terms, marks))
}

/// A person to be put into the register, under an id that was reserved.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewPerson {
    /// Reserved row id.
    pub id: PersonId,
    /// Identity, frozen as registered and kept as now.
    pub identity: Identity,
    /// E-mail address.
    pub email: Option<String>,
}

/// Puts people into the register with their identity of that day and their e-mail address.
///
/// # Errors
/// `person_identity_no_key` when an identity number is there already.
pub fn insert_people(tx: &Tx<'_>, _permit: &Permit, people: &[NewPerson]) -> Result<()> {
    const IDENTITY: [&str; 7] =
        ["identity_no", "given_name", "surname", "sex", "birth_date", "birth_place", "nationality"];
    for (table, id) in [("person", "id"), ("person_registered", "person_id")] {
        let mut columns = vec![id];
        columns.extend(IDENTITY);
        tx.bulk(table, &columns, |put| {
            people.iter().try_for_each(|p| {
                let i = &p.identity;
                put.row(args![
                    p.id,
                    i.identity_no.as_ref().map(base::identity::Tckn::reveal),
                    i.given_name,
                    i.surname,
                    i.sex.code(),
                    i.birth_date,
                    i.birth_place,
                    i.nationality
                ])
            })
        })?;
    }
    tx.bulk("contact", &["person_id", "email"], |put| {
        people.iter().filter(|p| p.email.is_some()).try_for_each(|p| put.row(args![p.id, p.email]))
    })?;
    Ok(())
}

/// Opens enrolments under ids that were reserved, still without a status.
///
/// # Errors
/// `enrolment_number_key` when a number is taken.
pub fn insert_enrolments(
    tx: &Tx<'_>,
    _permit: &Permit,
    enrolments: &[(EnrolmentId, NewEnrolment)],
) -> Result<()> {
    tx.bulk(
        "enrolment",
        &[
            "id",
            "person_id",
            "number",
            "programme_id",
            "curriculum_id",
            "entry_kind",
            "entry_year",
            "entered_on",
            "class_year",
            "advisor_id",
        ],
        |put| {
            enrolments.iter().try_for_each(|(id, e)| {
                put.row(args![
                    id,
                    e.person,
                    e.number,
                    e.programme,
                    e.curriculum,
                    e.entry_kind.code(),
                    e.entry_year,
                    e.entered_on,
                    e.class_year,
                    e.advisor
                ])
            })
        },
    )?;
    Ok(())
}

/// Adds terms to enrolments.
///
/// # Errors
/// `student_term_pkey` when an enrolment has the term already.
pub fn insert_terms(
    tx: &Tx<'_>,
    _permit: &Permit,
    terms: &[(EnrolmentId, TermId, i64, TermStanding)],
) -> Result<()> {
    if terms.is_empty() {
        return Ok(());
    }
    tx.bulk("student_term", &["enrolment_id", "term_id", "term_no", "standing", "origin"], |put| {
        terms.iter().try_for_each(|(enrolment, term, number, standing)| {
            put.row(args![enrolment, term, number, standing.code(), "records"])
        })
    })?;
    Ok(())
}

/// Puts terms and marks of all enrolments that are opened in one transaction into empty tables, by set.
///
/// Row by row, PostgreSQL looks every mark's enrolment, term, course and section up; by set it compares the tables
/// once, in a twentieth of the time.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct BySet {
    /// The newest enrolment before.
    newest_before: i64,
}

impl BySet {
    /// Whether that is possible here: on PostgreSQL, where no terms and no marks are yet.
    ///
    /// # Errors
    /// The engine's refusal.
    pub fn if_possible(tx: &Tx<'_>) -> Result<Option<Self>> {
        let is_empty = |table: &str| {
            Ok::<_, StorageError>(
                tx.one(&format!("SELECT 1 FROM {table} LIMIT 1"), &[], |_| Ok(()))?.is_none(),
            )
        };
        if !is_granted(tx, "take_over_staged(bigint)")? || !is_empty("mark")? || !is_empty("student_term")? {
            return Ok(None);
        }
        let newest_before = tx.count("SELECT coalesce(max(id), 0) FROM enrolment", &[])?;
        Ok(Some(Self { newest_before }))
    }

    /// Puts the staged terms and marks in; answers how many of each. What refers to something that is not here stays
    /// out, and whoever counted finds that some are missing.
    ///
    /// # Errors
    /// Constraints by name.
    pub fn take_over(self, tx: &Tx<'_>, _permit: &Permit) -> Result<(i64, i64)> {
        let counts =
            tx.one("SELECT terms, marks FROM take_over_staged($1)", args![self.newest_before], |r| {
                Ok((r.int(0)?, r.int(1)?))
            })?;
        Ok(counts.unwrap_or_default())
    }
}

/// Replaces what the import wrote of a term.
///
/// # Errors
/// The engine's refusal.
pub fn update_term(
    tx: &Tx<'_>,
    _permit: &Permit,
    enrolment: EnrolmentId,
    term: TermId,
    term_no: i64,
    standing: TermStanding,
) -> Result<()> {
    tx.execute(
        "UPDATE student_term SET term_no = $3, standing = $4 WHERE enrolment_id = $1 AND term_id = $2",
        args![enrolment, term, term_no, standing.code()],
    )?;
    Ok(())
}

/// Adds marks to enrolments.
///
/// # Errors
/// `mark_pkey` when an enrolment has a mark of the course in the term already.
pub fn insert_marks(tx: &Tx<'_>, _permit: &Permit, marks: &[(EnrolmentId, MarkFacts)]) -> Result<()> {
    if marks.is_empty() {
        return Ok(());
    }
    tx.bulk(
        "mark",
        &[
            "enrolment_id",
            "term_id",
            "course_id",
            "section_id",
            "attempt",
            "midterm",
            "final",
            "letter",
            "points",
            "credit",
            "ects",
            "origin",
        ],
        |put| {
            marks.iter().try_for_each(|(enrolment, m)| {
                put.row(args![
                    enrolment,
                    m.term,
                    m.course,
                    m.section,
                    m.attempt,
                    m.midterm,
                    m.final_score,
                    m.letter.as_str(),
                    m.points,
                    m.credit,
                    m.ects,
                    "records"
                ])
            })
        },
    )?;
    Ok(())
}

/// Replaces what the import wrote of a mark.
///
/// # Errors
/// The engine's refusal.
pub fn update_mark(tx: &Tx<'_>, _permit: &Permit, enrolment: EnrolmentId, m: &MarkFacts) -> Result<()> {
    tx.execute(
        "UPDATE mark SET section_id = $4, attempt = $5, midterm = $6, final = $7, letter = $8, points = $9, credit = $10, ects = $11
         WHERE enrolment_id = $1 AND term_id = $2 AND course_id = $3",
        args![
            enrolment,
            m.term,
            m.course,
            m.section,
            m.attempt,
            m.midterm,
            m.final_score,
            m.letter.as_str(),
            m.points,
            m.credit,
            m.ects
        ],
    )?;
    Ok(())
}

/// Stores the figures of records that have none yet.
///
/// # Errors
/// `computed_record_pkey` when there are some already.
pub fn insert_figures(tx: &Tx<'_>, permit: &Permit, figures: &[(EnrolmentId, Figures)]) -> Result<()> {
    tx.bulk(
        "computed_record",
        &[
            "enrolment_id",
            "agno_points",
            "agno_weight",
            "agno_shown",
            "ects_taken",
            "ects_earned",
            "computed_at",
        ],
        |put| {
            figures.iter().try_for_each(|(enrolment, f)| {
                put.row(args![
                    enrolment,
                    f.agno_points,
                    f.agno_weight,
                    f.agno_shown,
                    f.ects_taken,
                    f.ects_earned,
                    permit.at()
                ])
            })
        },
    )?;
    Ok(())
}

/// A row of the search index for a new enrolment.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct IndexRow {
    /// Folded name.
    pub keys: NameKeys,
    /// The enrolment.
    pub enrolment: EnrolmentId,
    /// The unit of its programme.
    pub unit: UnitId,
    /// Its programme.
    pub programme: ProgrammeId,
    /// Status in force.
    pub status: EnrolmentStatus,
    /// Class year.
    pub class_year: u8,
    /// Year of entry.
    pub entry_year: i32,
    /// Advisor.
    pub advisor: Option<StaffId>,
    /// Its person.
    pub person: PersonId,
    /// Student number.
    pub number: String,
    /// Given name.
    pub given_name: String,
    /// Surname.
    pub surname: String,
}

/// Writes index rows of new enrolments in the order of the index, which is much faster than any other.
///
/// # Errors
/// The engine's refusal.
pub fn insert_index(tx: &Tx<'_>, _permit: &Permit, rows: &mut [IndexRow]) -> Result<()> {
    rows.sort_by(|a, b| (&a.keys.sort_key, a.enrolment).cmp(&(&b.keys.sort_key, b.enrolment)));
    tx.bulk(
        "student_index",
        &[
            "sort_key",
            "enrolment_id",
            "fold_tr",
            "fold_ascii",
            "surname_tr",
            "surname_ascii",
            "unit_id",
            "programme_id",
            "status",
            "class_year",
            "entry_year",
            "advisor_id",
            "person_id",
            "number",
            "given_name",
            "surname",
        ],
        |put| {
            rows.iter().try_for_each(|r| {
                put.row(args![
                    r.keys.sort_key,
                    r.enrolment,
                    r.keys.fold_tr,
                    r.keys.fold_ascii,
                    r.keys.surname_tr,
                    r.keys.surname_ascii,
                    r.unit,
                    r.programme,
                    r.status.code(),
                    r.class_year,
                    r.entry_year,
                    r.advisor,
                    r.person,
                    r.number,
                    r.given_name,
                    r.surname
                ])
            })
        },
    )?;
    Ok(())
}

/// What stands here of an enrolment's placement and status, for comparing with a file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Standing {
    /// Row id of the programme.
    pub programme: i64,
    /// Row id of the curriculum version.
    pub curriculum: i64,
    /// Year of entry.
    pub entry_year: i64,
    /// Day of entry.
    pub entered_on: Date,
    /// Class year.
    pub class_year: i64,
    /// Row id of the advisor.
    pub advisor: Option<i64>,
    /// Status in force.
    pub status: EnrolmentStatus,
    /// Since when.
    pub status_since: Date,
}

/// Reads an enrolment's placement and status.
///
/// # Errors
/// The engine's refusal.
pub fn standing_of(db: &Reader<'_>, enrolment: EnrolmentId) -> Result<Option<Standing>> {
    db.one(
        "SELECT programme_id, curriculum_id, entry_year, entered_on, class_year, advisor_id, status, status_since
         FROM enrolment WHERE id = $1",
        args![enrolment],
        |r| {
            Ok(Standing {
                programme: r.int(0)?,
                curriculum: r.int(1)?,
                entry_year: r.int(2)?,
                entered_on: r.date(3)?,
                class_year: r.int(4)?,
                advisor: r.opt_int(5)?,
                status: r.word(6, EnrolmentStatus::from_code)?,
                status_since: r.date(7)?,
            })
        },
    )
}

/// Replaces an enrolment's placement, which its ledger has told of before.
///
/// # Errors
/// The engine's refusal.
pub fn update_placement(tx: &Tx<'_>, _permit: &Permit, enrolment: EnrolmentId, to: &Standing) -> Result<()> {
    tx.execute(
        "UPDATE enrolment SET programme_id = $2, curriculum_id = $3, entry_year = $4, class_year = $5, advisor_id = $6,
                version = version + 1
         WHERE id = $1",
        args![enrolment, to.programme, to.curriculum, to.entry_year, to.class_year, to.advisor],
    )?;
    Ok(())
}

/// Replaces a person's e-mail address.
///
/// # Errors
/// The engine's refusal.
pub fn update_email(tx: &Tx<'_>, _permit: &Permit, person: PersonId, email: Option<&str>) -> Result<()> {
    tx.execute(
        "INSERT INTO contact (person_id, email) VALUES ($1, $2)
         ON CONFLICT (person_id) DO UPDATE SET email = excluded.email, version = contact.version + 1",
        args![person, email],
    )?;
    Ok(())
}

/// The unit of every programme, the position in time and first day of every term, by row id.
#[derive(Default, Debug)]
pub struct Calendar {
    /// Unit of a programme.
    pub unit_of: HashMap<ProgrammeId, UnitId>,
    /// First day of a term.
    pub starts_on: HashMap<i64, Date>,
    /// First day of the earliest term of each academic year, by the year in which it begins.
    pub year_begins: HashMap<i64, Date>,
}

/// Reads the [`Calendar`].
///
/// # Errors
/// The engine's refusal.
pub fn calendar(db: &Reader<'_>) -> Result<Calendar> {
    let mut out = Calendar::default();
    db.each("SELECT id, unit_id FROM programme", &[], |r| {
        out.unit_of.insert(r.id(0)?, r.id(1)?);
        Ok(())
    })?;
    db.each("SELECT id, starts_on, academic_year FROM term", &[], |r| {
        let day = r.date(1)?;
        out.starts_on.insert(r.int(0)?, day);
        if let Some(year) = r.str(2)?.get(..4).and_then(|y| y.parse().ok()) {
            let first = out.year_begins.entry(year).or_insert(day);
            *first = day.min(*first);
        }
        Ok(())
    })?;
    Ok(out)
}
