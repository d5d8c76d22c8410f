//! Advisors of new students: by rule for all of a programme and year, or by hand for one.

use std::collections::HashMap;

use base::{
    ids::{EnrolmentId, PersonId, ProgrammeId, StaffId, UnitId},
    random::Randomness,
    time::Date,
};
use domain::ledger::{Draft, Ground, GroundKind, LedgerKind, Subject};
use serde_json::json;
use storage::{
    Permit, Reader, Tx,
    audit::{AuditRow, shown_list},
    enrolments::Enrolment,
    institution::units,
};

use crate::{
    Office,
    authz::{self, Action, Actor, Resource},
    error::{FieldError, Result, ServiceError},
    once,
    students::{change_status::check_ground, write_note::stale},
};

/// Whose advisors are asked about, and who may become one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AdvisorQuery {
    /// New students of this programme.
    pub programme: ProgrammeId,
    /// Who entered in this year.
    pub year: i32,
    /// Only this student number.
    pub only: Option<String>,
    /// Who takes part; nobody asks for those who advise in the programme already.
    pub staff: Vec<StaffId>,
    /// Whether students who have an advisor get one anew.
    pub replace: bool,
}

/// A member of the staff who can advise.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AdvisorLine {
    /// Who.
    pub staff: StaffId,
    /// Title and name.
    pub name: String,
    /// New students of the programme and year who have this advisor now.
    pub students: usize,
    /// Whether he or she takes part.
    pub chosen: bool,
}

/// A new student with the advisor now and the one that the rule gives.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewStudent {
    /// The enrolment.
    pub enrolment: EnrolmentId,
    /// Student number.
    pub number: String,
    /// Name as now.
    pub name: String,
    /// Advisor now.
    pub now: Option<StaffId>,
    /// Advisor by the rule; the same where nothing changes.
    pub then: Option<StaffId>,
}

/// What an assignment would do.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AdvisorPlan {
    /// Who can advise.
    pub staff: Vec<AdvisorLine>,
    /// The students, by number.
    pub students: Vec<NewStudent>,
}

/// Assigning, with what it rests on.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AssignAdvisors {
    /// Whose advisors, and who takes part.
    pub query: AdvisorQuery,
    /// Number of the department's decision.
    pub ground_ref: String,
    /// Its day as typed.
    pub ground_on: String,
}

/// What the rule would do; nothing is written.
///
/// # Errors
/// [`ServiceError::NotFound`] for a programme out of sight.
pub async fn plan_advisors(office: &Office, actor: &Actor, query: AdvisorQuery) -> Result<AdvisorPlan> {
    let (now, today, actor) = (office.now(), office.today(), actor.clone());
    office
        .db
        .read(move |db| -> Result<AdvisorPlan> {
            let unit = unit_of(db, query.programme, today)?;
            let resource = Resource::Programme { id: query.programme, unit };
            authz::ask(db, &actor, Action::RegisterCandidates, resource, now)?;
            plan(db, &query, unit, today).map(|(plan, _)| plan)
        })
        .await
}

/// Gives new students their advisors: each goes to whoever advises fewest of them. One entry of the ledger for each
/// student whose advisor becomes another. Answers how many.
///
/// # Errors
/// [`ServiceError::Invalid`] without the decision, or on `staff` when nobody takes part.
pub async fn assign_advisors(office: &Office, actor: &Actor, command: AssignAdvisors) -> Result<usize> {
    let (now, today, random) = (office.now(), office.today(), office.random.clone());
    once::act(office, actor, move |tx, actor| -> Result<usize> {
        let query = &command.query;
        let unit = unit_of(tx, query.programme, today)?;
        let resource = Resource::Programme { id: query.programme, unit };
        let permit = authz::ask(tx, actor, Action::RegisterCandidates, resource, now)?;
        let (plan, rows) = plan(tx, query, unit, today)?;
        let mut wrong = Vec::new();
        if !plan.staff.iter().any(|line| line.chosen) {
            wrong.push(FieldError::new("staff", "required"));
        }
        let kind = GroundKind::BoardDecision;
        let ground = check_ground(kind, &command.ground_ref, &command.ground_on, today, &mut wrong);
        let (Some(ground), true) = (ground, wrong.is_empty()) else {
            return Err(ServiceError::Invalid(wrong));
        };
        let mut changed = Vec::new();
        for (student, row) in plan.students.iter().zip(&rows) {
            if student.then != student.now {
                write(tx, &permit, row, student.then, &ground, today, random.as_ref())?;
                changed.push(row.person);
            }
        }
        storage::audit::append(tx, &about(&permit, query, &changed, &ground))?;
        Ok(changed.len())
    })
    .await
}

fn about(permit: &Permit, query: &AdvisorQuery, changed: &[PersonId], ground: &Ground) -> AuditRow {
    AuditRow {
        object_kind: "programme",
        object: Some(query.programme.get()),
        detail: format!("programme={} students={}", query.programme, changed.len()),
        shown: Some(shown_list(changed.iter().copied())),
        reason: Some(ground.reference.clone()),
        ..AuditRow::by(permit, "assign_advisors")
    }
}

fn unit_of(db: &Reader<'_>, programme: ProgrammeId, today: Date) -> Result<UnitId> {
    let all = storage::institution::programmes::all(db, today)?;
    all.into_iter().find(|line| line.id == programme).map(|line| line.unit).ok_or(ServiceError::NotFound)
}

/// The plan, and the enrolments in its order.
fn plan(
    db: &Reader<'_>,
    query: &AdvisorQuery,
    unit: UnitId,
    today: Date,
) -> Result<(AdvisorPlan, Vec<Enrolment>)> {
    let mut rows = storage::enrolments::entered(db, query.programme, query.year)?;
    rows.retain(|row| row.status.is_open());
    let mut staff = units::staff_of(db, unit, today)?;
    let advising: Vec<StaffId> = rows.iter().filter_map(|row| row.advisor).collect();
    for advisor in &advising {
        if staff.iter().all(|(id, _)| id != advisor) {
            let name = storage::institution::staff_name(db, *advisor, today)?.unwrap_or_default();
            staff.push((*advisor, name));
        }
    }
    let usual = storage::registrations::advisors_of(db, query.programme)?;
    let asked = if query.staff.is_empty() && query.only.is_none() { &usual } else { &query.staff };
    let chosen: Vec<StaffId> = staff.iter().map(|(id, _)| *id).filter(|id| asked.contains(id)).collect();
    let is_asked = |row: &Enrolment| query.only.as_ref().is_none_or(|number| *number == row.number);
    let replace = query.replace || query.only.is_some();
    let now: Vec<(Option<StaffId>, bool)> =
        rows.iter().map(|row| (row.advisor, is_asked(row) && (replace || row.advisor.is_none()))).collect();
    let then = spread(&now, &chosen);
    let mut students = Vec::with_capacity(rows.len());
    for (row, then) in rows.iter().zip(then) {
        let person = storage::people::fetch(db, row.person)?.ok_or(ServiceError::NotFound)?;
        students.push(NewStudent {
            enrolment: row.id,
            number: row.number.clone(),
            name: person.identity.full_name(),
            now: row.advisor,
            then,
        });
    }
    let staff = staff
        .into_iter()
        .map(|(id, name)| AdvisorLine {
            students: advising.iter().filter(|advisor| **advisor == id).count(),
            chosen: chosen.contains(&id),
            staff: id,
            name,
        })
        .collect();
    Ok((AdvisorPlan { staff, students }, rows))
}

/// Spreads students over those who take part: whoever has fewest is next, among equals the first. `now` has each
/// student's advisor and whether he or she gets one anew; the others keep theirs and count as its load.
fn spread(now: &[(Option<StaffId>, bool)], staff: &[StaffId]) -> Vec<Option<StaffId>> {
    let mut load: HashMap<StaffId, usize> = HashMap::new();
    for (advisor, anew) in now {
        if let (Some(advisor), false) = (advisor, anew) {
            *load.entry(*advisor).or_default() += 1;
        }
    }
    let mut next = || {
        let id = *staff.iter().min_by_key(|id| load.get(id).copied().unwrap_or(0))?;
        *load.entry(id).or_default() += 1;
        Some(id)
    };
    now.iter().map(|(advisor, anew)| if *anew { next().or(*advisor) } else { *advisor }).collect()
}

fn write(
    tx: &Tx<'_>,
    permit: &Permit,
    row: &Enrolment,
    advisor: Option<StaffId>,
    ground: &Ground,
    today: Date,
    random: &dyn Randomness,
) -> Result<()> {
    let id = |staff: Option<StaffId>| staff.map(base::ids::Id::get);
    let draft = Draft {
        subject: Subject::from(row.id),
        kind: LedgerKind::PlacementChanged,
        effective_on: today,
        status_after: None,
        ground: ground.clone(),
        payload: json!({ "from": { "advisor_id": id(row.advisor) }, "to": { "advisor_id": id(advisor) } }),
        text: None,
        reverses: None,
    };
    storage::ledger::append(tx, permit, &draft, random)?;
    storage::enrolments::set_advisor(tx, permit, row.id, row.version, advisor).map_err(stale)?;
    storage::search::refresh(tx, permit, row.id)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_has_fewest_is_next() {
        let (a, b, c) = (StaffId::new(1), StaffId::new(2), StaffId::new(3));
        let kept = |staff| (Some(staff), false);
        let anew = (None, true);
        assert_eq!(
            spread(&[kept(a), kept(a), anew, anew, anew, anew], &[a, b]),
            [a, a, b, b, a, b].map(Some),
            "two are with the first already"
        );
        assert_eq!(spread(&[kept(c), anew, anew], &[a, b]), [c, a, b].map(Some), "others keep theirs");
        assert_eq!(spread(&[(Some(c), true), anew], &[]), [Some(c), None], "nobody takes part");
        assert_eq!(spread(&[(Some(c), true), (Some(c), true)], &[a]), [a, a].map(Some));
    }
}
