//! The state of enrolments and people beside what the ledger and the marks say of it.

use std::collections::HashMap;

use base::{
    ids::{EnrolmentId, EntryId, PersonId},
    time::{Date, Timestamp},
};
use domain::{
    enrolments::EnrolmentStatus,
    ledger::StatusEntry,
    marks::{Attempt, Letter},
};

use crate::{
    db::{Reader, Row},
    error::{Result, StorageError},
    ledger::told::{IDENTITY, PLACEMENT},
    marks::Figures,
    search::NameKeys,
};

/// An enrolment's status as it stands, and all entries that gave it one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StatusLine {
    /// The enrolment.
    pub enrolment: EnrolmentId,
    /// Word of the status as it stands.
    pub status: Option<String>,
    /// Since when.
    pub since: Option<Date>,
    /// The entry that it names.
    pub entry: Option<EntryId>,
    /// Entries with a status, in order of the chain.
    pub entries: Vec<StatusEntry>,
    /// Whether some entry gives a status that nobody knows.
    pub unknown: bool,
}

/// Hands every enrolment to `visit` with its status and the entries that should give it.
///
/// # Errors
/// The engine's refusal.
pub fn each_status(db: &Reader<'_>, mut visit: impl FnMut(StatusLine)) -> Result<()> {
    let mut open: Option<StatusLine> = None;
    db.each(
        "SELECT n.id, n.status, n.status_since, n.status_entry_id, e.id, e.seq, e.effective_on, e.status_after, r.id
         FROM enrolment n
         LEFT JOIN ledger_entry e ON e.subject_kind = 'enrolment' AND e.subject_id = n.id AND e.status_after IS NOT NULL
         LEFT JOIN ledger_entry r ON r.reverses_id = e.id
         ORDER BY n.id, e.seq",
        &[],
        |r| {
            let enrolment: EnrolmentId = r.id(0)?;
            if open.as_ref().is_none_or(|line| line.enrolment != enrolment) {
                let next = StatusLine {
                    enrolment,
                    status: r.opt_text(1)?,
                    since: r.opt_date(2)?,
                    entry: r.opt_id(3)?,
                    entries: Vec::new(),
                    unknown: false,
                };
                if let Some(done) = open.replace(next) {
                    visit(done);
                }
            }
            let (Some(line), Some(id)) = (&mut open, r.opt_id(4)?) else { return Ok(()) };
            match EnrolmentStatus::from_code(r.str(7)?) {
                None => line.unknown = true,
                Some(status) => line.entries.push(StatusEntry {
                    id,
                    seq: r.int(5)?,
                    effective_on: r.date(6)?,
                    status,
                    reversed: r.opt_int(8)?.is_some(),
                }),
            }
            Ok(())
        },
    )?;
    if let Some(last) = open {
        visit(last);
    }
    Ok(())
}

/// What an enrolment hangs on, and one entry about that.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LinkLine {
    /// The enrolment.
    pub enrolment: EnrolmentId,
    /// Word of the link and the main enrolment, as they stand.
    pub stands: Option<(String, EnrolmentId)>,
    /// Payload of the entry; none where the enrolment has no such entry.
    pub payload: Option<String>,
}

/// Hands enrolments that hang on another one, or once did, to `visit`: once for each entry about it, in order.
///
/// # Errors
/// The engine's refusal.
pub fn each_link(db: &Reader<'_>, mut visit: impl FnMut(LinkLine)) -> Result<()> {
    db.each(
        "SELECT n.id, n.link_kind, n.main_enrolment_id, e.payload
         FROM enrolment n LEFT JOIN ledger_entry e ON e.subject_kind = 'enrolment' AND e.subject_id = n.id AND e.kind = 'linked'
         WHERE n.link_kind IS NOT NULL OR e.id IS NOT NULL ORDER BY n.id, e.seq",
        &[],
        |r| {
            visit(LinkLine { enrolment: r.id(0)?, stands: r.opt_text(1)?.zip(r.opt_id(2)?), payload: r.opt_text(3)? });
            Ok(())
        },
    )
}

/// What an entry tells of the row beside it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Told {
    /// Position of the entry in its chain.
    pub seq: i64,
    /// Word of its kind; of the kind undone where it undoes another.
    pub kind: String,
    /// Its payload, or that of the entry undone.
    pub payload: String,
    /// Personal text beside that payload; none where there is none or it was erased.
    pub text: Option<String>,
    /// Whether it undoes that change, so that what was after it is what was before.
    pub undone: bool,
}

/// An enrolment's placement as it stands, and one entry that tells of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PlacementLine {
    /// The enrolment.
    pub enrolment: EnrolmentId,
    /// Values in the order of [`PLACEMENT`].
    pub stands: [Option<String>; 10],
    /// The entry.
    pub told: Told,
}

/// Hands every enrolment to `visit`: once for its beginning and once for each change of its placement, in order.
///
/// # Errors
/// The engine's refusal.
pub fn each_placement(db: &Reader<'_>, mut visit: impl FnMut(PlacementLine)) -> Result<()> {
    let sql = format!(
        "SELECT n.id, e.seq, coalesce(u.kind, e.kind), coalesce(u.payload, e.payload), u.id, {}
         FROM enrolment n
         JOIN ledger_entry e ON e.subject_kind = 'enrolment' AND e.subject_id = n.id
         LEFT JOIN ledger_entry u ON u.id = e.reverses_id
         WHERE e.kind IN ('enrolled', 'placement_changed') OR u.kind = 'placement_changed'
         ORDER BY n.id, e.seq",
        PLACEMENT.map(|column| format!("n.{column}")).join(", ")
    );
    db.each(&sql, &[], |r| {
        let number = |i: usize| Ok::<_, StorageError>(r.opt_int(i)?.map(|n| n.to_string()));
        let stands = [
            number(5)?,
            r.opt_text(6)?,
            number(7)?,
            number(8)?,
            r.opt_text(9)?,
            number(10)?,
            r.opt_date(11)?.map(|day| day.to_string()),
            number(12)?,
            number(13)?,
            r.opt_date(14)?.map(|day| day.to_string()),
        ];
        let told = Told {
            seq: r.int(1)?,
            kind: r.text(2)?,
            payload: r.text(3)?,
            text: None,
            undone: r.opt_int(4)?.is_some(),
        };
        visit(PlacementLine { enrolment: r.id(0)?, stands, told });
        Ok(())
    })
}

/// Hands every entry that tells of an enrolment's terms to `visit`, chain by chain in order.
///
/// # Errors
/// The engine's refusal.
pub fn each_term_told(db: &Reader<'_>, mut visit: impl FnMut(EnrolmentId, Told)) -> Result<()> {
    db.each(
        "SELECT e.subject_id, e.seq, coalesce(u.kind, e.kind), coalesce(u.payload, e.payload), u.id
         FROM ledger_entry e LEFT JOIN ledger_entry u ON u.id = e.reverses_id
         WHERE e.subject_kind = 'enrolment' AND (e.kind IN ('enrolled', 'term_changed') OR u.kind = 'term_changed')
         ORDER BY e.subject_id, e.seq",
        &[],
        |r| {
            let told = Told {
                seq: r.int(1)?,
                kind: r.text(2)?,
                payload: r.text(3)?,
                text: None,
                undone: r.opt_int(4)?.is_some(),
            };
            visit(r.id(0)?, told);
            Ok(())
        },
    )
}

/// Hands every term of every enrolment to `visit`: row id of the term, term of study, and word of the standing.
///
/// # Errors
/// The engine's refusal.
pub fn each_term(db: &Reader<'_>, mut visit: impl FnMut(EnrolmentId, i64, i64, &str)) -> Result<()> {
    db.each(
        "SELECT enrolment_id, term_id, term_no, standing FROM student_term ORDER BY enrolment_id, term_id",
        &[],
        |r| {
            visit(r.id(0)?, r.int(1)?, r.int(2)?, r.str(3)?);
            Ok(())
        },
    )
}

/// Names of all terms by row id.
///
/// # Errors
/// The engine's refusal.
pub fn term_names(db: &Reader<'_>) -> Result<HashMap<i64, String>> {
    Ok(db.query("SELECT id, name_tr FROM term", &[], |r| Ok((r.int(0)?, r.text(1)?)))?.into_iter().collect())
}

/// A person's identity as it stands and as it was registered, and one entry that tells of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct IdentityLine {
    /// The person.
    pub person: PersonId,
    /// Values of today, in the order of [`IDENTITY`].
    pub stands: [Option<String>; 7],
    /// Values as registered; none where nothing is.
    pub registered: Option<[Option<String>; 7]>,
    /// The entry; none where the person's chain has none.
    pub told: Option<Told>,
}

/// Hands every person to `visit`: once for each entry of the person's chain, in order.
///
/// # Errors
/// The engine's refusal.
pub fn each_identity(db: &Reader<'_>, mut visit: impl FnMut(IdentityLine)) -> Result<()> {
    let columns = |table: &str| IDENTITY.map(|column| format!("{table}.{column}")).join(", ");
    let sql = format!(
        "SELECT p.id, g.person_id, e.seq, coalesce(u.kind, e.kind), coalesce(u.payload, e.payload), t.body, u.id, {}, {}
         FROM person p LEFT JOIN person_registered g ON g.person_id = p.id
         LEFT JOIN ledger_entry e ON e.subject_kind = 'person' AND e.subject_id = p.id
         LEFT JOIN ledger_entry u ON u.id = e.reverses_id
         LEFT JOIN ledger_text t ON t.entry_id = coalesce(u.id, e.id)
         ORDER BY p.id, e.seq",
        columns("p"),
        columns("g")
    );
    db.each(&sql, &[], |r| {
        let told = match r.opt_int(2)? {
            None => None,
            Some(seq) => Some(Told {
                seq,
                kind: r.text(3)?,
                payload: r.text(4)?,
                text: r.opt_text(5)?,
                undone: r.opt_int(6)?.is_some(),
            }),
        };
        let registered = if r.opt_int(1)?.is_some() { Some(identity(r, 14)?) } else { None };
        visit(IdentityLine { person: r.id(0)?, stands: identity(r, 7)?, registered, told });
        Ok(())
    })
}

fn identity(r: &Row<'_>, from: usize) -> Result<[Option<String>; 7]> {
    Ok([
        r.opt_text(from)?,
        r.opt_text(from + 1)?,
        r.opt_text(from + 2)?,
        r.opt_text(from + 3)?,
        r.opt_date(from + 4)?.map(|day| day.to_string()),
        r.opt_text(from + 5)?,
        r.opt_text(from + 6)?,
    ])
}

/// Enrolments that have marks of which the ledger tells nothing.
///
/// # Errors
/// The engine's refusal.
pub fn marks_without_entry(db: &Reader<'_>) -> Result<Vec<EnrolmentId>> {
    db.query(
        "SELECT n.id FROM enrolment n
         WHERE EXISTS (SELECT 1 FROM mark m WHERE m.enrolment_id = n.id)
           AND NOT EXISTS (SELECT 1 FROM ledger_entry e WHERE e.subject_kind = 'enrolment' AND e.subject_id = n.id
                             AND e.kind IN ('marks_taken_over', 'mark_changed'))
         ORDER BY n.id",
        &[],
        |r| r.id(0),
    )
}

/// An enrolment's marks and the figures stored for them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FiguresLine {
    /// The enrolment.
    pub enrolment: EnrolmentId,
    /// Year of entry, which decides about the scale.
    pub entry_year: i32,
    /// The marks.
    pub attempts: Vec<Attempt>,
    /// The figures stored, and when they were computed.
    pub stored: Option<(Figures, Timestamp)>,
}

/// Hands every enrolment with marks or figures to `visit`, in order of row id.
///
/// # Errors
/// The engine's refusal.
pub fn each_figures(db: &Reader<'_>, mut visit: impl FnMut(FiguresLine)) -> Result<()> {
    let mut open: Option<FiguresLine> = None;
    db.each(
        "SELECT n.id, n.entry_year, f.agno_points, f.agno_weight, f.agno_shown, f.ects_taken, f.ects_earned, f.computed_at,
                m.course_id, t.starts_on, m.attempt, m.letter, m.midterm, m.final, m.credit, m.ects
         FROM enrolment n LEFT JOIN computed_record f ON f.enrolment_id = n.id
         LEFT JOIN mark m ON m.enrolment_id = n.id LEFT JOIN term t ON t.id = m.term_id
         WHERE f.enrolment_id IS NOT NULL OR m.enrolment_id IS NOT NULL
         ORDER BY n.id, m.term_id, m.course_id",
        &[],
        |r| {
            let enrolment: EnrolmentId = r.id(0)?;
            if open.as_ref().is_none_or(|line| line.enrolment != enrolment) {
                let stored = match r.opt_time(7)? {
                    None => None,
                    Some(at) => Some((
                        Figures {
                            agno_points: r.int(2)?,
                            agno_weight: r.int(3)?,
                            agno_shown: r.opt_text(4)?,
                            ects_taken: r.int32(5)?,
                            ects_earned: r.int32(6)?,
                        },
                        at,
                    )),
                };
                let next = FiguresLine { enrolment, entry_year: r.int32(1)?, attempts: Vec::new(), stored };
                if let Some(done) = open.replace(next) {
                    visit(done);
                }
            }
            let (Some(line), Some(course)) = (&mut open, r.opt_id(8)?) else { return Ok(()) };
            line.attempts.push(Attempt {
                course,
                term: domain::programmes::term_order(r.date(9)?),
                number: r.small(10)?,
                letter: r.opt_word(11, |text| Letter::parse(text).ok())?,
                midterm: r.opt_score(12)?,
                final_score: r.opt_score(13)?,
                credit: r.credit(14)?,
                ects: r.ects(15)?,
            });
            Ok(())
        },
    )?;
    if let Some(last) = open {
        visit(last);
    }
    Ok(())
}

/// What the row of the search index should hold, and whether it does.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct IndexLine {
    /// The enrolment.
    pub enrolment: EnrolmentId,
    /// Whether its row holds what the tables say; an enrolment without a status must have none.
    pub agrees: bool,
}

/// Hands every enrolment to `visit` with the state of its row in the search index.
///
/// # Errors
/// The engine's refusal.
pub fn each_index(db: &Reader<'_>, mut visit: impl FnMut(IndexLine)) -> Result<()> {
    db.each(
        "SELECT n.id, n.status, i.enrolment_id, p.given_name, p.surname, i.sort_key, i.fold_tr, i.fold_ascii, i.surname_tr, i.surname_ascii,
                CASE WHEN i.unit_id = g.unit_id AND i.programme_id = n.programme_id AND i.status = n.status
                       AND i.class_year = n.class_year AND i.entry_year = n.entry_year AND i.advisor_id IS NOT DISTINCT FROM n.advisor_id
                       AND i.person_id = n.person_id AND i.number = n.number AND i.given_name = p.given_name AND i.surname = p.surname
                     THEN 1 ELSE 0 END
         FROM enrolment n JOIN person p ON p.id = n.person_id JOIN programme g ON g.id = n.programme_id
         LEFT JOIN student_index i ON i.enrolment_id = n.id ORDER BY n.id",
        &[],
        |r| {
            let indexed = r.opt_int(2)?.is_some();
            let agrees = if r.opt_str(1)?.is_none() || !indexed {
                r.opt_str(1)?.is_none() && !indexed
            } else {
                let keys = NameKeys::of(r.str(3)?, r.str(4)?);
                r.int(10)? == 1
                    && keys.sort_key == r.str(5)?
                    && keys.fold_tr == r.str(6)?
                    && keys.fold_ascii == r.str(7)?
                    && keys.surname_tr == r.str(8)?
                    && keys.surname_ascii == r.str(9)?
            };
            visit(IndexLine { enrolment: r.id(0)?, agrees });
            Ok(())
        },
    )
}

/// Rows of the search index that stand for no enrolment.
///
/// # Errors
/// The engine's refusal.
pub fn stray_index_rows(db: &Reader<'_>) -> Result<Vec<EnrolmentId>> {
    db.query(
        "SELECT i.enrolment_id FROM student_index i
         WHERE NOT EXISTS (SELECT 1 FROM enrolment n WHERE n.id = i.enrolment_id) ORDER BY i.enrolment_id",
        &[],
        |r| r.id(0),
    )
}
