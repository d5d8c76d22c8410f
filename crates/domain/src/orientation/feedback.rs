//! What people thought of an orientation, without saying who thought it.

use super::names::Names;

/// What the scores of a feedback say together.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct FeedbackFigures {
    /// How many answered.
    pub count: u32,
    /// The average in tenths, rounded half up; none while nobody answered, or too few.
    pub average_tenths: Option<u32>,
}

impl FeedbackFigures {
    /// The lowest score.
    pub const LOWEST: u8 = 1;
    /// The highest score.
    pub const HIGHEST: u8 = 5;
    /// Below so many answers nothing is shown but their number: who knows who was there would know who said what.
    pub const FEWEST: u32 = 5;

    /// Counts scores.
    pub fn of(scores: impl IntoIterator<Item = u8>) -> Self {
        let (mut count, mut sum) = (0_u32, 0_u32);
        for score in scores {
            count += 1;
            sum += u32::from(score);
        }
        // Half up: 20 times the sum over twice the count, with the count added before dividing.
        let average_tenths = (count > 0).then(|| (sum * 20 + count) / (count * 2));
        Self { count, average_tenths }
    }

    /// The average with a point, as `4.3`.
    pub fn average(&self) -> Option<String> {
        self.average_tenths.map(|tenths| format!("{}.{}", tenths / 10, tenths % 10))
    }
}

/// What the office reads of a feedback: figures, and words in which nobody is named.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Feedback {
    /// What the scores say.
    pub figures: FeedbackFigures,
    /// What was written, in the order of its letters, so that it tells nothing of scores and of time.
    pub words: Vec<String>,
}

impl Feedback {
    /// Gathers scores and words. `people` are the names that are taken out of the words, beside numbers and addresses.
    pub fn of<'a>(answers: Vec<(u8, Option<String>)>, people: impl IntoIterator<Item = &'a str>) -> Self {
        let figures = FeedbackFigures::of(answers.iter().map(|(score, _)| *score));
        if figures.count < FeedbackFigures::FEWEST {
            let figures = FeedbackFigures { average_tenths: None, ..figures };
            return Self { figures, words: Vec::new() };
        }
        let names = Names::of(people);
        let mut words: Vec<String> =
            answers.into_iter().filter_map(|(_, words)| words).map(|words| names.take_out(&words)).collect();
        words.sort_unstable();
        Self { figures, words }
    }

    /// Whether somebody answered, but too few for showing what they said.
    pub fn is_withheld(&self) -> bool {
        self.figures.count > 0 && self.figures.average_tenths.is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_average_is_exact_to_a_tenth() {
        let said = |scores: &[u8]| FeedbackFigures::of(scores.iter().copied()).average();
        assert_eq!(said(&[]), None);
        assert_eq!(said(&[5]).as_deref(), Some("5.0"));
        assert_eq!(said(&[4, 5, 4]).as_deref(), Some("4.3"));
        assert_eq!(said(&[4, 5, 5]).as_deref(), Some("4.7"));
        // 4.25 is rounded up, 4.2 stays.
        assert_eq!(said(&[4, 4, 4, 5]).as_deref(), Some("4.3"));
        assert_eq!(said(&[4, 4, 4, 4, 5]).as_deref(), Some("4.2"));
    }

    #[test]
    fn few_answers_are_counted_and_kept_back() {
        let answer = |score: u8, words: &str| (score, Some(words.to_owned()));
        let four = vec![answer(1, "b"), answer(5, "a"), answer(4, "c"), (4, None)];
        let kept = Feedback::of(four.clone(), []);
        assert_eq!((kept.figures.count, kept.figures.average(), kept.words.len()), (4, None, 0));
        assert!(kept.is_withheld() && !Feedback::default().is_withheld());

        let five = [four, vec![answer(5, "Işıl Hanım çok ilgiliydi")]].concat();
        let shown = Feedback::of(five, ["Işıl IŞIK"]);
        assert_eq!(shown.figures.average().as_deref(), Some("3.8"));
        assert_eq!(shown.words, ["[…] Hanım çok ilgiliydi", "a", "b", "c"]);
    }
}
