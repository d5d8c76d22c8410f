//! Exactly what a transkript shows.

use serde::Serialize;

use crate::documents::common::{Figure, Person, Study};

/// The body of a transcript; letterhead, number, signature and foot come with the frame.
#[derive(Clone, Debug, Serialize)]
pub struct Transcript {
    /// Whose marks.
    pub person: Person,
    /// In which programme.
    pub study: Study,
    /// Day of graduation, if that has happened.
    pub graduation: Option<String>,
    /// Recognised courses first, then the terms in the order in which they were taken.
    pub blocks: Vec<Block>,
    /// The figures below the last term.
    pub totals: Totals,
    /// Courses of the curriculum that have not been taken yet, by its terms; none of a study that is complete.
    pub remaining: Vec<RemainingTerm>,
    /// The scale by which the marks were given.
    pub scale: Scale,
}

/// One term, or the recognised courses.
#[derive(Clone, Debug, Serialize)]
pub struct Block {
    /// Academic year and term, such as "2021-2022 Güz Yarıyılı".
    pub title: String,
    /// Its place in the study, such as "1. yarıyıl".
    pub place: Option<String>,
    /// The courses in the order of the curriculum.
    pub courses: Vec<CourseLine>,
    /// What the block adds up to; none for recognised courses.
    pub summary: Option<TermSummary>,
}

/// One course once taken; every column as it is printed, empty where it has nothing to say.
#[derive(Clone, Debug, Serialize)]
pub struct CourseLine {
    /// Course code.
    pub code: String,
    /// Course name in the language of the paper.
    pub name: String,
    /// Weekly hours of theory.
    pub theory: String,
    /// Weekly hours of practice.
    pub practice: String,
    /// National credit.
    pub credit: String,
    /// AKTS.
    pub ects: String,
    /// Letter or sign of the mark.
    pub letter: String,
    /// Coefficient of the letter.
    pub coefficient: String,
    /// Coefficient times weight.
    pub points: String,
    /// What is special about this line.
    pub remarks: Vec<Remark>,
}

/// What a term of the curriculum still asks for.
#[derive(Clone, Debug, Serialize)]
pub struct RemainingTerm {
    /// Its place in the study, such as "5. yarıyıl".
    pub title: String,
    /// Compulsory courses.
    pub courses: Vec<PlannedCourse>,
    /// Courses from among which some are chosen.
    pub electives: Vec<PlannedCourse>,
}

/// A course of the curriculum that has not been taken.
#[derive(Clone, Debug, Serialize)]
pub struct PlannedCourse {
    /// Course code.
    pub code: String,
    /// Course name in the language of the paper.
    pub name: String,
    /// Weekly hours of theory and practice: `3+1`.
    pub hours: String,
    /// National credit.
    pub credit: String,
    /// AKTS.
    pub ects: String,
}

/// A mark in the last column, explained with the scale.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Remark {
    /// The course had been taken before.
    Repeat,
    /// The course was taken again later; this mark no longer counts.
    Replaced,
    /// Recognised by exemption or equivalence.
    Exempt,
    /// Not counted in the averages.
    Outside,
}

impl Remark {
    /// All remarks, in the order of the explanations.
    pub const ALL: [Self; 4] = [Self::Repeat, Self::Replaced, Self::Exempt, Self::Outside];

    /// Key of the sign that stands in the column.
    pub const fn sign_key(self) -> &'static str {
        match self {
            Self::Repeat => "sign-repeat",
            Self::Replaced => "sign-replaced",
            Self::Exempt => "sign-exempt",
            Self::Outside => "sign-outside",
        }
    }

    /// Key of its explanation.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Repeat => "symbol-repeat",
            Self::Replaced => "symbol-replaced",
            Self::Exempt => "symbol-exempt",
            Self::Outside => "symbol-outside",
        }
    }
}

/// What a term adds up to.
#[derive(Clone, Debug, Serialize)]
pub struct TermSummary {
    /// AKTS taken in the term.
    pub ects_taken: String,
    /// AKTS passed in the term.
    pub ects_earned: String,
    /// Points of the term.
    pub points: Figure,
    /// Average of the term.
    pub ano: Figure,
    /// Average of everything up to the end of the term.
    pub agno: Figure,
}

/// The figures of the whole study.
#[derive(Clone, Debug, Serialize)]
pub struct Totals {
    /// AKTS taken, repeated courses once.
    pub ects_taken: String,
    /// AKTS earned.
    pub ects_earned: String,
    /// Sum of the points that count.
    pub points: Figure,
    /// The general average.
    pub agno: Figure,
    /// The general average out of 100, where the institution prints it.
    pub hundred: Option<Figure>,
}

/// The scale and what a reader must know about it.
#[derive(Clone, Debug, Serialize)]
pub struct Scale {
    /// One row per letter, best first.
    pub rows: Vec<ScaleRow>,
    /// Whole sentences: how points and averages are computed, on what regulation (`explain-*`,
    /// `scale-basis`).
    pub sentences: Vec<String>,
}

/// One letter of the scale.
#[derive(Clone, Debug, Serialize)]
pub struct ScaleRow {
    /// Letter or sign.
    pub letter: String,
    /// Coefficient, empty if it has none.
    pub coefficient: String,
    /// Range of scores, or why it is not printed.
    pub score: Figure,
    /// What it means.
    pub meaning: String,
}

impl Transcript {
    /// The reasons of all withheld figures with the names (label keys) of the figures they concern, each reason
    /// once, in the order of the paper.
    pub fn withheld(&self) -> Vec<(&str, Vec<&'static str>)> {
        let mut reasons: Vec<(&str, Vec<&'static str>)> = Vec::new();
        for (key, figure) in self.figures() {
            let Figure::Withheld(reason) = figure else { continue };
            match reasons.iter_mut().find(|(known, _)| known == reason) {
                Some((_, keys)) if keys.contains(&key) => {}
                Some((_, keys)) => keys.push(key),
                None => reasons.push((reason, vec![key])),
            }
        }
        reasons
    }

    fn figures(&self) -> impl Iterator<Item = (&'static str, &Figure)> {
        let summaries = self.blocks.iter().filter_map(|block| block.summary.as_ref());
        let terms =
            summaries.flat_map(|term| [("points", &term.points), ("ano", &term.ano), ("agno", &term.agno)]);
        let totals = [("points", &self.totals.points), ("agno", &self.totals.agno)];
        let hundred = self.totals.hundred.as_ref().map(|figure| ("hundred", figure));
        let scores = self.scale.rows.iter().map(|row| ("scale-score", &row.score));
        terms.chain(totals).chain(hundred).chain(scores)
    }

    /// The remarks that occur, each once, in the order of the explanations.
    pub fn remarks(&self) -> impl Iterator<Item = Remark> {
        Remark::ALL.into_iter().filter(|remark| {
            self.blocks.iter().flat_map(|block| &block.courses).any(|line| line.remarks.contains(remark))
        })
    }
}
