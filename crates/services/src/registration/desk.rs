//! What the desk looks at: everything that [`domain::registration::assess`] asks for, read once.

use std::{
    collections::{HashMap, HashSet, hash_map::Entry},
    sync::Arc,
};

use base::{
    identity::Tckn,
    ids::{CandidateId, CurriculumId, PersonId, PlacementListId, ProgrammeId, StaffId},
    time::{Date, local_date},
};
use domain::{
    enrolments::EntryKind,
    papers::{
        Coverage, DayBasis, Due, EntryFacts, Held, KnownDays, PaperFile, PaperLine, compare, required_papers,
    },
    people::Identity,
    programmes::Level,
    registration::{
        Assessment, CandidateState, DeskFacts, EntryDetails, OtherStudy, WindowFacts, WindowKind, assess,
        former_becomes,
    },
    student_file::ProgrammeFacts,
};
use regulations::{Book, EntryField, Finding, Stay, Verdict, When};
use storage::{
    Reader,
    candidates::{Candidate, CandidateData},
    enrolments::Enrolment,
    papers::HeldPaper,
    placements::List,
    windows::Window,
};

use super::former_enrolment::FormerEnrolment;
use crate::{Office, error::Result, students::file::there};

/// A candidate's desk file: what is held and missing, and what may be done.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DeskFile {
    /// What may be done, and why not where not.
    pub assessment: Assessment,
    /// Papers held and missing; the places of the lines are those of `held`.
    pub papers: PaperFile,
    /// Papers as recorded.
    pub held: Vec<HeldPaper>,
    /// The person, where the register knows him or her already.
    pub person: Option<PersonId>,
    /// The enrolment here that ends with a final registration.
    pub former: Option<FormerEnrolment>,
    /// Last day of the window for missing papers that counts for the candidate.
    pub papers_until: Option<Date>,
    /// The curriculum version that a registration binds.
    pub curriculum: Option<CurriculumId>,
    /// The programme, with the names of today.
    pub programme: Option<ProgrammeFacts>,
}

impl DeskFile {
    /// Until when a missing paper of the candidate may come, and on what that rests; nothing for one that has to be there
    /// when he or she registers, and where nobody set a day.
    pub fn last_day(&self, candidate: &Candidate, line: &PaperLine) -> Option<(Date, DayBasis)> {
        let is_waiting = candidate.state == CandidateState::Waiting;
        let at_once = line.required.as_ref().is_some_and(|paper| matches!(paper.due, Due::AtOnce(_)));
        let days = KnownDays {
            desk: line.held.and_then(|place| self.held.get(place)).and_then(|paper| paper.due_on),
            provisional: candidate
                .provisional_until
                .filter(|_| candidate.state == CandidateState::Provisional),
            window: self.papers_until.filter(|_| !(is_waiting && at_once)),
        };
        days.last(line.required.as_ref())
    }
}

/// The desk on one day; what is the same for all candidates of a programme is read once.
pub(crate) struct Desk {
    pub(crate) book: Arc<Book>,
    pub(crate) today: Date,
    programmes: HashMap<ProgrammeId, Option<ProgrammeFacts>>,
    windows: HashMap<(WindowKind, ProgrammeId, EntryKind, Date), Option<Window>>,
    curricula: HashMap<(ProgrammeId, i32), Option<CurriculumId>>,
    codes: HashMap<ProgrammeId, (String, String)>,
    lists: HashMap<PlacementListId, Option<List>>,
    advisors: HashMap<(ProgrammeId, i32), Vec<(StaffId, i64)>>,
    ahead: HashMap<CandidateId, Ahead>,
}

/// What was read of a candidate together with others.
struct Ahead {
    held: Vec<HeldPaper>,
    person: Option<PersonId>,
}

impl Desk {
    pub(crate) fn open(office: &Office) -> Self {
        Self {
            book: office.book.clone(),
            today: office.today(),
            programmes: HashMap::new(),
            windows: HashMap::new(),
            curricula: HashMap::new(),
            codes: HashMap::new(),
            lists: HashMap::new(),
            advisors: HashMap::new(),
            ahead: HashMap::new(),
        }
    }

    /// Reads what [`Desk::look`] asks of many candidates with a few statements. Of a person with several places only
    /// the first is read ahead: the others are to see what became of it.
    ///
    /// # Errors
    /// The database's.
    pub(crate) fn read_ahead(&mut self, db: &Reader<'_>, candidates: &[Candidate]) -> Result<()> {
        let mut keys = HashSet::new();
        let first: Vec<&Candidate> =
            candidates.iter().filter(|candidate| keys.insert(candidate.data.key())).collect();
        let ids: Vec<CandidateId> = first.iter().map(|candidate| candidate.id).collect();
        let numbers: Vec<Tckn> = first.iter().filter_map(|candidate| number_of(candidate)).collect();
        let mut held = storage::papers::held_by_candidates(db, &ids)?;
        let known = storage::people::find_by_identity_nos(db, &numbers)?;
        let earlier = storage::registrations::people_of_candidates(db, &ids)?;
        for candidate in first {
            let by_number = number_of(candidate).and_then(|number| known.get(number.reveal()).copied());
            let person = match by_number {
                Some(person) => Some(person),
                None => match holder(db, candidate)? {
                    Some(person) => Some(person),
                    None => earlier.get(&candidate.id).copied(),
                },
            };
            let held = held.remove(&candidate.id).unwrap_or_default();
            self.ahead.insert(candidate.id, Ahead { held, person });
        }
        Ok(())
    }

    /// The YÖKSİS codes of a programme and of its unit.
    pub(crate) fn yoksis_codes(
        &mut self,
        db: &Reader<'_>,
        programme: ProgrammeId,
    ) -> Result<(String, String)> {
        if let Some(known) = self.codes.get(&programme) {
            return Ok(known.clone());
        }
        let found = storage::registrations::yoksis_codes(db, programme, self.today)?;
        self.codes.insert(programme, found.clone());
        Ok(found)
    }

    /// The list that brought a candidate.
    pub(crate) fn list(&mut self, db: &Reader<'_>, id: PlacementListId) -> Result<Option<List>> {
        if let Some(known) = self.lists.get(&id) {
            return Ok(known.clone());
        }
        let found = storage::placements::fetch(db, id)?;
        self.lists.insert(id, found.clone());
        Ok(found)
    }

    /// The advisor for the next one who enters a programme in a year: whoever advises fewest of those who did; among
    /// equals whoever was hired first. Within one desk each answer counts as given.
    pub(crate) fn next_advisor(
        &mut self,
        db: &Reader<'_>,
        programme: ProgrammeId,
        year: i32,
    ) -> Result<Option<StaffId>> {
        let loads = match self.advisors.entry((programme, year)) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(free) => free.insert(storage::registrations::advisor_loads(db, programme, year)?),
        };
        let fewest = loads.iter_mut().min_by_key(|(_, load)| *load);
        Ok(fewest.map(|(advisor, load)| {
            *load += 1;
            *advisor
        }))
    }

    /// The moment whose rules count for a candidate.
    pub(crate) fn when(&self, candidate: &CandidateData) -> When {
        When { on: self.today, entry_year: i16::try_from(candidate.year).unwrap_or(self.today.year()) }
    }

    /// Looks at a candidate.
    ///
    /// # Errors
    /// The database's.
    pub(crate) fn look(&mut self, db: &Reader<'_>, candidate: &Candidate) -> Result<DeskFile> {
        let data = &candidate.data;
        let when = self.when(data);
        let programme = self.programme(db, data.programme)?;
        let Ahead { held, person } = match self.ahead.remove(&candidate.id) {
            Some(ahead) => ahead,
            None => Ahead {
                held: storage::papers::held_by_candidate(db, candidate.id)?,
                person: person_of(db, candidate)?,
            },
        };
        let papers = self.papers(data, &held, programme.as_ref());
        let studies = match person {
            Some(person) => storage::enrolments::of_person(db, person)?,
            None => Vec::new(),
        };
        let own: Vec<&Enrolment> =
            studies.iter().filter(|study| Some(study.id) != candidate.enrolment).collect();
        let others = self.other_studies(db, data, &own, programme.as_ref())?;
        let former = others.iter().find_map(|other| {
            let (status, _) = former_becomes(&self.book, when, data.entry_kind, other)?;
            let enrolment = own.iter().find(|study| study.number == other.number && !other.same_programme)?;
            Some(FormerEnrolment { enrolment: (*enrolment).clone(), status })
        });
        let curriculum = self.curriculum(db, data.programme, data.year)?;
        let details = whole_details(candidate);
        let window = self.window(db, WindowKind::Registration, candidate, self.today)?;
        let late = self.window(db, WindowKind::MissingPapers, candidate, self.today)?;
        let since = match candidate.state {
            CandidateState::Waiting => self.today,
            _ => local_date(candidate.state_at),
        };
        let papers_until = late.as_ref().map(|w| w.closes_on).filter(|day| *day >= since);
        let facts = DeskFacts {
            state: candidate.state,
            entry: data.entry_kind,
            e_registered: data.e_registered_at.is_some(),
            e_registration: self.e_registration(db, candidate)?,
            window: window.map(facts_of),
            provisional_until: candidate.provisional_until,
            missing_papers_until: late.map(|w| w.closes_on).filter(|day| *day >= self.today),
            clearances: data.clearances,
            other_studies: &others,
            papers: &papers,
            details: &details,
            has_curriculum: curriculum.is_some(),
            today: self.today,
        };
        let mut assessment = assess(&self.book, when, &facts);
        if let Some(person) = person {
            warn_of_other_name(db, person, data, &mut assessment)?;
        }
        Ok(DeskFile { assessment, papers, held, person, former, papers_until, curriculum, programme })
    }

    /// Papers held and missing.
    pub(crate) fn papers(
        &self,
        data: &CandidateData,
        held: &[HeldPaper],
        programme: Option<&ProgrammeFacts>,
    ) -> PaperFile {
        let facts = EntryFacts {
            sex: data.sex,
            nationality: data.nationality.clone(),
            language: programme.map(|p| p.language.clone()).unwrap_or_default(),
            stated: data.details.conditions(),
        };
        let facts = match programme {
            Some(programme) => facts.of_programme(&self.book, &programme.code, self.when(data)),
            None => facts,
        };
        let held: Vec<Held> =
            held.iter().map(|paper| Held { kind: paper.kind, state: there(paper) }).collect();
        let required = required_papers(&self.book, data.entry_kind, &facts, self.when(data));
        let coverage = if required.is_some() { Coverage::Whole } else { Coverage::NoList };
        compare(coverage, &held, required.unwrap_or_default())
    }

    pub(super) fn programme(&mut self, db: &Reader<'_>, id: ProgrammeId) -> Result<Option<ProgrammeFacts>> {
        if !self.programmes.contains_key(&id) {
            let facts = storage::enrolments::programme_facts(db, id, self.today)?;
            self.programmes.insert(id, facts);
        }
        Ok(self.programmes.get(&id).cloned().flatten())
    }

    /// The day of registration through e-Devlet, with the window that counted for it.
    fn e_registration(
        &mut self,
        db: &Reader<'_>,
        candidate: &Candidate,
    ) -> Result<Option<(Date, WindowFacts)>> {
        let Some(day) = candidate.data.e_registered_at.map(local_date) else { return Ok(None) };
        let window = self.window(db, WindowKind::ERegistration, candidate, day)?;
        Ok(window.map(|window| (day, facts_of(window))))
    }

    /// The window that counts for a candidate on a day.
    fn window(
        &mut self,
        db: &Reader<'_>,
        kind: WindowKind,
        candidate: &Candidate,
        day: Date,
    ) -> Result<Option<Window>> {
        let key = (kind, candidate.data.programme, candidate.data.entry_kind, day);
        if let Some(known) = self.windows.get(&key) {
            return Ok(known.clone());
        }
        let found =
            storage::windows::counting(db, kind, candidate.unit, Some(candidate.data.entry_kind), day)?;
        self.windows.insert(key, found.clone());
        Ok(found)
    }

    fn curriculum(
        &mut self,
        db: &Reader<'_>,
        programme: ProgrammeId,
        year: i32,
    ) -> Result<Option<CurriculumId>> {
        if let Some(known) = self.curricula.get(&(programme, year)) {
            return Ok(*known);
        }
        let found = storage::registrations::curriculum_for(db, programme, year)?;
        self.curricula.insert((programme, year), found);
        Ok(found)
    }

    fn other_studies(
        &mut self,
        db: &Reader<'_>,
        data: &CandidateData,
        own: &[&Enrolment],
        programme: Option<&ProgrammeFacts>,
    ) -> Result<Vec<OtherStudy>> {
        let level = programme.map(|p| p.level);
        let mut out = Vec::new();
        let former = data.details.field(EntryField::PreviousEnrolment);
        for study in own.iter().filter(|study| study.status.is_open()) {
            let other: Option<Level> = self.programme(db, study.programme)?.map(|p| p.level);
            out.push(OtherStudy {
                number: study.number.clone(),
                forbids: self.is_for_a_degree(study) && other == level,
                same_programme: study.programme == data.programme,
                status: study.status,
                is_former: former == Some(study.number.as_str()),
                main: study.main.and_then(|(_, main)| {
                    own.iter().find(|other| other.id == main).map(|other| other.number.clone())
                }),
            });
        }
        Ok(out)
    }

    /// Whether an enrolment is studied for a degree of its own; one taken over from elsewhere is, unless it hangs on
    /// another.
    fn is_for_a_degree(&self, study: &Enrolment) -> bool {
        let entry_year = i16::try_from(study.entry_year).unwrap_or_default();
        let rule =
            self.book.entry_rule(study.entry_kind.code(), When { on: study.entered_on, entry_year }).value;
        study.main.is_none() && rule.is_none_or(|rule| rule.stay == Stay::Degree)
    }
}

fn facts_of(window: Window) -> WindowFacts {
    WindowFacts { opens_on: window.opens_on, closes_on: window.closes_on, source: window.source }
}

/// The person behind a candidate, where the register knows one: by the identity number, by the passport of an earlier
/// registration, or by an earlier registration of this very candidate.
pub(crate) fn person_of(db: &Reader<'_>, candidate: &Candidate) -> Result<Option<PersonId>> {
    if let Some(number) = number_of(candidate)
        && let Some(person) = storage::people::find_by_identity_no(db, &number)?
    {
        return Ok(Some(person));
    }
    match holder(db, candidate)? {
        Some(person) => Ok(Some(person)),
        None => Ok(storage::registrations::person_of_candidate(db, candidate.id)?),
    }
}

/// Whoever was registered here by the candidate's passport, unless the register knows that person by another number.
fn holder(db: &Reader<'_>, candidate: &Candidate) -> Result<Option<PersonId>> {
    let data = &candidate.data;
    let Some(passport) = &data.passport else { return Ok(None) };
    let found = storage::registrations::person_of_passport(db, passport, data.birth_date, &data.nationality)?;
    let Some(person) = found else { return Ok(None) };
    let known = storage::people::fetch(db, person)?.and_then(|person| person.identity.identity_no);
    let is_other = known.zip(number_of(candidate)).is_some_and(|(known, told)| known != told);
    Ok((!is_other).then_some(person))
}

fn number_of(candidate: &Candidate) -> Option<Tckn> {
    candidate.data.identity_no.as_deref().and_then(|number| Tckn::parse(number).ok())
}

/// The identity as a registration writes it.
pub(crate) fn identity_of(data: &CandidateData) -> Identity {
    Identity {
        identity_no: data.identity_no.as_deref().and_then(|number| Tckn::parse(number).ok()),
        given_name: data.given_name.clone(),
        surname: data.surname.clone(),
        sex: data.sex,
        birth_date: data.birth_date,
        birth_place: data.birth_place.clone(),
        nationality: data.nationality.clone(),
    }
}

/// Details with the fields that have columns of their own.
fn whole_details(candidate: &Candidate) -> EntryDetails {
    let data = &candidate.data;
    let mut details = data.details.clone();
    let mut fill = |field, value: Option<String>| {
        if let Some(value) = value {
            details.set(field, &value);
        }
    };
    fill(EntryField::IdentityNo, data.identity_no.clone());
    fill(EntryField::Passport, data.passport.clone());
    fill(EntryField::EndsOn, data.ends_on.map(|day| day.to_string()));
    fill(EntryField::MainEnrolment, data.main.map(|main| main.to_string()));
    fill(EntryField::Placement, Some(data.year.to_string()));
    details
}

/// The register knows somebody under another name or day of birth: the registration goes on, somebody looks.
fn warn_of_other_name(
    db: &Reader<'_>,
    person: PersonId,
    data: &CandidateData,
    assessment: &mut Assessment,
) -> Result<()> {
    let Some(known) = storage::people::fetch(db, person)? else { return Ok(()) };
    let new = identity_of(data);
    let differing = storage::ledger::told::identity_differences(&known.identity, &new);
    if differing.iter().any(|column| ["given_name", "surname", "birth_date", "sex"].contains(column)) {
        assessment.findings.push(Finding::new(Verdict::Warns, "desk-identity-differs"));
    }
    if known.identity.identity_no.is_none() && new.identity_no.is_some() {
        assessment.findings.push(Finding::new(Verdict::Warns, "desk-number-unknown"));
    }
    Ok(())
}
