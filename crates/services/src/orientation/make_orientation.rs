//! Beginning an orientation, and naming it.

use base::ids::OrientationId;
use domain::student_file::Name;
use storage::{Reader, institution::units};

use super::{Moment, about, ask, both, locate};
use crate::{
    Office,
    authz::{Action, Actor},
    error::{FieldError, Result, ServiceError},
    once,
    students::write_note::stale,
};

/// What the form of a new orientation sends.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MakeOrientation {
    /// Code of the unit.
    pub unit: String,
    /// Year of entry of those whom it is for, as typed.
    pub year: String,
    /// Turkish name.
    pub name_tr: String,
    /// English name.
    pub name_en: String,
    /// Web address of the regulations that students acknowledge; may stay empty.
    pub rules_url: String,
}

/// Characters of an address at the most.
const LONGEST_ADDRESS: usize = 500;

/// The address of the regulations: none, or one of the web.
fn address(typed: &str, wrong: &mut Vec<FieldError>) -> String {
    let address = typed.trim();
    let is_web = ["https://", "http://"].iter().any(|start| address.starts_with(start));
    if address.chars().count() > LONGEST_ADDRESS {
        wrong.push(FieldError::new("rules_url", "too-long").with("max", LONGEST_ADDRESS.to_string()));
    } else if !address.is_empty() && (!is_web || address.contains(char::is_whitespace)) {
        wrong.push(FieldError::new("rules_url", "web-address-form"));
    }
    address.to_owned()
}

/// Refuses a name that the unit has in that year.
fn check_name(
    db: &Reader<'_>,
    unit: base::ids::UnitId,
    year: i32,
    name: &Name,
    except: Option<OrientationId>,
) -> Result<()> {
    if storage::orientation::is_named(db, unit, year, &name.tr, except)? {
        return Err(ServiceError::field("name_tr", "orientation-there"));
    }
    Ok(())
}

/// Begins the orientation of a unit for those who enter in a year.
///
/// # Errors
/// [`ServiceError::Forbidden`]; [`ServiceError::Invalid`] on `unit` (`required`, `unit-unknown`), `year`
/// (`orientation-year`), `name_tr` and `name_en` (`required`, `too-long`), `name_tr` (`orientation-there`), `rules_url`
/// (`web-address-form`, `too-long`).
pub async fn make_orientation(
    office: &Office,
    actor: &Actor,
    form: MakeOrientation,
) -> Result<OrientationId> {
    let at = Moment::of(office);
    if !actor.may(Action::ManageOrientation) {
        return Err(ServiceError::Forbidden(Action::ManageOrientation));
    }
    once::act(office, actor, move |tx, actor| -> Result<OrientationId> {
        let mut wrong = Vec::new();
        let name = both(("name_tr", &form.name_tr), ("name_en", &form.name_en), &mut wrong);
        let rules = address(&form.rules_url, &mut wrong);
        let year: Option<i32> = form.year.trim().parse().ok();
        let year = year.filter(|year| (1950..=i32::from(at.today.year()) + 1).contains(year));
        if year.is_none() {
            wrong.push(FieldError::new("year", "orientation-year"));
        }
        let code = form.unit.trim();
        let unit = units::find(tx, code, at.today)?;
        if unit.is_none() {
            let why = if code.is_empty() { "required" } else { "unit-unknown" };
            wrong.push(FieldError::new("unit", why));
        }
        let (Some(year), Some(unit), true) = (year, unit, wrong.is_empty()) else {
            return Err(ServiceError::Invalid(wrong));
        };
        // Everybody of the staff may know of a unit.
        let permit = ask(tx, actor, unit.id, at.now).map_err(|error| match error {
            ServiceError::NotFound => ServiceError::Forbidden(Action::ManageOrientation),
            other => other,
        })?;
        check_name(tx, unit.id, year, &name, None)?;
        let id = storage::orientation::insert(tx, &permit, unit.id, year, &name, &rules)?;
        let made = storage::orientation::fetch(tx, id, at.today)?.ok_or(ServiceError::NotFound)?;
        let detail = format!("unit={} year={year}", unit.code);
        storage::audit::append(tx, &about(&permit, "make_orientation", &made, detail))?;
        Ok(id)
    })
    .await
}

/// Another name of an orientation, and where the regulations stand.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RenameOrientation {
    /// Which one.
    pub id: OrientationId,
    /// Version that the page was opened with.
    pub version: i64,
    /// Turkish name.
    pub name_tr: String,
    /// English name.
    pub name_en: String,
    /// Web address of the regulations that students acknowledge; may stay empty.
    pub rules_url: String,
}

/// Changes the name of an orientation and the address of the regulations.
///
/// # Errors
/// [`ServiceError::NotFound`], [`ServiceError::Forbidden`], [`ServiceError::Stale`]; [`ServiceError::Invalid`] as for a
/// new one.
pub async fn rename_orientation(office: &Office, actor: &Actor, form: RenameOrientation) -> Result<()> {
    let at = Moment::of(office);
    once::act(office, actor, move |tx, actor| -> Result<()> {
        let (of, permit) = locate(tx, &at, actor, form.id)?;
        let mut wrong = Vec::new();
        let name = both(("name_tr", &form.name_tr), ("name_en", &form.name_en), &mut wrong);
        let rules = address(&form.rules_url, &mut wrong);
        if !wrong.is_empty() {
            return Err(ServiceError::Invalid(wrong));
        }
        check_name(tx, of.unit, of.year, &name, Some(of.id))?;
        storage::orientation::rename(tx, &permit, of.id, form.version, &name, &rules).map_err(stale)?;
        let detail = format!("unit={} year={}", of.unit_code, of.year);
        Ok(storage::audit::append(tx, &about(&permit, "change_orientation", &of, detail))?)
    })
    .await
}
