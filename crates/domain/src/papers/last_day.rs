//! Until when a missing paper may come, and on what that day rests.

use base::time::Date;

use super::{Due, RequiredPaper};

vocabulary! {
    /// What the last day of a missing paper rests on.
    DayBasis {
        /// The desk set it for this paper.
        Desk => "desk",
        /// The last day of the provisional registration.
        Provisional => "provisional",
        /// The dated window for missing papers.
        Window => "window",
        /// The rule book.
        Rule => "rule",
    }
}

/// The days that are known of one missing paper.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct KnownDays {
    /// Set by the desk for this paper.
    pub desk: Option<Date>,
    /// Last day of a provisional registration that has not become final.
    pub provisional: Option<Date>,
    /// Last day of the window for missing papers that counts for the registration.
    pub window: Option<Date>,
}

impl KnownDays {
    /// The day that counts: what was decided for the paper, then what was decided for the registration, then what was
    /// announced for all, then the rule. It is the same on every page and paper, so that nobody is told two days.
    pub fn last(self, required: Option<&RequiredPaper>) -> Option<(Date, DayBasis)> {
        let rule = required.and_then(|paper| match paper.due {
            Due::Until(day, _) => Some(day),
            Due::AtOnce(_) | Due::LaterUnknown(_) => None,
        });
        [
            (self.desk, DayBasis::Desk),
            (self.provisional, DayBasis::Provisional),
            (self.window, DayBasis::Window),
            (rule, DayBasis::Rule),
        ]
        .into_iter()
        .find_map(|(day, basis)| day.map(|day| (day, basis)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_decided_for_the_paper_counts_first() {
        let day = |n| Some(Date::constant(2026, 12, n));
        let all = KnownDays { desk: day(1), provisional: day(2), window: day(3) };
        let basis = |days: KnownDays| days.last(None).map(|(_, basis)| basis);
        assert_eq!(all.last(None), day(1).map(|day| (day, DayBasis::Desk)));
        assert_eq!(basis(KnownDays { desk: None, ..all }), Some(DayBasis::Provisional));
        assert_eq!(basis(KnownDays { window: day(3), ..KnownDays::default() }), Some(DayBasis::Window));
        assert_eq!(basis(KnownDays::default()), None);
    }
}
