//! The invented "Örnek Üniversitesi": twelve CSV files as `kunye import records` reads them.
//!
//! Every person is invented: names are drawn from lists, identity numbers are random digits with right check
//! digits, e-mail addresses are under example.invalid. The same seed and number of students give the same files.

pub mod candidates;
mod chance;
mod studies;
mod table;
mod university;
mod words;

use std::{fs, io, path::Path};

use self::{chance::Chance, studies::Studies, table::Table, university::University};

/// The year in which the newest students and the candidates enter.
pub const ENTRY_YEAR: i16 = university::LAST_YEAR;
/// Code of the department in whose programme somebody studies and somebody has graduated, however few there are.
pub const DEPARTMENT: &str = "BLM";
/// As many students as that takes.
pub const LEAST: u32 = 2;

/// How much was written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Summary {
    /// Rows of students.csv.
    pub students: u64,
    /// People behind them; some have two numbers.
    pub people: u64,
    /// Rows of staff.csv.
    pub staff: u64,
    /// Rows of grades.csv.
    pub marks: u64,
}

/// The twelve files while they are written.
struct Tables {
    units: Table,
    staff: Table,
    appointments: Table,
    courses: Table,
    programs: Table,
    curricula: Table,
    curriculum_courses: Table,
    terms: Table,
    sections: Table,
    students: Table,
    student_terms: Table,
    grades: Table,
}

/// Writes the university with `students` enrolments into `dir`, which is made where it is missing.
///
/// Cohorts enter from 2019 to 2026 and the last term is the autumn of 2026-2027, which is running: its marks are
/// open. Offices are held by somebody today.
///
/// # Errors
/// When a file cannot be written.
pub fn write(dir: &Path, students: u32, seed: u64) -> io::Result<Summary> {
    fs::create_dir_all(dir)?;
    let table = |name: &str, header: &str| Table::create(dir, name, header);
    let mut out = Tables {
        units: table("units.csv", "unit_id,parent_id,kind,code,name_tr,name_en,yoksis_id,detsis_no")?,
        staff: table("staff.csv", "staff_id,tckn,title,given,surname,unit_id,email")?,
        appointments: table("appointments.csv", "staff_id,unit_id,office,starts_on,ends_on")?,
        courses: table("courses.csv", "course_id,unit_id,code,name_tr,name_en,theory,practice,credit,ects")?,
        programs: table(
            "programs.csv",
            "program_id,unit_id,code,name_tr,name_en,level,terms,language,osym_code,yoksis_id",
        )?,
        curricula: table("curricula.csv", "curriculum_id,program_id,version,effective_year")?,
        curriculum_courses: table("curriculum_courses.csv", "curriculum_id,term_no,position,course_id,kind")?,
        terms: table("terms.csv", "term_id,academic_year,season,name_tr,starts_on,ends_on")?,
        sections: table("sections.csv", "section_id,term_id,course_id,section_no,staff_id,quota")?,
        students: table(
            "students.csv",
            "student_no,tckn,given,surname,sex,birth_date,birth_place,email,program_id,curriculum_id,entry_year,class_year,status,status_since,advisor_id",
        )?,
        student_terms: table("student_terms.csv", "student_no,term_id,term_no,status")?,
        grades: table(
            "grades.csv",
            "student_no,term_id,section_id,course_id,attempt,midterm,final,letter,points,credit,ects",
        )?,
    };
    let mut chance = Chance::new(seed);
    let (university, mut given) = University::build(&mut chance, &mut out)?;
    let wanted = usize::try_from(students).unwrap_or(usize::MAX);
    let people = Studies::new(&university).enrol(&mut chance, &mut given, wanted, &mut out)?;
    for table in [
        out.units,
        out.appointments,
        out.courses,
        out.programs,
        out.curricula,
        out.curriculum_courses,
        out.terms,
        out.sections,
        out.student_terms,
    ] {
        table.finish()?;
    }
    Ok(Summary {
        students: out.students.finish()?,
        people: u64::try_from(people).unwrap_or(u64::MAX),
        staff: out.staff.finish()?,
        marks: out.grades.finish()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(students: u32, seed: u64) -> (tempfile::TempDir, Summary) {
        let dir = tempfile::tempdir().expect("dir");
        let summary = write(dir.path(), students, seed).expect("written");
        (dir, summary)
    }

    fn file(dir: &tempfile::TempDir, name: &str) -> String {
        fs::read_to_string(dir.path().join(name)).expect(name)
    }

    #[test]
    fn a_seed_gives_the_same_files_again() {
        let ((a, summary), (b, _), (c, _)) = (written(300, 1), written(300, 1), written(300, 2));
        assert_eq!(summary.students, 300);
        assert_eq!(summary.people, 295);
        for name in ["students.csv", "grades.csv", "staff.csv", "appointments.csv"] {
            assert_eq!(file(&a, name), file(&b, name), "{name}");
            assert_ne!(file(&a, name), file(&c, name), "{name}");
        }
    }

    #[test]
    fn a_few_students_are_enough_to_show_the_work() {
        for count in LEAST..130 {
            let (dir, summary) = written(count, 1);
            assert_eq!(summary.students, u64::from(count));
            let (programs, students) = (file(&dir, "programs.csv"), file(&dir, "students.csv"));
            let programme = format!("{DEPARTMENT}-L,");
            let row = programs.lines().find(|row| row.contains(&programme)).expect("a programme");
            let id = row.split(',').next();
            for status in ["active", "graduated"] {
                let is_there = students.lines().any(|row| {
                    let fields: Vec<&str> = row.split(',').collect();
                    Some(fields[8]) == id && fields[12] == status && !fields[14].is_empty()
                });
                assert!(is_there, "{count} students, none {status}");
            }
        }
    }

    #[test]
    fn every_kind_of_student_is_there() {
        let (dir, summary) = written(2_000, 7);
        let students = file(&dir, "students.csv");
        for status in
            ["active", "on_leave", "graduated", "withdrawn", "dismissed", "transferred", "suspended"]
        {
            assert!(students.contains(&format!(",{status},")), "{status}");
        }
        assert!(students.contains("Işın,IŞIK,K,"));
        let marks = file(&dir, "grades.csv");
        for letter in ["AA", "FF", "NA", "M", "S"] {
            assert!(marks.contains(&format!(",{letter},")), "{letter}");
        }
        assert!((30_000..90_000).contains(&summary.marks), "{}", summary.marks);
        let numbers: std::collections::HashSet<&str> =
            students.lines().filter_map(|l| l.split(',').nth(1)).collect();
        assert_eq!(u64::try_from(numbers.len()).expect("count"), summary.people + 1);
    }
}
