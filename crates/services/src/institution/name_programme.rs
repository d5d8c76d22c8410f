//! A programme gets another name from a day on.

use storage::{audit, institution::programmes};

use super::{ask_change, dated, reason_of};
use crate::{
    Office,
    authz::Actor,
    error::{Result, ServiceError},
};

/// What the form sends.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NameProgramme {
    /// Code of the programme.
    pub code: String,
    /// Turkish name.
    pub name_tr: String,
    /// English name.
    pub name_en: String,
    /// First day, as typed.
    pub valid_from: String,
    /// What it rests on, e.g. a decision of the Council of Higher Education.
    pub reason: String,
}

/// Gives a programme another name from a day on; papers of earlier days keep the name that counted then. The day may
/// lie ahead, but not on or before the first day of the name given last.
///
/// # Errors
/// As [`super::name_unit()`].
pub async fn name_programme(office: &Office, actor: &Actor, command: NameProgramme) -> Result<()> {
    let (actor, now, today) = (actor.clone(), office.now(), office.today());
    office
        .db
        .write(move |tx| -> Result<()> {
            let programme = programmes::find(tx, &command.code, today)?.ok_or(ServiceError::NotFound)?;
            let permit = ask_change(tx, &actor, programme.unit, now)?;
            let mut wrong = Vec::new();
            let last = programmes::names(tx, programme.id)?.into_iter().next();
            let name = dated::name_of(
                &command.name_tr,
                &command.name_en,
                last.as_ref().map(|l| &l.name),
                &mut wrong,
            );
            let reason = reason_of(&command.reason, &mut wrong);
            let last_day = last.map(|l| l.valid_from);
            let from = dated::first_day(&command.valid_from, last_day, "name-not-after", &mut wrong);
            let (Some(from), true) = (from, wrong.is_empty()) else {
                return Err(ServiceError::Invalid(wrong));
            };
            programmes::insert_name(tx, &permit, programme.id, &name, from).map_err(dated::stale)?;
            let detail = format!("programme={} from={from}", programme.code);
            let object = ("programme", programme.id.get());
            Ok(audit::append(tx, &dated::written(&permit, "name_programme", object, detail, reason))?)
        })
        .await
}
