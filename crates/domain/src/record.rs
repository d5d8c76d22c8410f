//! The computed record: ANO, AGNO and AKTS of one enrolment, from its attempts and the rule book alone.
//!
//! There is one function for it, [`compute`]; whatever shows a figure shows one that it gave. A figure that
//! rests on an unverified value of the rule book is withheld, and says which value it is.
//!
//! Not modelled: marks of terms under an earlier scale (one scale at one moment is asked for the whole record);
//! an ANO over the courses that the curriculum *assigns* to a term (it is withheld where the rule book asks for
//! it); rules of single units; a conditional pass that fails for the average at graduation; equivalents of courses.

use std::{ops::Range, sync::Arc};

use base::{
    ids::CourseId,
    number::{Ects, Fraction, Rounded},
};
use regulations::{
    AverageWeight, Book, Citation, Letter, RepeatRule, RoundingRule, Sourced, TermAverage, When,
};

use crate::marks::Attempt;

/// Why no record could be computed.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum RecordError {
    /// The rule book has no grade scale for the moment asked about.
    #[error("Bu tarih için not ölçeği yok ({0}).")]
    NoScale(Arc<Citation>),
    /// A mark whose letter the scale lacks.
    #[error("“{letter}” harfi not ölçeğinde yok (ders kaydı {course}, {number}. alış).")]
    UnknownLetter {
        /// Place of the attempt in the list that was handed in.
        index: usize,
        /// The letter.
        letter: Letter,
        /// The course.
        course: CourseId,
        /// Which attempt at the course it is.
        number: u8,
    },
}

/// Which value of the rule book a figure rests on.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Basis {
    /// What a letter is worth, whether it passes, whether it counts.
    Letter(Letter),
    /// Whether AKTS or credits weigh.
    Weight,
    /// Which attempt at a repeated course stands.
    Repeats,
    /// Which courses make the average of a term.
    TermCourses,
    /// How the average is rounded.
    Rounding,
}

/// Why a figure may not be shown.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Withheld {
    /// The value that nobody has verified, or that the program cannot apply yet.
    pub basis: Basis,
    /// Where the value stands, or should stand.
    pub citation: Arc<Citation>,
}

/// A weighted average.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Average {
    /// Sum of coefficient times weight, in ten-thousandths, whatever the marks of the values.
    pub points: i64,
    /// Sum of the weights, in hundredths, whatever the marks of the values.
    pub weight: i64,
    /// The exact average; none where nothing weighs or where a value under it is unverified.
    pub fraction: Option<Fraction>,
    /// The figure for papers and for comparing with limits; none where the rounding is unverified, too.
    pub shown: Option<Rounded>,
    /// Why there is no figure although there are marks.
    pub withheld: Option<Withheld>,
}

/// AKTS earned.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Earned {
    /// The sum, whatever the marks of the values.
    pub provisional: Ects,
    /// Why the sum may not be shown.
    pub withheld: Option<Withheld>,
}

impl Earned {
    /// The sum, if it may be shown.
    pub fn shown(&self) -> Option<Ects> {
        if self.withheld.is_none() { Some(self.provisional) } else { None }
    }
}

/// What became of an attempt.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Standing {
    /// It is the one that stands for its course.
    Stands,
    /// Another attempt at the course stands.
    Replaced,
    /// It has no final mark yet.
    Open,
}

/// One term of a record.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TermRecord {
    /// The term's position in time, as the attempts gave it.
    pub term: i64,
    /// Its attempts in [`Record::order`].
    pub span: Range<usize>,
    /// AKTS of the term's courses, each once.
    pub ects_taken: Ects,
    /// AKTS of the courses passed in the term, whether or not a later attempt replaced the mark.
    pub ects_earned: Earned,
    /// Average of the term.
    pub ano: Average,
    /// AKTS of all courses up to the end of the term, each once.
    pub total_taken: Ects,
    /// AKTS of all courses that stand as passed at the end of the term.
    pub total_earned: Earned,
    /// Average of everything up to the end of the term, with the attempts that stood *then*.
    pub agno: Average,
}

/// A whole record.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Record {
    /// The terms with attempts, in order of time.
    pub terms: Vec<TermRecord>,
    /// Places of the attempts, in order of term and attempt.
    pub order: Vec<usize>,
    /// What became of each attempt, in the order in which they were handed in.
    pub standings: Vec<Standing>,
    /// Average of everything.
    pub agno: Average,
    /// AKTS of all courses, each once.
    pub ects_taken: Ects,
    /// AKTS of all courses that stand as passed, each once.
    pub ects_earned: Earned,
    /// Every value for whose sake some figure may not be shown, each once.
    pub withheld: Vec<Withheld>,
}

impl Record {
    /// Places of a term's attempts in the list that was handed in.
    pub fn attempts_of(&self, term: &TermRecord) -> &[usize] {
        self.order.get(term.span.clone()).unwrap_or_default()
    }
}

/// What the computation has to know of a letter.
#[derive(Clone, Copy)]
struct Row {
    letter: Letter,
    /// In hundredths.
    coefficient: i64,
    in_average: bool,
    counts_credit: bool,
    passes: bool,
    is_final: bool,
    verified: bool,
}

/// The rules of marks at one moment, resolved once and used for many records.
#[derive(Clone)]
pub struct Scale {
    rows: Vec<Row>,
    citations: Vec<Arc<Citation>>,
    weight: Sourced<AverageWeight>,
    repeats: Sourced<RepeatRule>,
    term_courses: Sourced<TermAverage>,
    rounding: Sourced<RoundingRule>,
}

impl Scale {
    /// The rules that hold `when`.
    pub fn resolve(book: &Book, when: When) -> Result<Self, RecordError> {
        let found = book.grade_scale(when);
        let Some(scale) = found.value else { return Err(RecordError::NoScale(found.citation)) };
        let row = |letter: &regulations::GradeLetter| Row {
            letter: letter.letter,
            coefficient: letter.coefficient.map_or(0, |c| i64::from(c.hundredths())),
            in_average: letter.in_average,
            counts_credit: letter.counts_credit,
            passes: letter.passing.passes(),
            is_final: letter.is_final,
            // A letter without the coefficient it needs cannot be verified, whatever its mark says.
            verified: letter.citation.mark.is_verified() && letter.in_average == letter.coefficient.is_some(),
        };
        Ok(Self {
            rows: scale.letters().iter().map(row).collect(),
            citations: scale.letters().iter().map(|letter| Arc::clone(&letter.citation)).collect(),
            weight: book.average_weight(when),
            repeats: book.repeat_rule(when),
            term_courses: book.term_average(when),
            rounding: book.rounding(when),
        })
    }

    /// Why ANO may not be shown: which courses make it is unverified, or is not what is summed here.
    fn term_courses_open(&self) -> Option<Withheld> {
        let taken = self.term_courses.value == Some(TermAverage::Taken) && self.term_courses.is_verified();
        let citation = || Arc::clone(&self.term_courses.citation);
        if taken { None } else { Some(Withheld { basis: Basis::TermCourses, citation: citation() }) }
    }

    fn find(&self, letter: Letter) -> Option<usize> {
        self.rows.iter().position(|row| row.letter == letter)
    }

    fn letter_withheld(&self, row: usize) -> Withheld {
        Withheld { basis: Basis::Letter(self.rows[row].letter), citation: Arc::clone(&self.citations[row]) }
    }

    /// What one attempt with a final mark brings to the sums.
    fn contribution(&self, attempt: &Attempt, place: usize, row: usize) -> Contribution {
        let Row { coefficient, in_average, counts_credit, passes, verified, .. } = self.rows[row];
        let ects = i64::from(attempt.ects.hundredths());
        let weight = match self.weight.value {
            Some(AverageWeight::Credit) => i64::from(attempt.credit.hundredths()),
            Some(AverageWeight::Ects) | None => ects,
        };
        let weight = if in_average { weight } else { 0 };
        let earned = if passes && counts_credit { ects } else { 0 };
        Contribution { place, row, points: coefficient * weight, weight, earned, verified }
    }

    /// Whether `new` takes the place of `old`, an earlier attempt at the same course.
    fn replaces(&self, new: &Contribution, old: &Contribution) -> bool {
        match self.repeats.value {
            Some(RepeatRule::Best) => {
                // A letter without coefficient is no better than the lowest one that passes or fails like it.
                let worth = |c: &Contribution| (self.rows[c.row].passes, self.rows[c.row].coefficient);
                worth(new) >= worth(old)
            }
            Some(RepeatRule::Last) | None => true,
        }
    }
}

fn open<T>(value: &Sourced<T>, basis: Basis) -> Option<Withheld> {
    if value.value.is_some() && value.is_verified() {
        None
    } else {
        Some(Withheld { basis, citation: Arc::clone(&value.citation) })
    }
}

/// What one attempt brings to the sums.
#[derive(Clone, Copy)]
struct Contribution {
    place: usize,
    row: usize,
    points: i64,
    weight: i64,
    earned: i64,
    verified: bool,
}

/// Sums over the attempts that stand.
#[derive(Clone, Copy, Default)]
struct Sums {
    points: i64,
    weight: i64,
    earned: i64,
    taken: i64,
    marks: u32,
    unverified: u32,
    /// Whether some course was repeated, so that the repeat rule had a say.
    repeated: bool,
}

impl Sums {
    fn add(&mut self, c: &Contribution) {
        self.points += c.points;
        self.weight += c.weight;
        self.earned += c.earned;
        self.marks += 1;
        self.unverified += u32::from(!c.verified);
    }

    fn remove(&mut self, c: &Contribution) {
        self.points -= c.points;
        self.weight -= c.weight;
        self.earned -= c.earned;
        self.marks -= 1;
        self.unverified -= u32::from(!c.verified);
    }

    /// Lets an attempt stand beside or instead of the one that stood; gives back the place of the loser.
    fn stand(
        &mut self,
        scale: &Scale,
        standing: &mut Option<Contribution>,
        new: Contribution,
    ) -> Option<usize> {
        let Some(old) = *standing else {
            self.add(&new);
            *standing = Some(new);
            return None;
        };
        self.repeated = true;
        if !scale.replaces(&new, &old) {
            return Some(new.place);
        }
        self.remove(&old);
        self.add(&new);
        *standing = Some(new);
        Some(old.place)
    }
}

/// One course while the record is computed.
struct Course {
    /// The attempt that stands so far.
    standing: Option<Contribution>,
    /// AKTS of the latest attempt.
    taken: i64,
    /// The latest term with an attempt.
    term: usize,
    /// The attempt that stands among those of that term.
    in_term: Option<Contribution>,
    /// AKTS of the latest attempt in that term.
    taken_in_term: i64,
}

fn ects(hundredths: i64) -> Ects {
    i32::try_from(hundredths).ok().and_then(Ects::from_hundredths).unwrap_or(Ects::MAX)
}

/// The whole record of one enrolment.
///
/// Attempts may come in any order. A course counts once: with the attempt that stands by the repeat rule among those
/// up to the term asked about. Open attempts (no letter, or one that is no final mark) are taken but count nowhere else.
///
/// # Errors
/// A letter that the scale lacks.
///
/// # Legal basis
/// KEY-02 (ANO, AGNO), KEY-24 (repeats); weight, scale and rounding as the rule book cites them.
pub fn compute(attempts: &[Attempt], scale: &Scale) -> Result<Record, RecordError> {
    let mut order: Vec<usize> = (0..attempts.len()).collect();
    order.sort_by_key(|place| (attempts[*place].term, attempts[*place].number));
    let mut standings = vec![Standing::Stands; attempts.len()];
    let mut ids: Vec<CourseId> = Vec::with_capacity(attempts.len());
    let mut courses: Vec<Course> = Vec::with_capacity(attempts.len());
    let mut terms: Vec<TermRecord> = Vec::with_capacity(16);
    let mut all = Sums::default();
    let assigned = scale.term_courses_open();

    let mut start = 0;
    while let Some(first) = order.get(start) {
        let term = attempts[*first].term;
        let end = start + order[start..].iter().take_while(|place| attempts[**place].term == term).count();
        let term_no = terms.len();
        let mut own = Sums::default();
        for &place in &order[start..end] {
            let attempt = &attempts[place];
            let size = i64::from(attempt.ects.hundredths());
            let slot = ids.iter().position(|id| *id == attempt.course).unwrap_or_else(|| {
                ids.push(attempt.course);
                courses.push(Course {
                    standing: None,
                    taken: 0,
                    term: term_no,
                    in_term: None,
                    taken_in_term: 0,
                });
                ids.len() - 1
            });
            let course = &mut courses[slot];
            if course.term != term_no {
                (course.term, course.in_term, course.taken_in_term) = (term_no, None, 0);
            }
            all.taken += size - course.taken;
            own.taken += size - course.taken_in_term;
            (course.taken, course.taken_in_term) = (size, size);

            let row = match attempt.letter {
                None => None,
                Some(letter) => Some(scale.find(letter).ok_or(RecordError::UnknownLetter {
                    index: place,
                    letter,
                    course: attempt.course,
                    number: attempt.number,
                })?),
            };
            let Some(row) = row.filter(|row| scale.rows[*row].is_final) else {
                standings[place] = Standing::Open;
                continue;
            };
            let new = scale.contribution(attempt, place, row);
            own.stand(scale, &mut course.in_term, new);
            if let Some(loser) = all.stand(scale, &mut course.standing, new) {
                standings[loser] = Standing::Replaced;
            }
        }
        let (term_open, all_open) = {
            let in_term = || courses.iter().filter(|c| c.term == term_no).filter_map(|c| c.in_term.as_ref());
            let ever = || courses.iter().filter_map(|c| c.standing.as_ref());
            (marks_open(scale, &own, in_term()), marks_open(scale, &all, ever()))
        };
        terms.push(TermRecord {
            term,
            span: start..end,
            ects_taken: ects(own.taken),
            ano: average(scale, &own, term_open.clone().or_else(|| assigned.clone())),
            ects_earned: Earned { provisional: ects(own.earned), withheld: term_open },
            total_taken: ects(all.taken),
            agno: average(scale, &all, all_open.clone()),
            total_earned: Earned { provisional: ects(all.earned), withheld: all_open },
        });
        start = end;
    }

    let (agno, ects_earned) = match terms.last() {
        Some(last) => (last.agno.clone(), last.total_earned.clone()),
        None => (average(scale, &all, None), Earned { provisional: Ects::ZERO, withheld: None }),
    };
    let withheld = reasons(attempts, scale, &terms, all.repeated);
    Ok(Record { terms, order, standings, agno, ects_taken: ects(all.taken), ects_earned, withheld })
}

/// The first unverified value under the sums, apart from what only averages need.
fn marks_open<'a>(
    scale: &Scale,
    sums: &Sums,
    mut standing: impl Iterator<Item = &'a Contribution>,
) -> Option<Withheld> {
    if sums.unverified > 0
        && let Some(first) = standing.find(|c| !c.verified)
    {
        return Some(scale.letter_withheld(first.row));
    }
    if sums.repeated { open(&scale.repeats, Basis::Repeats) } else { None }
}

fn average(scale: &Scale, sums: &Sums, open_before: Option<Withheld>) -> Average {
    let Sums { points, weight, .. } = *sums;
    if sums.marks == 0 {
        return Average { points, weight, fraction: None, shown: None, withheld: None };
    }
    let value_open = open_before.or_else(|| open(&scale.weight, Basis::Weight));
    if value_open.is_some() || weight == 0 {
        return Average { points, weight, fraction: None, shown: None, withheld: value_open };
    }
    // Points are hundredths of hundredths, weights are hundredths.
    let fraction = Fraction::new(points, weight.saturating_mul(100));
    let withheld = open(&scale.rounding, Basis::Rounding);
    let rounding = if withheld.is_none() { scale.rounding.value } else { None };
    let shown = fraction.zip(rounding).map(|(exact, rule)| rule.apply(exact));
    Average { points, weight, fraction, shown, withheld }
}

/// Every value that some figure of the record lacks, each once, letters in the order of the scale.
fn reasons(attempts: &[Attempt], scale: &Scale, terms: &[TermRecord], repeated: bool) -> Vec<Withheld> {
    let mut found = Vec::new();
    for (row, known) in scale.rows.iter().enumerate() {
        let used = || attempts.iter().any(|a| a.letter == Some(known.letter));
        if !known.verified && known.is_final && used() {
            found.push(scale.letter_withheld(row));
        }
    }
    let any_mark = terms.iter().any(|t| t.agno.weight > 0 || t.agno.withheld.is_some());
    if any_mark {
        found.extend(open(&scale.weight, Basis::Weight));
    }
    if repeated {
        found.extend(open(&scale.repeats, Basis::Repeats));
    }
    if any_mark {
        found.extend(scale.term_courses_open());
        found.extend(open(&scale.rounding, Basis::Rounding));
    }
    found
}

#[cfg(test)]
mod tests;
