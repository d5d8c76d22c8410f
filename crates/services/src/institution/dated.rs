//! What names and codes have in common that count from a day on.

use base::time::{Date, date_tr, parse_date_tr};
use domain::student_file::Name;
use storage::{Permit, StorageError, audit::AuditRow};

use crate::error::{FieldError, ServiceError};

/// Characters of a name at the most.
const LONGEST_NAME: usize = 200;

/// Both names as typed, with single spaces; what is wrong with `name_tr` and `name_en` (`required`, `too-long`) goes to
/// `wrong`, and so does a name that is the `last` one (`name-unchanged`).
pub(super) fn name_of(tr: &str, en: &str, last: Option<&Name>, wrong: &mut Vec<FieldError>) -> Name {
    let mut one = |field: &'static str, typed: &str| {
        let name = typed.split_whitespace().collect::<Vec<_>>().join(" ");
        match name.chars().count() {
            0 => wrong.push(FieldError::new(field, "required")),
            1..=LONGEST_NAME => {}
            _ => wrong.push(FieldError::new(field, "too-long").with("max", LONGEST_NAME.to_string())),
        }
        name
    };
    let name = Name { tr: one("name_tr", tr), en: one("name_en", en) };
    if last == Some(&name) {
        wrong.push(FieldError::new("name_tr", "name-unchanged"));
    }
    name
}

/// The first day of something dated, which must come after the first day of what was given last: `date-form`, or
/// `not_after` with `since`, on `valid_from`.
pub(super) fn first_day(
    typed: &str,
    last: Option<Date>,
    not_after: &'static str,
    wrong: &mut Vec<FieldError>,
) -> Option<Date> {
    let from = parse_date_tr(typed);
    match (from, last) {
        (None, _) => wrong.push(FieldError::new("valid_from", "date-form")),
        (Some(day), Some(last)) if day <= last => {
            wrong.push(FieldError::new("valid_from", not_after).with("since", date_tr(last)));
        }
        _ => {}
    }
    from
}

/// Somebody gave another one from that day on meanwhile.
pub(super) fn stale(error: StorageError) -> ServiceError {
    match error {
        StorageError::Stale => ServiceError::Stale,
        other => other.into(),
    }
}

/// The audit row of a change of the institution; `object` is the kind and row id of what was changed.
pub(super) fn written(
    permit: &Permit,
    action: &str,
    (object_kind, object): (&'static str, i64),
    detail: String,
    reason: String,
) -> AuditRow {
    AuditRow {
        object_kind,
        object: Some(object),
        detail,
        reason: Some(reason),
        ..AuditRow::by(permit, action)
    }
}
