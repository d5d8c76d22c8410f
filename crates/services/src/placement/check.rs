//! Reading a file and holding it against the register, for preview and import alike.

use std::collections::{BTreeMap, HashMap};

use domain::enrolments::{EnrolmentStatus, EntryKind};
use regulations::{Arrival, Stay, When};
use sha2::{Digest, Sha256};
use storage::{
    Reader,
    candidates::{CandidateFilter, Sight},
};

use super::{
    fields::Field,
    layout::{self, Columned, Columns, NoColumns},
    plan::{BadFile, CheckedList, Known, compare},
    problem::PlacementProblem as Problem,
    read::{self, Table},
    rows::{Programmes, Rows, file_mark, rows, whole},
};
use crate::{
    Office,
    authz::{Action, Actor},
    error::{FieldError, Result, ServiceError},
    registration::sight,
};

/// The years of which a list may be.
const YEARS: std::ops::RangeInclusive<i32> = 1990..=2150;

/// A list as it is loaded.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ListFile {
    /// Name of the file, without folders.
    pub name: String,
    /// The file.
    pub bytes: Vec<u8>,
    /// Way of entry of its candidates.
    pub kind: EntryKind,
    /// Year of placement.
    pub year: i32,
    /// Name of a saved mapping, where its headings are not known by themselves.
    pub mapping: Option<String>,
}

/// What reading a file came to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Checked {
    /// The file itself is wrong: nothing of it can go in.
    Bad(BadFile),
    /// Its rows were read and compared.
    List(Box<CheckedList>),
}

/// A file of which the table was read, outside of any transaction.
pub(super) struct Opened {
    pub file: ListFile,
    pub sha256: [u8; 32],
    table: std::result::Result<Table, Problem>,
}

/// Reads the table away from the threads that answer requests.
pub(super) async fn open(office: &Office, file: ListFile) -> Result<Opened> {
    check_order(office, &file)?;
    let opened = tokio::task::spawn_blocking(move || {
        let sha256 = Sha256::digest(&file.bytes).into();
        let table = read::table(&file.bytes);
        Opened { file, sha256, table }
    })
    .await;
    opened.map_err(|_| ServiceError::Storage(storage::StorageError::Panicked))
}

/// The years of which lists may be, and the last of them.
pub(super) fn is_year(office: &Office, year: i32) -> bool {
    YEARS.contains(&year) && year <= i32::from(office.today().year()) + 1
}

fn check_order(office: &Office, file: &ListFile) -> Result<()> {
    let mut wrong = Vec::new();
    if !is_year(office, file.year) {
        wrong.push(FieldError::new("year", "year-range"));
    }
    let when = When { on: office.today(), entry_year: i16::try_from(file.year).unwrap_or_default() };
    let rule = office.book.entry_rule(file.kind.code(), when);
    if !rule.value.is_some_and(|rule| rule.arrivals.contains(&Arrival::List)) {
        wrong.push(FieldError::new("kind", "kind-without-list"));
    }
    if wrong.is_empty() { Ok(()) } else { Err(ServiceError::Invalid(wrong)) }
}

/// The way of entry that a word means: its own code, or a kind of placement as YÖKSİS calls it.
pub fn kind_of(office: &Office, word: &str, year: i32) -> Option<EntryKind> {
    let when = When { on: office.today(), entry_year: i16::try_from(year).unwrap_or_default() };
    EntryKind::from_code(word).or_else(|| {
        office.book.entry_kinds().filter_map(EntryKind::from_code).find(|kind| {
            let rule = office.book.entry_rule(kind.code(), when).value;
            rule.is_some_and(|rule| {
                rule.placements.iter().any(|placement| placement.eq_ignore_ascii_case(word))
            })
        })
    })
}

/// Compares an opened file with the register as `db` sees it.
pub(super) fn check(db: &Reader<'_>, office: &Office, actor: &Actor, opened: &Opened) -> Result<Checked> {
    let bad = |problem| {
        Ok(Checked::Bad(BadFile { problems: vec![problem], headings: Vec::new(), found: Columns::new() }))
    };
    let table = match &opened.table {
        Ok(table) => table,
        Err(problem) => return bad(problem.clone()),
    };
    let ListFile { kind, year, .. } = opened.file;
    let mapping = match opened.file.mapping.as_deref().filter(|name| !name.is_empty()) {
        None => Columns::new(),
        Some(name) => match storage::placements::mapping(db, name)? {
            Some(saved) => columns_of(&saved.columns),
            None => return bad(Problem::UnknownMapping { name: name.to_owned() }),
        },
    };
    if let Some(problem) = read::spoilt_letters(table) {
        return bad(problem);
    }
    let list = match layout::columns(table, &mapping) {
        Ok(list) => list,
        Err(NoColumns { problems, headings, found }) => {
            let found = named(&found, &headings);
            return Ok(Checked::Bad(BadFile { problems, headings, found }));
        }
    };
    let found = named(&list.at, list.headings);
    let seen = sight(actor, Action::ImportPlacement, None);
    let programmes = storage::placements::coded_programmes(db, &seen, office.today())?;
    let programmes = Programmes::new(programmes);
    let problems = whole(&list, table.open_end, &programmes);
    if !problems.is_empty() {
        return Ok(Checked::Bad(BadFile { problems, headings: list.layout.headings.clone(), found }));
    }
    let rows = rows(&list, kind, year, &programmes, office.today());
    let known = known(db, office, &rows, kind, year)?;
    let empty = blank(&list, found, file_mark(&opened.sha256));
    Ok(Checked::List(Box::new(compare(rows, empty, &programmes, &known))))
}

/// A list of which nothing was compared yet.
pub(super) fn blank(list: &Columned<'_>, found: Columns, file: String) -> CheckedList {
    CheckedList {
        rows: 0,
        new: Vec::new(),
        changed: Vec::new(),
        same: 0,
        faulty: Vec::new(),
        warnings: Vec::new(),
        unused: list.unused.clone(),
        layout: list.layout.clone(),
        found,
        noted: Vec::new(),
        quotas: Vec::new(),
        file,
        settles: Vec::new(),
    }
}

/// Which heading each column was found under.
pub(super) fn named(found: &BTreeMap<Field, usize>, headings: &[String]) -> Columns {
    found
        .iter()
        .filter_map(|(field, at)| Some((field.code().to_owned(), headings.get(*at)?.clone())))
        .collect()
}

/// A mapping as it is stored; one that cannot be read maps nothing.
pub(super) fn columns_of(stored: &str) -> Columns {
    serde_json::from_str(stored).unwrap_or_default()
}

pub(super) fn known(
    db: &Reader<'_>,
    office: &Office,
    rows: &Rows,
    kind: EntryKind,
    year: i32,
) -> Result<Known> {
    let filter = CandidateFilter {
        entry_kind: Some(kind),
        year: Some(year),
        sight: Sight { all: true, ..Sight::default() },
        limit: u32::MAX,
        ..CandidateFilter::default()
    };
    let candidates = storage::candidates::list(db, &filter)?;
    let numbers: Vec<String> = rows.sound.iter().filter_map(|row| row.data.identity_no.clone()).collect();
    let open: Vec<&str> =
        EnrolmentStatus::ALL.iter().filter(|status| status.is_open()).map(|status| status.code()).collect();
    let mut studies: HashMap<String, Vec<_>> = HashMap::new();
    for (identity, number, programme) in storage::placements::studies_of(db, &numbers, &open)? {
        studies.entry(identity).or_default().push((number, programme));
    }
    let passports: Vec<String> = rows.sound.iter().filter_map(|row| row.data.passport.clone()).collect();
    let mut by_passport: HashMap<_, Vec<_>> = HashMap::new();
    for study in storage::placements::studies_of_passports(db, &passports, &open)? {
        let holder = (study.passport, study.birth_date, study.nationality);
        by_passport.entry(holder).or_default().push((study.number, study.programme));
    }
    // A place beside a degree's is worth a word where it is one for a degree, too.
    let when = When { on: office.today(), entry_year: i16::try_from(year).unwrap_or_default() };
    let is_degree = |kind: EntryKind| {
        office.book.entry_rule(kind.code(), when).value.is_some_and(|rule| rule.stay == Stay::Degree)
    };
    let mut beside = storage::placements::places_beside(db, kind, year)?;
    beside.retain(|place| is_degree(place.entry_kind));
    let quotas = storage::placements::quotas(db, kind, year)?;
    let unsettled = storage::placements::unsettled(db, kind, year)?;
    Ok(Known { candidates, studies, by_passport, beside, quotas, unsettled })
}
