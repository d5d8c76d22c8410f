//! A unit gets another name from a day on.

use storage::{audit, institution::units};

use super::{ask_change, dated, reason_of};
use crate::{
    Office,
    authz::Actor,
    error::{Result, ServiceError},
};

/// What the form sends.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NameUnit {
    /// Code of the unit.
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

/// Gives a unit another name from a day on; papers of earlier days keep the name that counted then. The day may lie
/// ahead, but not on or before the first day of the name given last.
///
/// # Errors
/// [`ServiceError::NotFound`], [`ServiceError::Forbidden`], [`ServiceError::NeedsConfirmation`]; [`ServiceError::Stale`]
/// when somebody else named the unit meanwhile; [`ServiceError::Invalid`] on `name_tr`, `name_en` (`required`,
/// `too-long`), `name_tr` (`name-unchanged`), `valid_from` (`date-form`, `name-not-after` with `since`), `reason`.
pub async fn name_unit(office: &Office, actor: &Actor, command: NameUnit) -> Result<()> {
    let (actor, now, today) = (actor.clone(), office.now(), office.today());
    office
        .db
        .write(move |tx| -> Result<()> {
            let unit = units::find(tx, &command.code, today)?.ok_or(ServiceError::NotFound)?;
            let permit = ask_change(tx, &actor, unit.id, now)?;
            let mut wrong = Vec::new();
            let last = units::names(tx, unit.id)?.into_iter().next();
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
            units::insert_name(tx, &permit, unit.id, &name, from).map_err(dated::stale)?;
            let detail = format!("unit={} from={from}", unit.code);
            let row = dated::written(&permit, "name_unit", ("unit", unit.id.get()), detail, reason);
            Ok(audit::append(tx, &row)?)
        })
        .await
}
