//! The records that are measured with, read from their files: whom to ask for, and what has to be found.

use std::{
    collections::{HashMap, HashSet},
    fs,
    path::{Path, PathBuf},
};

use crate::{Failure, chance::Chance, http::encode};

/// A student as far as the benchmark needs to know.
struct Student {
    number: String,
    programme: String,
    entry_year: String,
    class_year: String,
    status: String,
}

/// What the files say.
pub(crate) struct Register {
    folder: PathBuf,
    students: Vec<Student>,
    institution: String,
    faculty: String,
    faculty_programmes: HashSet<String>,
    is_reference: bool,
}

/// A filter of the list of students, with the rows that it has.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Filter {
    /// The parameters, as they stand behind the question mark.
    pub(crate) query: String,
    /// Rows.
    pub(crate) rows: usize,
}

impl Register {
    /// Reads a folder of records.
    pub(crate) fn read(folder: &Path) -> Result<Self, Failure> {
        let units = Table::read(&folder.join("units.csv"))?;
        let (id, parent, kind, code) = (
            units.column("unit_id")?,
            units.column("parent_id")?,
            units.column("kind")?,
            units.column("code")?,
        );
        let whole = units.rows.iter().find(|row| row[parent].is_empty()).ok_or("units.csv has no whole")?;
        let faculties: Vec<_> = units.rows.iter().filter(|row| &row[kind] == "faculty").collect();
        let faculty = faculties.iter().find(|row| &row[code] == "MÜH").or(faculties.first());
        let faculty = faculty.ok_or("units.csv has no faculty")?;
        let mut below: HashSet<&str> = HashSet::from([&faculty[id]]);
        loop {
            let before = below.len();
            below.extend(
                units
                    .rows
                    .iter()
                    .filter(|row| below.contains(&row[parent]))
                    .map(|row| &row[id])
                    .collect::<Vec<_>>(),
            );
            if below.len() == before {
                break;
            }
        }
        let programmes = Table::read(&folder.join("programs.csv"))?;
        let (programme, unit) = (programmes.column("program_id")?, programmes.column("unit_id")?);
        let of_faculty = programmes.rows.iter().filter(|row| below.contains(&row[unit]));
        let faculty_programmes = of_faculty.map(|row| row[programme].to_owned()).collect();

        let table = Table::read(&folder.join("students.csv"))?;
        let columns = ["student_no", "program_id", "entry_year", "class_year", "status"];
        let [number, programme, entry, class, status] = table.columns(columns)?;
        let students = table.rows.iter().map(|row| Student {
            number: row[number].to_owned(),
            programme: row[programme].to_owned(),
            entry_year: row[entry].to_owned(),
            class_year: row[class].to_owned(),
            status: row[status].to_owned(),
        });
        Ok(Self {
            folder: folder.to_owned(),
            students: students.collect(),
            institution: whole[code].to_owned(),
            faculty: faculty[code].to_owned(),
            faculty_programmes,
            is_reference: is_reference(folder),
        })
    }

    /// The folder.
    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Its CSV files.
    pub(crate) fn files(&self) -> Result<Vec<PathBuf>, Failure> {
        let entries = fs::read_dir(&self.folder)?.collect::<Result<Vec<_>, _>>()?;
        let paths = entries.into_iter().map(|entry| entry.path());
        Ok(paths.filter(|path| path.extension().is_some_and(|end| end == "csv")).collect())
    }

    /// Code of the faculty whose clerk works in the benchmark.
    pub(crate) fn faculty_code(&self) -> &str {
        &self.faculty
    }

    /// Code of the unit that all others belong to.
    pub(crate) fn institution_code(&self) -> &str {
        &self.institution
    }

    /// Whether the right answers of the searches are known for this data.
    pub(crate) fn is_reference(&self) -> bool {
        self.is_reference
    }

    /// How many students there are.
    pub(crate) fn len(&self) -> usize {
        self.students.len()
    }

    /// What it is, for the report.
    pub(crate) fn describe(&self) -> String {
        let of_faculty = self.of_faculty().count();
        let kind = if self.is_reference { "reference data, seed 1" } else { "own invented data" };
        format!("{kind}: {} students, {of_faculty} of them in {}", self.students.len(), self.faculty)
    }

    fn of_faculty(&self) -> impl Iterator<Item = &Student> {
        self.students.iter().filter(|student| self.faculty_programmes.contains(&student.programme))
    }

    /// Pages of students, of all or of the clerk's faculty.
    pub(crate) fn pages(&self, of_faculty: bool) -> Vec<String> {
        let path = |student: &Student| format!("/ogrenci/{}", student.number);
        if of_faculty {
            self.of_faculty().map(path).collect()
        } else {
            self.students.iter().map(path).collect()
        }
    }

    /// Numbers of those who entered in a year.
    pub(crate) fn entered_in(&self, year: &str) -> impl Iterator<Item = &str> {
        let of_year = self.students.iter().filter(move |student| student.entry_year == year);
        of_year.map(|student| student.number.as_str())
    }

    /// Numbers of students who study now, in their last year where there is a choice of years, in drawn order.
    pub(crate) fn active(&self, only_last_year: bool, seed: u64) -> Vec<String> {
        let active = || self.students.iter().filter(|student| student.status == "active");
        let last = active()
            .map(|student| student.class_year.as_str())
            .filter(|year| *year <= "4")
            .max()
            .unwrap_or_default();
        let chosen = active().filter(|student| !only_last_year || student.class_year == last);
        let mut numbers: Vec<String> = chosen.map(|student| student.number.clone()).collect();
        Chance::new(seed).shuffle(&mut numbers);
        numbers
    }

    /// The filter of the list whose number of rows is nearest to `wanted`.
    pub(crate) fn filter_of_about(&self, wanted: usize) -> Filter {
        let mut rows: HashMap<String, usize> = HashMap::new();
        for student in &self.students {
            let status = format!("durum={}", encode(&student.status));
            let class = format!("sinif={}", encode(&student.class_year));
            let entry = format!("giris={}", encode(&student.entry_year));
            let both = [format!("{status}&{class}"), format!("{status}&{entry}")];
            for query in both.into_iter().chain([status, class, entry]) {
                *rows.entry(query).or_default() += 1;
            }
        }
        let all = rows.into_iter().map(|(query, rows)| Filter { query, rows });
        let nearest = all.min_by_key(|filter| (filter.rows.abs_diff(wanted), filter.query.clone()));
        nearest.unwrap_or(Filter { query: String::new(), rows: self.students.len() })
    }
}

/// Whether the folder's manifest says that it holds the reference data.
fn is_reference(folder: &Path) -> bool {
    let Ok(text) = fs::read_to_string(folder.join("manifest.json")) else { return false };
    let Ok(manifest) = serde_json::from_str::<serde_json::Value>(&text) else { return false };
    let generator = manifest["generator"].as_str().unwrap_or_default();
    generator.starts_with("gen.py") && manifest["seed"] == 1 && manifest["students"] == 20_000
}

/// A CSV file in memory.
struct Table {
    path: PathBuf,
    names: csv::StringRecord,
    rows: Vec<csv::StringRecord>,
}

impl Table {
    fn read(path: &Path) -> Result<Self, Failure> {
        let mut reader =
            csv::Reader::from_path(path).map_err(|error| format!("{}: {error}", path.display()))?;
        let names = reader.headers()?.clone();
        let rows = reader.records().collect::<Result<_, _>>()?;
        Ok(Self { path: path.to_owned(), names, rows })
    }

    fn column(&self, name: &str) -> Result<usize, Failure> {
        let found = self.names.iter().position(|known| known == name);
        found.ok_or_else(|| format!("{} has no column {name}", self.path.display()).into())
    }

    fn columns<const N: usize>(&self, names: [&str; N]) -> Result<[usize; N], Failure> {
        let mut columns = [0; N];
        for (column, name) in columns.iter_mut().zip(names) {
            *column = self.column(name)?;
        }
        Ok(columns)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn register() -> Register {
        let folder = tempfile::tempdir().expect("a folder");
        let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).expect("written");
        write(
            "units.csv",
            "unit_id,parent_id,kind,code\n1,,university,ÜNİ\n5,2,department,BLM\n2,1,faculty,MÜH\n3,1,faculty,FEN\n",
        );
        write("programs.csv", "program_id,unit_id\n10,5\n11,3\n");
        let students = "student_no,program_id,entry_year,class_year,status\n\
            1,10,2021,4,active\n2,10,2022,3,active\n3,11,2021,4,graduated\n4,11,2021,4,active\n";
        write("students.csv", students);
        Register::read(folder.path()).expect("read")
    }

    #[test]
    fn a_faculty_has_the_students_of_its_departments() {
        let register = register();
        assert_eq!((register.institution_code(), register.faculty_code()), ("ÜNİ", "MÜH"));
        assert_eq!(register.pages(true), ["/ogrenci/1", "/ogrenci/2"]);
        assert_eq!((register.pages(false).len(), register.len()), (4, 4));
        assert!(!register.is_reference());
    }

    #[test]
    fn papers_are_for_those_who_study_now() {
        let mut last = register().active(true, 1);
        last.sort();
        assert_eq!(last, ["1", "4"]);
        assert_eq!(register().active(false, 1).len(), 3);
    }

    #[test]
    fn the_nearest_filter_is_found() {
        assert_eq!(
            register().filter_of_about(2),
            Filter { query: "durum=active&giris=2021".to_owned(), rows: 2 }
        );
    }
}
