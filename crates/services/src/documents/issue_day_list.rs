//! Issuing the list of who was registered in a unit on a day.

use base::{
    lang::Lang,
    time::{Date, day_bounds},
};
use catalogue::documents::{Subject as Speaks, daily_registration_list};
use domain::registration::DayList;
use storage::{
    StorageError,
    documents::{Document, Subject},
};

use super::{
    issue_document::{Begun, Issued, check_key, issued, recall, remember},
    prepare::{Desk, Matter, Order},
};
use crate::{
    Office,
    authz::{self, Action, Actor, Resource},
    error::{Result, ServiceError},
};

/// The form for one list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct IssueDayList {
    /// Code of the unit: a faculty, a school, an institute, or the university itself.
    pub unit: String,
    /// The day.
    pub day: Date,
    /// Language of the list.
    pub lang: Lang,
    /// Key of the form, so that a second click answers with the first list.
    pub idempotency_key: Option<String>,
}

/// Issues the registration list of a day: who was registered, finally or provisionally, and the counts by programme. It
/// goes through the same steps as a student's paper ([`super::issue_document()`]); a later list of the same unit, day and
/// language takes its place. The audit row names everybody on it.
///
/// # Errors
/// [`ServiceError::Invalid`] on `unit` for a unit that issues no papers of its own; [`ServiceError::Refused`] when nobody
/// was registered on that day, or nobody may sign; [`ServiceError::NotFound`] for a unit unknown or out of sight; and
/// what the making of any paper may answer.
pub async fn issue_day_list(office: &Office, actor: &Actor, form: IssueDayList) -> Result<Issued> {
    check_key(form.idempotency_key.as_deref())?;
    let begun = match begin(office, actor, &form).await {
        // Two clicks at once: the slower one was undone and answers like a later one.
        Err(ServiceError::Storage(StorageError::Constraint { constraint }))
            if constraint == "idempotency_pkey" =>
        {
            begin(office, actor, &form).await?
        }
        other => other?,
    };
    issued(office, begun).await
}

async fn begin(office: &Office, actor: &Actor, form: &IssueDayList) -> Result<Begun> {
    let (now, today) = (office.now(), office.today());
    let (actor, form) = (actor.clone(), form.clone());
    let mut desk = Desk::open(office);
    let order = Order::plain(&daily_registration_list::KIND, form.lang);
    office
        .db
        .write(move |tx| {
            let unknown = || ServiceError::field("unit", "unit-unknown");
            let unit = storage::institution::find_unit(tx, form.unit.trim())?.ok_or_else(unknown)?;
            let permit = authz::ask(tx, &actor, Action::IssueDocument, Resource::Unit(unit), now)?;
            if storage::institution::issuing_unit(tx, unit)? != Some(unit) {
                return Err(ServiceError::field("unit", "unit-issues-no-papers"));
            }
            let key = form.idempotency_key.as_deref();
            let is_asked_for = |paper: &Document| {
                paper.kind == order.kind.key
                    && paper.lang == form.lang
                    && paper.subject == Subject::Day { unit, day: form.day }
            };
            if let Some(first) = recall(tx, &permit, key, is_asked_for)? {
                let findings = regulations::Findings::new();
                return Ok(Begun { id: first.id, permit, findings, is_repeated: true });
            }
            let rows = storage::registrations::of_unit(tx, unit, day_bounds(form.day), form.day)?;
            let (people, rows) = rows.into_iter().unzip();
            let name = storage::institution::unit_name(tx, unit, today)?.unwrap_or_default();
            let list = DayList { unit: name, day: form.day, rows };
            let Speaks::Day { check, compose } = order.kind.subject else {
                return Err(ServiceError::field("kind", "kind-unknown"));
            };
            let subject = Subject::Day { unit, day: form.day };
            let year = form.day.year();
            let matter = Matter { subject, unit, year, file: list, check, compose, people: Some(people) };
            let (id, findings) = desk.prepare_of(tx, &permit, matter, &order)?;
            remember(tx, &permit, key, id)?;
            Ok(Begun { id, permit, findings, is_repeated: false })
        })
        .await
}
