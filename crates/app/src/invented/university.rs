//! The invented university: calendar, units, staff, courses, programmes, who holds which office.

use std::{collections::HashSet, io};

use base::{identity::Tckn, text::fold_ascii, time::Date};

use super::{
    Tables,
    chance::Chance,
    table::Maybe,
    words::{FACULTIES, Faculty, MEN, SHARED, SURNAMES, WOMEN},
};

/// The first cohort enters in the autumn of this year.
pub(super) const FIRST_YEAR: i16 = 2019;
/// The last cohort has just entered; its first term is the one that runs.
pub(super) const LAST_YEAR: i16 = 2026;
/// Nothing is dated after this day.
pub(super) const LATEST: Date = Date::constant(2026, 11, 20);
/// The cohort from which the second version of every curriculum holds.
const NEW_CURRICULUM: i16 = 2022;

/// A term of the calendar.
pub(super) struct CalendarTerm {
    pub id: usize,
    pub starts_on: Date,
    pub ends_on: Date,
}

/// A course as students meet it.
pub(super) struct Course {
    pub id: usize,
    pub credit: u8,
    pub ects: u8,
    /// Term of study in which it is given.
    pub term_no: usize,
    /// Department that gives it; none for the courses that everybody takes.
    pub department: Option<usize>,
}

/// The courses of one term of study, as places in [`University::courses`].
#[derive(Default, Clone)]
pub(super) struct TermPlan {
    pub compulsory: Vec<usize>,
    pub electives: Vec<usize>,
}

/// One version of a programme's curriculum.
pub(super) struct Curriculum {
    pub id: usize,
    pub terms: Vec<TermPlan>,
}

/// A department with its programme.
pub(super) struct Department {
    pub code: &'static str,
    pub programme: usize,
    pub faculty: usize,
    pub staff: Vec<usize>,
    pub versions: [Curriculum; 2],
}

impl Department {
    /// The curriculum of a cohort.
    pub(super) fn curriculum(&self, entry: i16) -> &Curriculum {
        &self.versions[usize::from(entry >= NEW_CURRICULUM)]
    }
}

/// Everything that students refer to.
pub(super) struct University {
    pub terms: Vec<CalendarTerm>,
    pub courses: Vec<Course>,
    pub departments: Vec<Department>,
}

/// Numbers given so far, and identity numbers that are taken.
pub(super) struct Given {
    pub identities: HashSet<[u8; 9]>,
    staff: usize,
    unit: usize,
}

/// An identity number that nobody in the folder has; its digits are random, its check digits right.
pub(super) fn identity(chance: &mut Chance, taken: &mut HashSet<[u8; 9]>) -> Tckn {
    loop {
        let mut nine = [0_u8; 9];
        for (i, digit) in nine.iter_mut().enumerate() {
            *digit = u8::try_from(chance.between(i64::from(i == 0), 9)).unwrap_or(1);
        }
        // Numbers that begin with 99 belong to foreigners.
        if nine.starts_with(&[9, 9]) || !taken.insert(nine) {
            continue;
        }
        if let Some(number) = Tckn::complete(nine) {
            return number;
        }
    }
}

fn email_name(text: &str) -> String {
    fold_ascii(text).replace(' ', "-")
}

impl University {
    /// Writes the nine files of the institution.
    pub(super) fn build(chance: &mut Chance, out: &mut Tables) -> io::Result<(Self, Given)> {
        let mut given = Given { identities: HashSet::new(), staff: 0, unit: 1 };
        let mut university = Self { terms: Vec::new(), courses: Vec::new(), departments: Vec::new() };
        university.calendar(out)?;
        out.units.row(&[
            &1,
            &"",
            &"university",
            &"ÖRN",
            &"Örnek Üniversitesi",
            &"Example University",
            &210_001,
            &71_000_019,
        ])?;
        for (at, (code, tr, en, hours, ects)) in SHARED.iter().enumerate() {
            university.course(None, 1, code, tr, en, (*hours, 0), *ects, 1 + at / 3, out)?;
        }
        university.leadership(chance, &mut given, out)?;
        for (place, faculty) in FACULTIES.iter().enumerate() {
            university.faculty(chance, &mut given, place, faculty, out)?;
        }
        Ok((university, given))
    }

    fn calendar(&mut self, out: &mut Tables) -> io::Result<()> {
        for year in FIRST_YEAR..=LAST_YEAR {
            let name = format!("{year}-{}", year + 1);
            for (season, tr) in [("autumn", "Güz"), ("spring", "Bahar")] {
                let autumn = season == "autumn";
                if !autumn && year == LAST_YEAR {
                    break;
                }
                let (starts_on, ends_on) = if autumn {
                    (Date::constant(year, 9, 21), Date::constant(year + 1, 1, 15))
                } else {
                    (Date::constant(year + 1, 2, 8), Date::constant(year + 1, 6, 11))
                };
                let id = self.terms.len() + 1;
                out.terms.row(&[
                    &id,
                    &name,
                    &season,
                    &format!("{name} {tr} Yarıyılı"),
                    &starts_on,
                    &ends_on,
                ])?;
                self.terms.push(CalendarTerm { id, starts_on, ends_on });
            }
        }
        Ok(())
    }

    #[expect(clippy::too_many_arguments, reason = "a row of courses.csv")]
    fn course(
        &mut self,
        department: Option<usize>,
        unit: usize,
        code: &str,
        tr: &str,
        en: &str,
        (theory, practice): (u8, u8),
        ects: u8,
        term_no: usize,
        out: &mut Tables,
    ) -> io::Result<usize> {
        let id = self.courses.len() + 1;
        let credit = theory + practice / 2;
        out.courses.row(&[&id, &unit, &code, &tr, &en, &theory, &practice, &credit, &ects])?;
        self.courses.push(Course { id, credit, ects, term_no, department });
        Ok(id - 1)
    }

    fn leadership(&mut self, chance: &mut Chance, given: &mut Given, out: &mut Tables) -> io::Result<()> {
        for (title, office, start) in [
            ("Prof. Dr.", "rector", Date::constant(2024, 8, 1)),
            ("Öğrenci İşleri Daire Başkanı", "registrar", Date::constant(2023, 2, 1)),
        ] {
            let staff = member(chance, given, 1, title, out)?;
            out.appointments.row(&[&staff, &1, &office, &start, &""])?;
        }
        Ok(())
    }

    fn faculty(
        &mut self,
        chance: &mut Chance,
        given: &mut Given,
        place: usize,
        faculty: &Faculty,
        out: &mut Tables,
    ) -> io::Result<()> {
        let unit = next_unit(given);
        unit_row(out, unit, 1, faculty.kind, faculty.code, faculty.tr, faculty.en)?;
        let mut professors = Vec::new();
        for department in faculty.departments {
            let id = next_unit(given);
            let (tr, en) = (format!("{} Bölümü", department.tr), format!("Department of {}", department.en));
            unit_row(out, id, unit, "department", department.code, &tr, &en)?;
            let mut staff = Vec::new();
            for i in 0..chance.between(9, 15) {
                let title = match i {
                    0 | 1 => "Prof. Dr.",
                    2 | 3 => "Doç. Dr.",
                    _ => chance.pick(&[
                        "Doç. Dr.",
                        "Dr. Öğr. Üyesi",
                        "Dr. Öğr. Üyesi",
                        "Öğr. Gör.",
                        "Öğr. Gör. Dr.",
                    ]),
                };
                staff.push(member(chance, given, id, title, out)?);
            }
            professors.extend(staff.iter().take(2).copied());
            self.programme(chance, place, faculty, department, id, staff, out)?;
            let heads = self.departments.last().map(|d| d.staff.clone()).unwrap_or_default();
            terms_of_office(chance, id, "department_head", &heads[..3.min(heads.len())], out)?;
            let secretary = member(chance, given, id, "Bölüm Sekreteri", out)?;
            terms_of_office(chance, id, "department_secretary", &[secretary], out)?;
        }
        let (head, vice, title) = if faculty.is_vocational() {
            ("director", "vice_director", "Yüksekokul Sekreteri")
        } else {
            ("dean", "vice_dean", "Fakülte Sekreteri")
        };
        terms_of_office(chance, unit, head, &professors[..2.min(professors.len())], out)?;
        terms_of_office(chance, unit, vice, &professors[professors.len() - 1..], out)?;
        let secretary = member(chance, given, unit, title, out)?;
        terms_of_office(chance, unit, "secretary", &[secretary], out)
    }

    #[expect(clippy::too_many_arguments, reason = "the programme of one department")]
    fn programme(
        &mut self,
        chance: &mut Chance,
        faculty_place: usize,
        faculty: &Faculty,
        department: &super::words::Department,
        unit: usize,
        staff: Vec<usize>,
        out: &mut Tables,
    ) -> io::Result<()> {
        let place = self.departments.len();
        let programme = place + 1;
        let (level, suffix, terms) =
            if faculty.is_vocational() { ("associate", "ÖL", 4) } else { ("bachelor", "L", 8) };
        let language = if department.code == "İNÖ" { "en" } else { "tr" };
        out.programs.row(&[
            &programme,
            &unit,
            &format!("{}-{suffix}", department.code),
            &department.tr,
            &department.en,
            &level,
            &terms,
            &language,
            &(109_900_003 + 10 * programme),
            &(260_000 + programme),
        ])?;
        let mut names = course_names(department);
        let mut next = |university: &mut Self,
                        chance: &mut Chance,
                        out: &mut Tables,
                        term_no: usize,
                        number: usize,
                        ects: u8| {
            let (tr, en) = names.next().unwrap_or_default();
            let hours = chance.pick(&[(3, 0), (3, 0), (2, 2), (3, 2), (4, 0)]);
            let code = format!("{}{}{number:02}", department.code, term_no.div_ceil(2));
            university.course(Some(place), unit, &code, &tr, &en, hours, ects, term_no, out)
        };
        let mut new: Vec<TermPlan> = vec![TermPlan::default(); terms];
        for term_no in 1..=terms {
            let ects: &[u8] = match term_no {
                1 | 2 => &[6, 6, 5, 5],
                3 | 4 if terms == 8 => &[7, 6, 6, 6, 5],
                _ => &[6, 6, 6, 6],
            };
            let plan = &mut new[term_no - 1];
            for (i, points) in ects.iter().enumerate() {
                let number = 2 * i + if term_no % 2 == 1 { 1 } else { 2 };
                plan.compulsory.push(next(self, chance, out, term_no, number, *points)?);
            }
            if term_no <= 2 {
                plan.compulsory.extend((0..3).map(|i| (term_no - 1) * 3 + i));
            } else if term_no > terms - 4 && (terms == 8 || term_no > 2) {
                for i in 0..3 {
                    let number = 50 + 2 * i + if term_no % 2 == 1 { 1 } else { 2 };
                    plan.electives.push(next(self, chance, out, term_no, number, 6)?);
                }
            }
        }
        // Until the new version came, the last compulsory course of each later term was another one.
        let mut old = new.clone();
        for term_no in 3..=terms {
            let plan = &mut old[term_no - 1];
            if let Some(last) = plan.compulsory.last_mut() {
                let ects = self.courses[*last].ects;
                *last = next(self, chance, out, term_no, 40 + term_no, ects)?;
            }
        }
        let first = 2 * place + 1;
        for (id, version, year, plan) in [(first, 1, 2015, &old), (first + 1, 2, NEW_CURRICULUM, &new)] {
            out.curricula.row(&[&id, &programme, &version, &year])?;
            for (i, term) in plan.iter().enumerate() {
                let kinds = term
                    .compulsory
                    .iter()
                    .map(|c| (c, "compulsory"))
                    .chain(term.electives.iter().map(|c| (c, "elective")));
                for (position, (course, kind)) in kinds.enumerate() {
                    out.curriculum_courses.row(&[
                        &id,
                        &(i + 1),
                        &(position + 1),
                        &self.courses[*course].id,
                        &kind,
                    ])?;
                }
            }
        }
        let versions = [Curriculum { id: first, terms: old }, Curriculum { id: first + 1, terms: new }];
        self.departments.push(Department {
            code: department.code,
            programme,
            faculty: faculty_place,
            staff,
            versions,
        });
        Ok(())
    }
}

/// Fifty-two names of courses, the plain ones first.
fn course_names(department: &super::words::Department) -> impl Iterator<Item = (String, String)> {
    let subjects = department.subjects;
    (0..4 * subjects.len()).map(move |i| {
        let (tr, en) = subjects[i % subjects.len()];
        match i / subjects.len() {
            0 => (format!("{tr} I"), format!("{en} I")),
            1 => (format!("{tr} II"), format!("{en} II")),
            2 => (format!("{tr} Uygulamaları"), format!("{en} Practice")),
            _ => (format!("{tr} Semineri"), format!("Seminar on {en}")),
        }
    })
}

fn next_unit(given: &mut Given) -> usize {
    given.unit += 1;
    given.unit
}

fn unit_row(
    out: &mut Tables,
    id: usize,
    parent: usize,
    kind: &str,
    code: &str,
    tr: &str,
    en: &str,
) -> io::Result<()> {
    out.units.row(&[&id, &parent, &kind, &code, &tr, &en, &(210_000 + id), &(71_000_000 + 19 * id)])
}

/// Somebody who works here.
fn member(
    chance: &mut Chance,
    given: &mut Given,
    unit: usize,
    title: &str,
    out: &mut Tables,
) -> io::Result<usize> {
    given.staff += 1;
    let id = given.staff;
    let names = if chance.happens(500) { WOMEN } else { MEN };
    let name = chance.pick(names);
    let surname = chance.pick(SURNAMES);
    let number = identity(chance, &mut given.identities);
    let email = format!("{}.{}.{id}@example.invalid", email_name(name), email_name(surname));
    out.staff.row(&[&id, &number.reveal(), &title, &name, &surname, &unit, &email])?;
    Ok(id)
}

/// The holders of an office, the one of today first; those before each held it for three years.
fn terms_of_office(
    chance: &mut Chance,
    unit: usize,
    office: &str,
    holders: &[usize],
    out: &mut Tables,
) -> io::Result<()> {
    let year = i16::try_from(chance.between(2023, 2026)).unwrap_or(2025);
    let month = i8::try_from(chance.between(1, 9)).unwrap_or(1);
    let mut ends: Option<Date> = None;
    for (i, holder) in (0_i16..).zip(holders) {
        let starts = Date::constant(year - 3 * i, month, 1);
        out.appointments.row(&[holder, &unit, &office, &starts, &Maybe(ends)])?;
        ends = Some(starts);
    }
    Ok(())
}
