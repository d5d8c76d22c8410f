//! Marks of an enrolment, and the figures computed from them that lists show.

use base::{
    ids::{CourseId, EnrolmentId, TermId},
    time::Timestamp,
};
use domain::{
    marks::{Attempt, Letter},
    student_file::{CourseFacts, MarkLine, Name},
};

use crate::{
    args,
    db::{Reader, Tx},
    error::Result,
    permit::Permit,
};

/// The marks of an enrolment with their courses, in order of term and course code.
///
/// # Errors
/// The engine's refusal.
pub fn lines(db: &Reader<'_>, enrolment: EnrolmentId) -> Result<Vec<MarkLine>> {
    db.query(
        "SELECT m.course_id, t.starts_on, m.attempt, m.letter, m.midterm, m.final, m.credit, m.ects,
                c.code, c.name_tr, c.name_en, c.theory, c.practice
         FROM mark m JOIN course c ON c.id = m.course_id JOIN term t ON t.id = m.term_id
         WHERE m.enrolment_id = $1 ORDER BY t.starts_on, c.code",
        args![enrolment],
        |r| {
            Ok(MarkLine {
                attempt: Attempt {
                    course: r.id(0)?,
                    term: domain::programmes::term_order(r.date(1)?),
                    number: r.small(2)?,
                    letter: r.opt_word(3, |text| Letter::parse(text).ok())?,
                    midterm: r.opt_score(4)?,
                    final_score: r.opt_score(5)?,
                    credit: r.credit(6)?,
                    ects: r.ects(7)?,
                },
                course: CourseFacts {
                    code: r.text(8)?,
                    name: Name { tr: r.text(9)?, en: r.text(10)? },
                    theory: r.small(11)?,
                    practice: r.small(12)?,
                },
            })
        },
    )
}

/// The figures of a record that lists show.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Figures {
    /// Numerator of the AGNO: sum of coefficient times weight, in ten-thousandths.
    pub agno_points: i64,
    /// Denominator of the AGNO in hundredths.
    pub agno_weight: i64,
    /// AGNO as shown, with a decimal point; none where it cannot be stated.
    pub agno_shown: Option<String>,
    /// AKTS taken, in hundredths.
    pub ects_taken: i32,
    /// AKTS earned, in hundredths.
    pub ects_earned: i32,
}

/// Stores the figures of a record in place of the former ones.
///
/// # Errors
/// The engine's refusal.
pub fn save_figures(
    tx: &Tx<'_>,
    _permit: &Permit,
    enrolment: EnrolmentId,
    figures: &Figures,
    at: Timestamp,
) -> Result<()> {
    tx.execute(
        "INSERT INTO computed_record (enrolment_id, agno_points, agno_weight, agno_shown, ects_taken, ects_earned, computed_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (enrolment_id) DO UPDATE SET agno_points = excluded.agno_points, agno_weight = excluded.agno_weight,
           agno_shown = excluded.agno_shown, ects_taken = excluded.ects_taken, ects_earned = excluded.ects_earned,
           computed_at = excluded.computed_at",
        args![
            enrolment,
            figures.agno_points,
            figures.agno_weight,
            figures.agno_shown,
            figures.ects_taken,
            figures.ects_earned,
            at
        ],
    )?;
    Ok(())
}

/// The stored figures, for comparing them with what the marks give.
///
/// # Errors
/// The engine's refusal.
pub fn fetch_figures(db: &Reader<'_>, enrolment: EnrolmentId) -> Result<Option<Figures>> {
    db.one(
        "SELECT agno_points, agno_weight, agno_shown, ects_taken, ects_earned FROM computed_record WHERE enrolment_id = $1",
        args![enrolment],
        |r| {
            Ok(Figures {
                agno_points: r.int(0)?,
                agno_weight: r.int(1)?,
                agno_shown: r.opt_text(2)?,
                ects_taken: r.int32(3)?,
                ects_earned: r.int32(4)?,
            })
        },
    )
}

/// One stored mark by its keys, for digests and exports that do not need the course.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BareMark {
    /// Whose.
    pub enrolment: EnrolmentId,
    /// In which term.
    pub term: TermId,
    /// Of which course.
    pub course: CourseId,
    /// Attempt as the record computes it.
    pub attempt: Attempt,
}
