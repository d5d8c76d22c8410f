//! Making a pack for a unit and a day.

use base::{
    ids::{DayPackId, UnitId},
    time::{Date, date_tr},
};
use domain::{registration::CandidateState, student_file::Name};
use serde::Serialize;
use storage::{
    audit::AuditRow,
    candidates::{Candidate, CandidateFilter, Sight},
};

use super::seal::{Sealed, fresh_password, seal};
use crate::{
    Office,
    authz::{self, Action, Actor, Resource},
    error::{FieldError, Result, ServiceError},
    registration::{Desk, DeskFile},
};

/// Blank forms in a pack, at the most.
pub const MOST_FORMS: u16 = 500;
/// Candidates whose papers and persons are read together.
const PORTION: usize = 200;

/// The order.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MakePack {
    /// For the candidates of this unit and below it, by its code.
    pub unit: String,
    /// For this day.
    pub day: Date,
    /// Blank forms.
    pub forms: u16,
}

/// What goes into a pack, not yet worded.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PackDraft {
    /// The unit.
    pub unit: UnitId,
    /// Its name.
    pub name: Name,
    /// For this day.
    pub day: Date,
    /// Blank forms.
    pub forms: u16,
    /// Everybody who waits or is registered provisionally, with what the desk says of them on that day.
    pub candidates: Vec<(Candidate, DeskFile)>,
}

/// A candidate as the pack shows him or her, in words.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct PackLine {
    /// Identity number or passport.
    pub key: String,
    /// Given name and surname.
    pub name: String,
    /// Programme.
    pub programme: String,
    /// Way of entry.
    pub kind: String,
    /// Where he or she stands.
    pub state: String,
    /// Day of birth.
    pub born: String,
    /// What stands against a registration.
    pub checks: Vec<String>,
    /// Papers that are there.
    pub held: Vec<String>,
    /// Papers to be brought.
    pub missing: Vec<String>,
}

/// A pack as it is handed over: once.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MadePack {
    /// Its number.
    pub id: DayPackId,
    /// Candidates in it.
    pub candidates: usize,
    /// JSON for the page of the pack: what is in the clear, and what is sealed.
    pub payload: String,
}

/// What stands in the clear.
#[derive(Serialize)]
struct Envelope<'a> {
    pack: i64,
    unit: &'a str,
    day: String,
    forms: u16,
    sealed: Sealed,
}

/// Reads what goes into a pack: everybody who waits or is registered provisionally, as the desk would see them on its
/// day. A pack is made before its day or on it: its forms count from that day, so that one for a day that is over would
/// open a window that has closed.
///
/// # Errors
/// [`ServiceError::Invalid`] for a day that is over, a number of forms out of bounds or an unknown unit;
/// [`ServiceError::NotFound`] for a unit out of sight.
pub async fn draft_pack(office: &Office, actor: &Actor, order: MakePack) -> Result<PackDraft> {
    let (now, today, actor) = (office.now(), office.today(), actor.clone());
    let mut wrong = Vec::new();
    if order.forms == 0 || order.forms > MOST_FORMS {
        wrong.push(FieldError::new("forms", "form-count").with("max", MOST_FORMS.to_string()));
    }
    if order.day < today {
        wrong.push(FieldError::new("day", "in-past"));
    }
    if !wrong.is_empty() {
        return Err(ServiceError::Invalid(wrong));
    }
    let mut desk = Desk::open(office);
    desk.today = order.day;
    office
        .db
        .read_apart(move |db| -> Result<PackDraft> {
            let unit = storage::institution::units::find(db, order.unit.trim(), today)?
                .ok_or_else(|| ServiceError::field("unit", "unit-unknown"))?;
            authz::ask(db, &actor, Action::RegisterCandidates, Resource::Unit(unit.id), now)?;
            let filter = CandidateFilter {
                states: vec![CandidateState::Waiting, CandidateState::Provisional],
                sight: Sight { all: true, only: Some(unit.id), ..Sight::default() },
                limit: u32::MAX,
                ..CandidateFilter::default()
            };
            let mut found = storage::candidates::list(db, &filter)?.into_iter();
            let mut candidates = Vec::new();
            loop {
                let some: Vec<Candidate> = found.by_ref().take(PORTION).collect();
                if some.is_empty() {
                    break;
                }
                desk.read_ahead(db, &some)?;
                for candidate in some {
                    let file = desk.look(db, &candidate)?;
                    candidates.push((candidate, file));
                }
            }
            Ok(PackDraft { unit: unit.id, name: unit.name, day: order.day, forms: order.forms, candidates })
        })
        .await
}

/// A password for a pack, to be noted before the pack is made; it is kept nowhere.
pub fn pack_password(office: &Office) -> String {
    fresh_password(office.random.as_ref())
}

/// Characters of a pack's password at the least.
const SHORTEST: usize = 16;

/// Seals a pack under a password and notes that it was handed out.
///
/// # Errors
/// [`ServiceError::Invalid`] for a password that is too short; [`ServiceError::NotFound`] for a unit out of sight; [`ServiceError::Port`] when it cannot be encrypted.
pub async fn seal_pack(
    office: &Office,
    actor: &Actor,
    draft: &PackDraft,
    lines: Vec<PackLine>,
    password: &str,
) -> Result<MadePack> {
    if password.chars().count() < SHORTEST {
        let wrong = FieldError::new("password", "pack-password").with("min", SHORTEST.to_string());
        return Err(ServiceError::Invalid(vec![wrong]));
    }
    let (now, random, actor) = (office.now(), office.random.clone(), actor.clone());
    let candidates = lines.len();
    let key = password.to_owned();
    let sealed = tokio::task::spawn_blocking(move || -> Result<Sealed> {
        seal(random.as_ref(), &key, written(&lines)?)
    });
    let sealed =
        sealed.await.map_err(|error| ServiceError::Port { port: "pack", message: error.to_string() })??;
    let (unit, forms, day) = (draft.unit, draft.forms, draft.day);
    let count = i64::try_from(candidates).unwrap_or(i64::MAX);
    let id = office
        .db
        .write(move |tx| -> Result<DayPackId> {
            let permit = authz::ask(tx, &actor, Action::RegisterCandidates, Resource::Unit(unit), now)?;
            let id = storage::day_pack::insert(tx, &permit, unit, day, count, forms)?;
            storage::audit::append(
                tx,
                &AuditRow {
                    object_kind: "day_pack",
                    object: Some(id.get()),
                    detail: format!("unit={unit} candidates={count}"),
                    ..AuditRow::by(&permit, "make_day_pack")
                },
            )?;
            Ok(id)
        })
        .await?;
    let envelope = Envelope { pack: id.get(), unit: &draft.name.tr, day: date_tr(draft.day), forms, sealed };
    let payload = String::from_utf8(written(&envelope)?).unwrap_or_default();
    Ok(MadePack { id, candidates, payload })
}

fn written(value: &impl Serialize) -> Result<Vec<u8>> {
    serde_json::to_vec(value).map_err(|error| ServiceError::Port { port: "pack", message: error.to_string() })
}
