//! A unit or programme gets another code in YÖKSİS, ÖSYM or DETSİS from a day on, or loses it.

use base::time::Date;
use domain::units::CodeSystem;
use storage::{
    audit,
    institution::{programmes, units, units::DatedCode},
};

use super::{ask_change, dated, reason_of};
use crate::{
    Office,
    authz::Actor,
    error::{FieldError, Result, ServiceError},
    once,
};

/// What the form sends.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SetCode {
    /// The institution's code of the unit or programme.
    pub code: String,
    /// Whose code is set.
    pub system: Option<CodeSystem>,
    /// The code in that system, as typed; empty ends the one that counts.
    pub value: String,
    /// First day, as typed.
    pub valid_from: String,
    /// What it rests on.
    pub reason: String,
}

/// A command that was read.
struct Wanted {
    system: CodeSystem,
    value: Option<String>,
    from: Date,
    reason: String,
}

/// Reads a command beside the codes that there are; `taken` names whoever else has a code on a day or later.
fn read(
    command: &SetCode,
    is_known: impl Fn(CodeSystem) -> bool,
    codes: &[DatedCode],
    taken: impl Fn(CodeSystem, &str, Date) -> Result<Option<String>>,
) -> Result<Wanted> {
    let mut wrong = Vec::new();
    let system = command.system.filter(|system| is_known(*system));
    if system.is_none() {
        wrong.push(FieldError::new("system", "required"));
    }
    let last = codes.iter().find(|code| Some(code.system) == system);
    let typed: String = command.value.chars().filter(|c| !c.is_whitespace()).collect();
    let value = Some(typed).filter(|typed| !typed.is_empty());
    match (&value, last, system) {
        (None, None, _) => wrong.push(FieldError::new("value", "required")),
        (None, Some(last), _) if last.valid_to.is_some() => {
            wrong.push(FieldError::new("value", "required"));
        }
        (Some(value), _, Some(system))
            if value.len() != system.digits() || !value.bytes().all(|b| b.is_ascii_digit()) =>
        {
            wrong.push(FieldError::new("value", "code-digits").with("count", system.digits().to_string()));
        }
        (Some(value), Some(last), _) if last.valid_to.is_none() && last.code == *value => {
            wrong.push(FieldError::new("value", "code-unchanged"));
        }
        _ => {}
    }
    let reason = reason_of(&command.reason, &mut wrong);
    let last_day = last.map(|last| last.valid_from);
    let from = dated::first_day(&command.valid_from, last_day, "code-not-after", &mut wrong);
    if let (Some(system), Some(value), Some(from), true) = (system, &value, from, wrong.is_empty())
        && let Some(other) = taken(system, value, from)?
    {
        wrong.push(FieldError::new("value", "code-taken").with("who", other));
    }
    match (system, from) {
        (Some(system), Some(from)) if wrong.is_empty() => Ok(Wanted { system, value, from, reason }),
        _ => Err(ServiceError::Invalid(wrong)),
    }
}

impl Wanted {
    fn describe(&self, of: &str, own: &str) -> String {
        let Self { system, value, from, .. } = self;
        match value {
            Some(value) => format!("{of}={own} system={system} code={value} from={from}"),
            None => format!("{of}={own} system={system} to={from}"),
        }
    }
}

/// Gives a unit another code in an outside system from a day on; with an empty one the code that counts ends. The day
/// may lie ahead, but not on or before the first day of the code given last.
///
/// # Errors
/// [`ServiceError::NotFound`], [`ServiceError::Forbidden`], [`ServiceError::NeedsConfirmation`]; [`ServiceError::Stale`]
/// when somebody else set it meanwhile; [`ServiceError::Invalid`] on `system` (`required`), `value` (`required`,
/// `code-digits` with `count`, `code-unchanged`, `code-taken` with `who`), `valid_from` (`date-form`, `code-not-after`
/// with `since`), `reason`.
pub async fn set_unit_code(office: &Office, actor: &Actor, command: SetCode) -> Result<()> {
    let (now, today) = (office.now(), office.today());
    once::act(office, actor, move |tx, actor| {
        let unit = units::find(tx, &command.code, today)?.ok_or(ServiceError::NotFound)?;
        let permit = ask_change(tx, actor, unit.id, now)?;
        let codes = units::codes(tx, unit.id)?;
        let wanted = read(
            &command,
            |_| true,
            &codes,
            |system, code, from| Ok(units::other_with_code(tx, unit.id, system, code, from)?),
        )?;
        units::set_code(tx, &permit, unit.id, wanted.system, wanted.value.as_deref(), wanted.from)
            .map_err(dated::stale)?;
        let detail = wanted.describe("unit", &unit.code);
        let object = ("unit", unit.id.get());
        Ok(audit::append(tx, &dated::written(&permit, "set_unit_code", object, detail, wanted.reason))?)
    })
    .await
}

/// Gives a programme another code in an outside system from a day on; as [`set_unit_code`].
///
/// # Errors
/// As [`set_unit_code`].
pub async fn set_programme_code(office: &Office, actor: &Actor, command: SetCode) -> Result<()> {
    let (now, today) = (office.now(), office.today());
    once::act(office, actor, move |tx, actor| {
        let programme = programmes::find(tx, &command.code, today)?.ok_or(ServiceError::NotFound)?;
        let permit = ask_change(tx, actor, programme.unit, now)?;
        let codes = programmes::codes(tx, programme.id)?;
        let wanted = read(&command, CodeSystem::knows_programmes, &codes, |system, code, from| {
            Ok(programmes::other_with_code(tx, programme.id, system, code, from)?)
        })?;
        programmes::set_code(tx, &permit, programme.id, wanted.system, wanted.value.as_deref(), wanted.from)
            .map_err(dated::stale)?;
        let detail = wanted.describe("programme", &programme.code);
        let object = ("programme", programme.id.get());
        Ok(audit::append(tx, &dated::written(&permit, "set_programme_code", object, detail, wanted.reason))?)
    })
    .await
}
