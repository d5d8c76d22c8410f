//! The registrations of a unit on a day, as its list shows them.

use base::time::Date;

use crate::student_file::Name;

/// Who was registered in a unit on a day.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DayList {
    /// The unit.
    pub unit: Name,
    /// The day.
    pub day: Date,
    /// The registrations that stand, by programme and student number.
    pub rows: Vec<DayRow>,
}

/// One registration of the day.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DayRow {
    /// Student number.
    pub number: String,
    /// Given names and SURNAME.
    pub name: String,
    /// Code of the programme.
    pub programme_code: String,
    /// The programme.
    pub programme: Name,
    /// Whether the registration is provisional.
    pub is_provisional: bool,
    /// Name of who registered.
    pub made_by: String,
}

/// How many of a programme were registered on the day.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ProgrammeCount {
    /// Code of the programme.
    pub code: String,
    /// The programme.
    pub programme: Name,
    /// Final registrations.
    pub finally: usize,
    /// Provisional ones.
    pub provisionally: usize,
}

impl DayList {
    /// The counts by programme, in the order of the rows.
    pub fn counts(&self) -> Vec<ProgrammeCount> {
        let mut counts: Vec<ProgrammeCount> = Vec::new();
        for row in &self.rows {
            let known = counts.iter().position(|count| count.code == row.programme_code);
            let place = known.unwrap_or_else(|| {
                counts.push(ProgrammeCount {
                    code: row.programme_code.clone(),
                    programme: row.programme.clone(),
                    finally: 0,
                    provisionally: 0,
                });
                counts.len() - 1
            });
            let count = &mut counts[place];
            *(if row.is_provisional { &mut count.provisionally } else { &mut count.finally }) += 1;
        }
        counts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_counts_once_for_its_programme() {
        let row = |code: &str, is_provisional| DayRow {
            number: "260010001".to_owned(),
            name: "Işıl IŞIK".to_owned(),
            programme_code: code.to_owned(),
            programme: Name { tr: code.to_owned(), en: String::new() },
            is_provisional,
            made_by: "Gülşen".to_owned(),
        };
        let list = DayList {
            unit: Name::default(),
            day: Date::constant(2026, 8, 31),
            rows: vec![row("BLM", false), row("BLM", true), row("FİZ", false), row("BLM", false)],
        };
        let counts: Vec<_> =
            list.counts().into_iter().map(|c| (c.code, c.finally, c.provisionally)).collect();
        assert_eq!(counts, [("BLM".to_owned(), 2, 1), ("FİZ".to_owned(), 1, 0)]);
    }
}
