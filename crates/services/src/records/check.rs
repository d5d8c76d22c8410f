//! Whether the rows make sense together: keys, references, days in order, letters of the scale.

use std::{
    collections::{HashMap, HashSet, hash_map::Entry},
    hash::{DefaultHasher, Hash, Hasher},
};

use base::time::Date;
use domain::marks::Letter;
use regulations::{Book, When};
use storage::records::RecordsFile;

use super::{
    cells::Cell,
    faults::{Faults, brief},
    problem::Problem,
};

use RecordsFile as F;

/// A student number as one number, so that a million of them take little memory.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Number(u128);

impl Number {
    fn of(text: &str) -> Self {
        Self(text.bytes().fold(1, |sum, byte| (sum << 8) | u128::from(byte)))
    }
}

#[derive(Clone, Copy)]
struct KnownStudent {
    row: u32,
    entry_year: i16,
}

/// A person's data in one row, folded to a few bytes, to be compared with another row of the same person.
#[derive(Clone, Copy)]
struct SamePerson {
    row: u32,
    given: u32,
    surname: u32,
    birth_date: u32,
}

/// A value in four bytes: two values that differ hardly ever look the same.
fn folded(value: impl Hash) -> u32 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    u32::try_from(hasher.finish() >> 32).unwrap_or(0)
}

/// The letters of the scale with what they are worth, in hundredths, where that was read somewhere.
type Letters = Vec<(Letter, Option<Worth>)>;

#[derive(Clone, Copy)]
enum Worth {
    Points(i64),
    Outside,
}

/// What was read so far, as far as later rows refer to it.
pub(super) struct Checker<'a> {
    book: &'a Book,
    today: Date,
    /// Files that could not be read; what refers to them is not held against anybody.
    unread: HashSet<F>,
    units: HashMap<i64, Option<i64>>,
    unit_rows: Vec<(i64, u32)>,
    universities: u32,
    codes: HashMap<(F, String), u32>,
    staff: HashSet<i64>,
    staff_numbers: HashMap<String, u32>,
    composite: HashMap<(F, String), u32>,
    courses: HashSet<i64>,
    programs: HashMap<i64, i64>,
    curricula: HashMap<i64, i64>,
    lines: HashMap<(i64, i64, i64), u32>,
    terms: HashSet<i64>,
    sections: HashMap<i64, (i64, i64)>,
    groups: HashSet<(i64, i64, i64)>,
    students: HashMap<Number, KnownStudent>,
    people: HashMap<u64, SamePerson>,
    scales: HashMap<i16, Option<Letters>>,
    /// The student of the last long row; the long files mostly come student by student.
    last: Option<(String, KnownStudent)>,
}

impl<'a> Checker<'a> {
    pub(super) fn new(book: &'a Book, today: Date) -> Self {
        Self {
            book,
            today,
            unread: HashSet::new(),
            units: HashMap::new(),
            unit_rows: Vec::new(),
            universities: 0,
            codes: HashMap::new(),
            staff: HashSet::new(),
            staff_numbers: HashMap::new(),
            composite: HashMap::new(),
            courses: HashSet::new(),
            programs: HashMap::new(),
            curricula: HashMap::new(),
            lines: HashMap::new(),
            terms: HashSet::new(),
            sections: HashMap::new(),
            groups: HashSet::new(),
            students: HashMap::new(),
            people: HashMap::new(),
            scales: HashMap::new(),
            last: None,
        }
    }

    /// Notes that a file could not be read as a whole.
    pub(super) fn could_not_read(&mut self, file: F) {
        self.unread.insert(file);
    }

    /// The row of a student in `students.csv`.
    pub(super) fn student_row(&mut self, number: &str) -> Option<i64> {
        self.student(number).map(|s| i64::from(s.row))
    }

    fn student(&mut self, number: &str) -> Option<KnownStudent> {
        if let Some((last, found)) = &self.last
            && last == number
        {
            return Some(*found);
        }
        let found = self.students.get(&Number::of(number)).copied()?;
        self.last = Some((number.to_owned(), found));
        Some(found)
    }

    /// Looks at one row whose fields could all be read, its cells in the order of the format.
    pub(super) fn row(&mut self, file: F, row: u64, cells: &[Cell<'_>], faults: &mut Faults) {
        let mut at = At { file, row, faults };
        match file {
            F::Units => self.unit(cells, &mut at),
            F::Staff => self.staff(cells, &mut at),
            F::Appointments => self.appointment(cells, &mut at),
            F::Courses => self.course(cells, &mut at),
            F::Programs => self.program(cells, &mut at),
            F::Curricula => self.curriculum(cells, &mut at),
            F::CurriculumCourses => self.curriculum_course(cells, &mut at),
            F::Terms => self.term(cells, &mut at),
            F::Sections => self.section(cells, &mut at),
            F::Students => self.student_of(cells, &mut at),
            F::StudentTerms => self.student_term(cells, &mut at),
            F::Grades => self.grade(cells, &mut at),
        }
    }

    /// Notes the key of a row that is wrong otherwise, so that what refers to it is not called wrong, too.
    pub(super) fn key_of_wrong_row(&mut self, file: F, row: u64, key: &Cell<'_>) {
        match (file, key) {
            (F::Units, Cell::Int(key)) => {
                self.units.insert(*key, None);
            }
            (F::Staff, Cell::Int(key)) => {
                self.staff.insert(*key);
            }
            (F::Courses, Cell::Int(key)) => {
                self.courses.insert(*key);
            }
            (F::Programs, Cell::Int(key)) => {
                self.programs.insert(*key, 0);
            }
            (F::Curricula, Cell::Int(key)) => {
                self.curricula.insert(*key, 0);
            }
            (F::Terms, Cell::Int(key)) => {
                self.terms.insert(*key);
            }
            (F::Sections, Cell::Int(key)) => {
                self.sections.insert(*key, (0, 0));
            }
            (F::Students, Cell::Text(number)) => {
                self.students.insert(Number::of(number), KnownStudent { row: short(row), entry_year: 0 });
            }
            _ => {}
        }
    }

    fn unit(&mut self, cells: &[Cell<'_>], at: &mut At<'_>) {
        let [key, parent, kind, code, ..] = cells else { return };
        let Some(key) = at.own_key(key) else { return };
        if self.units.insert(key, parent.int()).is_some() {
            at.repeated_key("unit_id", key);
        }
        self.unit_rows.push((key, short(at.row)));
        at.unique_text(&mut self.codes, "code", code.text());
        let university = kind.text() == "university";
        self.universities += u32::from(university);
        if parent.int().is_none() && !university {
            at.fault("parent_id", Problem::NoParent);
        }
    }

    /// Looks at the tree of units when all of them were read: the one above may stand in a later row.
    pub(super) fn unit_tree(&mut self, faults: &mut Faults) {
        if self.unread.contains(&F::Units) {
            return;
        }
        if self.universities != 1 && !self.units.is_empty() {
            faults.file(F::Units, Problem::Universities { count: self.universities });
        }
        for (key, row) in &self.unit_rows {
            let row = u64::from(*row);
            let Some(Some(parent)) = self.units.get(key) else { continue };
            if !self.units.contains_key(parent) {
                faults.row(F::Units, row, "parent_id", unknown(F::Units, &parent.to_string()));
                continue;
            }
            let mut above = Some(*parent);
            let mut steps = 0;
            while let Some(unit) = above {
                steps += 1;
                if unit == *key || steps > self.units.len() {
                    faults.row(F::Units, row, "parent_id", Problem::Cycle);
                    break;
                }
                above = self.units.get(&unit).copied().flatten();
            }
        }
    }

    fn staff(&mut self, cells: &[Cell<'_>], at: &mut At<'_>) {
        let [key, number, _, _, _, unit, _] = cells else { return };
        let Some(key) = at.own_key(key) else { return };
        if !self.staff.insert(key) {
            at.repeated_key("staff_id", key);
        }
        if !number.text().is_empty()
            && let Some(first) = self.staff_numbers.insert(number.text().to_owned(), short(at.row))
        {
            at.fault("tckn", Problem::RepeatedIdentityNo { first });
        }
        self.refers(at, F::Units, "unit_id", unit);
    }

    fn appointment(&mut self, cells: &[Cell<'_>], at: &mut At<'_>) {
        let [staff, unit, office, starts, ends] = cells else { return };
        self.refers(at, F::Staff, "staff_id", staff);
        self.refers(at, F::Units, "unit_id", unit);
        at.in_order("starts_on", starts, "ends_on", ends, true);
        let key = format!(
            "{}/{}/{}/{:?}",
            staff.int().unwrap_or(0),
            unit.int().unwrap_or(0),
            office.text(),
            starts.date()
        );
        at.unique_key(&mut self.composite, key);
    }

    fn course(&mut self, cells: &[Cell<'_>], at: &mut At<'_>) {
        let [key, unit, ..] = cells else { return };
        let Some(key) = at.own_key(key) else { return };
        if !self.courses.insert(key) {
            at.repeated_key("course_id", key);
        }
        self.refers(at, F::Units, "unit_id", unit);
    }

    fn program(&mut self, cells: &[Cell<'_>], at: &mut At<'_>) {
        let [key, unit, code, _, _, _, terms, ..] = cells else { return };
        let Some(key) = at.own_key(key) else { return };
        if self.programs.insert(key, terms.int().unwrap_or(0)).is_some() {
            at.repeated_key("program_id", key);
        }
        at.unique_text(&mut self.codes, "code", code.text());
        self.refers(at, F::Units, "unit_id", unit);
    }

    fn curriculum(&mut self, cells: &[Cell<'_>], at: &mut At<'_>) {
        let [key, program, version, _] = cells else { return };
        let Some(key) = at.own_key(key) else { return };
        if self.curricula.insert(key, program.int().unwrap_or(0)).is_some() {
            at.repeated_key("curriculum_id", key);
        }
        self.refers(at, F::Programs, "program_id", program);
        at.unique_key(&mut self.composite, format!("{:?}/{:?}", program.int(), version.int()));
    }

    fn curriculum_course(&mut self, cells: &[Cell<'_>], at: &mut At<'_>) {
        let [curriculum, term, position, course, _] = cells else { return };
        self.refers(at, F::Curricula, "curriculum_id", curriculum);
        self.refers(at, F::Courses, "course_id", course);
        let key = (curriculum.int().unwrap_or(0), term.int().unwrap_or(0), position.int().unwrap_or(0));
        if let Some(first) = self.lines.insert(key, short(at.row)) {
            at.fault(None, Problem::RepeatedPosition { first });
        }
    }

    fn term(&mut self, cells: &[Cell<'_>], at: &mut At<'_>) {
        let [key, year, season, _, starts, ends] = cells else { return };
        let Some(key) = at.own_key(key) else { return };
        if !self.terms.insert(key) {
            at.repeated_key("term_id", key);
        }
        at.in_order("starts_on", starts, "ends_on", ends, true);
        at.unique_key(&mut self.composite, format!("{} {}", year.text(), season.text()));
        let begins = year.text().get(..4).and_then(|y| y.parse::<i16>().ok());
        if let (Some(begins), Some(day)) = (begins, starts.date())
            && !(begins..=begins + 1).contains(&day.year())
        {
            at.fault("starts_on", Problem::OutsideYear { day, year: year.text().to_owned() });
        }
    }

    fn section(&mut self, cells: &[Cell<'_>], at: &mut At<'_>) {
        let [key, term, course, number, staff, _] = cells else { return };
        let Some(key) = at.own_key(key) else { return };
        let given = (term.int().unwrap_or(0), course.int().unwrap_or(0));
        if self.sections.insert(key, given).is_some() {
            at.repeated_key("section_id", key);
        }
        self.refers(at, F::Terms, "term_id", term);
        self.refers(at, F::Courses, "course_id", course);
        self.refers(at, F::Staff, "staff_id", staff);
        if !self.groups.insert((given.0, given.1, number.int().unwrap_or(0))) {
            at.fault("section_no", Problem::RepeatedSection);
        }
    }

    fn student_of(&mut self, cells: &[Cell<'_>], at: &mut At<'_>) {
        let [
            number,
            identity,
            given,
            surname,
            _,
            birth,
            _,
            _,
            program,
            curriculum,
            entry_year,
            class_year,
            status,
            since,
            advisor,
        ] = cells
        else {
            return;
        };
        let entry = entry_year.int().unwrap_or(0);
        let known = KnownStudent { row: short(at.row), entry_year: i16::try_from(entry).unwrap_or(0) };
        match self.students.entry(Number::of(number.text())) {
            Entry::Vacant(free) => {
                free.insert(known);
            }
            Entry::Occupied(first) => {
                let first = first.get().row;
                at.fault("student_no", Problem::RepeatedNumber { number: brief(number.text()), first });
            }
        }
        self.refers(at, F::Programs, "program_id", program);
        self.refers(at, F::Curricula, "curriculum_id", curriculum);
        self.refers(at, F::Staff, "advisor_id", advisor);
        if let (Some(curriculum), Some(program)) = (curriculum.int(), program.int())
            && self.curricula.get(&curriculum).is_some_and(|of| *of != program && *of != 0)
        {
            at.fault("curriculum_id", Problem::ForeignCurriculum { curriculum, program });
        }
        let most = self
            .programs
            .get(&program.int().unwrap_or(0))
            .map(|terms| (terms + 1) / 2)
            .filter(|most| *most > 0);
        if let (Some(class), Some(most)) = (class_year.int(), most)
            && class > most
        {
            at.fault("class_year", Problem::ClassYear { class, most });
        }
        let year = i64::from(self.today.year());
        if entry > year {
            at.fault("entry_year", Problem::EntryInFuture { year: entry, most: year });
        }
        if let Some(birth) = birth.date() {
            if birth > self.today {
                at.fault("birth_date", Problem::BirthInFuture { day: birth });
            } else if i64::from(birth.year()) + 14 > entry {
                at.fault("birth_date", Problem::BirthAfterEntry { day: birth, entry });
            } else if birth.year() < 1900 {
                at.fault("birth_date", Problem::BirthTooEarly { day: birth });
            }
        }
        if let Some(since) = since.date() {
            if since > self.today {
                at.fault("status_since", Problem::StatusInFuture { day: since });
            } else if i64::from(since.year()) < entry {
                let status = status.text().to_owned();
                at.fault("status_since", Problem::StatusBeforeEntry { day: since, entry, status });
            }
        }
        self.person(identity.text(), given.text(), surname.text(), birth.date(), at);
    }

    /// One person may have several numbers (double major, minor), but only one name and birthday.
    fn person(
        &mut self,
        identity: &str,
        given: &str,
        surname: &str,
        birth_date: Option<Date>,
        at: &mut At<'_>,
    ) {
        let Ok(digits) = identity.parse::<u64>() else { return };
        let here = SamePerson {
            row: short(at.row),
            given: folded(given),
            surname: folded(surname),
            birth_date: folded(birth_date.map(|d| (d.year(), d.month(), d.day()))),
        };
        match self.people.entry(digits) {
            Entry::Vacant(free) => {
                free.insert(here);
            }
            Entry::Occupied(first) => {
                let first = first.get();
                let differs = if first.given != here.given {
                    "given"
                } else if first.surname != here.surname {
                    "surname"
                } else if first.birth_date != here.birth_date {
                    "birth_date"
                } else {
                    return;
                };
                let first = first.row;
                at.fault(differs, Problem::TwoPeople { first });
            }
        }
    }

    fn student_term(&mut self, cells: &[Cell<'_>], at: &mut At<'_>) {
        let [student, term, _, _] = cells else { return };
        self.student_refers(at, student.text());
        self.refers(at, F::Terms, "term_id", term);
    }

    fn grade(&mut self, cells: &[Cell<'_>], at: &mut At<'_>) {
        let [student, term, section, course, _, _, _, letter, points, _, _] = cells else { return };
        let entry_year = self.student_refers(at, student.text()).map(|s| s.entry_year);
        self.refers(at, F::Terms, "term_id", term);
        self.refers(at, F::Courses, "course_id", course);
        if let Some(key) = section.int() {
            match self.sections.get(&key) {
                Some((0, 0)) => {}
                Some(given) if (Some(given.0), Some(given.1)) == (term.int(), course.int()) => {}
                Some((of_term, of_course)) => at.fault(
                    "section_id",
                    Problem::ForeignSection { section: key, term: *of_term, course: *of_course },
                ),
                None => self.refers(at, F::Sections, "section_id", section),
            }
        }
        if let (Some(letter), Some(entry_year)) = (letter.letter(), entry_year) {
            self.letter(at, letter, points.int(), entry_year);
        }
    }

    fn letter(&mut self, at: &mut At<'_>, letter: Letter, points: Option<i64>, entry_year: i16) {
        let scale = self
            .scales
            .entry(entry_year)
            .or_insert_with(|| letters(self.book, When { on: self.today, entry_year }));
        let Some(scale) = scale else { return };
        let Some((_, worth)) = scale.iter().find(|(known, _)| *known == letter) else {
            let all: Vec<&str> = scale.iter().map(|(known, _)| known.as_str()).collect();
            let problem =
                Problem::UnknownLetter { found: letter.as_str().to_owned(), letters: all.join(", ") };
            at.fault("letter", problem);
            return;
        };
        let Some(points) = points else { return };
        match worth {
            Some(Worth::Points(right)) if *right != points => {
                let letter = letter.as_str().to_owned();
                at.fault(
                    "points",
                    Problem::Points { letter, right: decimal(*right), found: decimal(points) },
                );
            }
            Some(Worth::Outside) if points != 0 => {
                let letter = letter.as_str().to_owned();
                at.fault("points", Problem::PointsOutside { letter, found: decimal(points) });
            }
            _ => {}
        }
    }

    fn student_refers(&mut self, at: &mut At<'_>, number: &str) -> Option<KnownStudent> {
        let found = self.student(number);
        if found.is_none() && !self.unread.contains(&F::Students) {
            at.fault("student_no", unknown(F::Students, number));
        }
        found
    }

    fn refers(&self, at: &mut At<'_>, file: F, column: &'static str, cell: &Cell<'_>) {
        let Some(key) = cell.int() else { return };
        let known = match file {
            F::Units => self.units.contains_key(&key),
            F::Staff => self.staff.contains(&key),
            F::Courses => self.courses.contains(&key),
            F::Programs => self.programs.contains_key(&key),
            F::Curricula => self.curricula.contains_key(&key),
            F::Terms => self.terms.contains(&key),
            F::Sections => self.sections.contains_key(&key),
            F::Appointments | F::CurriculumCourses | F::Students | F::StudentTerms | F::Grades => true,
        };
        if !known && !self.unread.contains(&file) {
            at.fault(column, unknown(file, &key.to_string()));
        }
    }
}

/// Where a fault is, while a row is looked at.
struct At<'a> {
    file: F,
    row: u64,
    faults: &'a mut Faults,
}

impl At<'_> {
    fn fault(&mut self, column: impl Into<Option<&'static str>>, problem: Problem) {
        self.faults.row(self.file, self.row, column, problem);
    }

    fn own_key(&self, cell: &Cell<'_>) -> Option<i64> {
        cell.int()
    }

    fn repeated_key(&mut self, column: &'static str, key: i64) {
        self.fault(column, Problem::RepeatedKey { key });
    }

    fn unique_text(&mut self, seen: &mut HashMap<(F, String), u32>, column: &'static str, text: &str) {
        if let Some(first) = seen.insert((self.file, text.to_owned()), short(self.row)) {
            self.fault(column, Problem::RepeatedCode { found: brief(text), first });
        }
    }

    fn unique_key(&mut self, seen: &mut HashMap<(F, String), u32>, key: String) {
        if let Some(first) = seen.insert((self.file, key), short(self.row)) {
            self.fault(None, Problem::RepeatedRow { first });
        }
    }

    fn in_order(
        &mut self,
        from: &'static str,
        first: &Cell<'_>,
        column: &'static str,
        second: &Cell<'_>,
        strictly: bool,
    ) {
        if let (Some(a), Some(b)) = (first.date(), second.date())
            && (b < a || strictly && a == b)
        {
            self.fault(column, Problem::DateOrder { day: b, after: a, column: from });
        }
    }
}

fn unknown(file: F, key: &str) -> Problem {
    Problem::UnknownReference { found: brief(key), file: file.file_name() }
}

fn letters(book: &Book, when: When) -> Option<Letters> {
    let scale = book.grade_scale(when).value?;
    Some(
        scale
            .letters()
            .iter()
            .map(|row| {
                let worth = row.citation.mark.is_verified().then_some(match row.coefficient {
                    Some(c) => Worth::Points(i64::from(c.hundredths())),
                    None => Worth::Outside,
                });
                (row.letter, worth)
            })
            .collect(),
    )
}

/// A figure as the files may write it.
fn decimal(hundredths: i64) -> String {
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

fn short(row: u64) -> u32 {
    u32::try_from(row).unwrap_or(u32::MAX)
}
