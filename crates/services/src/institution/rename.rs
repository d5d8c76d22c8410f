//! A unit or programme gets another name from a day on.

use base::time::Date;
use domain::student_file::Name;
use storage::{
    audit,
    institution::{programmes, units, units::DatedName},
};

use super::{ask_change, dated, reason_of};
use crate::{
    Office,
    authz::Actor,
    error::{Result, ServiceError},
    once,
};

/// What the form sends.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Rename {
    /// Code of the unit or programme.
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

/// A command that was read.
struct Wanted {
    name: Name,
    from: Date,
    reason: String,
}

/// Reads a command beside the name that was given last.
fn read(command: &Rename, last: Option<&DatedName>) -> Result<Wanted> {
    let mut wrong = Vec::new();
    let name = dated::name_of(&command.name_tr, &command.name_en, last.map(|l| &l.name), &mut wrong);
    let reason = reason_of(&command.reason, &mut wrong);
    let last_day = last.map(|l| l.valid_from);
    match dated::first_day(&command.valid_from, last_day, "name-not-after", &mut wrong) {
        Some(from) if wrong.is_empty() => Ok(Wanted { name, from, reason }),
        _ => Err(ServiceError::Invalid(wrong)),
    }
}

/// Gives a unit another name from a day on; papers of earlier days keep the name that counted then. The day may lie
/// ahead, but not on or before the first day of the name given last.
///
/// # Errors
/// [`ServiceError::NotFound`], [`ServiceError::Forbidden`], [`ServiceError::NeedsConfirmation`]; [`ServiceError::Stale`]
/// when somebody else named the unit meanwhile; [`ServiceError::Invalid`] on `name_tr`, `name_en` (`required`,
/// `too-long`), `name_tr` (`name-unchanged`), `valid_from` (`date-form`, `name-not-after` with `since`), `reason`.
pub async fn name_unit(office: &Office, actor: &Actor, command: Rename) -> Result<()> {
    let (now, today) = (office.now(), office.today());
    once::act(office, actor, move |tx, actor| {
        let unit = units::find(tx, &command.code, today)?.ok_or(ServiceError::NotFound)?;
        let permit = ask_change(tx, actor, unit.id, now)?;
        let wanted = read(&command, units::names(tx, unit.id)?.first())?;
        units::insert_name(tx, &permit, unit.id, &wanted.name, wanted.from).map_err(dated::stale)?;
        let detail = format!("unit={} from={}", unit.code, wanted.from);
        let object = ("unit", unit.id.get());
        Ok(audit::append(tx, &dated::written(&permit, "name_unit", object, detail, wanted.reason))?)
    })
    .await
}

/// Gives a programme another name from a day on; as [`name_unit`].
///
/// # Errors
/// As [`name_unit`].
pub async fn name_programme(office: &Office, actor: &Actor, command: Rename) -> Result<()> {
    let (now, today) = (office.now(), office.today());
    once::act(office, actor, move |tx, actor| {
        let programme = programmes::find(tx, &command.code, today)?.ok_or(ServiceError::NotFound)?;
        let permit = ask_change(tx, actor, programme.unit, now)?;
        let wanted = read(&command, programmes::names(tx, programme.id)?.first())?;
        programmes::insert_name(tx, &permit, programme.id, &wanted.name, wanted.from)
            .map_err(dated::stale)?;
        let detail = format!("programme={} from={}", programme.code, wanted.from);
        let object = ("programme", programme.id.get());
        Ok(audit::append(tx, &dated::written(&permit, "name_programme", object, detail, wanted.reason))?)
    })
    .await
}
