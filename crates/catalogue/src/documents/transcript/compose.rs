//! From a student's file to the data of a transcript.
//!
//! Every sum and average on the paper is one that [`record::compute`] gave; what it withholds, the paper withholds and
//! says why. The points of a single line are coefficient times weight, shown where both values are verified.

use std::collections::{BTreeMap, HashMap, HashSet};

use base::{lang::Lang, number::Rounded, time::date_tr};
use domain::{
    enrolments::EnrolmentStatus,
    programmes::{CourseKind, Season},
    record::{self, Average, Basis, Earned, Record, Scale as Rules, Standing, TermRecord, Withheld},
    student_file::{CurriculumLine, MarkLine, StudentFile, TermTaken},
};
use regulations::{AverageWeight, Book, Citation, GradeLetter, GradeScale, Letter, When};

use super::{
    Block, CourseLine, PlannedCourse, RemainingTerm, Remark, Scale, ScaleRow, TermSummary, Totals,
    Transcript, texts,
};
use crate::documents::{
    common::Figure,
    issue::{ComposeError, IssueFacts, frame, name, person, study, term_place, term_title, words},
};

/// The letter of courses that were recognised and not taken here.
const EXEMPT: &str = "M";

/// What stands where a figure does not exist, because nothing weighs yet.
const NOTHING: &str = "–";

/// The data of one transcript.
pub(super) fn issue(file: &StudentFile, book: &Book, facts: &IssueFacts) -> Result<Vec<u8>, ComposeError> {
    let when = file.when(facts.date);
    let attempts: Vec<_> = file.marks.iter().map(|line| line.attempt).collect();
    let record = record::compute(&attempts, &Rules::resolve(book, when)?)?;
    let page = Page { file, book, lang: facts.lang, when, scale: book.grade_scale(when).value };
    let transcript = Transcript {
        person: person(file, facts),
        study: study(file, facts, texts()),
        graduation: (file.status == EnrolmentStatus::Graduated).then(|| date_tr(file.status_since)),
        blocks: page.blocks(&record),
        totals: Totals {
            ects_taken: record.ects_taken.text(facts.lang),
            ects_earned: page.earned(&record.ects_earned),
            points: page.points(&record.agno),
            agno: page.average(&record.agno),
            hundred: None,
        },
        remaining: page.remaining(),
        scale: page.scale(),
    };
    Ok(super::compose(facts.lang, &frame(file, book, facts, texts()), &transcript)?)
}

/// What every part of the paper is made with.
struct Page<'a> {
    file: &'a StudentFile,
    book: &'a Book,
    lang: Lang,
    when: When,
    scale: Option<&'a GradeScale>,
}

impl Page<'_> {
    fn blocks(&self, record: &Record) -> Vec<Block> {
        let places = self.curriculum_order();
        record.terms.iter().map(|term| self.block(record, term, &places)).collect()
    }

    /// Courses in the order in which the curriculum names them.
    fn curriculum_order(&self) -> HashMap<i64, usize> {
        self.file.curriculum.iter().enumerate().map(|(place, line)| (line.course, place)).collect()
    }

    fn block(&self, record: &Record, term: &TermRecord, places: &HashMap<i64, usize>) -> Block {
        let mut lines: Vec<(usize, &MarkLine)> =
            record.attempts_of(term).iter().filter_map(|at| Some((*at, self.file.marks.get(*at)?))).collect();
        let place = |line: &MarkLine| places.get(&line.attempt.course.get()).copied().unwrap_or(usize::MAX);
        lines.sort_by(|(_, a), (_, b)| {
            (place(a), &a.course.code, a.attempt.number).cmp(&(place(b), &b.course.code, b.attempt.number))
        });
        let taken = self.file.terms.iter().find(|taken| taken.term.order == term.term);
        let is_graded = lines.iter().any(|(at, _)| record.standings.get(*at) != Some(&Standing::Open));
        Block {
            title: self.title(term.term, taken),
            place: taken.map(|taken| term_place(taken.term_no, self.lang)),
            courses: lines.into_iter().map(|(at, line)| self.line(line, record.standings.get(at))).collect(),
            summary: Some(self.summary(term, is_graded)),
        }
    }

    /// What a term adds up to; one whose marks are all still open adds up to nothing yet.
    fn summary(&self, term: &TermRecord, is_graded: bool) -> TermSummary {
        let nothing = || Figure::Shown(NOTHING.to_owned());
        let ects_taken = term.ects_taken.text(self.lang);
        if !is_graded {
            let ects_earned = NOTHING.to_owned();
            return TermSummary {
                ects_taken,
                ects_earned,
                points: nothing(),
                ano: nothing(),
                agno: nothing(),
            };
        }
        TermSummary {
            ects_taken,
            ects_earned: self.earned(&term.ects_earned),
            points: self.points(&term.ano),
            ano: self.average(&term.ano),
            agno: self.average(&term.agno),
        }
    }

    /// The rest of the curriculum: compulsory courses without an attempt, and the electives of terms from whose group
    /// nothing was taken. The curriculum does not say how many of a group are to be chosen, so a group from which
    /// something was taken asks for nothing more here. Who has graduated or died has nothing left to take.
    fn remaining(&self) -> Vec<RemainingTerm> {
        if matches!(self.file.status, EnrolmentStatus::Graduated | EnrolmentStatus::Deceased) {
            return Vec::new();
        }
        let taken: HashSet<i64> = self.file.marks.iter().map(|line| line.attempt.course.get()).collect();
        // A course that stands in the groups of several terms was taken for the first of them.
        let mut unspent = taken.clone();
        let mut terms: BTreeMap<u8, Vec<&CurriculumLine>> = BTreeMap::new();
        for line in &self.file.curriculum {
            terms.entry(line.term_no).or_default().push(line);
        }
        let mut remaining = Vec::new();
        for (term_no, lines) in terms {
            let mut was_chosen = false;
            let (mut courses, mut electives) = (Vec::new(), Vec::new());
            for line in lines {
                match line.kind {
                    CourseKind::Compulsory if taken.contains(&line.course) => {}
                    CourseKind::Compulsory => courses.push(self.planned(line)),
                    CourseKind::Elective if unspent.remove(&line.course) => was_chosen = true,
                    CourseKind::Elective if taken.contains(&line.course) => {}
                    CourseKind::Elective => electives.push(self.planned(line)),
                }
            }
            if was_chosen {
                electives.clear();
            }
            if !courses.is_empty() || !electives.is_empty() {
                remaining.push(RemainingTerm { title: term_place(term_no, self.lang), courses, electives });
            }
        }
        remaining
    }

    fn planned(&self, line: &CurriculumLine) -> PlannedCourse {
        PlannedCourse {
            code: line.facts.code.clone(),
            name: name(&line.facts.name, self.lang),
            hours: format!("{}+{}", line.facts.theory, line.facts.practice),
            credit: line.credit.text(self.lang),
            ects: line.ects.text(self.lang),
        }
    }

    /// The term's name in the calendar; one in which the student was not registered is named by its first day.
    fn title(&self, order: i64, taken: Option<&TermTaken>) -> String {
        if let Some(taken) = taken {
            return term_title(&taken.term.academic_year, taken.term.season, self.lang);
        }
        let (year, month) = (order / 10_000, order / 100 % 100);
        let (first, season) = match month {
            8..=12 => (year, Season::Autumn),
            6..=7 => (year - 1, Season::Summer),
            _ => (year - 1, Season::Spring),
        };
        term_title(&format!("{first}-{}", first + 1), season, self.lang)
    }

    fn row(&self, letter: Letter) -> Option<&GradeLetter> {
        self.scale?.letters().iter().find(|row| row.letter == letter)
    }

    fn line(&self, line: &MarkLine, standing: Option<&Standing>) -> CourseLine {
        let attempt = &line.attempt;
        let row = attempt.letter.and_then(|letter| self.row(letter));
        let verified = row.filter(|row| row.citation.mark.is_verified());
        let coefficient = verified.and_then(|row| row.coefficient);
        let points = coefficient.zip(self.weight()).and_then(|(coefficient, weight)| {
            let weight = match weight {
                AverageWeight::Ects => attempt.ects.hundredths(),
                AverageWeight::Credit => attempt.credit.hundredths(),
            };
            self.ten_thousandths(i64::from(coefficient.hundredths()) * i64::from(weight))
        });
        let mut remarks = Vec::new();
        if attempt.number > 1 {
            remarks.push(Remark::Repeat);
        }
        // Which attempt stands, and whether a letter counts, is said only where the rule book was verified.
        if standing == Some(&Standing::Replaced) && self.book.repeat_rule(self.when).is_verified() {
            remarks.push(Remark::Replaced);
        }
        if attempt.letter.is_some_and(|letter| letter.as_str() == EXEMPT) {
            remarks.push(Remark::Exempt);
        } else if verified.is_some_and(|row| !row.in_average) {
            remarks.push(Remark::Outside);
        }
        CourseLine {
            code: line.course.code.clone(),
            name: name(&line.course.name, self.lang),
            theory: line.course.theory.to_string(),
            practice: line.course.practice.to_string(),
            credit: attempt.credit.text(self.lang),
            ects: attempt.ects.text(self.lang),
            letter: attempt.letter.map(|letter| letter.to_string()).unwrap_or_default(),
            coefficient: coefficient.map(|c| c.text(self.lang)).unwrap_or_default(),
            points: points.unwrap_or_default(),
            remarks,
        }
    }

    /// What weighs a coefficient, if anybody has verified it.
    fn weight(&self) -> Option<AverageWeight> {
        self.book.average_weight(self.when).verified()
    }

    /// Points with two decimals, or with more where there are more.
    fn ten_thousandths(&self, points: i64) -> Option<String> {
        let short = if points % 100 == 0 { Rounded::new(points / 100, 2) } else { Rounded::new(points, 4) };
        short.map(|points| points.text(self.lang))
    }

    /// The sum of the points, which needs the letters and the weight but neither rounding nor the choice of courses.
    fn points(&self, average: &Average) -> Figure {
        let weight = self.book.average_weight(self.when);
        match &average.withheld {
            Some(w) if matches!(w.basis, Basis::Letter(_) | Basis::Weight | Basis::Repeats) => {
                Figure::Withheld(self.reason(w))
            }
            _ if weight.value.is_none() || !weight.is_verified() => {
                Figure::Withheld(self.reason(&Withheld { basis: Basis::Weight, citation: weight.citation }))
            }
            _ => Figure::Shown(self.ten_thousandths(average.points).unwrap_or_else(|| NOTHING.to_owned())),
        }
    }

    fn average(&self, average: &Average) -> Figure {
        match (&average.shown, &average.withheld) {
            (Some(figure), _) => Figure::Shown(figure.text(self.lang)),
            (None, Some(withheld)) => Figure::Withheld(self.reason(withheld)),
            (None, None) => Figure::Shown(NOTHING.to_owned()),
        }
    }

    fn earned(&self, earned: &Earned) -> String {
        earned.shown().map_or_else(|| self.not_printed(), |ects| ects.text(self.lang))
    }

    fn not_printed(&self) -> String {
        texts().label(self.lang, "withheld-mark").to_owned()
    }

    /// Why a figure is missing, as a sentence that names the value and where it stands.
    fn reason(&self, withheld: &Withheld) -> String {
        let citation = &withheld.citation;
        let key = match withheld.basis {
            Basis::Letter(_) => "reason-letter",
            Basis::Weight => "reason-weight",
            Basis::Repeats => "reason-repeats",
            Basis::TermCourses if citation.mark.is_verified() => "reason-term-courses-assigned",
            Basis::TermCourses => "reason-term-courses",
            Basis::Rounding => "reason-rounding",
        };
        words().sentence(self.lang, key, &[("basis", &self.basis(citation))])
    }

    fn basis(&self, citation: &Citation) -> String {
        let source = self.book.sources().get(&citation.source);
        let short = source.map_or(citation.text.as_str(), |source| source.short_in(self.lang));
        let place = [short, &citation.article_in(self.lang)].join(" ");
        let place = if place.trim().is_empty() { citation.rule.as_str() } else { place.trim() };
        if place.is_empty() {
            String::new()
        } else {
            words().sentence(self.lang, "reason-basis", &[("basis", place)])
        }
    }

    /// The scale by which the marks were given, and what the regulation means by the averages.
    fn scale(&self) -> Scale {
        let rows = self.scale.map(|scale| scale.letters().iter().map(|row| self.scale_row(row)).collect());
        let label = |key| texts().label(self.lang, key).to_owned();
        let mut sentences = Vec::new();
        match self.weight() {
            Some(AverageWeight::Ects) => sentences.push(label("explain-points")),
            Some(AverageWeight::Credit) => sentences.push(label("explain-points-credit")),
            None => {}
        }
        for term in ["ano", "agno"] {
            if let Some(meaning) = self.book.definition(term, self.when).verified() {
                let text = match self.lang {
                    Lang::Tr => &meaning.tr,
                    Lang::En => &meaning.en,
                };
                let values = [("name", label(term)), ("text", text.clone())];
                let values = values.each_ref().map(|(key, text)| (*key, text.as_str()));
                sentences.push(words().sentence(self.lang, "explain-definition", &values));
            }
        }
        let citation = self.book.grade_scale(self.when).citation;
        if citation.mark.is_verified() {
            let source = self.book.sources().get(&citation.source);
            let title = source.map_or(citation.text.as_str(), |source| source.title_in(self.lang));
            let basis = format!("{title}, {}", citation.article_in(self.lang));
            sentences.push(texts().sentence(self.lang, "scale-basis", &[("basis", &basis)]));
        }
        Scale { rows: rows.unwrap_or_default(), sentences }
    }

    fn scale_row(&self, row: &GradeLetter) -> ScaleRow {
        let verified = row.citation.mark.is_verified();
        let coefficient = row.coefficient.map(|c| c.text(self.lang));
        let letter = Withheld { basis: Basis::Letter(row.letter), citation: row.citation.clone() };
        ScaleRow {
            letter: row.letter.to_string(),
            coefficient: match coefficient {
                Some(_) if !verified => self.not_printed(),
                other => other.unwrap_or_default(),
            },
            score: match row.range {
                None => Figure::Shown(NOTHING.to_owned()),
                Some(_) if !verified => Figure::Withheld(self.reason(&letter)),
                Some((min, max)) => {
                    Figure::Shown(format!("{} – {}", min.text(self.lang), max.text(self.lang)))
                }
            },
            meaning: row.name(self.lang).to_owned(),
        }
    }
}
