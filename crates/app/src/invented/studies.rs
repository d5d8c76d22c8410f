//! People and their studies, term by term.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    io,
};

use base::{identity::Tckn, time::Date};

use super::{
    DEPARTMENT, Tables,
    chance::Chance,
    table::Maybe,
    university::{Course, FIRST_YEAR, Given, LAST_YEAR, LATEST, University, identity},
    words::{ALWAYS, MEN, PLACES, SURNAMES, WOMEN},
};

/// Letters with their points in tenths and the lowest score in hundredths, the best first.
const LETTERS: [(&str, i64, i64); 9] = [
    ("AA", 40, 9_000),
    ("BA", 35, 8_500),
    ("BB", 30, 8_000),
    ("CB", 25, 7_500),
    ("CC", 20, 7_000),
    ("DC", 15, 6_000),
    ("DD", 10, 5_500),
    ("FD", 5, 5_000),
    ("FF", 0, 0),
];
/// Students that a section takes.
const QUOTA: usize = 60;
/// Years after the normal period in which somebody may still finish.
const EXTRA_YEARS: usize = 3;

/// Who somebody is.
#[derive(Clone)]
struct Somebody {
    number: Tckn,
    given: String,
    surname: String,
    woman: bool,
    birth: Date,
    place: &'static str,
    email: String,
}

/// Somebody whose studies do not depend on chance.
#[derive(Clone, Copy)]
struct Chosen {
    entry: i16,
    ability: i64,
}

/// Where students are few, chance may send none of them to [`DEPARTMENT`]; then the last of them are somebody who
/// studies there and somebody who has graduated.
const FEW: usize = 60;
const CHOSEN: [Chosen; 2] = [Chosen { entry: 2024, ability: 80 }, Chosen { entry: 2019, ability: 92 }];

/// How an enrolment stands after all terms.
struct Outcome {
    terms: usize,
    status: &'static str,
    since: Date,
}

/// Somebody who could take up a second programme.
struct Candidate {
    who: Somebody,
    entry: i16,
    department: usize,
    ability: i64,
}

/// What chance has in store for somebody.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    /// Studies on until the end.
    Studies,
    /// Leaves at the beginning of this term for this reason.
    Leaves(usize, &'static str),
    /// Is on leave in this term.
    Rests(usize),
    /// Is kept away this term by a disciplinary measure.
    Suspended,
}

pub(super) struct Studies<'u> {
    university: &'u University,
    sections: HashMap<(usize, usize), Vec<(usize, usize)>>,
    last_section: usize,
    /// Numbers given per cohort and programme.
    numbers: BTreeMap<(i16, usize), usize>,
    candidates: Vec<Candidate>,
}

impl<'u> Studies<'u> {
    pub(super) fn new(university: &'u University) -> Self {
        Self {
            university,
            sections: HashMap::new(),
            last_section: 0,
            numbers: BTreeMap::new(),
            candidates: Vec::new(),
        }
    }

    /// Writes `students` enrolments; one in sixty is the second one of somebody. Answers how many people it are.
    pub(super) fn enrol(
        &mut self,
        chance: &mut Chance,
        given: &mut Given,
        students: usize,
        out: &mut Tables,
    ) -> io::Result<usize> {
        let second = if students < 100 { 0 } else { students / 60 };
        for i in 0..students - second {
            let chosen = if students < FEW { CHOSEN.get(students - 1 - i) } else { None };
            self.first_enrolment(chance, given, i, chosen.copied(), out)?;
        }
        let mut written = students - second;
        let candidates = std::mem::take(&mut self.candidates);
        for candidate in candidates.iter().take(second) {
            self.second_enrolment(chance, candidate, out)?;
            written += 1;
        }
        let people = students - second;
        // Where there were too few candidates, the rest are people of their own.
        for i in written..students {
            self.first_enrolment(chance, given, i, None, out)?;
        }
        Ok(people + students - written)
    }

    fn first_enrolment(
        &mut self,
        chance: &mut Chance,
        given: &mut Given,
        i: usize,
        chosen: Option<Chosen>,
        out: &mut Tables,
    ) -> io::Result<()> {
        let always = ALWAYS.get(i);
        let entry = match (chosen, always) {
            (Some(chosen), _) => chosen.entry,
            (None, Some(_)) => 2023,
            (None, None) => i16::try_from(chance.between(i64::from(FIRST_YEAR), i64::from(LAST_YEAR)))
                .unwrap_or(LAST_YEAR),
        };
        let bachelors =
            self.university.departments.iter().filter(|d| d.curriculum(entry).terms.len() == 8).count();
        let usual =
            chance.below(if always.is_some() { bachelors } else { self.university.departments.len() });
        let home = self.university.departments.iter().position(|d| d.code == DEPARTMENT).unwrap_or(usual);
        let department = if chosen.is_some() { home } else { usual };
        let (no, programme) = self.number(entry, department);
        let who = somebody(chance, given, always, entry, &no);
        let terms = self.terms_since(entry);
        let is_set = always.is_some() || chosen.is_some();
        let fate = if is_set { Fate::Studies } else { fate(chance, terms) };
        let ability = chosen.map_or_else(|| chance.around(75, 8), |chosen| chosen.ability);
        let outcome = self.study(chance, &no, entry, department, ability, fate, &HashSet::new(), out)?;
        let row = Row { no: &no, who: &who, programme, entry, department, outcome: &outcome };
        self.student(chance, &row, out)?;
        if outcome.status == "active"
            && (2022..=2024).contains(&entry)
            && fate == Fate::Studies
            && ability > 74
        {
            self.candidates.push(Candidate { who, entry, department, ability });
        }
        Ok(())
    }

    /// A double major: the same person, another programme of the same faculty, begun a year later.
    fn second_enrolment(
        &mut self,
        chance: &mut Chance,
        candidate: &Candidate,
        out: &mut Tables,
    ) -> io::Result<()> {
        let departments = &self.university.departments;
        let faculty = departments[candidate.department].faculty;
        let others: Vec<usize> = (0..departments.len())
            .filter(|d| *d != candidate.department && departments[*d].faculty == faculty)
            .collect();
        let department = chance.pick(&others);
        let entry = candidate.entry + 1;
        let (no, programme) = self.number(entry, department);
        let shared: HashSet<usize> = (0..self.university.courses.len())
            .filter(|c| self.university.courses[*c].department.is_none())
            .collect();
        let outcome =
            self.study(chance, &no, entry, department, candidate.ability, Fate::Studies, &shared, out)?;
        self.student(
            chance,
            &Row { no: &no, who: &candidate.who, programme, entry, department, outcome: &outcome },
            out,
        )
    }

    fn number(&mut self, entry: i16, department: usize) -> (String, usize) {
        let programme = self.university.departments[department].programme;
        let next = self.numbers.entry((entry, programme)).or_insert(0);
        *next += 1;
        (format!("{:02}{programme:03}{:04}", entry % 100, *next), programme)
    }

    fn terms_since(&self, entry: i16) -> usize {
        self.university.terms.len() - first_term(entry)
    }

    fn section(
        &mut self,
        chance: &mut Chance,
        term: usize,
        course: usize,
        department: usize,
        out: &mut Tables,
    ) -> io::Result<usize> {
        let groups = self.sections.entry((term, course)).or_default();
        match groups.last_mut() {
            Some((id, taken)) if *taken < QUOTA => {
                *taken += 1;
                Ok(*id)
            }
            _ => {
                self.last_section += 1;
                let id = self.last_section;
                groups.push((id, 1));
                let from = self.university.courses[course].department.unwrap_or(department);
                let staff = chance.pick(&self.university.departments[from].staff);
                let (term, course) = (self.university.terms[term].id, self.university.courses[course].id);
                out.sections.row(&[&id, &term, &course, &groups.len(), &staff, &QUOTA])?;
                Ok(id)
            }
        }
    }

    /// Goes through the terms of one enrolment and writes what happened in each.
    #[expect(clippy::too_many_arguments, reason = "one enrolment with all that decides about it")]
    fn study(
        &mut self,
        chance: &mut Chance,
        no: &str,
        entry: i16,
        department: usize,
        ability: i64,
        fate: Fate,
        exempt: &HashSet<usize>,
        out: &mut Tables,
    ) -> io::Result<Outcome> {
        let university = self.university;
        let plan = &university.departments[department].curriculum(entry).terms;
        let first = first_term(entry);
        let registered = Date::constant(entry, 9, i8::try_from(chance.between(1, 15)).unwrap_or(1));
        let mut outcome = Outcome { terms: 0, status: "active", since: registered };
        let mut record = Record::default();
        for n in 0..self.terms_since(entry) {
            let term = &university.terms[first + n];
            let runs = first + n + 1 == university.terms.len();
            match fate {
                Fate::Leaves(at, status) if at == n => {
                    let since = later(term.starts_on, chance.between(5, 40)).min(LATEST);
                    return Ok(Outcome { status, since, ..outcome });
                }
                Fate::Rests(at) if at == n => {
                    out.student_terms.row(&[&no, &term.id, &(outcome.terms + 1), &"leave"])?;
                    let next = university.terms.get(first + n + 1);
                    outcome.status = if next.is_none() { "on_leave" } else { "active" };
                    outcome.since = next.map_or(term.starts_on, |t| t.starts_on);
                    continue;
                }
                _ => {}
            }
            outcome.terms += 1;
            out.student_terms.row(&[&no, &term.id, &outcome.terms, &"registered"])?;
            for (course, attempt) in
                record.courses_of(chance, plan.get(outcome.terms - 1), n % 2, &university.courses)
            {
                let c = &university.courses[course];
                if exempt.contains(&course) {
                    out.grades.row(&[
                        &no, &term.id, &"", &c.id, &attempt, &"", &"", &"M", &"", &c.credit, &c.ects,
                    ])?;
                    continue;
                }
                let section = self.section(chance, first + n, course, department, out)?;
                let mark = Mark::given(chance, ability, attempt, runs);
                record.note(course, attempt, &mark, c);
                let points = Maybe(mark.points.map(|p| format!("{}.{}", p / 10, p % 10)));
                out.grades.row(&[
                    &no,
                    &term.id,
                    &section,
                    &c.id,
                    &attempt,
                    &Maybe(mark.midterm),
                    &Maybe(mark.last),
                    &mark.letter,
                    &points,
                    &c.credit,
                    &c.ects,
                ])?;
            }
            if outcome.terms >= plan.len() && !runs && record.is_complete(&university.courses) {
                let since = later(term.ends_on, chance.between(14, 24));
                return Ok(Outcome { status: "graduated", since, ..outcome });
            }
            if outcome.terms >= plan.len() + 2 * EXTRA_YEARS {
                return Ok(Outcome {
                    status: "dismissed",
                    since: later(term.ends_on, 30).min(LATEST),
                    ..outcome
                });
            }
        }
        if fate == Fate::Suspended {
            outcome.status = "suspended";
            outcome.since = Date::constant(2026, 10, i8::try_from(chance.between(1, 28)).unwrap_or(1));
        }
        Ok(outcome)
    }

    fn student(&self, chance: &mut Chance, row: &Row<'_>, out: &mut Tables) -> io::Result<()> {
        let department = &self.university.departments[row.department];
        let curriculum = department.curriculum(row.entry);
        let class = row.outcome.terms.max(1).div_ceil(2).min(curriculum.terms.len() / 2);
        let who = row.who;
        out.students.row(&[
            &row.no,
            &who.number.reveal(),
            &who.given,
            &who.surname,
            &if who.woman { "K" } else { "E" },
            &who.birth,
            &who.place,
            &who.email,
            &row.programme,
            &curriculum.id,
            &row.entry,
            &class,
            &row.outcome.status,
            &row.outcome.since,
            &chance.pick(&department.staff),
        ])
    }
}

/// A row of students.csv.
struct Row<'r> {
    no: &'r str,
    who: &'r Somebody,
    programme: usize,
    entry: i16,
    department: usize,
    outcome: &'r Outcome,
}

fn first_term(entry: i16) -> usize {
    usize::try_from(entry - FIRST_YEAR).unwrap_or(0) * 2
}

fn later(day: Date, days: i64) -> Date {
    (0..days).fold(day, |day, _| day.tomorrow().unwrap_or(day))
}

fn fate(chance: &mut Chance, terms: usize) -> Fate {
    let inside = |chance: &mut Chance| 1 + chance.below(terms - 1);
    match chance.below(1_000) {
        0..60 if terms > 1 => {
            let at = inside(chance);
            Fate::Leaves(
                at,
                chance.pick(&[
                    "withdrawn",
                    "withdrawn",
                    "withdrawn",
                    "transferred",
                    "transferred",
                    "dismissed",
                ]),
            )
        }
        60..85 if terms > 1 => Fate::Rests(terms - 1),
        85..115 if terms > 1 => Fate::Rests(inside(chance)),
        115..118 => Fate::Suspended,
        _ => Fate::Studies,
    }
}

fn somebody(
    chance: &mut Chance,
    given: &mut Given,
    always: Option<&(&'static str, &'static str, bool)>,
    entry: i16,
    no: &str,
) -> Somebody {
    let woman = always.map_or_else(|| chance.happens(510), |a| a.2);
    let names = if woman { WOMEN } else { MEN };
    let mut name = (chance.pick(names)).to_owned();
    if chance.happens(220) {
        let other = chance.pick(names);
        if other != name {
            name = format!("{name} {other}");
        }
    }
    // The lower of two draws: the first surnames are the frequent ones.
    let mut surname = SURNAMES[chance.below(SURNAMES.len()).min(chance.below(SURNAMES.len()))].to_owned();
    if woman && chance.happens(40) {
        surname = format!("{surname} {}", chance.pick(SURNAMES));
    }
    if let Some((given_name, family, _)) = always {
        (name, surname) = ((*given_name).to_owned(), (*family).to_owned());
    }
    let age = match chance.below(100) {
        0..60 => 18,
        60..85 => 19,
        85..97 => 20,
        _ => i16::try_from(chance.between(21, 34)).unwrap_or(21),
    };
    let (month, day) = (chance.between(1, 12), chance.between(1, 28));
    Somebody {
        number: identity(chance, &mut given.identities),
        given: name,
        surname,
        woman,
        birth: Date::constant(entry - age, i8::try_from(month).unwrap_or(1), i8::try_from(day).unwrap_or(1)),
        place: chance.pick(PLACES),
        email: format!("{no}@ogr.example.invalid"),
    }
}

/// One attempt's result.
struct Mark {
    midterm: Option<i64>,
    last: Option<i64>,
    letter: &'static str,
    points: Option<i64>,
}

impl Mark {
    fn given(chance: &mut Chance, ability: i64, attempt: usize, runs: bool) -> Self {
        let score = |chance: &mut Chance, mean: i64| chance.around(mean, 13).clamp(0, 100);
        let midterm = score(chance, ability);
        if runs {
            // The term is running: the mark is open, and some midterms are in.
            let midterm = chance.happens(550).then_some(midterm);
            return Self { midterm, last: None, letter: "S", points: None };
        }
        if chance.happens(12) {
            return Self { midterm: None, last: None, letter: "NA", points: Some(0) };
        }
        let effort = 6 * i64::try_from(attempt).unwrap_or(1);
        let last = score(chance, ability + effort);
        let total = 40 * midterm + 60 * last;
        let (letter, points, _) =
            LETTERS.iter().find(|(_, _, lowest)| total >= *lowest).copied().unwrap_or(("FF", 0, 0));
        Self { midterm: Some(midterm), last: Some(last), letter, points: Some(points) }
    }
}

/// What somebody has done so far.
#[derive(Default)]
struct Record {
    /// Points in tenths and AKTS of the last attempt at each course.
    last: BTreeMap<usize, (i64, i64)>,
    /// Courses to be taken again, with the number of the next attempt.
    again: Vec<(usize, usize)>,
    attempts: HashMap<usize, usize>,
}

impl Record {
    /// The courses of a term: up to three to be repeated, then those of the curriculum, with one elective.
    fn courses_of(
        &mut self,
        chance: &mut Chance,
        plan: Option<&super::university::TermPlan>,
        season: usize,
        courses: &[Course],
    ) -> Vec<(usize, usize)> {
        let mut take = Vec::new();
        self.again.retain(|(course, attempt)| {
            // Autumn courses come back in autumn.
            let given = courses[*course].term_no % 2 == 1 - season;
            if given && take.len() < 3 {
                take.push((*course, *attempt));
                false
            } else {
                true
            }
        });
        if let Some(plan) = plan {
            take.extend(plan.compulsory.iter().map(|c| (*c, 1)));
            if !plan.electives.is_empty() {
                take.push((chance.pick(&plan.electives), 1));
            }
        }
        take
    }

    fn note(&mut self, course: usize, attempt: usize, mark: &Mark, c: &Course) {
        self.attempts.insert(course, attempt);
        let Some(points) = mark.points else { return };
        self.last.insert(course, (points, i64::from(c.ects)));
        if points < 10 {
            self.again.push((course, attempt + 1));
        }
    }

    /// Whether everything is passed with an average of 2.00; where only that is wanting, weak courses are taken again.
    fn is_complete(&mut self, courses: &[Course]) -> bool {
        if !self.again.is_empty() {
            return false;
        }
        let points: i64 = self.last.values().map(|(p, e)| p * e).sum();
        let weight: i64 = self.last.values().map(|(_, e)| e).sum();
        if points >= 20 * weight {
            return true;
        }
        let mut weak: Vec<usize> = self.last.iter().filter(|(_, (p, _))| *p < 20).map(|(c, _)| *c).collect();
        weak.sort_by_key(|c| (self.last[c].0, courses[*c].id));
        for course in weak.into_iter().take(6) {
            let attempt = self.attempts.get(&course).copied().unwrap_or(1) + 1;
            self.again.push((course, attempt));
        }
        false
    }
}
