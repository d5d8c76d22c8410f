//! Who was registered on a day: the list for print, and the file for the cards.

use base::{
    ids::{ProgrammeId, UnitId},
    time::{Date, date_tr, day_begins},
};
use storage::{
    audit::{AuditRow, shown_list},
    registrations::RegisteredLine,
};

use super::list_candidates::sight;
use crate::{
    Office,
    authz::{self, Action, Actor, Resource},
    error::{Result, ServiceError},
    students::export::inert,
};

/// Which registrations are asked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct RegisteredQuery {
    /// Made on this day.
    pub day: Date,
    /// Only in this programme.
    pub programme: Option<ProgrammeId>,
    /// Of what the actor may see only this unit and what lies below it.
    pub unit: Option<UnitId>,
}

/// The registrations of a day that stand, by programme and name; the read is logged with everybody on it.
///
/// # Errors
/// [`ServiceError::Forbidden`] for whoever sees no candidates at all.
pub async fn list_registered(
    office: &Office,
    actor: &Actor,
    query: RegisteredQuery,
) -> Result<Vec<RegisteredLine>> {
    read(office, actor, query, Action::ReadCandidates, "list_registered").await
}

/// Headings of the file for cards, in the order of its columns; the caller brings the words.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CardHeadings(pub [String; 6]);

/// The same list as a CSV file for whoever prints the student cards: number, names, programme, whether there is a
/// photo, day. UTF-8 with a byte-order mark and semicolons; no cell is taken for a formula.
///
/// # Errors
/// [`ServiceError::Forbidden`] for roles that may not take lists out.
pub async fn export_registered(
    office: &Office,
    actor: &Actor,
    query: RegisteredQuery,
    headings: CardHeadings,
    yes_no: [String; 2],
) -> Result<Vec<u8>> {
    if !actor.may(Action::ExportStudents) {
        return Err(ServiceError::Forbidden(Action::ExportStudents));
    }
    let rows = read(office, actor, query, Action::ReadCandidates, "export_registered").await?;
    let mut writer = csv::WriterBuilder::new().delimiter(b';').from_writer("\u{feff}".as_bytes().to_vec());
    let port = |error: csv::Error| ServiceError::Port { port: "export", message: error.to_string() };
    writer.write_record(&headings.0).map_err(port)?;
    let [yes, no] = &yes_no;
    for row in &rows {
        let day = date_tr(base::time::local_date(row.registered_at));
        let cells = [
            row.number.as_str(),
            &row.given_name,
            &row.surname,
            &row.programme_code,
            if row.has_photo { yes } else { no },
            &day,
        ];
        writer.write_record(cells.map(|cell| inert(cell).into_owned())).map_err(port)?;
    }
    writer.into_inner().map_err(|error| ServiceError::Port { port: "export", message: error.to_string() })
}

async fn read(
    office: &Office,
    actor: &Actor,
    query: RegisteredQuery,
    action: Action,
    act: &str,
) -> Result<Vec<RegisteredLine>> {
    let (now, asking) = (office.now(), actor.clone());
    let seen = sight(actor, action, query.unit);
    let tomorrow = query.day.tomorrow().unwrap_or(query.day);
    let (rows, permit) = office
        .db
        .read(move |db| -> Result<_> {
            let permit = authz::ask(db, &asking, action, Resource::Anywhere, now)?;
            let (from, to) = (day_begins(query.day), day_begins(tomorrow));
            Ok((storage::registrations::between(db, &seen, query.programme, from, to)?, permit))
        })
        .await?;
    let programme = query.programme.map(|id| format!(" programme={id}")).unwrap_or_default();
    office.reads.note(AuditRow {
        object_kind: "list",
        detail: format!("from={}{programme}", query.day),
        shown: Some(shown_list(rows.iter().map(|row| row.person))),
        ..AuditRow::by(&permit, act)
    })?;
    Ok(rows)
}
