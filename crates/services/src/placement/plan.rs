//! What taking a list over would do: its rows against the candidates of the same way of entry and year.

use std::collections::{HashMap, HashSet};

use base::{
    ids::{CandidateId, PlacementListId, ProgrammeId},
    time::Date,
};
use domain::registration::CandidateState;
use storage::{
    candidates::{Candidate, CandidateData},
    placements::{PlaceBeside, Unsettled},
};

use super::{
    fields::Field,
    layout::{Columns, Layout, hand_back},
    problem::PlacementProblem as Problem,
    quotas,
    rows::{FaultyRow, Mark, Programmes, RowFault, Rows, SoundRow, file_mark},
};

/// A candidate whom a list would add.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewCandidate {
    /// Row of the file.
    pub row: u64,
    /// Who.
    pub data: CandidateData,
    /// Code of the programme.
    pub programme: String,
    /// Hash of the row.
    pub hash: [u8; 32],
}

/// A candidate whom a list would change.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ChangedCandidate {
    /// Row of the file.
    pub row: u64,
    /// Whom.
    pub id: CandidateId,
    /// The version that was compared.
    pub version: i64,
    /// What would stand then.
    pub data: CandidateData,
    /// Code of the programme.
    pub programme: String,
    /// Hash of the row.
    pub hash: [u8; 32],
}

/// A file whose rows could not be read, with what a mapping form needs.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BadFile {
    /// What is wrong; never empty.
    pub problems: Vec<Problem>,
    /// The headings that were found; empty where there are none to choose from.
    pub headings: Vec<String>,
    /// Which column each heading was understood as.
    pub found: Columns,
}

/// A list that was read and compared.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CheckedList {
    /// Rows below the headings.
    pub rows: u64,
    /// Candidates that would be added.
    pub new: Vec<NewCandidate>,
    /// Candidates that would be changed.
    pub changed: Vec<ChangedCandidate>,
    /// Candidates who are here already, the same; those who do not wait any more are among them.
    pub same: u64,
    /// Rows that cannot go in.
    pub faulty: Vec<FaultyRow>,
    /// What is to be known of rows that can.
    pub warnings: Vec<RowFault>,
    /// Headings that nothing was taken from.
    pub unused: Vec<String>,
    /// The form in which rows are handed back.
    pub layout: Layout,
    /// Which heading each column was found under.
    pub found: Columns,
    /// Cells of the rows that go in and of which something is to be known.
    pub(super) noted: Vec<(u64, Vec<String>)>,
    /// Seats of programmes that it tells anew.
    pub(super) quotas: Vec<(ProgrammeId, i64)>,
    /// By what the file is known in marks of rows.
    pub(super) file: String,
    /// Rows of earlier lists that this one mends.
    pub(super) settles: Vec<(PlacementListId, i64)>,
}

impl CheckedList {
    /// Whether it would write anything about a candidate or a programme's seats.
    pub fn changes_anything(&self) -> bool {
        !self.new.is_empty() || !self.changed.is_empty() || !self.quotas.is_empty()
    }

    /// The faulty rows as a file that can be mended and loaded by itself; `sentence` words a fault for the reader. Each
    /// carries where it comes from, so that it is settled when it comes back sound, whatever was mended in it.
    pub fn faulty_file(&self, sentence: impl Fn(&RowFault) -> String) -> Vec<u8> {
        let reason = |row: &FaultyRow| {
            let own = Mark::Filed(self.file.clone(), i64::try_from(row.row).unwrap_or(i64::MAX));
            let marks = row.mends.iter().chain([&own]).map(Mark::to_string);
            marks.chain(row.faults.iter().map(&sentence)).collect::<Vec<_>>().join(" ")
        };
        hand_back(&self.layout, self.faulty.iter().map(|row| (row.cells.as_slice(), reason(row))))
    }

    /// The rows that go in and of which something is to be known, with what that is.
    pub fn noted_file(&self, sentence: impl Fn(&RowFault) -> String) -> Vec<u8> {
        let mut of: HashMap<u64, Vec<String>> = HashMap::new();
        for fault in &self.warnings {
            of.entry(fault.row).or_default().push(sentence(fault));
        }
        let told = |row: &u64| of.get(row).map(|all| all.join(" ")).unwrap_or_default();
        hand_back(&self.layout, self.noted.iter().map(|(row, cells)| (cells.as_slice(), told(row))))
    }
}

/// What rows are compared with.
pub(super) struct Known {
    pub candidates: Vec<Candidate>,
    /// Open enrolments by identity number.
    pub studies: HashMap<String, Vec<(String, ProgrammeId)>>,
    /// Open enrolments by passport, day of birth and country.
    pub by_passport: HashMap<(String, Date, String), Vec<(String, ProgrammeId)>>,
    /// Places of the same year by other ways of entry.
    pub beside: Vec<PlaceBeside>,
    /// Seats of programmes as an earlier list told them.
    pub quotas: HashMap<ProgrammeId, i64>,
    /// Rows of earlier lists that nobody has mended yet.
    pub unsettled: Vec<Unsettled>,
}

impl Known {
    /// The candidates by what each is known by: identity number, and passport with the day of birth.
    fn by_person(&self) -> HashMap<String, Vec<&Candidate>> {
        let mut of: HashMap<String, Vec<&Candidate>> = HashMap::new();
        for candidate in &self.candidates {
            for key in known_by(&candidate.data) {
                of.entry(key).or_default().push(candidate);
            }
        }
        of
    }
}

/// Places by other ways of entry, by what their candidates are known by.
fn places_beside(known: &Known) -> HashMap<String, Vec<&PlaceBeside>> {
    let mut of: HashMap<String, Vec<&PlaceBeside>> = HashMap::new();
    for place in &known.beside {
        for key in keys(place.identity_no.as_ref(), place.passport.as_ref(), place.birth_date) {
            of.entry(key).or_default().push(place);
        }
    }
    of
}

/// By what a candidate is known. The passport counts beside the number, which a foreigner may get only later.
fn known_by(data: &CandidateData) -> impl Iterator<Item = String> + use<> {
    keys(data.identity_no.as_ref(), data.passport.as_ref(), data.birth_date)
}

fn keys(
    identity_no: Option<&String>,
    passport: Option<&String>,
    birth_date: Date,
) -> impl Iterator<Item = String> + use<> {
    let passport = passport.map(|passport| format!("{passport}/{birth_date}"));
    identity_no.cloned().into_iter().chain(passport)
}

/// Compares the rows with what is known; `out` comes with what stands in the file alone. Whoever does not wait any more
/// stays as he or she is.
pub(super) fn compare(
    rows: Rows,
    mut out: CheckedList,
    programmes: &Programmes,
    known: &Known,
) -> CheckedList {
    let of = known.by_person();
    let beside = places_beside(known);
    let Rows { rows: count, sound, mut faulty, mut warnings, has } = rows;
    let (quotas, unsure) = quotas::told(&sound, &known.quotas);
    out.quotas = quotas;
    warnings.extend(unsure);
    let mut told: HashSet<u64> = warnings.iter().map(|fault| fault.row).collect();
    out.rows = count;
    out.warnings = warnings;
    let mut mending = Mending::new(&known.unsettled);
    for row in sound {
        let places: Vec<&Candidate> =
            known_by(&row.data).filter_map(|key| of.get(&key)).flatten().copied().collect();
        let here = places.iter().find(|c| c.data.programme == row.data.programme).copied();
        if here.is_none()
            && let Some(other) = places.iter().find(|c| is_held(c.state))
        {
            let programme = seen(programmes, other.data.programme, programmes.code_of(other.data.programme));
            faulty.push(refused(row, &Problem::PlacedElsewhere { programme }));
            continue;
        }
        let before = out.warnings.len();
        warn_of_students(&row, programmes, known, here, &mut out.warnings);
        warn_of_places(&row, programmes, &beside, &mut out.warnings);
        mending.settle(&row.key, &row.mends);
        let place = row.row;
        let change = here.filter(|candidate| candidate.row_hash != row.hash).map(|candidate| {
            let merged = merged(&candidate.data, row.data.clone(), &has);
            (candidate, merged)
        });
        match (here, change) {
            (None, _) => {
                let programme = programmes.code_of(row.data.programme).to_owned();
                out.new.push(NewCandidate { row: place, data: row.data, programme, hash: row.hash });
            }
            // The same row, or one with other columns that says the same.
            (Some(_), None) => out.same += 1,
            (Some(_), Some((candidate, data))) if data == candidate.data => out.same += 1,
            (Some(_), Some((candidate, data))) if candidate.state == CandidateState::Waiting => {
                let (id, version) = (candidate.id, candidate.version);
                let programme = programmes.code_of(data.programme).to_owned();
                let hash = row.hash;
                out.changed.push(ChangedCandidate { row: place, id, version, data, programme, hash });
            }
            (Some(_), Some(_)) => {
                out.same += 1;
                out.warnings.push(RowFault::new(place, None, &Problem::Differs));
            }
        }
        if out.warnings.len() > before {
            told.insert(place);
        }
        if told.contains(&place) {
            out.noted.push((place, row.cells));
        }
    }
    faulty.sort_by_key(|row| row.row);
    // A row that is wrong again: what it is now stands on the worklist, once.
    for row in &faulty {
        mending.settle(&row.key, &row.mends);
    }
    // Of a row that does not go in nothing else is to be known.
    let refused: HashSet<u64> = faulty.iter().map(|row| row.row).collect();
    out.warnings.retain(|fault| !refused.contains(&fault.row));
    out.warnings.sort_by_key(|fault| fault.row);
    out.faulty = faulty;
    out.settles = mending.settles;
    out
}

/// A word about somebody in a programme, for whoever sees the people of it; stars for others.
fn seen(programmes: &Programmes, programme: ProgrammeId, word: &str) -> String {
    if programmes.sees(programme) { word.to_owned() } else { "***".to_owned() }
}

/// Whether the place is taken by its candidate.
const fn is_held(state: CandidateState) -> bool {
    matches!(state, CandidateState::Waiting | CandidateState::Provisional | CandidateState::Registered)
}

fn refused(row: SoundRow, problem: &Problem) -> FaultyRow {
    let fault = RowFault::new(row.row, Some(Field::IdentityNo), problem);
    FaultyRow { row: row.row, cells: row.cells, key: row.key, mends: row.mends, faults: vec![fault] }
}

/// Somebody who studies here already: the row goes in, the desk decides. The student who came of this very candidate is
/// none to warn of.
fn warn_of_students(
    row: &SoundRow,
    programmes: &Programmes,
    known: &Known,
    here: Option<&Candidate>,
    warnings: &mut Vec<RowFault>,
) {
    let data = &row.data;
    let by_number = data.identity_no.as_ref().and_then(|number| known.studies.get(number));
    let holder = data.passport.clone().map(|passport| (passport, data.birth_date, data.nationality.clone()));
    let by_passport = holder.and_then(|holder| known.by_passport.get(&holder));
    let mut told: HashSet<&str> = HashSet::new();
    for (number, programme) in by_number.into_iter().chain(by_passport).flatten() {
        let is_own = here.is_some_and(|c| c.enrolment.is_some() && c.data.programme == *programme);
        if is_own || !told.insert(number) {
            continue;
        }
        let problem = Problem::AlreadyStudent { number: seen(programmes, *programme, number) };
        warnings.push(RowFault::new(row.row, Some(Field::IdentityNo), &problem));
    }
}

/// Somebody with a place of the year by another way of entry: only one of them can be registered.
fn warn_of_places(
    row: &SoundRow,
    programmes: &Programmes,
    beside: &HashMap<String, Vec<&PlaceBeside>>,
    warnings: &mut Vec<RowFault>,
) {
    let mut told = HashSet::new();
    for place in known_by(&row.data).filter_map(|key| beside.get(&key)).flatten() {
        if told.insert((place.entry_kind, place.programme)) {
            let programme = seen(programmes, place.programme, programmes.code_of(place.programme));
            let problem = Problem::PlacedByOther { kind: place.entry_kind.code().to_owned(), programme };
            warnings.push(RowFault::new(row.row, Some(Field::IdentityNo), &problem));
        }
    }
}

/// What a list does not have columns for stays as it was; so do fields that somebody filled in here.
fn merged(was: &CandidateData, new: CandidateData, has: &HashSet<Field>) -> CandidateData {
    let any = |fields: &[Field]| fields.iter().any(|field| has.contains(field));
    let mut out = new;
    // A number that a list knows stays known when the next one has none.
    out.identity_no = out.identity_no.or_else(|| was.identity_no.clone());
    out.passport = out.passport.or_else(|| was.passport.clone());
    let keep = |has: bool, new: &mut String, was: &str| {
        if !has {
            was.clone_into(new);
        }
    };
    keep(any(&[Field::FatherName]), &mut out.father_name, &was.father_name);
    keep(any(&[Field::MotherName]), &mut out.mother_name, &was.mother_name);
    keep(any(&[Field::BirthPlace]), &mut out.birth_place, &was.birth_place);
    keep(any(&[Field::Email]), &mut out.email, &was.email);
    keep(any(&[Field::Phone, Field::HomePhone]), &mut out.phone, &was.phone);
    keep(any(&[Field::Address, Field::District, Field::City]), &mut out.address, &was.address);
    let nationality =
        [Field::Nationality, Field::CitizenTr, Field::CitizenNorthernCyprus, Field::CitizenOther];
    keep(any(&nationality), &mut out.nationality, &was.nationality);
    let words = [Field::MebWords, Field::MilitaryWords, Field::ElsewhereProgramme];
    keep(any(&words), &mut out.clearance_words, &was.clearance_words);
    if !has.contains(&Field::Meb) {
        out.clearances.school = was.clearances.school;
    }
    if !has.contains(&Field::Military) {
        out.clearances.military = was.clearances.military;
    }
    if !has.contains(&Field::Elsewhere) {
        out.clearances.elsewhere = was.clearances.elsewhere;
    }
    if !has.contains(&Field::ERegisteredAt) {
        out.e_registered_at = was.e_registered_at;
    }
    if !has.contains(&Field::Preparatory) {
        out.needs_preparatory = was.needs_preparatory;
    }
    out.ends_on = was.ends_on;
    out.main = was.main;
    for (field, value) in &was.details.fields {
        out.details.fields.entry(field.clone()).or_insert_with(|| value.clone());
    }
    for (condition, holds) in &was.details.stated {
        out.details.stated.entry(condition.clone()).or_insert(*holds);
    }
    out
}

/// Which rows of earlier lists are settled by this one.
struct Mending<'k> {
    by_key: HashMap<&'k str, Vec<(PlacementListId, i64)>>,
    by_mark: HashMap<Mark, Vec<(PlacementListId, i64)>>,
    open: HashSet<(PlacementListId, i64)>,
    settles: Vec<(PlacementListId, i64)>,
}

impl<'k> Mending<'k> {
    fn new(unsettled: &'k [Unsettled]) -> Self {
        let mut out = Self {
            by_key: HashMap::new(),
            by_mark: HashMap::new(),
            open: HashSet::new(),
            settles: Vec::new(),
        };
        for row in unsettled {
            let place = (row.list, row.row);
            out.open.insert(place);
            out.by_key.entry(&row.key).or_default().push(place);
            out.by_mark.entry(Mark::Listed(row.list, row.row)).or_default().push(place);
            if let Some(sha256) = &row.sha256 {
                out.by_mark.entry(Mark::Filed(file_mark(sha256), row.row)).or_default().push(place);
            }
        }
        out
    }

    /// Takes off what the row is, by who and where it says, and by its marks.
    fn settle(&mut self, key: &str, marks: &[Mark]) {
        let by_mark = marks.iter().filter_map(|mark| self.by_mark.get(mark));
        for place in self.by_key.get(key).into_iter().chain(by_mark).flatten() {
            if self.open.remove(place) {
                self.settles.push(*place);
            }
        }
    }
}
