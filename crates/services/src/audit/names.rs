//! Names for the row numbers that rows of the log keep, for whoever reads them.

use std::collections::{BTreeSet, HashMap};

use base::{
    ids::{ProgrammeId, StaffId, UnitId},
    time::Date,
};
use storage::{
    Reader,
    audit::AuditLine,
    institution::{self, programmes, units},
};

use crate::error::Result;

/// What the row numbers in details of some rows stand for.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct AuditNames {
    staff: HashMap<StaffId, String>,
    units: HashMap<UnitId, String>,
    programmes: HashMap<ProgrammeId, String>,
}

/// Something that a detail names by its row number.
enum Mention {
    Staff(StaffId),
    Unit(UnitId),
    Programme(ProgrammeId),
}

/// What a piece of a detail mentions. Filters of lists name units and programmes by row number, changes of the
/// institution by code; a role in a unit is written `clerk@3`.
fn mention(object_kind: &str, piece: &str) -> Option<Mention> {
    let (key, value) = piece.split_once('=').unwrap_or(("", piece));
    let (key, value) = match value.split_once('@') {
        Some((_, unit)) if key.is_empty() => ("@", unit),
        _ => (key, value),
    };
    let number: i64 = value.parse().ok()?;
    match key {
        "staff" => Some(Mention::Staff(StaffId::new(number))),
        "@" => Some(Mention::Unit(UnitId::new(number))),
        "unit" if object_kind == "list" => Some(Mention::Unit(UnitId::new(number))),
        "programme" if object_kind == "list" => Some(Mention::Programme(ProgrammeId::new(number))),
        _ => None,
    }
}

impl AuditNames {
    /// Names of today for what the rows mention; asks for what there is alone.
    pub(crate) fn of(db: &Reader<'_>, lines: &[AuditLine], day: Date) -> Result<Self> {
        let (mut staff, mut in_units, mut in_programmes) =
            (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        for line in lines {
            for found in line.detail.split_whitespace().filter_map(|piece| mention(&line.object_kind, piece))
            {
                match found {
                    Mention::Staff(id) => _ = staff.insert(id),
                    Mention::Unit(id) => _ = in_units.insert(id),
                    Mention::Programme(id) => _ = in_programmes.insert(id),
                }
            }
        }
        let staff: Vec<StaffId> = staff.into_iter().collect();
        let in_units: Vec<UnitId> = in_units.into_iter().collect();
        let all = if in_programmes.is_empty() { Vec::new() } else { programmes::all(db, day)? };
        Ok(Self {
            staff: institution::staff_names(db, Some(&staff), day)?,
            units: units::some(db, &in_units, day)?.into_iter().map(|unit| (unit.id, unit.code)).collect(),
            programmes: all
                .into_iter()
                .filter(|programme| in_programmes.contains(&programme.id))
                .map(|programme| (programme.id, programme.code))
                .collect(),
        })
    }

    /// The name of what a piece of a row's detail mentions: a person's name, a unit's or programme's code.
    pub fn of_piece(&self, object_kind: &str, piece: &str) -> Option<&str> {
        let name = match mention(object_kind, piece)? {
            Mention::Staff(id) => self.staff.get(&id),
            Mention::Unit(id) => self.units.get(&id),
            Mention::Programme(id) => self.programmes.get(&id),
        };
        name.map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_detail_tells_row_numbers_from_codes() {
        assert!(matches!(mention("unit", "staff=12"), Some(Mention::Staff(id)) if id.get() == 12));
        assert!(matches!(mention("account", "clerk@3"), Some(Mention::Unit(id)) if id.get() == 3));
        assert!(matches!(mention("list", "programme=7"), Some(Mention::Programme(id)) if id.get() == 7));
        assert!(mention("programme", "programme=7").is_none(), "a code of digits");
        assert!(mention("account", "role=clerk").is_none());
    }
}
