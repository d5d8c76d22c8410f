//! The columns that a list of students can show and take out.

use std::collections::HashMap;

use base::{
    ids::{StaffId, UnitId},
    time::Date,
};
use domain::student_file::Name;
use storage::{Reader, institution, search::StudentRow};

use crate::error::Result;

/// A column of a list of students.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum StudentColumn {
    /// Student number.
    Number,
    /// Given name and surname.
    Name,
    /// Name of the programme.
    Programme,
    /// Code of the programme.
    ProgrammeCode,
    /// The unit that issues the student's papers.
    Unit,
    /// Class year.
    Class,
    /// Status in force.
    Status,
    /// Year of entry.
    EntryYear,
    /// Advisor.
    Advisor,
    /// AKTS earned.
    Ects,
    /// AGNO.
    Agno,
}

impl StudentColumn {
    /// Every column, in the order of lists and files.
    pub const ALL: [Self; 11] = [
        Self::Number,
        Self::Name,
        Self::Programme,
        Self::ProgrammeCode,
        Self::Unit,
        Self::Class,
        Self::Status,
        Self::EntryYear,
        Self::Advisor,
        Self::Ects,
        Self::Agno,
    ];

    /// What a list shows unless its reader chose otherwise.
    pub const USUAL: [Self; 7] =
        [Self::Number, Self::Name, Self::Programme, Self::Class, Self::Status, Self::Ects, Self::Agno];

    /// The word by which it is stored.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Name => "name",
            Self::Programme => "programme",
            Self::ProgrammeCode => "programme_code",
            Self::Unit => "unit",
            Self::Class => "class",
            Self::Status => "status",
            Self::EntryYear => "entry_year",
            Self::Advisor => "advisor",
            Self::Ects => "ects",
            Self::Agno => "agno",
        }
    }

    /// The column of a word, if it is one of ours.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|column| column.code() == code)
    }

    /// Whether every list has it: without number and name nobody knows who a row is.
    pub const fn is_fixed(self) -> bool {
        matches!(self, Self::Number | Self::Name)
    }

    /// The columns of some words, in the order of lists and with the fixed ones; the usual ones for none.
    pub fn chosen<'a>(codes: impl IntoIterator<Item = &'a str>) -> Vec<Self> {
        let wanted: Vec<Self> = codes.into_iter().filter_map(Self::from_code).collect();
        if wanted.is_empty() {
            return Self::USUAL.to_vec();
        }
        Self::ALL.into_iter().filter(|column| column.is_fixed() || wanted.contains(column)).collect()
    }
}

/// A column of a file: as [`StudentColumn`], with given name and surname apart.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum FileColumn {
    /// Given name.
    GivenName,
    /// Surname in capitals.
    Surname,
    /// Any other column of lists.
    Listed(StudentColumn),
}

impl FileColumn {
    /// The columns of a file that takes out these columns of a list; all for none.
    pub fn of(columns: &[StudentColumn]) -> Vec<Self> {
        let listed = if columns.is_empty() { &StudentColumn::ALL[..] } else { columns };
        listed
            .iter()
            .flat_map(|column| match column {
                StudentColumn::Name => vec![Self::GivenName, Self::Surname],
                other => vec![Self::Listed(*other)],
            })
            .collect()
    }

    /// How wide it is in a workbook, in characters.
    pub(super) const fn width(self) -> u32 {
        match self {
            Self::GivenName | Self::Surname => 20,
            Self::Listed(column) => match column {
                StudentColumn::Programme | StudentColumn::Unit => 34,
                StudentColumn::Advisor => 30,
                StudentColumn::Status => 16,
                StudentColumn::Number | StudentColumn::ProgrammeCode => 14,
                StudentColumn::EntryYear => 10,
                StudentColumn::Name => 40,
                StudentColumn::Class | StudentColumn::Ects | StudentColumn::Agno => 8,
            },
        }
    }
}

/// Names that a list shows beside what its index holds; read only where a column asks for them.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ColumnNames {
    /// For the unit of a programme, the name of the one that issues its papers.
    pub units: HashMap<UnitId, Name>,
    /// Advisors with the title of the day.
    pub advisors: HashMap<StaffId, String>,
}

impl ColumnNames {
    /// Names for one page of rows.
    pub(super) fn of_rows(
        db: &Reader<'_>,
        columns: &[StudentColumn],
        rows: &[StudentRow],
        day: Date,
    ) -> Result<Self> {
        let mut advisors: Vec<StaffId> = Vec::new();
        if columns.contains(&StudentColumn::Advisor) {
            advisors.extend(rows.iter().filter_map(|row| row.advisor));
            advisors.sort_unstable();
            advisors.dedup();
        }
        Self::read(db, columns, Some(&advisors), day)
    }

    /// Names for a file of all rows.
    pub(super) fn of_all(db: &Reader<'_>, columns: &[StudentColumn], day: Date) -> Result<Self> {
        let no_advisors: &[StaffId] = &[];
        let advisors = if columns.contains(&StudentColumn::Advisor) { None } else { Some(no_advisors) };
        Self::read(db, columns, advisors, day)
    }

    fn read(
        db: &Reader<'_>,
        columns: &[StudentColumn],
        advisors: Option<&[StaffId]>,
        day: Date,
    ) -> Result<Self> {
        let units = if columns.contains(&StudentColumn::Unit) {
            institution::units::issuing_names(db, day)?
        } else {
            HashMap::new()
        };
        Ok(Self { units, advisors: institution::staff_names(db, advisors, day)? })
    }

    /// Name of the unit that issues the papers of a row's student.
    pub fn unit(&self, row: &StudentRow) -> Option<&Name> {
        self.units.get(&row.unit)
    }

    /// Advisor of a row's student; empty for none.
    pub fn advisor(&self, row: &StudentRow) -> &str {
        row.advisor.and_then(|staff| self.advisors.get(&staff)).map_or("", String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chosen_columns_keep_their_order_and_the_fixed_ones() {
        use StudentColumn as C;
        assert_eq!(C::chosen([]), C::USUAL);
        assert_eq!(C::chosen(["nonsense"]), C::USUAL);
        assert_eq!(C::chosen(["agno", "unit"]), [C::Number, C::Name, C::Unit, C::Agno]);
        assert!(C::ALL.iter().all(|column| C::from_code(column.code()) == Some(*column)));
        let all = FileColumn::of(&[]);
        assert_eq!(all.len(), C::ALL.len() + 1, "given name and surname stand apart");
        assert_eq!(
            FileColumn::of(&[C::Number, C::Name]),
            [FileColumn::Listed(C::Number), FileColumn::GivenName, FileColumn::Surname]
        );
    }
}
