//! Candidates: people with a place who are not students yet, and the lists that brought them.

use base::{
    ids::{AccountId, CandidateId, EnrolmentId, PlacementListId, ProgrammeId, UnitId},
    text::{self, SearchTerm},
    time::{Date, Timestamp},
};
use domain::{
    enrolments::EntryKind,
    people::Sex,
    registration::{CandidateState, Clearance, Clearances, EntryDetails},
};

use crate::{
    args,
    db::{Engine, Reader, Row, Tx, Value},
    error::{Result, StorageError},
    permit::Permit,
};

/// Who a candidate is and what the list or form says, as it is stored and as it is compared with a later list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CandidateData {
    /// Way of entry.
    pub entry_kind: EntryKind,
    /// Year of placement.
    pub year: i32,
    /// In which programme.
    pub programme: ProgrammeId,
    /// T.C. or foreigner's identity number.
    pub identity_no: Option<String>,
    /// Passport, where there is no identity number yet.
    pub passport: Option<String>,
    /// Given name or names, in title case.
    pub given_name: String,
    /// Surname in capitals.
    pub surname: String,
    /// Name of the father; may be empty.
    pub father_name: String,
    /// Name of the mother; may be empty.
    pub mother_name: String,
    /// Sex.
    pub sex: Sex,
    /// Day of birth.
    pub birth_date: Date,
    /// Place of birth; may be empty.
    pub birth_place: String,
    /// Two-letter country code.
    pub nationality: String,
    /// E-mail address; may be empty.
    pub email: String,
    /// Telephone, digits only; may be empty.
    pub phone: String,
    /// Postal address; may be empty.
    pub address: String,
    /// Fields of the way of entry, and answers to conditions.
    pub details: EntryDetails,
    /// Answers of other offices.
    pub clearances: Clearances,
    /// What they said in words; may be empty.
    pub clearance_words: String,
    /// When he or she registered through e-Devlet.
    pub e_registered_at: Option<Timestamp>,
    /// Whether the preparatory class comes first.
    pub needs_preparatory: bool,
    /// Last day of a guest.
    pub ends_on: Option<Date>,
    /// The main enrolment of a double major or minor.
    pub main: Option<EnrolmentId>,
}

impl CandidateData {
    /// `Given SURNAME`.
    pub fn full_name(&self) -> String {
        format!("{} {}", self.given_name, self.surname)
    }

    /// What identifies the person: identity number or passport.
    pub fn key(&self) -> &str {
        self.identity_no.as_deref().or(self.passport.as_deref()).unwrap_or_default()
    }
}

/// A candidate with where he or she stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Candidate {
    /// Row id.
    pub id: CandidateId,
    /// The list that brought him or her, and the row in it.
    pub list: (PlacementListId, i64),
    /// Who, and what the list says.
    pub data: CandidateData,
    /// The unit of the programme.
    pub unit: UnitId,
    /// Code of the programme.
    pub programme_code: String,
    /// Where he or she stands.
    pub state: CandidateState,
    /// Since when.
    pub state_at: Timestamp,
    /// By whom.
    pub state_by: AccountId,
    /// Why, in words; may be empty.
    pub state_reason: String,
    /// The enrolment that came of it.
    pub enrolment: Option<EnrolmentId>,
    /// Last day of a provisional registration.
    pub provisional_until: Option<Date>,
    /// Sort key in the order of the Turkish alphabet.
    pub sort_key: String,
    /// Hash of the row as the list brought it.
    pub row_hash: [u8; 32],
    /// Version for two people editing at once.
    pub version: i64,
}

const CANDIDATE: &str = "SELECT c.id, c.list_id, c.list_row, c.entry_kind, c.year, c.programme_id, c.identity_no, c.passport, c.given_name,
       c.surname, c.father_name, c.mother_name, c.sex, c.birth_date, c.birth_place, c.nationality, c.email, c.phone, c.address,
       c.details, c.school_state, c.military_state, c.elsewhere_state, c.state_words, c.e_registered_at, c.needs_preparatory, c.ends_on,
       c.main_enrolment_id, c.state, c.state_at, c.state_by, c.state_reason, c.enrolment_id, c.provisional_until,
       c.sort_key, c.row_hash, c.version, p.unit_id, p.code
     FROM candidate c JOIN programme p ON p.id = c.programme_id";

fn details(r: &Row<'_>, i: usize) -> Result<EntryDetails> {
    let stored = r.str(i)?;
    serde_json::from_str(stored)
        .map_err(|e| StorageError::Decode { column: "candidate.details".to_owned(), found: e.to_string() })
}

fn candidate(r: &Row<'_>) -> Result<Candidate> {
    Ok(Candidate {
        id: r.id(0)?,
        list: (r.id(1)?, r.int(2)?),
        data: CandidateData {
            entry_kind: r.word(3, EntryKind::from_code)?,
            year: r.int32(4)?,
            programme: r.id(5)?,
            identity_no: r.opt_text(6)?,
            passport: r.opt_text(7)?,
            given_name: r.text(8)?,
            surname: r.text(9)?,
            father_name: r.text(10)?,
            mother_name: r.text(11)?,
            sex: r.word(12, Sex::from_code)?,
            birth_date: r.date(13)?,
            birth_place: r.text(14)?,
            nationality: r.text(15)?,
            email: r.text(16)?,
            phone: r.text(17)?,
            address: r.text(18)?,
            details: details(r, 19)?,
            clearances: Clearances {
                school: r.word(20, Clearance::from_code)?,
                military: r.word(21, Clearance::from_code)?,
                elsewhere: r.word(22, Clearance::from_code)?,
            },
            clearance_words: r.text(23)?,
            e_registered_at: r.opt_time(24)?,
            needs_preparatory: r.bool(25)?,
            ends_on: r.opt_date(26)?,
            main: r.opt_id(27)?,
        },
        state: r.word(28, CandidateState::from_code)?,
        state_at: r.time(29)?,
        state_by: r.id(30)?,
        state_reason: r.text(31)?,
        enrolment: r.opt_id(32)?,
        provisional_until: r.opt_date(33)?,
        sort_key: r.text(34)?,
        row_hash: r.hash(35)?,
        version: r.int(36)?,
        unit: r.id(37)?,
        programme_code: r.text(38)?,
    })
}

/// One candidate.
///
/// # Errors
/// The engine's refusal.
pub fn fetch(db: &Reader<'_>, id: CandidateId) -> Result<Option<Candidate>> {
    db.one(&format!("{CANDIDATE} WHERE c.id = $1"), args![id], candidate)
}

/// Candidates by their ids, as long as they are there; in no particular order.
///
/// # Errors
/// The engine's refusal.
pub fn fetch_all(db: &Reader<'_>, ids: &[CandidateId]) -> Result<Vec<Candidate>> {
    let mut found = Vec::with_capacity(ids.len());
    for some in ids.chunks(AT_ONCE) {
        found.extend(db.query(
            &format!("{CANDIDATE} WHERE c.id IN ({})", places(AT_ONCE)),
            &padded(some.iter().map(|id| id.get()), AT_ONCE),
            candidate,
        )?);
    }
    Ok(found)
}

/// Ids that one statement looks for.
pub(crate) const AT_ONCE: usize = 100;

/// `$1, $2, …` for so many ids.
pub(crate) fn places(count: usize) -> String {
    (1..=count).map(|place| format!("${place}")).collect::<Vec<_>>().join(", ")
}

/// The ids with 0, which no row has, in the places that are left, so that the statement is always the same.
pub(crate) fn padded(ids: impl Iterator<Item = i64>, count: usize) -> Vec<Value<'static>> {
    ids.chain(std::iter::repeat(0)).take(count).map(Value::Int).collect()
}

/// The candidate of whom an enrolment came.
///
/// # Errors
/// The engine's refusal.
pub fn of_enrolment(db: &Reader<'_>, enrolment: EnrolmentId) -> Result<Option<Candidate>> {
    db.one(&format!("{CANDIDATE} WHERE c.enrolment_id = $1"), args![enrolment], candidate)
}

/// All places that somebody with an identity number (or passport) was given, newest first.
///
/// # Errors
/// The engine's refusal.
pub fn with_key(db: &Reader<'_>, key: &str) -> Result<Vec<Candidate>> {
    db.query(
        &format!("{CANDIDATE} WHERE c.identity_no = $1 OR c.passport = $1 ORDER BY c.year DESC, c.id DESC"),
        args![key],
        candidate,
    )
}

/// The part of the candidates that an actor may see.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Sight {
    /// Everybody.
    pub all: bool,
    /// Units and what lies below them.
    pub units: Vec<UnitId>,
    /// Programmes.
    pub programmes: Vec<ProgrammeId>,
    /// Of these only what lies in this unit and below it.
    pub only: Option<UnitId>,
}

impl Sight {
    /// The condition on a programme `p`, with its arguments added to `args`.
    pub fn condition<'a>(&self, args: &mut Vec<Value<'a>>) -> String {
        let mut text = String::new();
        let within = |args: &mut Vec<Value<'a>>, unit: UnitId| {
            args.push(Value::Int(unit.get()));
            format!(
                "EXISTS (SELECT 1 FROM unit_closure u WHERE u.descendant_id = p.unit_id AND u.ancestor_id = ${})",
                args.len()
            )
        };
        if !self.all {
            let mut ways = vec!["1 = 0".to_owned()];
            for unit in &self.units {
                ways.push(within(args, *unit));
            }
            for programme in &self.programmes {
                args.push(Value::Int(programme.get()));
                ways.push(format!("p.id = ${}", args.len()));
            }
            text.push_str(&format!(" AND ({})", ways.join(" OR ")));
        }
        if let Some(unit) = self.only {
            text.push_str(&format!(" AND {}", within(args, unit)));
        }
        text
    }
}

/// Which candidates are asked for.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct CandidateFilter {
    /// Words, each of which must be a fragment of the name.
    pub words: Vec<SearchTerm>,
    /// Only this programme.
    pub programme: Option<ProgrammeId>,
    /// Only these states; all when empty.
    pub states: Vec<CandidateState>,
    /// Only this way of entry.
    pub entry_kind: Option<EntryKind>,
    /// Only this year.
    pub year: Option<i32>,
    /// Only those who registered through e-Devlet, or only those who did not.
    pub e_registered: Option<bool>,
    /// Only provisional registrations whose last day is before this one.
    pub due_before: Option<Date>,
    /// Who may be seen at all.
    pub sight: Sight,
    /// After this row: its sort key and id.
    pub after: Option<(String, CandidateId)>,
    /// Rows at the most.
    pub limit: u32,
}

/// The conditions of a filter on `candidate c` and `programme p`, with their arguments added to `args`.
fn conditions<'a>(filter: &'a CandidateFilter, patterns: &'a [String], args: &mut Vec<Value<'a>>) -> String {
    let mut text = String::from(" WHERE 1 = 1");
    {
        let mut and = |condition: &str, value| {
            args.push(value);
            text.push_str(&condition.replace('?', &format!("${}", args.len())));
        };
        for (word, pattern) in filter.words.iter().zip(patterns) {
            let column = if word.text().is_ascii() { "fold_ascii" } else { "fold_tr" };
            and(&format!(" AND c.{column} LIKE ? ESCAPE '\\'"), Value::Text(pattern));
        }
        if let Some(programme) = filter.programme {
            and(" AND c.programme_id = ?", Value::Int(programme.get()));
        }
        if let Some(entry) = filter.entry_kind {
            and(" AND c.entry_kind = ?", Value::Text(entry.code()));
        }
        if let Some(year) = filter.year {
            and(" AND c.year = ?", Value::Int(i64::from(year)));
        }
        if let Some(day) = filter.due_before {
            and(" AND c.state = 'provisional' AND c.provisional_until < ?", Value::Date(day));
        }
        if let Some((key, id)) = &filter.after {
            and(" AND (c.sort_key > ?", Value::Text(key));
            and(" OR (c.sort_key = ?", Value::Text(key));
            and(" AND c.id > ?))", Value::Int(id.get()));
        }
    }
    match filter.e_registered {
        Some(true) => text.push_str(" AND c.e_registered_at IS NOT NULL"),
        Some(false) => text.push_str(" AND c.e_registered_at IS NULL"),
        None => {}
    }
    if !filter.states.is_empty() {
        let states: Vec<String> = filter.states.iter().map(|state| format!("'{state}'")).collect();
        text.push_str(&format!(" AND c.state IN ({})", states.join(", ")));
    }
    text.push_str(&filter.sight.condition(args));
    text
}

/// Candidates of a filter in Turkish order of their names.
///
/// # Errors
/// The engine's refusal.
pub fn list(db: &Reader<'_>, filter: &CandidateFilter) -> Result<Vec<Candidate>> {
    let patterns: Vec<String> = filter.words.iter().map(SearchTerm::like_pattern).collect();
    let mut args = vec![Value::Int(i64::from(filter.limit))];
    let conditions = conditions(filter, &patterns, &mut args);
    let text = format!("{CANDIDATE}{conditions} ORDER BY c.sort_key, c.id LIMIT $1");
    db.query(&text, &args, candidate)
}

/// How many candidates of a filter stand in each state; states without any are left out.
///
/// # Errors
/// The engine's refusal.
pub fn count_states(db: &Reader<'_>, filter: &CandidateFilter) -> Result<Vec<(CandidateState, i64)>> {
    let patterns: Vec<String> = filter.words.iter().map(SearchTerm::like_pattern).collect();
    let mut args = Vec::new();
    let conditions = conditions(filter, &patterns, &mut args);
    let text = format!(
        "SELECT c.state, count(*) FROM candidate c JOIN programme p ON p.id = c.programme_id{conditions} GROUP BY c.state"
    );
    db.query(&text, &args, |r| Ok((r.word(0, CandidateState::from_code)?, r.int(1)?)))
}

/// The keys by which a name is found and sorted.
struct Keys {
    fold_tr: String,
    fold_ascii: String,
    sort_key: String,
}

impl Keys {
    fn of(data: &CandidateData) -> Self {
        let name = data.full_name();
        Self {
            fold_tr: text::fold_tr(&name),
            fold_ascii: text::fold_ascii(&name),
            sort_key: text::sort_key(&format!("{} {}", data.surname, data.given_name)),
        }
    }
}

const COLUMNS: [&str; 36] = [
    "id",
    "list_id",
    "list_row",
    "entry_kind",
    "year",
    "programme_id",
    "identity_no",
    "passport",
    "given_name",
    "surname",
    "father_name",
    "mother_name",
    "sex",
    "birth_date",
    "birth_place",
    "nationality",
    "email",
    "phone",
    "address",
    "details",
    "school_state",
    "military_state",
    "elsewhere_state",
    "state_words",
    "e_registered_at",
    "needs_preparatory",
    "ends_on",
    "main_enrolment_id",
    "state",
    "state_at",
    "state_by",
    "state_reason",
    "fold_tr",
    "fold_ascii",
    "sort_key",
    "row_hash",
];

/// Adds candidates of a list, each with its row in the list and the hash of that row; all of them wait.
///
/// # Errors
/// [`StorageError::Constraint`] `candidate_placed_once` when one of them is there already.
pub fn insert(
    tx: &Tx<'_>,
    permit: &Permit,
    list: PlacementListId,
    rows: &[(i64, CandidateData, [u8; 32])],
) -> Result<Vec<CandidateId>> {
    let ids: Vec<CandidateId> = tx.reserve_ids("candidate", rows.len())?;
    tx.bulk("candidate", &COLUMNS, |put| {
        for (id, (row, c, hash)) in ids.iter().zip(rows) {
            let keys = Keys::of(c);
            put.row(args![
                id,
                list,
                *row,
                c.entry_kind.code(),
                c.year,
                c.programme,
                c.identity_no,
                c.passport,
                c.given_name,
                c.surname,
                c.father_name,
                c.mother_name,
                c.sex.code(),
                c.birth_date,
                c.birth_place,
                c.nationality,
                c.email,
                c.phone,
                c.address,
                written(&c.details)?,
                c.clearances.school.code(),
                c.clearances.military.code(),
                c.clearances.elsewhere.code(),
                c.clearance_words,
                c.e_registered_at,
                c.needs_preparatory,
                c.ends_on,
                c.main,
                CandidateState::Waiting.code(),
                permit.at(),
                permit.account(),
                "",
                keys.fold_tr,
                keys.fold_ascii,
                keys.sort_key,
                *hash
            ])?;
        }
        Ok(())
    })?;
    Ok(ids)
}

fn written(details: &EntryDetails) -> Result<String> {
    serde_json::to_string(details)
        .map_err(|e| StorageError::Decode { column: "candidate.details".to_owned(), found: e.to_string() })
}

/// Replaces what is known of a candidate, if nobody else did since `version` was read; who it is and where he or she
/// was placed (way of entry, year, programme) stays.
///
/// # Errors
/// [`StorageError::Stale`] when somebody did, here or at the next statement; [`StorageError::Constraint`]
/// `candidate_placed_once` when somebody else of the new number has the same place.
pub fn update(
    tx: &Tx<'_>,
    _permit: &Permit,
    id: CandidateId,
    version: i64,
    c: &CandidateData,
    row_hash: &[u8; 32],
) -> Result<()> {
    let keys = Keys::of(c);
    tx.later_one(
        "UPDATE candidate SET identity_no = $3, passport = $4, given_name = $5, surname = $6, father_name = $7, mother_name = $8,
                sex = $9, birth_date = $10, birth_place = $11, nationality = $12, email = $13, phone = $14, address = $15,
                details = $16, school_state = $17, military_state = $18, elsewhere_state = $19, state_words = $20,
                e_registered_at = $21, needs_preparatory = $22, ends_on = $23, main_enrolment_id = $24, fold_tr = $25,
                fold_ascii = $26, sort_key = $27, row_hash = $28, version = version + 1
         WHERE id = $1 AND version = $2",
        args![
            id,
            version,
            c.identity_no,
            c.passport,
            c.given_name,
            c.surname,
            c.father_name,
            c.mother_name,
            c.sex.code(),
            c.birth_date,
            c.birth_place,
            c.nationality,
            c.email,
            c.phone,
            c.address,
            written(&c.details)?,
            c.clearances.school.code(),
            c.clearances.military.code(),
            c.clearances.elsewhere.code(),
            c.clearance_words,
            c.e_registered_at,
            c.needs_preparatory,
            c.ends_on,
            c.main,
            keys.fold_tr,
            keys.fold_ascii,
            keys.sort_key,
            *row_hash
        ],
    )
}

/// Holds a candidate until the transaction ends, so that two desks act one after the other. On SQLite nobody else writes
/// meanwhile.
///
/// # Errors
/// The engine's refusal.
pub fn hold(tx: &Tx<'_>, id: CandidateId) -> Result<()> {
    if tx.engine() == Engine::Postgres {
        tx.one("SELECT id FROM candidate WHERE id = $1 FOR UPDATE", args![id], |r| r.int(0))?;
    }
    Ok(())
}

/// As [`hold`] for several, always in the same order, so that two who hold some of the same wait and never block each
/// other.
///
/// # Errors
/// The engine's refusal.
pub fn hold_all(tx: &Tx<'_>, ids: &[CandidateId]) -> Result<()> {
    if tx.engine() == Engine::Postgres {
        let mut sorted: Vec<i64> = ids.iter().map(|id| id.get()).collect();
        sorted.sort_unstable();
        for some in sorted.chunks(AT_ONCE) {
            tx.query(
                &format!("SELECT id FROM candidate WHERE id IN ({}) ORDER BY id FOR UPDATE", places(AT_ONCE)),
                &padded(some.iter().copied(), AT_ONCE),
                |r| r.int(0),
            )?;
        }
    }
    Ok(())
}

/// Where a candidate goes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Step {
    /// The new state.
    pub state: CandidateState,
    /// Why, in words; may be empty.
    pub reason: String,
    /// The enrolment that came of it.
    pub enrolment: Option<EnrolmentId>,
    /// Last day of a provisional registration.
    pub provisional_until: Option<Date>,
}

/// Moves a candidate, if nobody else touched him or her since `version` was read. Two clerks on one candidate: the
/// second is told.
///
/// # Errors
/// [`StorageError::Stale`] when somebody did.
pub fn step(tx: &Tx<'_>, permit: &Permit, id: CandidateId, version: i64, step: &Step) -> Result<()> {
    let touched = tx.execute(
        "UPDATE candidate SET state = $3, state_at = $4, state_by = $5, state_reason = $6, enrolment_id = $7, provisional_until = $8,
                version = version + 1
         WHERE id = $1 AND version = $2",
        args![
            id,
            version,
            step.state.code(),
            permit.at(),
            permit.account(),
            step.reason,
            step.enrolment,
            step.provisional_until
        ],
    )?;
    if touched == 1 { Ok(()) } else { Err(StorageError::Stale) }
}
