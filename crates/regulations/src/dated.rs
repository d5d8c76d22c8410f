//! Values that hold from a day, to a day, for cohorts of entry.

use base::time::Date;

/// The moment a rule is asked about: a day, and the cohort of the student concerned.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct When {
    /// The day whose law counts.
    pub on: Date,
    /// The calendar year in which the student's first academic year began; transitional articles ask for it.
    pub entry_year: i16,
}

/// The days and cohorts for which a value holds; each end is half-open and an absent end is unbounded.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct Validity {
    /// First day.
    pub from: Option<Date>,
    /// First day on which it no longer holds.
    pub to: Option<Date>,
    /// First entry year.
    pub entry_from: Option<i16>,
    /// First entry year for which it no longer holds.
    pub entry_to: Option<i16>,
}

/// Whether two half-open spans share a point.
fn meet<T: PartialOrd>(a_from: Option<T>, a_to: Option<T>, b_from: Option<T>, b_to: Option<T>) -> bool {
    let before = |to: &Option<T>, from: &Option<T>| match (to, from) {
        (Some(to), Some(from)) => to <= from,
        _ => false,
    };
    !before(&a_to, &b_from) && !before(&b_to, &a_from)
}

impl Validity {
    /// Whether the value holds then.
    pub fn contains(&self, when: When) -> bool {
        self.from.is_none_or(|from| from <= when.on)
            && self.to.is_none_or(|to| when.on < to)
            && self.entry_from.is_none_or(|from| from <= when.entry_year)
            && self.entry_to.is_none_or(|to| when.entry_year < to)
    }

    /// Whether no day or no cohort is left between its ends.
    pub fn is_empty(&self) -> bool {
        let closed = matches!((self.from, self.to), (Some(from), Some(to)) if to <= from);
        closed || matches!((self.entry_from, self.entry_to), (Some(from), Some(to)) if to <= from)
    }

    /// Whether some student on some day would fall under both.
    pub fn overlaps(&self, other: &Self) -> bool {
        meet(self.from, self.to, other.from, other.to)
            && meet(self.entry_from, self.entry_to, other.entry_from, other.entry_to)
    }
}

/// Two rows, by their place, that would both hold for somebody on some day.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{}. ve {}. satırların geçerlilik tarihleri çakışıyor", first + 1, second + 1)]
pub struct Overlap {
    /// Place of the earlier row, counted from zero.
    pub first: usize,
    /// Place of the later row, counted from zero.
    pub second: usize,
}

/// One value through time: at any moment at most one row holds.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Dated<T> {
    rows: Vec<(Validity, T)>,
}

impl<T> Default for Dated<T> {
    fn default() -> Self {
        Self { rows: Vec::new() }
    }
}

impl<T> Dated<T> {
    /// Takes the rows in any order; refuses two that overlap.
    pub fn new(rows: Vec<(Validity, T)>) -> Result<Self, Overlap> {
        for (second, (validity, _)) in rows.iter().enumerate() {
            if let Some(first) = rows[..second].iter().position(|(other, _)| validity.overlaps(other)) {
                return Err(Overlap { first, second });
            }
        }
        Ok(Self { rows })
    }

    /// The value that holds then.
    pub fn at(&self, when: When) -> Option<&T> {
        self.rows.iter().find(|(validity, _)| validity.contains(when)).map(|(_, value)| value)
    }

    /// Every row, for pages that show a rule's history.
    pub fn rows(&self) -> &[(Validity, T)] {
        &self.rows
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(n: i16) -> Date {
        Date::constant(2000 + n, 1, 1)
    }

    fn validity() -> impl Strategy<Value = Validity> {
        let end = || proptest::option::of(0i16..6);
        (end(), end(), end(), end())
            .prop_map(|(from, to, entry_from, entry_to)| Validity {
                from: from.map(day),
                to: to.map(day),
                entry_from,
                entry_to,
            })
            .prop_filter("has a point", |v| !v.is_empty())
    }

    fn moments() -> impl Iterator<Item = When> {
        (-1..7).flat_map(|d| (-1..7).map(move |entry_year| When { on: day(d), entry_year }))
    }

    #[test]
    fn the_last_day_is_the_next_rows_first() {
        let to_2022 = Validity { to: Some(day(22)), ..Validity::default() };
        let from_2022 = Validity { from: Some(day(22)), ..Validity::default() };
        let dated = Dated::new(vec![(from_2022, "ects"), (to_2022, "credit")]).expect("no overlap");
        let at = |on| dated.at(When { on, entry_year: 2020 }).copied();
        assert_eq!(at(Date::constant(2021, 12, 31)), Some("credit"));
        assert_eq!(at(day(22)), Some("ects"));
        assert_eq!(
            Dated::new(vec![(to_2022, 1), (from_2022, 2), (Validity::default(), 3)]),
            Err(Overlap { first: 0, second: 2 })
        );
    }

    #[test]
    fn a_transitional_article_keeps_the_old_rule_for_old_cohorts() {
        let old = Validity { entry_to: Some(2016), ..Validity::default() };
        let new = Validity { entry_from: Some(2016), ..Validity::default() };
        let dated = Dated::new(vec![(old, "old"), (new, "new")]).expect("no overlap");
        assert_eq!(dated.at(When { on: day(20), entry_year: 2015 }), Some(&"old"));
        assert_eq!(dated.at(When { on: day(20), entry_year: 2016 }), Some(&"new"));
    }

    proptest! {
        #[test]
        fn rows_overlap_exactly_when_a_moment_falls_under_both(a in validity(), b in validity()) {
            let both = moments().any(|when| a.contains(when) && b.contains(when));
            prop_assert_eq!(a.overlaps(&b), both);
            prop_assert_eq!(b.overlaps(&a), both);
        }
    }
}
