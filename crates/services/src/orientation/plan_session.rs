//! The sessions of an orientation: planned, changed, and taken out again.

use base::{
    ids::{OrientationId, SessionId},
    time::{at_local, parse_date_tr, parse_time_tr},
};
use domain::orientation::PlannedSession;

use super::{Moment, about, both, line, locate, locate_session, optional_line};
use crate::{
    Office,
    authz::Actor,
    error::{FieldError, Result, ServiceError},
    once,
    students::write_note::stale,
};

/// What the form of a session sends.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SessionPlan {
    /// Turkish title.
    pub title_tr: String,
    /// English title.
    pub title_en: String,
    /// Where.
    pub place: String,
    /// Who speaks; may stay empty.
    pub speaker: String,
    /// Its day as typed.
    pub day: String,
    /// When it begins as typed, `ss.dd`.
    pub starts: String,
    /// When it ends that day as typed.
    pub ends: String,
    /// Whether it repeats the programme for those who did not come.
    pub is_repeat: bool,
}

impl SessionPlan {
    fn check(&self) -> Result<PlannedSession> {
        let mut wrong = Vec::new();
        let title = both(("title_tr", &self.title_tr), ("title_en", &self.title_en), &mut wrong);
        let place = line("place", &self.place, &mut wrong);
        let speaker = optional_line("speaker", &self.speaker, &mut wrong);
        let day = parse_date_tr(&self.day).filter(|day| (1950..=2150).contains(&day.year()));
        if day.is_none() {
            wrong.push(FieldError::new("day", "date-form"));
        }
        let mut time = |field: &'static str, typed: &str| {
            let time = parse_time_tr(typed);
            if time.is_none() {
                wrong.push(FieldError::new(field, "time-form"));
            }
            time
        };
        let (starts, ends) = (time("starts", &self.starts), time("ends", &self.ends));
        if let (Some(starts), Some(ends)) = (starts, ends)
            && ends <= starts
        {
            wrong.push(FieldError::new("ends", "session-ends-before-it-starts"));
        }
        let at = |time: Option<(i8, i8)>| {
            day.zip(time).and_then(|(day, (hour, minute))| at_local(day, hour, minute))
        };
        match (at(starts), at(ends)) {
            (Some(starts_at), Some(ends_at)) if wrong.is_empty() => {
                Ok(PlannedSession { title, place, speaker, starts_at, ends_at, is_repeat: self.is_repeat })
            }
            _ => Err(ServiceError::Invalid(wrong)),
        }
    }
}

/// A session of an orientation, as it is to be.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PlanSession {
    /// Which orientation.
    pub of: OrientationId,
    /// The plan.
    pub plan: SessionPlan,
}

/// Plans a session and gives it the key of its QR code.
///
/// # Errors
/// [`ServiceError::NotFound`], [`ServiceError::Forbidden`]; [`ServiceError::Invalid`] on `title_tr`, `title_en`, `place`
/// (`required`, `too-long`), `speaker` (`too-long`), `day` (`date-form`), `starts` and `ends` (`time-form`), `ends`
/// (`session-ends-before-it-starts`).
pub async fn plan_session(office: &Office, actor: &Actor, form: PlanSession) -> Result<SessionId> {
    let (at, random) = (Moment::of(office), office.random.clone());
    once::act(office, actor, move |tx, actor| -> Result<SessionId> {
        let (of, permit) = locate(tx, &at, actor, form.of)?;
        let plan = form.plan.check()?;
        let key = domain::ledger::hex(&base::random::array::<16>(random.as_ref()));
        let id = storage::orientation::insert_session(tx, &permit, of.id, &plan, &key)?;
        let detail = format!("unit={} year={} session={id}", of.unit_code, of.year);
        storage::audit::append(tx, &about(&permit, "plan_session", &of, detail))?;
        Ok(id)
    })
    .await
}

/// Changes the plan of a session; who came stays.
///
/// # Errors
/// As [`plan_session`], and [`ServiceError::Stale`].
pub async fn change_session(
    office: &Office,
    actor: &Actor,
    id: SessionId,
    version: i64,
    plan: SessionPlan,
) -> Result<()> {
    let at = Moment::of(office);
    once::act(office, actor, move |tx, actor| -> Result<()> {
        let (_, of, permit) = locate_session(tx, &at, actor, id)?;
        let plan = plan.check()?;
        storage::orientation::change_session(tx, &permit, id, version, &plan).map_err(stale)?;
        let detail = format!("unit={} year={} session={id}", of.unit_code, of.year);
        Ok(storage::audit::append(tx, &about(&permit, "change_session", &of, detail))?)
    })
    .await
}

/// Takes a session out of the programme; one that somebody came to stays.
///
/// # Errors
/// [`ServiceError::NotFound`], [`ServiceError::Forbidden`], [`ServiceError::Stale`]; [`ServiceError::Invalid`] on
/// `session` (`session-was-attended`).
pub async fn remove_session(
    office: &Office,
    actor: &Actor,
    id: SessionId,
    version: i64,
) -> Result<OrientationId> {
    let at = Moment::of(office);
    once::act(office, actor, move |tx, actor| -> Result<OrientationId> {
        let (session, of, permit) = locate_session(tx, &at, actor, id)?;
        if session.came > 0 {
            return Err(ServiceError::field("session", "session-was-attended"));
        }
        storage::orientation::remove_session(tx, &permit, id, version).map_err(stale)?;
        let detail = format!("unit={} year={} session={id}", of.unit_code, of.year);
        storage::audit::append(tx, &about(&permit, "remove_session", &of, detail))?;
        Ok(of.id)
    })
    .await
}
