//! Where somebody works: what stands in the bar of every page.

use base::ids::UnitId;
use domain::{student_file::TermFacts, units::UnitKind};
use storage::institution::units::{self, UnitLine};

use super::may_look;
use crate::{
    Office,
    authz::{self, Action, Actor},
    error::Result,
};

/// The units in which somebody can work, and the term that runs.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Workplace {
    /// The units held; for somebody who sees students or papers everywhere, all that issue papers.
    pub units: Vec<UnitLine>,
    /// The term of today, or the one that ended last.
    pub term: Option<TermFacts>,
}

impl Workplace {
    /// Whether there is more than one unit to work in, so that one of them can be chosen.
    pub fn is_wide(&self) -> bool {
        self.units.len() > 1
    }

    /// The unit chosen, if it is still one of several to work in; otherwise work is in all of them.
    pub fn chosen(&self, unit: Option<UnitId>) -> Option<&UnitLine> {
        self.units.iter().find(|line| self.is_wide() && Some(line.id) == unit)
    }
}

/// Where the actor works today. Asked for every page, so it reads no more than it shows.
///
/// # Errors
/// [`crate::ServiceError::Storage`].
pub async fn workplace(office: &Office, actor: &Actor) -> Result<Workplace> {
    let today = office.today();
    let is_everywhere = [Action::FindStudents, Action::ReadDocument]
        .into_iter()
        .any(|action| authz::scope(actor, action).all);
    let mut held: Vec<UnitId> = actor.roles.iter().filter_map(|role| role.unit).collect();
    held.sort_unstable();
    held.dedup();
    office
        .db
        .read(move |db| -> Result<_> {
            let mut here = if is_everywhere { Vec::new() } else { units::some(db, &held, today)? };
            if is_everywhere || here.iter().any(|unit| unit.kind == UnitKind::University) {
                here = units::issuing(db, today)?;
            }
            Ok(Workplace { units: here, term: storage::institution::running_term(db, today)? })
        })
        .await
}

/// The unit of a code, for lists that are asked for one unit.
///
/// # Errors
/// [`crate::ServiceError::Forbidden`].
pub async fn find_unit(office: &Office, actor: &Actor, code: String) -> Result<Option<UnitLine>> {
    may_look(actor)?;
    let today = office.today();
    office.db.read(move |db| Ok(units::find(db, &code, today)?)).await
}
