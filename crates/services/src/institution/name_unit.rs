//! A unit gets another name from a day on.

use base::time::{date_tr, parse_date_tr};
use domain::student_file::Name;
use storage::{
    StorageError,
    audit::{self, AuditRow},
    institution::units,
};

use super::{ask_change, reason_of};
use crate::{
    Office,
    authz::Actor,
    error::{FieldError, Result, ServiceError},
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

/// Characters of a name at the most.
const LONGEST_NAME: usize = 200;

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
            let mut name_of = |field: &'static str, typed: &str| {
                let name = typed.split_whitespace().collect::<Vec<_>>().join(" ");
                match name.chars().count() {
                    0 => wrong.push(FieldError::new(field, "required")),
                    1..=LONGEST_NAME => {}
                    _ => wrong.push(FieldError::new(field, "too-long").with("max", LONGEST_NAME.to_string())),
                }
                name
            };
            let name =
                Name { tr: name_of("name_tr", &command.name_tr), en: name_of("name_en", &command.name_en) };
            let reason = reason_of(&command.reason, &mut wrong);
            let last = units::names(tx, unit.id)?.into_iter().next();
            if last.as_ref().is_some_and(|last| last.name == name) {
                wrong.push(FieldError::new("name_tr", "name-unchanged"));
            }
            let from = parse_date_tr(&command.valid_from);
            match (from, &last) {
                (None, _) => wrong.push(FieldError::new("valid_from", "date-form")),
                (Some(day), Some(last)) if day <= last.valid_from => {
                    wrong.push(
                        FieldError::new("valid_from", "name-not-after")
                            .with("since", date_tr(last.valid_from)),
                    );
                }
                _ => {}
            }
            let (Some(from), true) = (from, wrong.is_empty()) else {
                return Err(ServiceError::Invalid(wrong));
            };
            units::insert_name(tx, &permit, unit.id, &name, from).map_err(|error| match error {
                StorageError::Stale => ServiceError::Stale,
                other => other.into(),
            })?;
            let row = AuditRow {
                at: permit.at(),
                account: Some(permit.account()),
                action: "name_unit".to_owned(),
                person: None,
                object_kind: "unit",
                object: Some(unit.id.get()),
                detail: format!("unit={} from={from}", unit.code),
                shown: None,
                reason: Some(reason),
                request: permit.request().to_owned(),
            };
            Ok(audit::append(tx, &row)?)
        })
        .await
}
