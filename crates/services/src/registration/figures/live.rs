//! What start pages show of the registration that is going on: counted once for everybody who looks, and each sees the
//! own part of it.

use std::{
    collections::{BTreeMap, HashSet},
    sync::Arc,
    time::Duration,
};

use base::{
    ids::{ProgrammeId, UnitId},
    time::Timestamp,
};
use domain::student_file::Name;
use storage::{candidates::Sight, registration_figures::FigureFilter};
use tokio::sync::Mutex;

use super::{FigureRow, Totals, count};
use crate::{
    Office,
    authz::{Action, Actor},
    error::Result,
    registration::{desk::Desk, list_candidates::sight},
};

/// Days for which start pages tell of a registration whose last day is over.
const SEASON: i32 = 30;

/// The last count of the newest registration. While it is younger than what it was made for it answers everybody;
/// while somebody counts, the others wait for that answer. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct LiveFigures {
    kept_for: Duration,
    last: Arc<Mutex<Option<Arc<Counted>>>>,
}

/// All programmes of the newest registration.
#[derive(Debug)]
struct Counted {
    at: Timestamp,
    year: Option<i32>,
    rows: Vec<FigureRow>,
}

impl LiveFigures {
    /// A count that answers for so long; [`LiveFigures::default`] counts every time.
    pub fn kept_for(kept_for: Duration) -> Self {
        Self { kept_for, last: Arc::default() }
    }

    async fn counted(&self, office: &Office) -> Result<Arc<Counted>> {
        let mut last = self.last.lock().await;
        let now = office.now();
        if let Some(counted) = last.as_ref() {
            let age = now.duration_since(counted.at).as_millis();
            // A clock that was set back does not stop it.
            if age >= 0 && age.unsigned_abs() < self.kept_for.as_millis() {
                return Ok(Arc::clone(counted));
            }
        }
        let mut desk = Desk::open(office);
        let counted = office
            .db
            .read_apart(move |db| -> Result<Counted> {
                let sight = Sight { all: true, ..Sight::default() };
                let year = storage::registration_figures::newest_year(db, &sight)?;
                let filter = FigureFilter { year, sight, ..FigureFilter::default() };
                let rows = match year {
                    Some(_) => count::count(db, &mut desk, &filter)?,
                    None => Vec::new(),
                };
                Ok(Counted { at: now, year, rows })
            })
            .await?;
        let counted = Arc::new(counted);
        *last = Some(Arc::clone(&counted));
        Ok(counted)
    }
}

/// A programme on the start page, with all ways of entry together.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ProgrammeSummary {
    /// The programme.
    pub programme: ProgrammeId,
    /// Its code.
    pub code: String,
    /// Its name as of today.
    pub name: Name,
    /// The counts.
    pub counts: Totals,
}

/// What the start page tells of the newest registration that the actor may see.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Summary {
    /// Year of placement.
    pub year: i32,
    /// When it was counted.
    pub at: Timestamp,
    /// By code of the programme.
    pub programmes: Vec<ProgrammeSummary>,
    /// All of them together.
    pub totals: Totals,
    /// Whether the last day is over for some of those who did not come.
    pub is_over: bool,
}

/// The newest registration as far as the actor sees it, for the start page; none for roles that see no candidates,
/// where nobody was placed, and a month after the last day. Nobody's name is in it.
///
/// # Errors
/// The database's.
pub async fn summary(office: &Office, actor: &Actor, unit: Option<UnitId>) -> Result<Option<Summary>> {
    if !actor.may(Action::ReadCandidates) {
        return Ok(None);
    }
    let counted = office.figures.counted(office).await?;
    let Some(year) = counted.year else { return Ok(None) };
    let seen = sight(actor, Action::ReadCandidates, unit);
    let visible: Option<HashSet<ProgrammeId>> = match (seen.all, seen.only) {
        (true, None) => None,
        _ => {
            let found = office.db.read(move |db| storage::registration_figures::programmes_in(db, &seen));
            Some(found.await?)
        }
    };
    let mut programmes: BTreeMap<&str, ProgrammeSummary> = BTreeMap::new();
    let today = office.today();
    let (mut totals, mut is_over, mut going_on) = (Totals::default(), false, false);
    let is_on = |row: &FigureRow| match row.closes_on {
        Some(day) => (today - day).get_days() <= SEASON,
        None => row.year >= i32::from(today.year()),
    };
    let here = |row: &&FigureRow| visible.as_ref().is_none_or(|visible| visible.contains(&row.programme));
    for row in counted.rows.iter().filter(here) {
        let line = programmes.entry(&row.code).or_insert_with(|| ProgrammeSummary {
            programme: row.programme,
            code: row.code.clone(),
            name: row.name.clone(),
            counts: Totals::default(),
        });
        line.counts.add(&row.counts);
        totals.add(&row.counts);
        is_over |= row.is_over;
        going_on |= is_on(row);
    }
    if !going_on {
        return Ok(None);
    }
    let programmes = programmes.into_values().collect();
    Ok(Some(Summary { year, at: counted.at, programmes, totals, is_over }))
}
