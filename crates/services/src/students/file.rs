//! One enrolment's whole file, as papers and rules look at it.

use std::collections::HashMap;

use base::{
    ids::{CurriculumId, ProgrammeId},
    time::Date,
};
use domain::{
    ledger::{GroundKind, LedgerKind, Subject},
    papers::{Held, PaperFile, PaperState},
    registration::WindowKind,
    student_file::{CurriculumLine, FiledPaper, ProgrammeFacts, RegistrationFacts, StudentFile},
};
use regulations::Book;
use storage::{Reader, StorageError, enrolments::Enrolment, ledger::EntryLine, papers::HeldPaper};

use crate::error::{Result, ServiceError};

/// The file of an enrolment with the names that were valid on `day`; identity, status and marks as now.
///
/// # Errors
/// [`ServiceError::NotFound`] when the person is gone, [`ServiceError::Storage`] when programme or university have no
/// name on that day.
pub fn load_student_file(db: &Reader<'_>, enrolment: &Enrolment, day: Date) -> Result<StudentFile> {
    FileLoader::new(day).load(db, enrolment)
}

/// The papers of an enrolment as recorded in `held`, beside what its way of entry asks for; the places of the lines are
/// those of `held`.
///
/// That an enrolment was taken over is told by the first entry of its chain in `ledger`, whose ground is then the file
/// and row of an earlier system's records; see [`StudentFile::papers`] for what follows from it.
pub fn papers_of(
    file: &StudentFile,
    enrolment: &Enrolment,
    held: &[HeldPaper],
    ledger: &[EntryLine],
    book: &Book,
) -> PaperFile {
    let recorded: Vec<Held> =
        held.iter().map(|paper| Held { kind: paper.kind, state: there(paper) }).collect();
    let taken_over = ledger.iter().any(|entry| {
        entry.subject == Subject::from(enrolment.id)
            && entry.kind == LedgerKind::Enrolled
            && entry.ground_kind == GroundKind::Records
    });
    file.papers(book, &recorded, taken_over)
}

/// What the office has of a paper: what was given back is not there.
pub(crate) const fn there(paper: &HeldPaper) -> PaperState {
    if paper.returned_on.is_some() { PaperState::Missing } else { paper.state }
}

/// The registration at the desk with the papers in the file, where a desk here made the enrolment; and until when what
/// is missing may be brought, by the window that counts on `day`,
/// unless that one was over before the registration.
fn registration(db: &Reader<'_>, enrolment: &Enrolment, day: Date) -> Result<Option<RegistrationFacts>> {
    let Some(made) = storage::registrations::told(db, enrolment.id)? else { return Ok(None) };
    let papers = storage::papers::held(db, enrolment.id)?.into_iter().map(|paper| FiledPaper {
        held: Held { kind: paper.kind, state: there(&paper) },
        description: paper.description,
        due_on: paper.due_on,
        returned_on: paper.returned_on,
    });
    let kind = WindowKind::MissingPapers;
    let window = storage::windows::counting(db, kind, enrolment.unit, Some(enrolment.entry_kind), day)?;
    let papers_until = window.map(|window| window.closes_on).filter(|last| *last >= made.made_on);
    Ok(Some(RegistrationFacts { papers: papers.collect(), papers_until, ..made }))
}

/// Loads many files of one day; programmes and curricula are read once.
pub(crate) struct FileLoader {
    day: Date,
    programmes: HashMap<ProgrammeId, ProgrammeFacts>,
    curricula: HashMap<CurriculumId, Vec<CurriculumLine>>,
}

impl FileLoader {
    pub(crate) fn new(day: Date) -> Self {
        Self { day, programmes: HashMap::new(), curricula: HashMap::new() }
    }

    pub(crate) fn load(&mut self, db: &Reader<'_>, enrolment: &Enrolment) -> Result<StudentFile> {
        let person = storage::people::fetch(db, enrolment.person)?.ok_or(ServiceError::NotFound)?;
        let linked_to = match enrolment.main {
            None => None,
            Some((kind, main)) => storage::enrolments::fetch(db, main)?.map(|main| (kind, main.number)),
        };
        Ok(StudentFile {
            identity: person.identity,
            number: enrolment.number.clone(),
            entry_kind: enrolment.entry_kind,
            entry_year: enrolment.entry_year,
            entered_on: enrolment.entered_on,
            class_year: enrolment.class_year,
            status: enrolment.status,
            status_since: enrolment.status_since,
            status_ground: enrolment.ground.clone(),
            linked_to,
            programme: self.programme(db, enrolment.programme)?,
            terms: storage::enrolments::terms_taken(db, enrolment.id)?,
            marks: storage::marks::lines(db, enrolment.id)?,
            curriculum: self.curriculum(db, enrolment.curriculum)?,
            registration: registration(db, enrolment, self.day)?,
            orientations: storage::orientation::parts_taken(db, enrolment.id, self.day)?,
        })
    }

    fn programme(&mut self, db: &Reader<'_>, id: ProgrammeId) -> Result<ProgrammeFacts> {
        if let Some(known) = self.programmes.get(&id) {
            return Ok(known.clone());
        }
        let facts = storage::enrolments::programme_facts(db, id, self.day)?.ok_or_else(|| {
            let found = format!("{} gününde program {id} için ad yok", base::time::date_tr(self.day));
            StorageError::Decode { column: "programme_name".to_owned(), found }
        })?;
        self.programmes.insert(id, facts.clone());
        Ok(facts)
    }

    fn curriculum(&mut self, db: &Reader<'_>, id: CurriculumId) -> Result<Vec<CurriculumLine>> {
        if let Some(known) = self.curricula.get(&id) {
            return Ok(known.clone());
        }
        let lines = storage::enrolments::curriculum_lines(db, id)?;
        self.curricula.insert(id, lines.clone());
        Ok(lines)
    }
}
