//! Taking over the records of an earlier system: rows are staged in pieces, compared with what is here and
//! with what was taken over last time, and applied in one transaction.
//!
//! It must never contain a decision about what wins; `services::records` decides, and calls what is here.

pub mod chains;
pub mod digest;
pub mod institution;
pub mod staging;
pub mod students;

/// One of the twelve files, in the order in which they refer to each other.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum RecordsFile {
    /// The tree of units.
    Units,
    /// Members of staff.
    Staff,
    /// Who held which office.
    Appointments,
    /// The catalogue of courses.
    Courses,
    /// Programmes.
    Programs,
    /// Versions of curricula.
    Curricula,
    /// Lines of curricula.
    CurriculumCourses,
    /// Terms of the calendar.
    Terms,
    /// Courses given in a term.
    Sections,
    /// People and their enrolments.
    Students,
    /// What an enrolment did in a term.
    StudentTerms,
    /// Marks.
    Grades,
}

impl RecordsFile {
    /// Every file, so that each comes after those it refers to.
    pub const ALL: [Self; 12] = [
        Self::Units,
        Self::Staff,
        Self::Appointments,
        Self::Courses,
        Self::Programs,
        Self::Curricula,
        Self::CurriculumCourses,
        Self::Terms,
        Self::Sections,
        Self::Students,
        Self::StudentTerms,
        Self::Grades,
    ];

    /// The word kept in the database.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Units => "units",
            Self::Staff => "staff",
            Self::Appointments => "appointments",
            Self::Courses => "courses",
            Self::Programs => "programs",
            Self::Curricula => "curricula",
            Self::CurriculumCourses => "curriculum_courses",
            Self::Terms => "terms",
            Self::Sections => "sections",
            Self::Students => "students",
            Self::StudentTerms => "student_terms",
            Self::Grades => "grades",
        }
    }

    /// The file's name in the folder.
    pub const fn file_name(self) -> &'static str {
        match self {
            Self::Units => "units.csv",
            Self::Staff => "staff.csv",
            Self::Appointments => "appointments.csv",
            Self::Courses => "courses.csv",
            Self::Programs => "programs.csv",
            Self::Curricula => "curricula.csv",
            Self::CurriculumCourses => "curriculum_courses.csv",
            Self::Terms => "terms.csv",
            Self::Sections => "sections.csv",
            Self::Students => "students.csv",
            Self::StudentTerms => "student_terms.csv",
            Self::Grades => "grades.csv",
        }
    }

    /// How grounds and messages name a row of the file: `students.csv:12`.
    pub fn row_reference(self, row: i64) -> String {
        format!("{}:{row}", self.file_name())
    }
}
