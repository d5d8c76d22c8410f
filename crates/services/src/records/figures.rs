//! The figures that lists show, computed by the one function of `domain::record` from marks as stored.

use std::collections::HashMap;

use base::{
    ids::CourseId,
    number::{Credit, Ects, Score},
    time::Date,
};
use domain::{
    marks::Attempt,
    programmes::term_order,
    record::{Record, Scale, compute},
};
use regulations::{Book, When};
use storage::{marks::Figures, records::digest::MarkFacts};

/// The figures of a record.
pub fn figures_of(record: &Record) -> Figures {
    Figures {
        agno_points: record.agno.points,
        agno_weight: record.agno.weight,
        agno_shown: record.agno.shown.map(base::number::Rounded::en),
        ects_taken: record.ects_taken.hundredths(),
        ects_earned: record.ects_earned.provisional.hundredths(),
    }
}

/// The scales of the cohorts met so far.
pub(super) struct Scales<'b> {
    book: &'b Book,
    today: Date,
    known: HashMap<i16, Option<Scale>>,
}

impl<'b> Scales<'b> {
    pub(super) fn new(book: &'b Book, today: Date) -> Self {
        Self { book, today, known: HashMap::new() }
    }

    /// The figures of an enrolment; none where the rule book cannot read its marks.
    pub(super) fn figures(
        &mut self,
        entry_year: i64,
        marks: &[MarkFacts],
        starts_on: &HashMap<i64, Date>,
    ) -> Option<Figures> {
        let entry_year = i16::try_from(entry_year).ok()?;
        let when = When { on: self.today, entry_year };
        let scale =
            self.known.entry(entry_year).or_insert_with(|| Scale::resolve(self.book, when).ok()).as_ref()?;
        let attempts: Vec<Attempt> = marks.iter().map(|m| attempt(m, starts_on)).collect();
        compute(&attempts, scale).ok().as_ref().map(figures_of)
    }
}

fn attempt(m: &MarkFacts, starts_on: &HashMap<i64, Date>) -> Attempt {
    let small = |value: i64| i32::try_from(value).unwrap_or(i32::MAX);
    let score = |value: Option<i64>| value.and_then(|v| Score::from_hundredths(small(v)));
    Attempt {
        course: CourseId::new(m.course),
        term: starts_on.get(&m.term).map_or(0, |day| term_order(*day)),
        number: u8::try_from(m.attempt).unwrap_or(u8::MAX),
        letter: Some(m.letter),
        midterm: score(m.midterm),
        final_score: score(m.final_score),
        credit: Credit::from_hundredths(small(m.credit)).unwrap_or_default(),
        ects: Ects::from_hundredths(small(m.ects)).unwrap_or_default(),
    }
}
