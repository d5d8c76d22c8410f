//! The part of the pass about people, enrolments, terms and marks: chunk by chunk of staged students.

use std::collections::HashMap;

use base::{
    identity::Tckn,
    ids::{CurriculumId, Enrolment, EnrolmentId, Person, PersonId, ProgrammeId, StaffId, TermId, UnitId},
    time::Date,
};
use domain::{
    enrolments::{EnrolmentStatus, EntryKind},
    ledger::{Draft, Ground, GroundKind, LedgerKind, Subject, status_in_force},
    people::{Identity, Sex},
    programmes::TermStanding,
};
use serde::Deserialize;
use serde_json::{Map, Value as Json, json};
use storage::{
    StorageError,
    enrolments::NewEnrolment,
    ledger::told::{self, TermTold},
    marks::Figures,
    records::{
        RecordsFile,
        chains::{self, Opening},
        digest::{MarkFacts, changed_payload, taken_over_payload},
        institution::Fields,
        staging::{self, StagedMark, StagedTerm},
        students::{self, Calendar, IndexRow, NewPerson, StagedStudent, Standing, StoredMark},
    },
    search::NameKeys,
};

use super::{
    figures::Scales,
    merge::{Change, Clash, Merged, merge},
    pass::{Pass, Writer, fields, unsigned},
    plan::Difference,
};
use crate::{accounts, error::Result};

/// Index rows that are written at once, in the order of the index.
const INDEX_PIECE: usize = 50_000;
/// Nationality where the file does not tell it: the user-assigned code for "unknown" of ISO 3166.
const UNKNOWN_COUNTRY: &str = "ZZ";

/// Columns of `students.csv` that make the identity.
const IDENTITY: [&str; 6] = ["tckn", "given", "surname", "sex", "birth_date", "birth_place"];
/// Columns that make the placement.
const PLACEMENT: [&str; 5] = ["program_id", "curriculum_id", "entry_year", "class_year", "advisor_id"];
/// Columns that make the status: one fact.
const STATUS: [&str; 2] = ["status", "status_since"];

/// A row of `students.csv` as it was staged.
#[derive(Deserialize)]
struct StudentRow {
    tckn: Option<String>,
    given: String,
    surname: String,
    sex: Sex,
    birth_date: Date,
    birth_place: String,
    email: Option<String>,
    program_id: i64,
    curriculum_id: i64,
    entry_year: i64,
    class_year: i64,
    status: EnrolmentStatus,
    status_since: Date,
    advisor_id: Option<i64>,
}

impl StudentRow {
    fn parse(text: &str) -> Result<Self> {
        let decode = |e: serde_json::Error| StorageError::Decode {
            column: "records_staged.fields".to_owned(),
            found: e.to_string(),
        };
        Ok(serde_json::from_str(text).map_err(decode)?)
    }

    fn identity(&self) -> Identity {
        let identity_no = self.tckn.as_deref().and_then(|text| Tckn::parse(text).ok());
        Identity {
            identity_no,
            given_name: self.given.clone(),
            surname: self.surname.clone(),
            sex: self.sex,
            birth_date: self.birth_date,
            birth_place: self.birth_place.clone(),
            nationality: if identity_no.is_some_and(|n| !n.is_foreign()) { "TR" } else { UNKNOWN_COUNTRY }
                .to_owned(),
        }
    }

    /// The day of entry, which the file does not have: for whoever has been active since the year of entry the day
    /// from which that counts, otherwise the first day of that academic year, and never after the status.
    fn entered_on(&self, calendar: &Calendar) -> Date {
        if self.status == EnrolmentStatus::Active && i64::from(self.status_since.year()) == self.entry_year {
            return self.status_since;
        }
        let year = i16::try_from(self.entry_year).unwrap_or(0);
        let begins =
            calendar.year_begins.get(&self.entry_year).copied().or_else(|| Date::new(year, 9, 1).ok());
        begins.map_or(self.status_since, |day| day.min(self.status_since))
    }
}

fn ground(file: RecordsFile, row: i64) -> Ground {
    Ground::new(GroundKind::Records, file.row_reference(row))
}

fn entry(subject: impl Into<Subject>, kind: LedgerKind, day: Date, ground: Ground, payload: Json) -> Draft {
    Draft {
        subject: subject.into(),
        kind,
        effective_on: day,
        status_after: None,
        ground,
        payload,
        text: None,
        reverses: None,
    }
}

/// The rows of one student among rows in order of student.
fn of_student<T>(rows: &[T], row: i64, student: impl Fn(&T) -> i64) -> &[T] {
    let from = rows.partition_point(|r| student(r) < row);
    let to = rows.partition_point(|r| student(r) <= row);
    &rows[from..to]
}

/// A number that is not here yet.
struct NewStudent<'c> {
    student: &'c StagedStudent,
    row: StudentRow,
    /// Whose, where the person is here already.
    person: Option<PersonId>,
    /// Name under which lists show the person.
    given: String,
    surname: String,
    /// What is kept as taken over.
    source: String,
}

impl NewStudent<'_> {
    fn index_row(&self, enrolment: EnrolmentId, unit: UnitId, placed: &NewEnrolment) -> IndexRow {
        IndexRow {
            keys: NameKeys::of(&self.given, &self.surname),
            enrolment,
            unit,
            programme: placed.programme,
            status: self.row.status,
            class_year: placed.class_year,
            entry_year: placed.entry_year,
            advisor: placed.advisor,
            person: placed.person,
            number: placed.number.clone(),
            given_name: self.given.clone(),
            surname: self.surname.clone(),
        }
    }
}

/// What is needed from chunk to chunk.
struct Between<'b> {
    calendar: Calendar,
    scales: Scales<'b>,
    index: Vec<IndexRow>,
    /// Marks and terms that the import wrote before and found again.
    found_terms: i64,
    found_marks: i64,
}

/// Marks of one enrolment to be written, each with its row of the file.
#[derive(Default)]
struct Differing {
    changed: Vec<(i64, MarkFacts)>,
    new: Vec<(i64, MarkFacts)>,
}

/// The rows of one chunk.
struct Chunk {
    students: Vec<StagedStudent>,
    terms: Vec<StagedTerm>,
    marks: Vec<StagedMark>,
}

impl Pass<'_> {
    /// All staged students with their terms and marks.
    pub(super) fn students(&mut self) -> Result<()> {
        let (terms_before, marks_before) = students::count_from_records(self.db)?;
        let mut between = Between {
            calendar: students::calendar(self.db)?,
            scales: Scales::new(self.book, self.today),
            index: Vec::new(),
            found_terms: 0,
            found_marks: 0,
        };
        let mut after = 0;
        loop {
            let page = students::staged(self.db, after)?;
            let (Some(first), Some(last)) = (page.first(), page.last()) else { break };
            let (from, to) = (first.row, last.row);
            after = to;
            let chunk = Chunk {
                terms: students::staged_terms(self.db, from, to)?,
                marks: students::staged_marks(self.db, from, to)?,
                students: page,
            };
            self.plan.of(RecordsFile::StudentTerms).rows += u64::try_from(chunk.terms.len()).unwrap_or(0);
            self.plan.of(RecordsFile::Grades).rows += u64::try_from(chunk.marks.len()).unwrap_or(0);
            self.new_students(&chunk, &mut between)?;
            self.known_students(&chunk)?;
            self.known_terms(&chunk, &mut between)?;
            self.known_marks(&chunk, &mut between)?;
            if between.index.len() >= INDEX_PIECE {
                self.write_index(&mut between.index)?;
            }
            self.advance(u64::try_from(chunk.students.len()).unwrap_or(0));
        }
        self.write_index(&mut between.index)?;
        self.plan.of(RecordsFile::StudentTerms).missing = unsigned(terms_before - between.found_terms);
        self.plan.of(RecordsFile::Grades).missing = unsigned(marks_before - between.found_marks);
        Ok(())
    }

    fn write_index(&self, index: &mut Vec<IndexRow>) -> Result<()> {
        if let Some(w) = &self.writer
            && !index.is_empty()
        {
            students::insert_index(w.tx, &w.permit, index)?;
            index.clear();
        }
        Ok(())
    }

    /// A staged mark with the row ids of what it refers to; nothing while one of them is not here yet.
    fn facts(&self, m: &StagedMark) -> Option<MarkFacts> {
        let section = match m.section {
            Some(key) => Some(self.keys.id(RecordsFile::Sections, key)?),
            None => None,
        };
        Some(MarkFacts {
            term: self.keys.id(RecordsFile::Terms, m.term)?,
            course: self.keys.id(RecordsFile::Courses, m.course)?,
            section,
            attempt: m.attempt,
            midterm: m.midterm,
            final_score: m.final_score,
            letter: m.letter,
            points: m.points,
            credit: m.credit,
            ects: m.ects,
        })
    }

    fn term(&self, key: i64) -> Option<TermId> {
        self.keys.id(RecordsFile::Terms, key).map(TermId::new)
    }

    // --- new students ---------------------------------------------------------------------------

    fn new_students(&mut self, chunk: &Chunk, between: &mut Between<'_>) -> Result<()> {
        let rows: Vec<(&StagedStudent, StudentRow)> = chunk
            .students
            .iter()
            .filter(|s| s.here.is_none())
            .map(|s| Ok((s, StudentRow::parse(&s.fields)?)))
            .collect::<Result<_>>()?;
        if rows.is_empty() {
            return Ok(());
        }
        let numbers: Vec<&str> = rows.iter().filter_map(|(_, row)| row.tckn.as_deref()).collect();
        let people = students::people_with(self.db, &numbers)?;
        let mut new = Vec::with_capacity(rows.len());
        for (student, row) in rows {
            self.count_new(chunk, student);
            let person = row.tckn.as_ref().and_then(|number| people.get(number)).copied();
            new.push(match person {
                Some(person) => {
                    // Whoever is here already keeps the name that stands here.
                    let here = self.identity_here(person)?;
                    let source = self.known_person(student, &here);
                    let (given, surname) = (text_of(&here, "given"), text_of(&here, "surname"));
                    NewStudent { student, row, person: Some(person), given, surname, source }
                }
                None => {
                    let (given, surname) = (row.given.clone(), row.surname.clone());
                    NewStudent { student, row, person: None, given, surname, source: student.fields.clone() }
                }
            });
        }
        self.write_new(chunk, &new, between)
    }

    fn count_new(&mut self, chunk: &Chunk, student: &StagedStudent) {
        let plan = self.plan.of(RecordsFile::Students);
        plan.new += 1;
        plan.example(Difference::New, Some(student.row), &student.number, &[]);
        let terms = of_student(&chunk.terms, student.row, |t| t.student).len();
        let marks = of_student(&chunk.marks, student.row, |m| m.student).len();
        self.plan.of(RecordsFile::StudentTerms).new += u64::try_from(terms).unwrap_or(0);
        self.plan.of(RecordsFile::Grades).new += u64::try_from(marks).unwrap_or(0);
    }

    fn write_new(&mut self, chunk: &Chunk, new: &[NewStudent<'_>], between: &mut Between<'_>) -> Result<()> {
        let Some(w) = &self.writer else { return Ok(()) };
        let enrolments = w.tx.reserve_ids::<Enrolment>("enrolment", new.len())?;
        // At most as many as rows; an id that is not used leaves a gap, which hurts nobody.
        let strangers = new.iter().filter(|n| n.person.is_none()).count();
        let mut people_ids = w.tx.reserve_ids::<Person>("person", strangers)?.into_iter();
        // Two rows of one new person may stand in one chunk.
        let mut met: HashMap<&str, PersonId> = HashMap::new();
        let mut batch = Batch::default();
        for (n, enrolment) in new.iter().zip(enrolments) {
            let entered_on = n.row.entered_on(&between.calendar);
            let known =
                n.person.or_else(|| n.row.tckn.as_deref().and_then(|number| met.get(number)).copied());
            let person = match known {
                Some(person) => person,
                None => {
                    let Some(id) = people_ids.next() else { continue };
                    if let Some(number) = &n.row.tckn {
                        met.insert(number, id);
                    }
                    let identity = n.row.identity();
                    let ground = ground(RecordsFile::Students, n.student.row);
                    batch.chains.push(vec![Opening {
                        subject: id.into(),
                        kind: LedgerKind::PersonRegistered,
                        effective_on: entered_on,
                        status_after: None,
                        ground,
                        payload: "{}".to_owned(),
                        text: Some(told::registered_text(&identity)),
                    }]);
                    batch.people.push(NewPerson { id, identity, email: n.row.email.clone() });
                    id
                }
            };
            let (programme, curriculum, advisor) = self.placement(&n.row)?;
            let placed = NewEnrolment {
                person,
                number: n.student.number.clone(),
                programme: ProgrammeId::new(programme),
                curriculum: CurriculumId::new(curriculum),
                entry_kind: EntryKind::Records,
                entry_year: i32::try_from(n.row.entry_year).unwrap_or(0),
                entered_on,
                class_year: u8::try_from(n.row.class_year).unwrap_or(0),
                advisor: advisor.map(StaffId::new),
                ends_on: None,
            };
            if let Some(unit) = between.calendar.unit_of.get(&placed.programme) {
                between.index.push(n.index_row(enrolment, *unit, &placed));
            }
            let first = batch.terms.len();
            for term in of_student(&chunk.terms, n.student.row, |t| t.student) {
                let Some(id) = self.term(term.term) else { continue };
                batch.terms.push((enrolment, id, term.term_no, term.standing));
            }
            let terms = batch.terms[first..].iter().map(|(_, id, number, how)| (*id, (*number, *how)));
            let payload = told::enrolled_payload(&placed, &terms.collect::<Vec<_>>());
            batch.enrolments.push((enrolment, placed));
            let mut marks: Vec<MarkFacts> = of_student(&chunk.marks, n.student.row, |m| m.student)
                .iter()
                .filter_map(|m| self.facts(m))
                .collect();
            marks.sort_unstable_by_key(|m| (m.term, m.course));
            batch.chains.push(opening(
                enrolment,
                n.student.row,
                &n.row,
                (entered_on, self.today),
                payload,
                &marks,
            ));
            if !marks.is_empty()
                && let Some(figures) =
                    between.scales.figures(n.row.entry_year, &marks, &between.calendar.starts_on)
            {
                batch.figures.push((enrolment, figures));
            }
            batch.marks.extend(marks.into_iter().map(|m| (enrolment, m)));
        }
        let sources = new.iter().map(|n| (n.student.number.as_str(), n.source.as_str()));
        staging::keep_new_sources(w.tx, &w.permit, RecordsFile::Students, sources)?;
        if let Some(waiting) = &mut self.by_set {
            waiting.add(batch.terms.drain(..).count(), batch.marks.drain(..).count());
        }
        self.entries += batch.write(w)?;
        for person in new.iter().filter_map(|n| n.person) {
            accounts::follow_studies(w.tx, &w.permit, person, self.today)?;
        }
        Ok(())
    }

    /// Row ids of programme, curriculum version and advisor.
    fn placement(&self, row: &StudentRow) -> Result<(i64, i64, Option<i64>)> {
        let find = |file: RecordsFile, key: i64| {
            self.keys.id(file, key).ok_or_else(|| StorageError::Decode {
                column: file.code().to_owned(),
                found: format!("anahtar {key}"),
            })
        };
        Ok((
            find(RecordsFile::Programs, row.program_id)?,
            find(RecordsFile::Curricula, row.curriculum_id)?,
            row.advisor_id.map(|key| find(RecordsFile::Staff, key)).transpose()?,
        ))
    }

    /// A new number of somebody who is here already: what differs of the identity is listed and left alone.
    /// Answers what to keep as taken over.
    fn known_person(&mut self, student: &StagedStudent, here: &Fields) -> String {
        let mut file = fields(&student.fields);
        let identity: Fields = file.iter().filter(|(c, _)| IDENTITY.contains(&c.as_str())).map(own).collect();
        let merged = merge(None, &identity, here);
        for clash in &merged.clashes {
            file.remove(&clash.column);
        }
        self.plan.clash(RecordsFile::Students, student.row, &student.number, &merged.clashes);
        Json::Object(file).to_string()
    }

    fn identity_here(&self, person: PersonId) -> Result<Fields> {
        let mut here = Fields::new();
        if let Some(found) = storage::people::fetch(self.db, person)? {
            let i = found.identity;
            here.insert("tckn".to_owned(), i.identity_no.as_ref().map_or(Json::Null, |n| n.reveal().into()));
            here.insert("given".to_owned(), i.given_name.into());
            here.insert("surname".to_owned(), i.surname.into());
            here.insert("sex".to_owned(), i.sex.code().into());
            here.insert("birth_date".to_owned(), i.birth_date.to_string().into());
            here.insert("birth_place".to_owned(), i.birth_place.into());
        }
        Ok(here)
    }

    // --- students that are here -----------------------------------------------------------------

    fn known_students(&mut self, chunk: &Chunk) -> Result<()> {
        for student in &chunk.students {
            let Some((enrolment, person)) = student.here else { continue };
            if student.source.as_deref() != Some(student.fields.as_str()) {
                self.known_student(student, enrolment, person)?;
            }
        }
        Ok(())
    }

    fn known_student(
        &mut self,
        student: &StagedStudent,
        enrolment: EnrolmentId,
        person: PersonId,
    ) -> Result<()> {
        let file = fields(&student.fields);
        let source = student.source.as_deref().map(fields);
        let Some(standing) = students::standing_of(self.db, enrolment)? else { return Ok(()) };
        let mut here = self.identity_here(person)?;
        let contact = storage::people::fetch_contact(self.db, person)?;
        here.insert("email".to_owned(), contact.email.map_or(Json::Null, Json::from));
        self.standing_here(&standing, &mut here);

        let mut merged = merge(source.as_ref(), &file, &here);
        merged.bind_together(&STATUS, source.as_ref());
        merged.bind_together(&["program_id", "curriculum_id"], source.as_ref());
        self.refuse_what_cannot_be(&mut merged, &file, source.as_ref(), &standing, person)?;
        self.forgive_second_email(&mut merged, &file, person)?;

        let plan = self.plan.of(RecordsFile::Students);
        if merged.changes.is_empty() {
            plan.unchanged += 1;
        } else {
            plan.changed += 1;
            plan.example(Difference::Changed, Some(student.row), &student.number, &merged.changes);
        }
        self.plan.clash(RecordsFile::Students, student.row, &student.number, &merged.clashes);
        if self.writer.is_none() {
            return Ok(());
        }
        let row = StudentRow::parse(&student.fields)?;
        self.write_identity(student, person, &merged, &row)?;
        self.write_placement(student, enrolment, &standing, &merged, &row)?;
        if merged.changes("status") || merged.changes("status_since") {
            self.write_status(student, enrolment, &standing, &row)?;
            if let Some(w) = &self.writer {
                accounts::follow_studies(w.tx, &w.permit, person, self.today)?;
            }
        }
        let Some(w) = &self.writer else { return Ok(()) };
        if merged.changes("email") {
            students::update_email(w.tx, &w.permit, person, row.email.as_deref())?;
        }
        if PLACEMENT.iter().chain(&STATUS).any(|c| merged.changes(c)) {
            storage::search::refresh(w.tx, &w.permit, enrolment)?;
        }
        staging::keep_source(
            w.tx,
            &w.permit,
            RecordsFile::Students,
            &student.number,
            &Json::Object(merged.source).to_string(),
        )?;
        Ok(())
    }

    fn standing_here(&self, standing: &Standing, here: &mut Fields) {
        let key = |file: RecordsFile, id: Option<i64>| self.keys.as_field(file, id);
        here.insert("program_id".to_owned(), key(RecordsFile::Programs, Some(standing.programme)));
        here.insert("curriculum_id".to_owned(), key(RecordsFile::Curricula, Some(standing.curriculum)));
        here.insert("advisor_id".to_owned(), key(RecordsFile::Staff, standing.advisor));
        here.insert("entry_year".to_owned(), standing.entry_year.into());
        here.insert("class_year".to_owned(), standing.class_year.into());
        here.insert("status".to_owned(), standing.status.code().into());
        here.insert("status_since".to_owned(), standing.status_since.to_string().into());
    }

    /// What nobody touched here and still cannot be taken over: another person's identity number, a status from
    /// before the day of entry.
    fn refuse_what_cannot_be(
        &self,
        merged: &mut Merged,
        file: &Fields,
        source: Option<&Fields>,
        standing: &Standing,
        person: PersonId,
    ) -> Result<()> {
        if merged.changes("tckn")
            && let Some(number) = file.get("tckn").and_then(Json::as_str).and_then(|n| Tckn::parse(n).ok())
            && storage::people::find_by_identity_no(self.db, &number)?.is_some_and(|other| other != person)
        {
            merged.refuse("tckn", source);
        }
        let since = file.get("status_since").and_then(Json::as_str).and_then(|d| d.parse::<Date>().ok());
        if since.is_some_and(|day| day < standing.entered_on) {
            STATUS.iter().for_each(|column| merged.refuse(column, source));
        }
        Ok(())
    }

    /// Somebody with two numbers may have an address with each; the register keeps one, which is no conflict.
    fn forgive_second_email(&self, merged: &mut Merged, file: &Fields, person: PersonId) -> Result<()> {
        if merged.clashes.iter().any(|c| c.column == "email")
            && storage::enrolments::of_person(self.db, person)?.len() > 1
        {
            merged.clashes.retain(|c| c.column != "email");
            if let Some(email) = file.get("email") {
                merged.source.insert("email".to_owned(), email.clone());
            }
        }
        Ok(())
    }

    fn write_identity(
        &mut self,
        student: &StagedStudent,
        person: PersonId,
        merged: &Merged,
        row: &StudentRow,
    ) -> Result<()> {
        if !IDENTITY.iter().any(|c| merged.changes(c)) {
            return Ok(());
        }
        let Some(found) = storage::people::fetch(self.db, person)? else { return Ok(()) };
        let was = found.identity;
        let file = row.identity();
        let mut is = was.clone();
        for column in IDENTITY.iter().filter(|c| merged.changes(c)) {
            match *column {
                "tckn" => is.identity_no = file.identity_no,
                "given" => is.given_name.clone_from(&file.given_name),
                "surname" => is.surname.clone_from(&file.surname),
                "sex" => is.sex = file.sex,
                "birth_date" => is.birth_date = file.birth_date,
                _ => is.birth_place.clone_from(&file.birth_place),
            }
        }
        let mut draft = entry(
            person,
            LedgerKind::IdentityChanged,
            self.today,
            ground(RecordsFile::Students, student.row),
            json!({ "fields": told::identity_differences(&was, &is) }),
        );
        draft.text = Some(told::identity_changed_text(&was, &is, None));
        self.append(&draft)?;
        let Some(w) = &self.writer else { return Ok(()) };
        storage::people::update_identity(w.tx, &w.permit, person, found.version, &is)?;
        storage::search::refresh_person(w.tx, &w.permit, person)?;
        Ok(())
    }

    fn write_placement(
        &mut self,
        student: &StagedStudent,
        enrolment: EnrolmentId,
        was: &Standing,
        merged: &Merged,
        row: &StudentRow,
    ) -> Result<()> {
        if !PLACEMENT.iter().any(|c| merged.changes(c)) {
            return Ok(());
        }
        let (programme, curriculum, advisor) = self.placement(row)?;
        let mut is = was.clone();
        let (mut from, mut to) = (Map::new(), Map::new());
        let mut note = |name: &str, before: Json, after: Json| {
            from.insert(name.to_owned(), before);
            to.insert(name.to_owned(), after);
        };
        if merged.changes("program_id") {
            note("programme_id", was.programme.into(), programme.into());
            is.programme = programme;
        }
        if merged.changes("curriculum_id") {
            note("curriculum_id", was.curriculum.into(), curriculum.into());
            is.curriculum = curriculum;
        }
        if merged.changes("entry_year") {
            note("entry_year", was.entry_year.into(), row.entry_year.into());
            is.entry_year = row.entry_year;
        }
        if merged.changes("class_year") {
            note("class_year", was.class_year.into(), row.class_year.into());
            is.class_year = row.class_year;
        }
        if merged.changes("advisor_id") {
            note("advisor_id", was.advisor.into(), advisor.into());
            is.advisor = advisor;
        }
        let payload = json!({ "from": from, "to": to });
        let draft = entry(
            enrolment,
            LedgerKind::PlacementChanged,
            self.today,
            ground(RecordsFile::Students, student.row),
            payload,
        );
        self.append(&draft)?;
        if let Some(w) = &self.writer {
            students::update_placement(w.tx, &w.permit, enrolment, &is)?;
        }
        Ok(())
    }

    /// Writes the status of the file. Entries that count from a later day than the file's are undone first: the
    /// records that gave them now say otherwise, and the latest day is the one in force.
    fn write_status(
        &mut self,
        student: &StagedStudent,
        enrolment: EnrolmentId,
        was: &Standing,
        row: &StudentRow,
    ) -> Result<()> {
        let ground = ground(RecordsFile::Students, student.row);
        let mut entries = storage::ledger::status_entries(self.db, enrolment)?;
        while let Some(last) = status_in_force(&entries)
            && last.seq > 1
            && last.effective_on > row.status_since
        {
            let mut undo = entry(
                enrolment,
                LedgerKind::Reversed,
                self.today,
                ground.clone(),
                json!({ "seq": last.seq }),
            );
            undo.reverses = Some(last.id);
            self.append(&undo)?;
            entries.iter_mut().filter(|e| e.id == last.id).for_each(|e| e.reversed = true);
        }
        let settled = status_in_force(&entries).map(|e| (e.status, e.effective_on));
        if settled != Some((row.status, row.status_since)) {
            let mut draft = entry(
                enrolment,
                LedgerKind::StatusChanged,
                row.status_since,
                ground,
                json!({ "from": was.status.code() }),
            );
            draft.status_after = Some(row.status);
            self.append(&draft)?;
        }
        if let Some(w) = &self.writer {
            storage::ledger::settle_status(w.tx, &w.permit, enrolment)?;
        }
        Ok(())
    }

    // --- terms and marks of students that are here ----------------------------------------------

    fn known_terms(&mut self, chunk: &Chunk, between: &mut Between<'_>) -> Result<()> {
        let here: Vec<EnrolmentId> = chunk.students.iter().filter_map(|s| s.here.map(|(e, _)| e)).collect();
        if here.is_empty() {
            return Ok(());
        }
        let stored = students::terms_of(self.db, &here)?;
        let mut new = Vec::new();
        for student in &chunk.students {
            let Some((enrolment, _)) = student.here else { continue };
            let mut first_row = None;
            let mut changes: Vec<(TermId, Option<TermTold>, TermTold)> = Vec::new();
            for staged in of_student(&chunk.terms, student.row, |t| t.student) {
                let id = self.term(staged.term);
                let plan = self.plan.of(RecordsFile::StudentTerms);
                let key = format!("{}/{}", student.number, staged.term);
                let was = id.and_then(|id| stored.get(&(enrolment, id)));
                match was {
                    None => {
                        plan.new += 1;
                        plan.example(Difference::New, Some(staged.row), &key, &[]);
                    }
                    Some(was) => {
                        between.found_terms += i64::from(was.from_records);
                        let differing = term_differences(was.term_no, was.standing, staged);
                        if differing.is_empty() {
                            plan.unchanged += 1;
                            continue;
                        }
                        if !was.from_records {
                            plan.unchanged += 1;
                            self.plan.clash(RecordsFile::StudentTerms, staged.row, &key, &clashes(differing));
                            continue;
                        }
                        plan.changed += 1;
                        plan.example(Difference::Changed, Some(staged.row), &key, &differing);
                    }
                }
                first_row = first_row.or(Some(staged.row));
                let was = was.map(|was| (was.term_no, was.standing));
                changes.extend(id.map(|id| (id, was, (staged.term_no, staged.standing))));
            }
            let (Some(row), false) = (first_row, changes.is_empty()) else { continue };
            let ground = ground(RecordsFile::StudentTerms, row);
            let payload = told::terms_changed_payload(&changes);
            self.append(&entry(enrolment, LedgerKind::TermChanged, self.today, ground, payload))?;
            let Some(w) = &self.writer else { continue };
            for (term, was, (number, standing)) in changes {
                if was.is_none() {
                    new.push((enrolment, term, number, standing));
                } else {
                    students::update_term(w.tx, &w.permit, enrolment, term, number, standing)?;
                }
            }
        }
        if let Some(w) = &self.writer {
            students::insert_terms(w.tx, &w.permit, &new)?;
        }
        Ok(())
    }

    fn known_marks(&mut self, chunk: &Chunk, between: &mut Between<'_>) -> Result<()> {
        let here: Vec<EnrolmentId> = chunk.students.iter().filter_map(|s| s.here.map(|(e, _)| e)).collect();
        if here.is_empty() {
            return Ok(());
        }
        let mut stored = students::marks_of(self.db, &here)?;
        for student in &chunk.students {
            let Some((enrolment, _)) = student.here else { continue };
            let staged = of_student(&chunk.marks, student.row, |m| m.student);
            let mut stands = stored.remove(&enrolment).unwrap_or_default();
            let Differing { changed, new } = self.compare_marks(student, staged, &stands, between);
            if changed.is_empty() && new.is_empty() {
                continue;
            }
            for (row, after) in &changed {
                let Some(at) = place_of(&stands, after) else { continue };
                let payload = changed_payload(Some(&stands[at].facts), Some(after));
                stands[at].facts = *after;
                let ground = ground(RecordsFile::Grades, *row);
                self.append(&entry(enrolment, LedgerKind::MarkChanged, self.today, ground, payload))?;
            }
            let mut all: Vec<MarkFacts> = stands.iter().map(|m| m.facts).collect();
            if let Some((row, _)) = new.first() {
                all.extend(new.iter().map(|(_, facts)| *facts));
                all.sort_unstable_by_key(|m| (m.term, m.course));
                let ground = ground(RecordsFile::Grades, *row);
                self.append(&entry(
                    enrolment,
                    LedgerKind::MarksTakenOver,
                    self.today,
                    ground,
                    taken_over_payload(&all),
                ))?;
            }
            let Some(w) = &self.writer else { continue };
            for (_, after) in &changed {
                students::update_mark(w.tx, &w.permit, enrolment, after)?;
            }
            let rows: Vec<(EnrolmentId, MarkFacts)> =
                new.into_iter().map(|(_, facts)| (enrolment, facts)).collect();
            if !rows.is_empty() {
                students::insert_marks(w.tx, &w.permit, &rows)?;
            }
            let entry_year = fields(&student.fields).get("entry_year").and_then(Json::as_i64).unwrap_or(0);
            if let Some(figures) = between.scales.figures(entry_year, &all, &between.calendar.starts_on) {
                storage::marks::save_figures(w.tx, &w.permit, enrolment, &figures, w.permit.at())?;
            }
        }
        Ok(())
    }

    /// Counts what differs; answers what is to be written.
    fn compare_marks(
        &mut self,
        student: &StagedStudent,
        staged: &[StagedMark],
        stands: &[StoredMark],
        between: &mut Between<'_>,
    ) -> Differing {
        let Differing { mut changed, mut new } = Differing::default();
        for m in staged {
            let facts = self.facts(m);
            let key = || format!("{}/{}/{}", student.number, m.term, m.course);
            let was = facts.as_ref().and_then(|f| place_of(stands, f)).map(|at| &stands[at]);
            let Some((facts, was)) = facts.zip(was) else {
                let plan = self.plan.of(RecordsFile::Grades);
                plan.new += 1;
                plan.example(Difference::New, Some(m.row), &key(), &[]);
                new.extend(facts.map(|f| (m.row, f)));
                continue;
            };
            between.found_marks += i64::from(was.from_records);
            if was.facts == facts {
                self.plan.of(RecordsFile::Grades).unchanged += 1;
                continue;
            }
            let differing = self.mark_differences(&was.facts, &facts);
            let plan = self.plan.of(RecordsFile::Grades);
            if was.from_records {
                plan.changed += 1;
                plan.example(Difference::Changed, Some(m.row), &key(), &differing);
                changed.push((m.row, facts));
            } else {
                plan.unchanged += 1;
                self.plan.clash(RecordsFile::Grades, m.row, &key(), &clashes(differing));
            }
        }
        Differing { changed, new }
    }

    fn mark_differences(&self, was: &MarkFacts, is: &MarkFacts) -> Vec<Change> {
        let section = |id: Option<i64>| self.keys.as_field(RecordsFile::Sections, id);
        let number = |value: Option<i64>| {
            value.map_or(Json::Null, |v| Json::String(format!("{},{:02}", v / 100, v % 100)))
        };
        let columns = [
            ("section_id", section(was.section), section(is.section)),
            ("attempt", was.attempt.into(), is.attempt.into()),
            ("midterm", number(was.midterm), number(is.midterm)),
            ("final", number(was.final_score), number(is.final_score)),
            ("letter", was.letter.as_str().into(), is.letter.as_str().into()),
            ("points", number(was.points), number(is.points)),
            ("credit", number(Some(was.credit)), number(Some(is.credit))),
            ("ects", number(Some(was.ects)), number(Some(is.ects))),
        ];
        differences(columns)
    }
}

fn text_of(fields: &Fields, column: &str) -> String {
    fields.get(column).and_then(Json::as_str).unwrap_or_default().to_owned()
}

fn own((column, value): (&String, &Json)) -> (String, Json) {
    (column.clone(), value.clone())
}

fn differences<const N: usize>(columns: [(&str, Json, Json); N]) -> Vec<Change> {
    columns
        .into_iter()
        .filter(|(_, before, after)| before != after)
        .map(|(column, before, after)| Change { column: column.to_owned(), before, after })
        .collect()
}

fn term_differences(term_no: i64, standing: TermStanding, staged: &StagedTerm) -> Vec<Change> {
    differences([
        ("term_no", term_no.into(), staged.term_no.into()),
        ("status", standing.code().into(), staged.standing.code().into()),
    ])
}

fn clashes(differing: Vec<Change>) -> Vec<Clash> {
    differing
        .into_iter()
        .map(|c| Clash { column: c.column, last_taken_over: None, here: c.before, in_file: c.after })
        .collect()
}

fn place_of(stands: &[StoredMark], mark: &MarkFacts) -> Option<usize> {
    stands.binary_search_by_key(&(mark.term, mark.course), |m| (m.facts.term, m.facts.course)).ok()
}

/// The first entries of an enrolment that comes from the records of an earlier system.
fn opening(
    enrolment: EnrolmentId,
    row_no: i64,
    row: &StudentRow,
    (entered_on, today): (Date, Date),
    payload: String,
    marks: &[MarkFacts],
) -> Vec<Opening> {
    let entry = |kind, payload| Opening {
        subject: enrolment.into(),
        kind,
        effective_on: entered_on,
        status_after: None,
        ground: ground(RecordsFile::Students, row_no),
        payload,
        text: None,
    };
    let mut entries = Vec::with_capacity(3);
    let enrolled = entry(LedgerKind::Enrolled, payload);
    entries.push(Opening { status_after: Some(EnrolmentStatus::Active), ..enrolled });
    if row.status != EnrolmentStatus::Active || row.status_since != entered_on {
        let from = json!({ "from": EnrolmentStatus::Active.code() });
        entries.push(Opening {
            effective_on: row.status_since,
            status_after: Some(row.status),
            ..entry(LedgerKind::StatusChanged, from.to_string())
        });
    }
    if !marks.is_empty() {
        let taken_over = entry(LedgerKind::MarksTakenOver, taken_over_payload(marks).to_string());
        entries.push(Opening { effective_on: today, ..taken_over });
    }
    entries
}

/// What a chunk adds, gathered so that each table is written once.
#[derive(Default)]
struct Batch {
    people: Vec<NewPerson>,
    enrolments: Vec<(EnrolmentId, NewEnrolment)>,
    chains: Vec<Vec<Opening>>,
    terms: Vec<(EnrolmentId, TermId, i64, TermStanding)>,
    marks: Vec<(EnrolmentId, MarkFacts)>,
    figures: Vec<(EnrolmentId, Figures)>,
}

impl Batch {
    /// Writes everything in the order of its references; answers how many ledger entries it was.
    fn write(&self, w: &Writer<'_>) -> Result<u64> {
        students::insert_people(w.tx, &w.permit, &self.people)?;
        students::insert_enrolments(w.tx, &w.permit, &self.enrolments)?;
        let entries = chains::open(w.tx, &w.permit, &self.chains, w.random)?;
        if let (Some(first), Some(last)) = (entries.first(), entries.last()) {
            chains::settle_new(w.tx, &w.permit, *first, *last)?;
        }
        students::insert_terms(w.tx, &w.permit, &self.terms)?;
        students::insert_marks(w.tx, &w.permit, &self.marks)?;
        students::insert_figures(w.tx, &w.permit, &self.figures)?;
        Ok(u64::try_from(entries.len()).unwrap_or(0))
    }
}
