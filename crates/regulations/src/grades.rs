//! Marks: the grade scale and how averages are made of it.

use std::sync::Arc;

use base::{
    lang::Lang,
    number::{Coefficient, Rounded, Rounding, Score},
};

use crate::{Citation, Letter};

/// Whether a letter passes the course.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Passing {
    /// It passes.
    Yes,
    /// It passes as long as the average condition of the regulation holds; counted as passed until graduation asks.
    Conditional,
    /// It does not pass.
    No,
}

impl Passing {
    /// Whether the course counts as passed.
    pub const fn passes(self) -> bool {
        !matches!(self, Self::No)
    }
}

/// One letter of a scale.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct GradeLetter {
    /// The letter.
    pub letter: Letter,
    /// Its weight in averages; none for letters that stay out of them.
    pub coefficient: Option<Coefficient>,
    /// The lowest and highest score that gives it; none for letters that no score gives.
    pub range: Option<(Score, Score)>,
    /// Whether it passes.
    pub passing: Passing,
    /// Whether it enters ANO and AGNO.
    pub in_average: bool,
    /// Whether a course passed with it counts towards the AKTS earned.
    pub counts_credit: bool,
    /// Whether it ends the attempt; false for work that goes on (`S`), which is no mark yet.
    pub is_final: bool,
    /// Its name in Turkish.
    pub name_tr: String,
    /// Its name in English.
    pub name_en: String,
    /// What this row rests on.
    pub citation: Arc<Citation>,
}

impl GradeLetter {
    /// Its name.
    pub fn name(&self, lang: Lang) -> &str {
        match lang {
            Lang::Tr => &self.name_tr,
            Lang::En => &self.name_en,
        }
    }
}

/// The letters of an institution, in the order in which papers list them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct GradeScale {
    letters: Vec<GradeLetter>,
}

/// What makes a list of letters no scale.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum ScaleError {
    /// The list is empty.
    #[error("ölçekte hiç harf yok")]
    Empty,
    /// The same letter twice.
    #[error("“{0}” harfi iki kez yazılmış")]
    Twice(Letter),
    /// The lowest score is above the highest.
    #[error("“{0}” harfinin en düşük puanı en yüksek puanından büyük")]
    Backwards(Letter),
    /// One score would give two letters.
    #[error("“{0}” ile “{1}” harflerinin puan aralıkları çakışıyor")]
    Overlap(Letter, Letter),
    /// A letter that enters the average has nothing to enter with.
    #[error("“{0}” ortalamaya katılıyor ama katsayısı yok")]
    NoCoefficient(Letter),
    /// A letter outside the average has a coefficient, which nobody would read.
    #[error("“{0}” ortalamaya katılmıyor ama katsayısı var")]
    IdleCoefficient(Letter),
    /// Unfinished work that would pass, earn or enter the average.
    #[error("“{0}” kesin not değil; geçer, kredili ya da ortalamaya katılan olamaz")]
    Unfinished(Letter),
}

impl GradeScale {
    /// Takes the letters in the order of printing, after checking that they make sense together.
    pub(crate) fn new(letters: Vec<GradeLetter>) -> Result<Self, ScaleError> {
        if letters.is_empty() {
            return Err(ScaleError::Empty);
        }
        for (place, row) in letters.iter().enumerate() {
            let before = &letters[..place];
            if before.iter().any(|other| other.letter == row.letter) {
                return Err(ScaleError::Twice(row.letter));
            }
            if let Some((min, max)) = row.range {
                if min > max {
                    return Err(ScaleError::Backwards(row.letter));
                }
                let clash =
                    |other: &&GradeLetter| other.range.is_some_and(|(low, high)| low <= max && min <= high);
                if let Some(other) = before.iter().find(clash) {
                    return Err(ScaleError::Overlap(other.letter, row.letter));
                }
            }
            match (row.in_average, row.coefficient) {
                // An unread coefficient is honest data; the average will name it as missing.
                (true, None) if row.citation.mark.is_verified() => {
                    return Err(ScaleError::NoCoefficient(row.letter));
                }
                (false, Some(_)) => return Err(ScaleError::IdleCoefficient(row.letter)),
                _ => {}
            }
            if !row.is_final && (row.in_average || row.counts_credit || row.passing.passes()) {
                return Err(ScaleError::Unfinished(row.letter));
            }
        }
        Ok(Self { letters })
    }

    /// The letters in the order in which papers list them.
    pub fn letters(&self) -> &[GradeLetter] {
        &self.letters
    }

    /// The row of a letter.
    pub fn row(&self, letter: Letter) -> Option<&GradeLetter> {
        self.letters.iter().find(|row| row.letter == letter)
    }

    /// The letter that a score gives: the one with the highest lowest score not above it.
    ///
    /// Scores between two printed ranges, such as 89,5 between 89 and 90, fall to the lower one.
    pub fn of_score(&self, score: Score) -> Option<&GradeLetter> {
        let lowest = |row: &&GradeLetter| row.range.map(|(min, _)| min);
        self.letters.iter().filter(|row| lowest(row).is_some_and(|min| min <= score)).max_by_key(lowest)
    }

    /// Whether every row was read somewhere, so that the scale may be printed on a paper.
    pub fn is_verified(&self) -> bool {
        self.letters.iter().all(|row| row.citation.mark.is_verified())
    }
}

/// What weighs a coefficient in an average.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum AverageWeight {
    /// The course's AKTS.
    Ects,
    /// The course's national credits.
    Credit,
}

/// Which courses make the average of a term (ANO).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum TermAverage {
    /// Those the student took in the term.
    Taken,
    /// Those the curriculum assigns to the term, whenever they were taken.
    Assigned,
}

/// Which attempt at a course stands when there are several.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum RepeatRule {
    /// The last one, also where it is worse.
    Last,
    /// The best one.
    Best,
}

/// How an average becomes the figure that is shown and compared with limits.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct RoundingRule {
    /// What happens to the rest.
    pub how: Rounding,
    /// How many decimals are kept.
    pub decimals: u8,
}

impl RoundingRule {
    /// The figure that is shown.
    pub fn apply(self, exact: base::number::Fraction) -> Rounded {
        exact.round(self.decimals, self.how)
    }
}
