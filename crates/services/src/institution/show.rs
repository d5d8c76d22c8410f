//! Units and programmes as pages show them.

use std::collections::{BTreeMap, HashMap};

use base::ids::UnitId;
use domain::student_file::CurriculumLine;
use storage::institution::{
    programmes::{self, CurriculumVersion, ProgrammeLine},
    units::{self, Appointment, DatedCode, DatedName, UnitLine},
};

use super::{ask_change, may_look};
use crate::{
    Office,
    authz::Actor,
    error::{Result, ServiceError},
};

/// A unit in the tree, with what belongs to it today.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct UnitNode {
    /// The unit.
    pub unit: UnitLine,
    /// How many units stand above it.
    pub depth: usize,
    /// Who holds which office in it.
    pub holders: Vec<Appointment>,
    /// The programmes that it runs itself.
    pub programmes: Vec<ProgrammeLine>,
}

/// All units, each before those below it. No personal data of students is in it, so the audit log gets no row.
///
/// # Errors
/// [`ServiceError::Forbidden`].
pub async fn list_units(office: &Office, actor: &Actor) -> Result<Vec<UnitNode>> {
    may_look(actor)?;
    let today = office.today();
    office
        .db
        .read(move |db| -> Result<_> {
            let mut holders: HashMap<UnitId, Vec<Appointment>> = HashMap::new();
            for appointment in units::appointments_on(db, today)? {
                holders.entry(appointment.unit).or_default().push(appointment);
            }
            let mut running: HashMap<UnitId, Vec<ProgrammeLine>> = HashMap::new();
            for programme in programmes::all(db, today)? {
                running.entry(programme.unit).or_default().push(programme);
            }
            let mut below: BTreeMap<Option<UnitId>, Vec<UnitLine>> = BTreeMap::new();
            for unit in units::all(db, today)? {
                below.entry(unit.parent).or_default().push(unit);
            }
            let mut waiting: Vec<(usize, UnitLine)> =
                below.remove(&None).unwrap_or_default().into_iter().rev().map(|unit| (0, unit)).collect();
            let mut nodes = Vec::new();
            while let Some((depth, unit)) = waiting.pop() {
                let children = below.remove(&Some(unit.id)).unwrap_or_default();
                waiting.extend(children.into_iter().rev().map(|child| (depth + 1, child)));
                nodes.push(UnitNode {
                    depth,
                    holders: holders.remove(&unit.id).unwrap_or_default(),
                    programmes: running.remove(&unit.id).unwrap_or_default(),
                    unit,
                });
            }
            Ok(nodes)
        })
        .await
}

/// One unit with its history.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct UnitPage {
    /// The unit, with its name of today.
    pub unit: UnitLine,
    /// The units above it, the highest first.
    pub above: Vec<UnitLine>,
    /// The units directly below it.
    pub below: Vec<UnitLine>,
    /// Every name it had, has or will have, the newest first.
    pub names: Vec<DatedName>,
    /// Its codes in outside systems.
    pub codes: Vec<DatedCode>,
    /// Every appointment in it, the newest first.
    pub appointments: Vec<Appointment>,
    /// The programmes that it runs itself.
    pub programmes: Vec<ProgrammeLine>,
    /// Whether the actor may change it; the password is asked later.
    pub may_change: bool,
}

/// One unit by its code.
///
/// # Errors
/// [`ServiceError::Forbidden`], [`ServiceError::NotFound`].
pub async fn show_unit(office: &Office, actor: &Actor, code: String) -> Result<UnitPage> {
    may_look(actor)?;
    let (actor, now, today) = (actor.clone(), office.now(), office.today());
    office
        .db
        .read(move |db| -> Result<_> {
            let unit = units::find(db, &code, today)?.ok_or(ServiceError::NotFound)?;
            let asked = ask_change(db, &actor, unit.id, now);
            Ok(UnitPage {
                above: units::above(db, unit.id, today)?,
                below: units::below(db, unit.id, today)?,
                names: units::names(db, unit.id)?,
                codes: units::codes(db, unit.id)?,
                appointments: units::appointments(db, unit.id, today)?,
                programmes: programmes::of_unit(db, unit.id, today)?,
                may_change: matches!(asked, Ok(_) | Err(ServiceError::NeedsConfirmation)),
                unit,
            })
        })
        .await
}

/// The courses of one term of study.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CurriculumTerm {
    /// Term of study from 1.
    pub term_no: u8,
    /// Its courses in order.
    pub lines: Vec<CurriculumLine>,
}

/// One programme with one version of its curriculum.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ProgrammePage {
    /// The programme, with its name of today.
    pub programme: ProgrammeLine,
    /// The units above it, the highest first, its own unit last.
    pub above: Vec<UnitLine>,
    /// Every name it had, has or will have, the newest first.
    pub names: Vec<DatedName>,
    /// Its codes in outside systems.
    pub codes: Vec<DatedCode>,
    /// The versions of its curriculum, the newest first.
    pub versions: Vec<CurriculumVersion>,
    /// The version that is shown.
    pub shown: Option<CurriculumVersion>,
    /// Its terms.
    pub terms: Vec<CurriculumTerm>,
    /// Whether the actor may change it; the password is asked later.
    pub may_change: bool,
}

/// One programme by its code, with the version asked for or the newest.
///
/// # Errors
/// [`ServiceError::Forbidden`]; [`ServiceError::NotFound`] for a programme or version that is not there.
pub async fn show_programme(
    office: &Office,
    actor: &Actor,
    code: String,
    version: Option<i64>,
) -> Result<ProgrammePage> {
    may_look(actor)?;
    let (actor, now, today) = (actor.clone(), office.now(), office.today());
    office
        .db
        .read(move |db| -> Result<_> {
            let programme = programmes::find(db, &code, today)?.ok_or(ServiceError::NotFound)?;
            let versions = programmes::curricula(db, programme.id)?;
            let shown = match version {
                Some(wanted) => Some(
                    versions.iter().find(|v| v.version == wanted).cloned().ok_or(ServiceError::NotFound)?,
                ),
                None => versions.first().cloned(),
            };
            let mut terms: Vec<CurriculumTerm> = Vec::new();
            if let Some(shown) = &shown {
                for line in storage::enrolments::curriculum_lines(db, shown.id)? {
                    match terms.last_mut() {
                        Some(term) if term.term_no == line.term_no => term.lines.push(line),
                        _ => terms.push(CurriculumTerm { term_no: line.term_no, lines: vec![line] }),
                    }
                }
            }
            let mut above = units::above(db, programme.unit, today)?;
            above.extend(units::some(db, &[programme.unit], today)?);
            let asked = ask_change(db, &actor, programme.unit, now);
            Ok(ProgrammePage {
                may_change: matches!(asked, Ok(_) | Err(ServiceError::NeedsConfirmation)),
                above,
                names: programmes::names(db, programme.id)?,
                codes: programmes::codes(db, programme.id)?,
                programme,
                versions,
                shown,
                terms,
            })
        })
        .await
}
