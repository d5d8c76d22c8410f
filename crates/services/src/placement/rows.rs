//! The rows of a list: each becomes a candidate, or keeps what is wrong with it. A pure function of the table, the
//! programmes and the day.

use std::{
    borrow::Cow,
    collections::{BTreeMap, HashMap, HashSet},
};

use base::{
    identity::Tckn,
    ids::{PlacementListId, ProgrammeId},
    text::{first_not_in_a_name, fold_ascii, title_tr, upper_code, upper_tr},
    time::{Date, Timestamp, at_local, parse_date_tr, parse_time_tr},
};
use domain::{
    enrolments::EntryKind,
    people::Sex,
    registration::{Clearance, Clearances, EntryDetails},
};
use regulations::{Condition, EntryField};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use storage::{candidates::CandidateData, placements::CodedProgramme};

use super::{answers, fields::Field, layout::Columned, problem::PlacementProblem as Problem, read::Line};
use crate::records::brief;

/// Characters of a name.
const NAME: usize = 100;
/// Characters of any other cell.
const TEXT: usize = 300;
/// What a spreadsheet shows where a formula came to nothing.
const ERRORS: [&str; 8] = ["#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#DATA!"];
/// Rows that must be wrong before a column is called wrong.
const ENOUGH: usize = 3;
/// Nationality of whom a list calls a foreigner without saying of which country.
const SOME_COUNTRY: &str = "XX";
/// Nationality of citizens of Northern Cyprus, by the code that the travel documents of the island have.
const CYPRUS: &str = "CY";

/// What is wrong with a row, as it is told and kept.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct RowFault {
    /// Row of the file as a spreadsheet shows it.
    pub row: u64,
    /// Word of the column; none for the row as a whole.
    pub column: Option<Cow<'static, str>>,
    /// Word of what is wrong.
    pub code: Cow<'static, str>,
    /// Values of its sentence.
    pub values: BTreeMap<Cow<'static, str>, String>,
}

impl RowFault {
    pub(super) fn new(row: u64, column: Option<Field>, problem: &Problem) -> Self {
        Self {
            row,
            column: column.map(|field| field.code().into()),
            code: problem.code().into(),
            values: problem.args().into_iter().map(|(name, value)| (name.into(), value)).collect(),
        }
    }
}

/// A row that did not become a candidate.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FaultyRow {
    /// Its number.
    pub row: u64,
    /// Its cells in the order of the layout.
    pub cells: Vec<String>,
    /// Who and where, as it says.
    pub key: String,
    /// Rows of earlier lists and files that it mends, as it says itself.
    pub(super) mends: Vec<Mark>,
    /// What is wrong; never empty.
    pub faults: Vec<RowFault>,
}

/// A row that became a candidate.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct SoundRow {
    pub row: u64,
    pub cells: Vec<String>,
    pub key: String,
    pub mends: Vec<Mark>,
    pub data: CandidateData,
    /// Seats of the programme as they stand there.
    pub quota: String,
    pub hash: [u8; 32],
}

/// Programmes by the codes of lists.
#[derive(Clone, Debug, Default)]
pub(super) struct Programmes {
    osym: HashMap<String, usize>,
    yoksis: HashMap<String, usize>,
    own: HashMap<String, usize>,
    all: Vec<CodedProgramme>,
}

impl Programmes {
    pub(super) fn new(all: Vec<CodedProgramme>) -> Self {
        let mut out = Self::default();
        for (at, programme) in all.iter().enumerate() {
            if let Some(code) = &programme.osym {
                out.osym.insert(code.clone(), at);
            }
            if let Some(code) = &programme.yoksis {
                out.yoksis.insert(code.clone(), at);
            }
            out.own.insert(programme.code.clone(), at);
        }
        out.all = all;
        out
    }

    fn guide(&self, code: &str) -> Option<&CodedProgramme> {
        let at = self.osym.get(code).or_else(|| self.yoksis.get(code)).or_else(|| self.own.get(code))?;
        self.all.get(*at)
    }

    fn yoksis(&self, code: &str) -> Option<&CodedProgramme> {
        self.all.get(*self.yoksis.get(code)?)
    }

    pub(super) fn code_of(&self, id: ProgrammeId) -> &str {
        self.all.iter().find(|p| p.id == id).map_or("", |p| p.code.as_str())
    }

    pub(super) fn sees(&self, id: ProgrammeId) -> bool {
        self.all.iter().any(|p| p.id == id && p.in_sight)
    }
}

/// What the rows of a list gave.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Rows {
    pub rows: u64,
    pub sound: Vec<SoundRow>,
    pub faulty: Vec<FaultyRow>,
    pub warnings: Vec<RowFault>,
    pub has: HashSet<Field>,
}

/// Looks at the list as a whole: a last row that was cut off, columns that hold something else.
pub(super) fn whole(list: &Columned<'_>, open_end: bool, programmes: &Programmes) -> Vec<Problem> {
    let width = list.layout.headings.len() + usize::from(list.reason.is_some());
    if open_end && list.rows.last().is_some_and(|last| last.cells.len() < width) {
        return vec![Problem::Truncated];
    }
    let mut problems = columns_hold(list);
    if problems.is_empty() {
        problems.extend(codes_elsewhere(list, programmes));
    }
    problems
}

/// Codes of programmes that stand under another heading. A list of another university has none of our codes anywhere;
/// its rows say so one by one.
fn codes_elsewhere(list: &Columned<'_>, programmes: &Programmes) -> Option<Problem> {
    let of = |field: Field| list.at.get(&field).map(|at| (field, *at));
    let (field, at) = of(Field::ProgrammeCode).or_else(|| of(Field::YoksisCode))?;
    let codes = |at: usize| {
        let filled = list.rows.iter().filter_map(|line| line.cells.get(at)).filter(|cell| !cell.is_empty());
        let (known, all) = filled.fold((0, 0), |(known, all), cell| {
            (known + usize::from(programmes.guide(cell).is_some()), all + 1)
        });
        (known, all)
    };
    if codes(at).0 > 0 {
        return None;
    }
    let other = list.at.iter().find(|(other, place)| {
        let beside = !matches!(other, Field::ProgrammeCode | Field::YoksisCode);
        let (known, all) = if beside { codes(**place) } else { (0, 0) };
        known >= ENOUGH && known * 2 > all
    });
    other.map(|(other, _)| Problem::SwappedColumns { one: field.code(), other: other.code() })
}

type Fits = fn(&str) -> bool;

/// Columns whose content is told apart from any other's.
const TYPED: [(Field, Fits); 3] = [
    (Field::IdentityNo, |v| Tckn::parse(v).is_ok()),
    (Field::BirthDate, |v| day(v).is_some()),
    (Field::Sex, |v| sex(v).is_some()),
];

fn columns_hold(list: &Columned<'_>) -> Vec<Problem> {
    let filled = |at: usize| list.rows.iter().filter_map(move |l| l.cells.get(at)).filter(|v| !v.is_empty());
    // Most: more than half of what is filled in, and not just a few rows.
    let mostly = |at: usize, is: &dyn Fn(&str) -> bool| {
        let (mut yes, mut all) = (0, 0);
        for value in filled(at) {
            all += 1;
            yes += usize::from(is(value));
        }
        (yes >= ENOUGH && yes * 2 > all).then_some(yes)
    };
    let mut problems = Vec::new();
    let mut told: Vec<Field> = Vec::new();
    for (field, fits) in TYPED {
        let Some(at) = list.at.get(&field).copied() else { continue };
        // A wrong digit is a mistake of the row; what cannot be one of these at all is the wrong column.
        let wrong =
            |v: &str| !(fits(v) || field == Field::IdentityNo && v.bytes().all(|b| b.is_ascii_digit()));
        let Some(rows) = mostly(at, &wrong) else { continue };
        if told.contains(&field) {
            continue;
        }
        let is_day = |f: Field| matches!(f, Field::ERegisteredAt | Field::PreviousDay);
        let other = list
            .at
            .iter()
            .find(|(other, place)| **place != at && !is_day(**other) && mostly(**place, &fits).is_some());
        if let Some((other, _)) = other {
            told.push(*other);
            problems.push(Problem::SwappedColumns { one: field.code(), other: other.code() });
        } else {
            let found = filled(at).find(|v| wrong(v)).map(|v| brief(v)).unwrap_or_default();
            problems.push(Problem::ColumnContent { column: field.code(), rows, found });
        }
    }
    problems
}

/// Reads every row.
pub(super) fn rows(
    list: &Columned<'_>,
    kind: EntryKind,
    year: i32,
    programmes: &Programmes,
    today: Date,
) -> Rows {
    let mut out = Rows {
        rows: u64::try_from(list.rows.len()).unwrap_or(0),
        sound: Vec::new(),
        faulty: Vec::new(),
        warnings: Vec::new(),
        has: list.at.keys().copied().collect(),
    };
    let mut lines: Vec<Read> =
        list.rows.iter().map(|line| read(list, line, kind, year, programmes, today)).collect();
    told_twice(&mut lines);
    for Read { line, data, faults, mut warnings, .. } in lines {
        let key = row_key(list, line);
        let mends = list.reason.and_then(|at| line.cells.get(at)).map_or_else(Vec::new, |text| marks(text));
        let cells = original(list, line);
        match data {
            Some(data) if faults.is_empty() => {
                let hash = fingerprint(&data);
                let quota = cell(list, line, Field::Quota).to_owned();
                // Of a row that does not go in nothing else is to be known.
                out.warnings.append(&mut warnings);
                out.sound.push(SoundRow { row: line.row, cells, key, mends, data, quota, hash });
            }
            _ => out.faulty.push(FaultyRow { row: line.row, cells, key, mends, faults }),
        }
    }
    out
}

/// A row as it was read, before it is held against the others.
struct Read<'t> {
    line: &'t Line,
    /// By what the person is known.
    who: Vec<String>,
    /// Where the person is placed; the code itself where no programme has it, nothing where none stands.
    place: String,
    data: Option<CandidateData>,
    faults: Vec<RowFault>,
    warnings: Vec<RowFault>,
}

fn read<'t>(
    list: &Columned<'t>,
    line: &'t Line,
    kind: EntryKind,
    year: i32,
    programmes: &Programmes,
    today: Date,
) -> Read<'t> {
    let mut reader = Reader { list, line, year, programmes, today, faults: Vec::new(), warnings: Vec::new() };
    let data = reader.candidate(kind);
    let (place, who) = (reader.place(), people(list, line));
    Read { line, who, place, data, faults: reader.faults, warnings: reader.warnings }
}

/// Whoever stands in a list more than once: the same place again is left out; of two places nobody knows which is the
/// right one, so that neither goes in.
fn told_twice(lines: &mut [Read<'_>]) {
    let mut first: HashMap<String, usize> = HashMap::new();
    let fault = |row: u64, problem: &Problem| RowFault::new(row, Some(Field::IdentityNo), problem);
    for at in 0..lines.len() {
        let earlier = lines[at].who.iter().find_map(|who| first.get(who)).copied();
        for who in lines[at].who.clone() {
            first.entry(who).or_insert(at);
        }
        let Some(earlier) = earlier.filter(|earlier| {
            // A row that does not say where is wrong already.
            !lines[at].place.is_empty() && !lines[*earlier].place.is_empty()
        }) else {
            continue;
        };
        let (row, before) = (lines[at].line.row, lines[earlier].line.row);
        if lines[at].place == lines[earlier].place {
            lines[at].faults.push(fault(row, &Problem::RepeatedRow { first: before }));
            continue;
        }
        lines[at].faults.push(fault(row, &Problem::PlacedTwice { first: before }));
        let twice = Problem::PlacedTwice { first: row };
        if !lines[earlier].faults.iter().any(|fault| fault.code == twice.code()) {
            lines[earlier].faults.push(fault(before, &twice));
        }
    }
}

fn original(list: &Columned<'_>, line: &Line) -> Vec<String> {
    let cells = line.cells.iter().enumerate().filter(|(at, _)| Some(*at) != list.reason);
    cells.map(|(_, cell)| cell.clone()).collect()
}

fn cell<'l>(list: &Columned<'_>, line: &'l Line, field: Field) -> &'l str {
    list.at.get(&field).and_then(|at| line.cells.get(*at)).map_or("", String::as_str)
}

/// By what a person is known: the identity number, and the passport with the day of birth, which is no number of one
/// country alone.
fn people(list: &Columned<'_>, line: &Line) -> Vec<String> {
    let number = cell(list, line, Field::IdentityNo);
    let passport: String = cell(list, line, Field::Passport).split_whitespace().collect();
    let mut out = Vec::new();
    if !number.is_empty() {
        out.push(number.to_owned());
    }
    if !passport.is_empty() {
        let born = cell(list, line, Field::BirthDate);
        let born = day(born).map_or_else(|| born.to_owned(), |day| day.to_string());
        out.push(format!("{}/{born}", upper_code(&passport)));
    }
    out
}

fn who(list: &Columned<'_>, line: &Line) -> Option<String> {
    let found = [Field::IdentityNo, Field::Passport].map(|field| cell(list, line, field));
    found.iter().find(|v| !v.is_empty()).map(|v| v.split_whitespace().collect())
}

/// Who and where, as the row says; all of it where it does not say who.
fn row_key(list: &Columned<'_>, line: &Line) -> String {
    let programme = [Field::ProgrammeCode, Field::YoksisCode].map(|field| cell(list, line, field));
    match who(list, line) {
        Some(who) => format!("{who}/{}", programme.iter().find(|v| !v.is_empty()).unwrap_or(&"")),
        None => original(list, line).join("\u{1f}"),
    }
}

/// A row that was handed out to be mended, as the file that holds it says.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(super) enum Mark {
    /// A row of a list that was taken over.
    Listed(PlacementListId, i64),
    /// A row of a file, by the beginning of the file's hash, whether the file was taken over since or not.
    Filed(String, i64),
}

impl std::fmt::Display for Mark {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Listed(list, row) => write!(f, "[{list}/{row}]"),
            Self::Filed(file, row) => write!(f, "[#{file}/{row}]"),
        }
    }
}

/// By what a file is known in marks.
pub(super) fn file_mark(sha256: &[u8; 32]) -> String {
    domain::ledger::hex(&sha256[..6])
}

/// The marks before a reason: `[12/45] [#0a1b2c3d4e5f/7] …`.
pub(super) fn marks(text: &str) -> Vec<Mark> {
    let mut out = Vec::new();
    let mut rest = text.trim_start();
    while let Some((of, row, after)) = rest.strip_prefix('[').and_then(|rest| {
        let (mark, after) = rest.split_once(']')?;
        let (of, row) = mark.split_once('/')?;
        Some((of, row.parse().ok()?, after))
    }) {
        match of.strip_prefix('#') {
            Some(file) => out.push(Mark::Filed(file.to_owned(), row)),
            None => match of.parse() {
                Ok(list) => out.push(Mark::Listed(PlacementListId::new(list), row)),
                Err(_) => break,
            },
        }
        rest = after.trim_start();
    }
    out
}

/// What a row says, sound or not, for somebody who mends it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Said {
    pub identity_no: String,
    pub passport: String,
    pub given_name: String,
    pub surname: String,
    pub father_name: String,
    pub mother_name: String,
    pub sex: Option<Sex>,
    /// As it stands there, without a time behind it.
    pub birth_date: String,
    pub birth_place: String,
    /// Country code; empty where the row does not say.
    pub nationality: String,
    pub email: String,
    pub phone: String,
    pub address: String,
    pub programme: Option<ProgrammeId>,
    pub details: EntryDetails,
    pub clearances: Clearances,
    pub clearance_words: String,
    pub e_registered_at: Option<Timestamp>,
    pub needs_preparatory: bool,
}

/// Reads a row for somebody who mends it; what is wrong with it stays as it stands there.
pub(super) fn said(
    list: &Columned<'_>,
    line: &Line,
    year: i32,
    programmes: &Programmes,
    today: Date,
) -> Said {
    let mut reader = Reader { list, line, year, programmes, today, faults: Vec::new(), warnings: Vec::new() };
    let text = |field| cell(list, line, field).to_owned();
    let sex = sex(cell(list, line, Field::Sex));
    let identity_no = text(Field::IdentityNo);
    let nationality =
        reader.nationality(Some(&identity_no).filter(|number| !number.is_empty()).map(String::as_str));
    let (clearances, clearance_words) = reader.clearances(sex, &nationality);
    Said {
        passport: text(Field::Passport),
        given_name: title_tr(&text(Field::GivenName)),
        surname: upper_tr(&text(Field::Surname)),
        father_name: title_tr(&text(Field::FatherName)),
        mother_name: title_tr(&text(Field::MotherName)),
        birth_date: {
            let born = text(Field::BirthDate);
            day(&born).map_or(born, base::time::date_tr)
        },
        birth_place: title_tr(&text(Field::BirthPlace)),
        email: text(Field::Email).to_ascii_lowercase(),
        phone: reader.phone(),
        address: reader.address(),
        programme: reader.programme(),
        details: reader.details(),
        e_registered_at: reader.e_registered_at(),
        needs_preparatory: reader.flag(Field::Preparatory).unwrap_or(false),
        identity_no,
        nationality,
        clearances,
        clearance_words,
        sex,
    }
}

/// Hash of what a row says, so that the same row changes nothing.
pub(super) fn fingerprint(c: &CandidateData) -> [u8; 32] {
    let details = serde_json::to_string(&c.details).unwrap_or_default();
    let texts = [
        c.entry_kind.code(),
        c.identity_no.as_deref().unwrap_or_default(),
        c.passport.as_deref().unwrap_or_default(),
        &c.given_name,
        &c.surname,
        &c.father_name,
        &c.mother_name,
        c.sex.code(),
        &c.birth_place,
        &c.nationality,
        &c.email,
        &c.phone,
        &c.address,
        &details,
        c.clearances.school.code(),
        c.clearances.military.code(),
        c.clearances.elsewhere.code(),
        &c.clearance_words,
    ];
    let mut hash = Sha256::new();
    for text in texts {
        hash.update(text.as_bytes());
        hash.update([0x1f]);
    }
    let others = [
        c.year.to_string(),
        c.programme.to_string(),
        c.birth_date.to_string(),
        c.e_registered_at.map(|at| at.to_string()).unwrap_or_default(),
        c.needs_preparatory.to_string(),
        c.ends_on.map(|on| on.to_string()).unwrap_or_default(),
    ];
    hash.update(others.join("\u{1f}").as_bytes());
    hash.finalize().into()
}

struct Reader<'r, 't> {
    list: &'r Columned<'t>,
    line: &'r Line,
    year: i32,
    programmes: &'r Programmes,
    today: Date,
    faults: Vec<RowFault>,
    warnings: Vec<RowFault>,
}

impl<'r> Reader<'r, '_> {
    fn fault(&mut self, field: Field, problem: &Problem) {
        self.faults.push(RowFault::new(self.line.row, Some(field), problem));
    }

    fn cell(&self, field: Field) -> &'r str {
        cell(self.list, self.line, field)
    }

    /// Free text; what is too long or would start a formula is refused.
    fn text(&mut self, field: Field) -> &'r str {
        let value = self.cell(field);
        if value.chars().count() > TEXT {
            self.fault(field, &Problem::TooLong { most: TEXT });
        } else if value.starts_with(['=', '@']) || ERRORS.contains(&value) {
            self.fault(field, &Problem::Formula { found: brief(value) });
        }
        value
    }

    fn name(&mut self, field: Field, required: bool) -> String {
        let value: String = self.cell(field).split_whitespace().collect::<Vec<_>>().join(" ");
        if value.is_empty() {
            if required {
                self.fault(field, &Problem::Empty);
            }
        } else if value.starts_with(['=', '+', '-', '@']) || ERRORS.contains(&value.as_str()) {
            self.fault(field, &Problem::Formula { found: brief(&value) });
        } else if value.chars().count() > NAME {
            self.fault(field, &Problem::TooLong { most: NAME });
        } else if let Some(c) = first_not_in_a_name(&value) {
            let character =
                if c.is_ascii_graphic() { c.to_string() } else { format!("U+{:04X}", u32::from(c)) };
            self.fault(field, &Problem::NameCharacter { found: brief(&value), character });
        }
        value
    }

    fn number(&mut self, field: Field) -> &'r str {
        let value = self.cell(field);
        let is_number = value.len() <= 20
            && value.bytes().all(|b| b.is_ascii_digit() || matches!(b, b',' | b'.'))
            && value.bytes().filter(|b| matches!(b, b',' | b'.')).count() <= 1;
        if !value.is_empty() && !is_number {
            self.fault(field, &Problem::NotANumber { found: brief(value) });
        }
        value
    }

    /// Yes or no; nothing where nothing stands.
    fn flag(&mut self, field: Field) -> Option<bool> {
        let value = self.cell(field);
        if value.is_empty() {
            return None;
        }
        let found = flag(value);
        if found.is_none() {
            self.fault(field, &Problem::UnknownWord { found: brief(value), words: "0, 1, E, H" });
        }
        found
    }

    fn candidate(&mut self, kind: EntryKind) -> Option<CandidateData> {
        let width = self.list.layout.headings.len() + usize::from(self.list.reason.is_some());
        let found = self.line.cells.len();
        if found < width || self.line.cells.iter().skip(width).any(|cell| !cell.is_empty()) {
            let problem = Problem::FieldCount { found, expected: width };
            self.faults.push(RowFault::new(self.line.row, None, &problem));
            return None;
        }
        let (identity_no, passport) = self.who();
        let given_name = title_tr(&self.name(Field::GivenName, true));
        let surname = upper_tr(&self.name(Field::Surname, true));
        let father_name = title_tr(&self.name(Field::FatherName, false));
        let mother_name = title_tr(&self.name(Field::MotherName, false));
        let sex = self.sex();
        let birth_date = self.birth_date();
        let birth_place = title_tr(&self.name(Field::BirthPlace, false));
        let nationality = self.nationality(identity_no.as_deref());
        let email = self.email();
        let phone = self.phone();
        let address = self.address();
        let programme = self.programme();
        let details = self.details();
        let (clearances, clearance_words) = self.clearances(sex, &nationality);
        let e_registered_at = self.e_registered_at();
        let needs_preparatory = self.flag(Field::Preparatory).unwrap_or(false);
        if !self.faults.is_empty() {
            return None;
        }
        Some(CandidateData {
            entry_kind: kind,
            year: self.year,
            programme: programme?,
            identity_no,
            passport,
            given_name,
            surname,
            father_name,
            mother_name,
            sex: sex?,
            birth_date: birth_date?,
            birth_place,
            nationality,
            email,
            phone,
            address,
            details,
            clearances,
            clearance_words,
            e_registered_at,
            needs_preparatory,
            ends_on: None,
            main: None,
        })
    }

    fn who(&mut self) -> (Option<String>, Option<String>) {
        let identity = self.cell(Field::IdentityNo);
        let passport: String = self.cell(Field::Passport).split_whitespace().collect();
        if identity.is_empty() && passport.is_empty() {
            self.fault(Field::IdentityNo, &Problem::Nobody);
            return (None, None);
        }
        let identity = match identity {
            "" => None,
            typed => match Tckn::parse(typed) {
                Ok(number) => Some(number.reveal().to_owned()),
                Err(error) => {
                    self.fault(Field::IdentityNo, &error.into());
                    None
                }
            },
        };
        if passport.len() > 20 || !passport.bytes().all(|b| b.is_ascii_alphanumeric()) {
            self.fault(Field::Passport, &Problem::PassportForm);
        }
        (identity, (!passport.is_empty()).then(|| upper_code(&passport)))
    }

    fn sex(&mut self) -> Option<Sex> {
        let value = self.cell(Field::Sex);
        let found = sex(value);
        if value.is_empty() {
            self.fault(Field::Sex, &Problem::Empty);
        } else if found.is_none() {
            self.fault(
                Field::Sex,
                &Problem::UnknownWord { found: brief(value), words: "Erkek, Kadın, E, K" },
            );
        }
        found
    }

    fn birth_date(&mut self) -> Option<Date> {
        let value = self.cell(Field::BirthDate);
        if value.is_empty() {
            self.fault(Field::BirthDate, &Problem::Empty);
            return None;
        }
        match day(value) {
            None => {
                self.fault(Field::BirthDate, &Problem::NotADay { found: brief(value) });
                None
            }
            Some(day) if day >= self.today || day.year() < 1900 || i32::from(day.year()) > self.year - 12 => {
                self.fault(Field::BirthDate, &Problem::BirthDay { day });
                None
            }
            Some(day) => Some(day),
        }
    }

    fn nationality(&mut self, identity_no: Option<&str>) -> String {
        let value = self.cell(Field::Nationality);
        match value {
            "" => {}
            "TC" | "T.C." | "T.C" => return "TR".to_owned(),
            "KKTC" | "K.K.T.C." => return CYPRUS.to_owned(),
            code if code.len() == 2 && code.bytes().all(|b| b.is_ascii_uppercase()) => {
                return code.to_owned();
            }
            _ => self.fault(Field::Nationality, &Problem::Country { found: brief(value) }),
        }
        let fields = [Field::CitizenTr, Field::CitizenNorthernCyprus, Field::CitizenOther];
        let marks = fields.map(|field| self.flag(field));
        match marks.map(|mark| mark == Some(true)) {
            [true, ..] => "TR",
            [_, true, _] => CYPRUS,
            [.., true] => SOME_COUNTRY,
            // Asked for all three and none is marked: nobody knows, and nobody guesses.
            _ if marks.iter().all(Option::is_some) => {
                let found = fields.map(|field| self.cell(field)).join(", ");
                self.fault(Field::CitizenTr, &Problem::UnknownWord { found, words: "1" });
                ""
            }
            _ => {
                let foreign = identity_no.is_none_or(|number| number.starts_with("99"));
                if foreign { SOME_COUNTRY } else { "TR" }
            }
        }
        .to_owned()
    }

    fn email(&mut self) -> String {
        // Lists shout; an address is the same in small letters, of which it has none that Turkish reads otherwise.
        let value = self.text(Field::Email).to_ascii_lowercase();
        let (name, host) = value.split_once('@').unwrap_or_default();
        let fits = value.is_ascii()
            && !name.is_empty()
            && host.contains('.')
            && !host.contains('@')
            && !value.contains(char::is_whitespace);
        if fits || value.is_empty() {
            return value;
        }
        let problem = Problem::EmailLeftOut { found: brief(&value) };
        self.warnings.push(RowFault::new(self.line.row, Some(Field::Email), &problem));
        String::new()
    }

    fn phone(&mut self) -> String {
        let mobile = phone(self.text(Field::Phone));
        if mobile.is_empty() { phone(self.text(Field::HomePhone)) } else { mobile }
    }

    fn address(&mut self) -> String {
        let parts = [Field::Address, Field::District, Field::City].map(|field| self.text(field));
        let whole = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
        whole.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The programme by its number here, or by the code that stands there; empty where none does.
    fn place(&self) -> String {
        let (guide, yoksis) = (self.cell(Field::ProgrammeCode), self.cell(Field::YoksisCode));
        let found = self.programmes.guide(guide).or_else(|| self.programmes.yoksis(yoksis));
        let code = if guide.is_empty() { yoksis } else { guide };
        found.map_or_else(|| code.to_owned(), |programme| format!("={}", programme.id))
    }

    fn programme(&mut self) -> Option<ProgrammeId> {
        let (guide, yoksis) = (self.cell(Field::ProgrammeCode), self.cell(Field::YoksisCode));
        if guide.is_empty() && yoksis.is_empty() {
            self.fault(Field::ProgrammeCode, &Problem::Empty);
            return None;
        }
        let programmes = self.programmes;
        let found = programmes.guide(guide).or_else(|| programmes.yoksis(yoksis));
        let (field, code) =
            if guide.is_empty() { (Field::YoksisCode, yoksis) } else { (Field::ProgrammeCode, guide) };
        match found {
            Some(programme) if programme.in_sight => Some(programme.id),
            Some(_) => {
                self.fault(field, &Problem::OtherProgramme { found: brief(code) });
                None
            }
            None => {
                self.fault(field, &Problem::UnknownProgramme { found: brief(code) });
                None
            }
        }
    }

    fn details(&mut self) -> EntryDetails {
        let mut details = EntryDetails::default();
        let placement_type = self.text(Field::PlacementType);
        let choice = self.number(Field::Choice);
        let choice = if choice.is_empty() { String::new() } else { format!("{choice}.") };
        details.set(EntryField::Placement, &joined(&[&self.year.to_string(), placement_type, &choice]));
        let score = self.number(Field::Score).replace('.', ",");
        let (kind, rank) = (self.text(Field::ScoreType), self.number(Field::Rank));
        let points =
            [kind, score.as_str()].iter().filter(|v| !v.is_empty()).copied().collect::<Vec<_>>().join(" ");
        details.set(EntryField::Score, &joined(&[&points, rank]));
        let school =
            [Field::SchoolName, Field::SchoolCode, Field::SchoolType, Field::SchoolBranch, Field::SchoolYear]
                .map(|field| self.text(field));
        let school_score = self.number(Field::SchoolScore).replace('.', ",");
        details.set(EntryField::School, &joined(&[school.as_slice(), &[school_score.as_str()]].concat()));
        let previous = [Field::PreviousProgramme, Field::PreviousDay, Field::PreviousGrading]
            .map(|field| self.text(field))
            .map(|value| if value == "0" { "" } else { value });
        details.set(EntryField::PreviousDegree, &joined(&previous));
        details.set(EntryField::Exam, self.text(Field::Exam));
        details.set(EntryField::ClassYear, self.number(Field::ClassYear));
        if !placement_type.is_empty() {
            details.state(Condition::ExtraPoints, fold_ascii(placement_type) != "genel");
        }
        if let Ok(year) = self.cell(Field::SchoolYear).parse::<i32>() {
            details.state(Condition::RecentGraduate, year == self.year);
        }
        // The flag is read for its fault where it has one.
        self.flag(Field::TopOfSchool);
        details
    }

    /// Answers of other offices, and what they said. Women and foreigners have no military service.
    ///
    /// # Legal basis
    /// KYT-02 to KYT-04; the codes stand in [`answers`].
    fn clearances(&mut self, sex: Option<Sex>, nationality: &str) -> (Clearances, String) {
        let [meb, asal, obs, programme] =
            [Field::Meb, Field::Military, Field::Elsewhere, Field::ElsewhereProgramme]
                .map(|field| self.text(field));
        let school = answers::school(meb);
        let elsewhere = answers::elsewhere(obs, programme);
        let serves = sex != Some(Sex::Female) && nationality == "TR";
        let military = if serves { answers::military(asal) } else { Clearance::Clear };
        let words = [
            answers::words("MEB", self.text(Field::MebWords), meb, school),
            answers::words("ASAL", self.text(Field::MilitaryWords), asal, military),
            answers::words("YÖKSİS", answers::named(programme), obs, elsewhere),
        ];
        (
            Clearances { school, military, elsewhere },
            words.into_iter().flatten().collect::<Vec<_>>().join("; "),
        )
    }

    fn e_registered_at(&mut self) -> Option<Timestamp> {
        let value = self.cell(Field::ERegisteredAt);
        if value.is_empty() {
            return None;
        }
        let found = instant(value);
        if found.is_none() {
            self.fault(Field::ERegisteredAt, &Problem::NotADay { found: brief(value) });
        }
        found
    }
}

/// The digits of a telephone as it is stored, without the code of Türkiye; nothing where they are no telephone.
fn phone(typed: &str) -> String {
    let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
    let digits = match digits.len() {
        12 if digits.starts_with("90") => &digits[2..],
        11 if digits.starts_with('0') => &digits[1..],
        _ => &digits,
    };
    if (7..=15).contains(&digits.len()) { digits.to_owned() } else { String::new() }
}

fn joined(parts: &[&str]) -> String {
    parts.iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(" · ")
}

fn sex(value: &str) -> Option<Sex> {
    match fold_ascii(value).as_str() {
        "erkek" | "e" | "male" | "m" => Some(Sex::Male),
        "kadin" | "kiz" | "k" | "female" | "f" => Some(Sex::Female),
        _ => None,
    }
}

pub(super) fn flag(value: &str) -> Option<bool> {
    match fold_ascii(value).as_str() {
        "1" | "e" | "evet" | "true" | "var" => Some(true),
        "0" | "h" | "hayir" | "false" | "yok" => Some(false),
        _ => None,
    }
}

/// A day, with or without a time behind it.
fn day(value: &str) -> Option<Date> {
    parse_date_tr(value.split([' ', 'T']).next().unwrap_or_default())
}

/// A day with the time of day in Turkey; midnight where none stands.
fn instant(value: &str) -> Option<Timestamp> {
    let (on, at) = value.split_once([' ', 'T']).unwrap_or((value, ""));
    let (hour, minute) = match at.trim() {
        "" => (0, 0),
        time => parse_time_tr(time.get(..5).unwrap_or(time))?,
    };
    at_local(parse_date_tr(on)?, hour, minute)
}
