//! What was measured: values under their keys, one for each round, and what was wrong.

use std::{collections::BTreeMap, fmt};

use crate::options::Group;

/// The middle of some values with the smallest and the largest.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) struct Spread {
    /// The middle one, or the mean of the two in the middle.
    pub(crate) median: f64,
    min: f64,
    max: f64,
}

impl Spread {
    /// The spread of values; none where there are none.
    pub(crate) fn of(values: &[f64]) -> Option<Self> {
        let min = values.iter().copied().reduce(f64::min)?;
        let max = values.iter().copied().reduce(f64::max)?;
        Some(Self { median: median(values), min, max })
    }
}

/// The middle of some values; nothing of none.
pub(crate) fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let upper = sorted.len() / 2;
    match (sorted.get(upper), sorted.len() % 2) {
        (None, _) => 0.0,
        (Some(middle), 1) => *middle,
        (Some(above), _) => sorted.get(upper - 1).map_or(*above, |below| (below + above) / 2.0),
    }
}

/// `12.3 [11.9–14.0]`, or one figure where there was one round.
impl fmt::Display for Spread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&figure(self.median))?;
        if self.min.total_cmp(&self.max).is_ne() {
            write!(f, " [{}–{}]", figure(self.min), figure(self.max))?;
        }
        Ok(())
    }
}

/// A value with three figures that count, thousands apart.
pub(crate) fn figure(value: f64) -> String {
    let decimals = match value.abs() {
        v if v >= 99.95 => 0,
        v if v >= 9.995 => 1,
        v if v >= 0.9995 => 2,
        _ => 3,
    };
    let text = format!("{value:.decimals$}");
    let (whole, rest) = text.split_at(text.find('.').unwrap_or(text.len()));
    let digits = whole.len();
    let mut out = String::new();
    for (at, letter) in whole.chars().enumerate() {
        if at > 0 && (digits - at).is_multiple_of(3) && !out.ends_with('-') {
            out.push(',');
        }
        out.push(letter);
    }
    out + rest
}

/// Everything of one run.
#[derive(Default)]
pub(crate) struct Sheet {
    values: BTreeMap<String, Vec<f64>>,
    faults: Vec<String>,
    remarks: Vec<String>,
}

impl Sheet {
    /// Notes a value of a round.
    pub(crate) fn note(&mut self, key: impl Into<String>, value: f64) {
        self.values.entry(key.into()).or_default().push(value);
    }

    /// Notes a floor: for the table of floors, and beside the figures of its group.
    pub(crate) fn note_floor(&mut self, group: Group, name: &str, value: f64) {
        self.note(format!("floor.{name}"), value);
        self.note(format!("{}.floor.{name}", group.word()), value);
    }

    /// Notes something that is wrong, not slow; the run goes on and ends with exit code 1.
    pub(crate) fn fault(&mut self, words: impl Into<String>) {
        let words = words.into();
        eprintln!("bench: WRONG: {words}");
        self.faults.push(words);
    }

    /// Notes something that a reader of the figures should know.
    pub(crate) fn remark(&mut self, words: impl Into<String>) {
        self.remarks.push(words.into());
    }

    /// What is wrong.
    pub(crate) fn faults(&self) -> &[String] {
        &self.faults
    }

    /// What a reader should know.
    pub(crate) fn remarks(&self) -> &[String] {
        &self.remarks
    }

    /// The spread of a key, where it was measured.
    pub(crate) fn spread(&self, key: &str) -> Option<Spread> {
        Spread::of(self.values.get(key)?)
    }

    /// A key as so many times another, round by round where both have the same rounds.
    pub(crate) fn ratio(&self, key: &str, floor: &str) -> Option<Spread> {
        let (values, floors) = (self.values.get(key)?, self.values.get(floor)?);
        if values.len() == floors.len() {
            let each: Vec<f64> = values.iter().zip(floors).map(|(value, floor)| value / floor).collect();
            return Spread::of(&each);
        }
        Spread::of(&[median(values) / median(floors)])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_short() {
        let written: Vec<String> = [0.0421, 1.0, 9.996, 12.34, 99.96, 1500.0, 1_234_567.0, -1500.0]
            .into_iter()
            .map(figure)
            .collect();
        assert_eq!(written, ["0.042", "1.00", "10.0", "12.3", "100", "1,500", "1,234,567", "-1,500"]);
    }

    #[test]
    fn the_median_stands_with_its_spread() {
        let shown = |values: &[f64]| Spread::of(values).map(|spread| spread.to_string());
        assert_eq!(shown(&[3.0, 1.0, 2.0]).as_deref(), Some("2.00 [1.00–3.00]"));
        assert_eq!(shown(&[1.0, 2.0]).as_deref(), Some("1.50 [1.00–2.00]"));
        assert_eq!(shown(&[5.0]).as_deref(), Some("5.00"));
        assert_eq!(shown(&[]), None);
    }

    #[test]
    fn ratios_compare_rounds_with_their_own_floor() {
        let mut sheet = Sheet::default();
        for (value, floor) in [(10.0, 20.0), (30.0, 60.0), (100.0, 200.0)] {
            sheet.note("a", value);
            sheet.note_floor(Group::Pages, "b", floor);
        }
        assert_eq!(sheet.ratio("a", "pages.floor.b"), Spread::of(&[0.5]));
        sheet.note("c", 30.0);
        assert_eq!(sheet.ratio("c", "floor.b"), Spread::of(&[0.5]));
        assert_eq!(sheet.ratio("c", "d"), None);
    }
}
