//! The format of the twelve files as one table: columns, what may stand in them, what makes a row's key.
//!
//! `docs/records-format.md` describes it for people; a test beside the texts compares the two.

use domain::{
    enrolments::EnrolmentStatus,
    people::Sex,
    programmes::{CourseKind, Level, Season, TermStanding},
    units::{Office, UnitKind},
};
use storage::records::RecordsFile;

use super::problem::Expected;

/// The longest name of a person, in characters.
pub(super) const NAME: usize = 100;
/// The longest student number; it is compared as one 128-bit number.
pub(super) const STUDENT_NO: usize = 16;

/// What may stand in a column.
#[derive(Clone, Copy)]
pub(super) enum Shape {
    /// The row's own key in its file: a whole number.
    Key,
    /// The key of a row of another file.
    Ref(RecordsFile),
    /// A student number: letters, digits, `-`, `.` and `/`.
    StudentNo,
    /// One of these words.
    Word(Words),
    /// A code: text without blanks at the ends, at most so many characters.
    Code(usize),
    /// Text of at most so many characters.
    Text(usize),
    /// A person's name.
    Name,
    /// Exactly so many digits.
    Digits(usize),
    /// A whole number in this range.
    Number(i64, i64),
    /// A number with at most two decimals, up to this whole number.
    Decimal(i64),
    /// A day: `yyyy-aa-gg` or `gg.aa.yyyy`.
    Date,
    /// A T.C. or foreigner's identity number.
    IdentityNo,
    /// An e-mail address.
    Email,
    /// A letter mark.
    Letter,
    /// `2024-2025`.
    AcademicYear,
    /// Two small letters.
    Language,
}

/// A closed vocabulary of a file: what it writes, and the word kept here.
#[derive(Clone, Copy)]
pub(super) struct Words {
    pub read: fn(&str) -> Option<&'static str>,
    pub all: fn() -> Vec<&'static str>,
}

macro_rules! words {
    ($type:ty) => {
        Shape::Word(Words {
            read: |text| <$type>::from_code(text).map(<$type>::code),
            all: || <$type>::ALL.iter().map(|word| word.code()).collect(),
        })
    };
}

/// `K` and `E`, as Turkish registers write it.
const SEX: Shape = Shape::Word(Words {
    read: |text| match text {
        "K" | "k" => Some(Sex::Female.code()),
        "E" | "e" => Some(Sex::Male.code()),
        _ => None,
    },
    all: || vec!["K", "E"],
});

/// A column of a file.
#[derive(Clone, Copy)]
pub(super) struct Column {
    pub name: &'static str,
    pub shape: Shape,
    pub required: bool,
}

/// A file of the format.
pub(super) struct Format {
    pub columns: &'static [Column],
    /// Columns that make a row's key.
    pub key: &'static [&'static str],
    /// Rows at the most; what the keys of the short files take of memory is bounded by it.
    pub most_rows: u64,
}

const fn must(name: &'static str, shape: Shape) -> Column {
    Column { name, shape, required: true }
}

const fn may(name: &'static str, shape: Shape) -> Column {
    Column { name, shape, required: false }
}

use RecordsFile as F;
use Shape as S;

const UNITS: Format = Format {
    columns: &[
        must("unit_id", S::Key),
        may("parent_id", S::Ref(F::Units)),
        must("kind", words!(UnitKind)),
        must("code", S::Code(40)),
        must("name_tr", S::Text(200)),
        must("name_en", S::Text(200)),
        may("yoksis_id", S::Digits(6)),
        may("detsis_no", S::Digits(8)),
    ],
    key: &["unit_id"],
    most_rows: 20_000,
};
const STAFF: Format = Format {
    columns: &[
        must("staff_id", S::Key),
        may("tckn", S::IdentityNo),
        must("title", S::Text(100)),
        must("given", S::Name),
        must("surname", S::Name),
        must("unit_id", S::Ref(F::Units)),
        may("email", S::Email),
    ],
    key: &["staff_id"],
    most_rows: 200_000,
};
const APPOINTMENTS: Format = Format {
    columns: &[
        must("staff_id", S::Ref(F::Staff)),
        must("unit_id", S::Ref(F::Units)),
        must("office", words!(Office)),
        must("starts_on", S::Date),
        may("ends_on", S::Date),
    ],
    key: &["staff_id", "unit_id", "office", "starts_on"],
    most_rows: 200_000,
};
const COURSES: Format = Format {
    columns: &[
        must("course_id", S::Key),
        must("unit_id", S::Ref(F::Units)),
        must("code", S::Code(40)),
        must("name_tr", S::Text(200)),
        must("name_en", S::Text(200)),
        must("theory", S::Number(0, 60)),
        must("practice", S::Number(0, 60)),
        must("credit", S::Decimal(100)),
        must("ects", S::Decimal(100)),
    ],
    key: &["course_id"],
    most_rows: 500_000,
};
const PROGRAMS: Format = Format {
    columns: &[
        must("program_id", S::Key),
        must("unit_id", S::Ref(F::Units)),
        must("code", S::Code(40)),
        must("name_tr", S::Text(200)),
        must("name_en", S::Text(200)),
        must("level", words!(Level)),
        must("terms", S::Number(1, 14)),
        must("language", S::Language),
        may("osym_code", S::Digits(9)),
        may("yoksis_id", S::Digits(6)),
    ],
    key: &["program_id"],
    most_rows: 20_000,
};
const CURRICULA: Format = Format {
    columns: &[
        must("curriculum_id", S::Key),
        must("program_id", S::Ref(F::Programs)),
        must("version", S::Number(1, 999)),
        must("effective_year", S::Number(1900, 2200)),
    ],
    key: &["curriculum_id"],
    most_rows: 50_000,
};
const CURRICULUM_COURSES: Format = Format {
    columns: &[
        must("curriculum_id", S::Ref(F::Curricula)),
        must("term_no", S::Number(1, 14)),
        must("position", S::Number(1, 255)),
        must("course_id", S::Ref(F::Courses)),
        must("kind", words!(CourseKind)),
    ],
    key: &["curriculum_id", "term_no", "position"],
    most_rows: 1_000_000,
};
const TERMS: Format = Format {
    columns: &[
        must("term_id", S::Key),
        must("academic_year", S::AcademicYear),
        must("season", words!(Season)),
        must("name_tr", S::Text(100)),
        must("starts_on", S::Date),
        must("ends_on", S::Date),
    ],
    key: &["term_id"],
    most_rows: 1_000,
};
const SECTIONS: Format = Format {
    columns: &[
        must("section_id", S::Key),
        must("term_id", S::Ref(F::Terms)),
        must("course_id", S::Ref(F::Courses)),
        must("section_no", S::Number(1, 9_999)),
        may("staff_id", S::Ref(F::Staff)),
        must("quota", S::Number(0, 100_000)),
    ],
    key: &["section_id"],
    most_rows: 1_000_000,
};
const STUDENTS: Format = Format {
    columns: &[
        must("student_no", S::StudentNo),
        may("tckn", S::IdentityNo),
        must("given", S::Name),
        must("surname", S::Name),
        must("sex", SEX),
        must("birth_date", S::Date),
        must("birth_place", S::Text(100)),
        may("email", S::Email),
        must("program_id", S::Ref(F::Programs)),
        must("curriculum_id", S::Ref(F::Curricula)),
        must("entry_year", S::Number(1900, 2200)),
        must("class_year", S::Number(0, 7)),
        must("status", words!(EnrolmentStatus)),
        must("status_since", S::Date),
        may("advisor_id", S::Ref(F::Staff)),
    ],
    key: &["student_no"],
    most_rows: 1_000_000,
};
const STUDENT_TERMS: Format = Format {
    columns: &[
        must("student_no", S::Ref(F::Students)),
        must("term_id", S::Ref(F::Terms)),
        must("term_no", S::Number(1, 40)),
        must("status", words!(TermStanding)),
    ],
    key: &["student_no", "term_id"],
    most_rows: 50_000_000,
};
const GRADES: Format = Format {
    columns: &[
        must("student_no", S::Ref(F::Students)),
        must("term_id", S::Ref(F::Terms)),
        may("section_id", S::Ref(F::Sections)),
        must("course_id", S::Ref(F::Courses)),
        must("attempt", S::Number(1, 50)),
        may("midterm", S::Decimal(100)),
        may("final", S::Decimal(100)),
        must("letter", S::Letter),
        may("points", S::Decimal(100)),
        must("credit", S::Decimal(100)),
        must("ects", S::Decimal(100)),
    ],
    key: &["student_no", "term_id", "course_id"],
    most_rows: 200_000_000,
};

/// The format of a file.
pub(super) const fn format(file: RecordsFile) -> &'static Format {
    match file {
        F::Units => &UNITS,
        F::Staff => &STAFF,
        F::Appointments => &APPOINTMENTS,
        F::Courses => &COURSES,
        F::Programs => &PROGRAMS,
        F::Curricula => &CURRICULA,
        F::CurriculumCourses => &CURRICULUM_COURSES,
        F::Terms => &TERMS,
        F::Sections => &SECTIONS,
        F::Students => &STUDENTS,
        F::StudentTerms => &STUDENT_TERMS,
        F::Grades => &GRADES,
    }
}

impl Format {
    /// The place of a column.
    pub(super) fn place(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|c| c.name == name)
    }

    /// The header row as it should be.
    pub(super) fn header(&self) -> String {
        self.columns.iter().map(|c| c.name).collect::<Vec<_>>().join(",")
    }
}

impl Shape {
    /// What may stand in the column, as a fault or the description of the format says it.
    pub(super) fn expected(self) -> Expected {
        match self {
            Self::Key => Expected::Key,
            Self::Ref(F::Students) => Expected::StudentReference,
            Self::Ref(file) => Expected::Reference { file: file.file_name() },
            Self::StudentNo => Expected::StudentNo { most: STUDENT_NO },
            Self::Word(words) => Expected::OneOf { words: (words.all)().join(" | ") },
            Self::Code(most) => Expected::Code { most },
            Self::Text(most) => Expected::Text { most },
            Self::Name => Expected::Name { most: NAME },
            Self::Digits(count) => Expected::Digits { count },
            Self::Number(from, to) => Expected::Whole { from, to },
            Self::Decimal(most) => Expected::Decimal { most },
            Self::Date => Expected::Day,
            Self::IdentityNo => Expected::IdentityNo,
            Self::Email => Expected::Email,
            Self::Letter => Expected::Letter,
            Self::AcademicYear => Expected::AcademicYear,
            Self::Language => Expected::Language,
        }
    }
}

/// A column of the format, for whoever describes it to people.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ColumnFormat {
    /// Its name in the header.
    pub name: &'static str,
    /// Whether it must be filled.
    pub required: bool,
    /// What may stand in it.
    pub expected: Expected,
}

/// The columns of a file, in the usual order.
pub fn columns_of(file: RecordsFile) -> Vec<ColumnFormat> {
    let described =
        |c: &Column| ColumnFormat { name: c.name, required: c.required, expected: c.shape.expected() };
    format(file).columns.iter().map(described).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_column_exists_and_must_be_filled() {
        for file in RecordsFile::ALL {
            let format = format(file);
            for key in format.key {
                let at = format.place(key).expect(key);
                assert!(format.columns[at].required, "{} {key}", file.file_name());
            }
        }
    }
}
