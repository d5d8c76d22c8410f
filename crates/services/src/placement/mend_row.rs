//! Mending a row of the worklist by hand: the form for one candidate, filled in with what the row says.

use base::ids::{CandidateId, PlacementListId, ProgrammeId};
use domain::people::Sex;
use regulations::EntryField;
use storage::{
    Reader, StorageError,
    candidates::{CandidateData, Sight},
    placements::{CodedProgramme, List, Settled},
};

use super::{
    apply_placement::about_list,
    candidate_form::{self, Place, fields_of},
    enter_candidate::{EnterCandidate, when},
    layout::{self, Columns, Layout},
    lists::{OpenRow, may_open, open_row},
    read,
    rows::{Programmes, Said, fingerprint, said},
};
use crate::{
    Office,
    authz::{self, Action, Actor, Resource},
    error::{FieldError, Result, ServiceError},
    registration::sight,
};

/// The form as it is opened.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RowForm {
    /// The list that brought the row.
    pub list: List,
    /// The row with what is wrong with it.
    pub row: OpenRow,
    /// What it says, as far as a form can hold it.
    pub known: EnterCandidate,
    /// Fields of the way of entry, each with whether it must be filled in.
    pub fields: Vec<(EntryField, bool)>,
    /// Programmes that the actor may place somebody in.
    pub programmes: Vec<CodedProgramme>,
}

/// A row of the worklist, its list, and the headings of its cells.
struct Found {
    list: List,
    row: OpenRow,
    headings: Vec<String>,
}

fn find(db: &Reader<'_>, actor: &Actor, id: PlacementListId, row: i64) -> Result<Found> {
    let list = storage::placements::fetch(db, id)?.filter(|list| may_open(actor, list));
    let list = list.ok_or(ServiceError::NotFound)?;
    let layout = storage::placements::layout(db, id)?;
    let layout = layout.and_then(|stored| serde_json::from_str(&stored).ok());
    let layout = layout.unwrap_or(Layout { delimiter: ';', headings: Vec::new() });
    let rows = storage::placements::open_faults(db, id)?;
    let row = rows.into_iter().find(|open| open.row == row).ok_or(ServiceError::NotFound)?;
    Ok(Found { list, row: open_row(row, &layout), headings: layout.headings })
}

/// What the row says; nothing where its headings are known by a mapping alone.
fn read_row(
    db: &Reader<'_>,
    office: &Office,
    seen: &Sight,
    found: &Found,
) -> Result<(Option<Said>, Vec<CodedProgramme>)> {
    let coded = storage::placements::coded_programmes(db, seen, office.today())?;
    let programmes = Programmes::new(coded.clone());
    let table = read::gathered(&found.headings, std::slice::from_ref(&found.row.cells));
    let said = table.ok().and_then(|table| {
        let list = layout::columns(&table, &Columns::new()).ok()?;
        let line = list.rows.first()?;
        Some(said(&list, line, found.list.year, &programmes, office.today()))
    });
    Ok((said, coded))
}

/// A row of the worklist as a form. The read is logged like that of the worklist.
///
/// # Errors
/// As [`super::open_placement()`]; [`ServiceError::NotFound`] for a row that does not wait.
pub async fn row_form(office: &Office, actor: &Actor, id: PlacementListId, row: i64) -> Result<RowForm> {
    let (now, house, asking) = (office.now(), office.clone(), actor.clone());
    let (form, note) = office
        .db
        .read(move |db| -> Result<_> {
            let permit = authz::ask(db, &asking, Action::ImportPlacement, Resource::Anywhere, now)?;
            let found = find(db, &asking, id, row)?;
            let seen = sight(&asking, Action::ImportPlacement, None);
            let (said, programmes) = read_row(db, &house, &seen, &found)?;
            let fields = fields_of(&house.book, found.list.entry_kind, when(house.today(), found.list.year));
            let known = said.map(|said| typed(&said, &programmes)).unwrap_or_default();
            let known = EnterCandidate { kind: Some(found.list.entry_kind), year: found.list.year, ..known };
            let programmes = programmes.into_iter().filter(|p| p.in_sight).collect();
            let note = about_list(&permit, "read_placement", Some(id), format!("row={row}"));
            Ok((RowForm { list: found.list, row: found.row, known, fields, programmes }, note))
        })
        .await?;
    office.reads.note(note)?;
    Ok(form)
}

fn typed(said: &Said, programmes: &[CodedProgramme]) -> EnterCandidate {
    let mut fields = said.details.fields.clone();
    fields.insert(EntryField::IdentityNo.code().to_owned(), said.identity_no.clone());
    fields.insert(EntryField::Passport.code().to_owned(), said.passport.clone());
    fields.retain(|_, value| !value.is_empty());
    let programme = said.programme.and_then(|id| programmes.iter().find(|p| p.id == id));
    EnterCandidate {
        programme: programme.map(|p| p.code.clone()).unwrap_or_default(),
        given_name: said.given_name.clone(),
        surname: said.surname.clone(),
        father_name: said.father_name.clone(),
        mother_name: said.mother_name.clone(),
        sex: said.sex,
        birth_date: said.birth_date.clone(),
        birth_place: said.birth_place.clone(),
        nationality: said.nationality.clone(),
        email: said.email.clone(),
        phone: said.phone.clone(),
        address: said.address.clone(),
        needs_preparatory: said.needs_preparatory,
        fields,
        ..EnterCandidate::default()
    }
}

/// What the row says beside what the form asks for: answers of other offices, e-registration, conditions.
fn beside(said: Said, form: &EnterCandidate, list: &List, programme: ProgrammeId) -> CandidateData {
    CandidateData {
        entry_kind: list.entry_kind,
        year: list.year,
        programme,
        identity_no: None,
        passport: None,
        given_name: String::new(),
        surname: String::new(),
        father_name: String::new(),
        mother_name: String::new(),
        sex: said.sex.or(form.sex).unwrap_or(Sex::Male),
        birth_date: base::time::Date::ZERO,
        birth_place: String::new(),
        nationality: if said.nationality.is_empty() { form.nationality.clone() } else { said.nationality },
        email: String::new(),
        phone: String::new(),
        address: String::new(),
        details: said.details,
        clearances: said.clearances,
        clearance_words: said.clearance_words,
        e_registered_at: said.e_registered_at,
        needs_preparatory: false,
        ends_on: None,
        main: None,
    }
}

/// Makes a candidate of a row of the worklist, with what was mended in it, and takes the row off. What the row says and
/// the form does not ask for goes with it. Way of entry and year are those of the list, so that ways of entry without
/// a form of their own can be mended, too. A later list that brings the row as it was does not put it back on the
/// worklist; one that brings it sound counts.
///
/// # Errors
/// [`ServiceError::NotFound`] for a row that does not wait, or out of sight; [`ServiceError::Invalid`] with the fields to
/// mend.
pub async fn mend_row(
    office: &Office,
    actor: &Actor,
    id: PlacementListId,
    row: i64,
    form: EnterCandidate,
) -> Result<CandidateId> {
    let (now, today, house) = (office.now(), office.today(), office.clone());
    let mended = crate::once::act(office, actor, move |tx, actor| -> Result<i64> {
        authz::ask(tx, actor, Action::ImportPlacement, Resource::Anywhere, now)?;
        let found = find(tx, actor, id, row)?;
        let (kind, year) = (found.list.entry_kind, found.list.year);
        let moment = when(today, year);
        let rule = house.book.entry_rule(kind.code(), moment).value.ok_or(ServiceError::NotFound)?;
        let programme = storage::institution::programmes::find(tx, form.programme.trim(), today)?;
        let unit = programme.as_ref().map(|programme| programme.unit);
        let programme = programme.map(|programme| programme.id).ok_or_else(|| {
            let code = if form.programme.trim().is_empty() { "required" } else { "unknown-programme" };
            FieldError::new("programme", code)
        });
        let seen = sight(actor, Action::ImportPlacement, None);
        let (said, _) = read_row(tx, &house, &seen, &found)?;
        let known = match (&programme, said) {
            (Ok(programme), Some(said)) => Some(beside(said, &form, &found.list, *programme)),
            _ => None,
        };
        let place = Place { book: &house.book, kind, rule, year, when: moment, today, known: known.as_ref() };
        let data = candidate_form::read(tx, &place, &form, programme)?;
        let there = Resource::Programme { id: data.programme, unit: unit.ok_or(ServiceError::NotFound)? };
        let permit = authz::ask(tx, actor, Action::ImportPlacement, there, now)?;
        let hash = fingerprint(&data);
        let ids = storage::candidates::insert(tx, &permit, id, &[(row, data, hash)])?;
        let candidate = ids.first().copied().ok_or(ServiceError::NotFound)?;
        storage::placements::settle(tx, &permit, id, row, Settled::Mended)?;
        let detail = format!("row={row} candidates={candidate}");
        storage::audit::append(tx, &about_list(&permit, "mend_placement_row", Some(id), detail))?;
        Ok(candidate.get())
    });
    match mended.await {
        Ok(candidate) => Ok(CandidateId::new(candidate)),
        Err(ServiceError::Storage(StorageError::Constraint { constraint }))
            if constraint == "candidate_placed_once" =>
        {
            Err(ServiceError::field("programme", "placed-already"))
        }
        Err(error) => Err(error),
    }
}
