//! Issuing the papers of an orientation: the notice for the wall, and the sheet that people sign at the door.

use base::{
    ids::{OrientationId, SessionId},
    lang::Lang,
};
use catalogue::documents::{Kind, Subject as Speaks, orientation_notice, sign_in_sheet};
use domain::orientation::{OrientationProgramme, SessionSheet, SheetLine};
use storage::{
    Permit, Reader, StorageError, Tx,
    documents::{Document, Subject},
    orientation::{Invitee, Orientation},
};

use super::{
    issue_document::{Begun, Issued, check_key, issued, recall, remember},
    prepare::{Desk, Matter, Order},
};
use crate::{
    Office,
    authz::{self, Action, Actor, Resource},
    error::{Result, ServiceError},
    orientation::{Moment, PORTAL_PATH, expected, locate, locate_session},
};

/// Which paper of an orientation.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum OrientationPaper {
    /// The notice that invites to it.
    Notice(OrientationId),
    /// The sign-in sheet of one session.
    SignInSheet(SessionId),
}

impl OrientationPaper {
    const fn kind(self) -> &'static Kind {
        match self {
            Self::Notice(_) => &orientation_notice::KIND,
            Self::SignInSheet(_) => &sign_in_sheet::KIND,
        }
    }
}

/// The form for one paper.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct IssueOrientationPaper {
    /// Which.
    pub paper: OrientationPaper,
    /// Language.
    pub lang: Lang,
    /// Key of the form, so that a second click answers with the first paper.
    pub idempotency_key: Option<String>,
}

/// Issues a paper of an orientation. It goes through the same steps as a student's ([`super::issue_document()`]); a later
/// one takes its place. The unit that issues papers for the orientation's unit numbers it. The audit row of a sheet names
/// everybody on it.
///
/// # Errors
/// [`ServiceError::NotFound`] for an orientation or session unknown or out of sight, [`ServiceError::Forbidden`] for
/// whoever manages none or issues no papers; [`ServiceError::Refused`] when there is nothing to tell or nobody to expect,
/// or nobody may sign; and what the making of any paper may answer.
pub async fn issue_orientation_paper(
    office: &Office,
    actor: &Actor,
    form: IssueOrientationPaper,
) -> Result<Issued> {
    check_key(form.idempotency_key.as_deref())?;
    let begun = match begin(office, actor, &form).await {
        // Two clicks at once: the slower one was undone and answers like a later one.
        Err(ServiceError::Storage(StorageError::Constraint { constraint }))
            if constraint == "idempotency_pkey" =>
        {
            begin(office, actor, &form).await?
        }
        other => other?,
    };
    issued(office, begun).await
}

/// What a transaction needs of the office.
struct Making {
    at: Moment,
    actor: Actor,
    portal: String,
    desk: Desk,
    order: Order,
}

async fn begin(office: &Office, actor: &Actor, form: &IssueOrientationPaper) -> Result<Begun> {
    let mut making = Making {
        at: Moment::of(office),
        actor: actor.clone(),
        portal: format!("{}{PORTAL_PATH}", office.public_url),
        desk: Desk::open(office),
        order: Order::plain(form.paper.kind(), form.lang),
    };
    let form = form.clone();
    office
        .db
        .write(move |tx| match form.paper {
            OrientationPaper::Notice(id) => making.notice(tx, id, &form),
            OrientationPaper::SignInSheet(id) => making.sheet(tx, id, &form),
        })
        .await
}

impl Making {
    /// Whoever manages an orientation and issues papers for its unit.
    fn permit(&self, db: &Reader<'_>, of: &Orientation) -> Result<Permit> {
        authz::ask(db, &self.actor, Action::IssueDocument, Resource::Unit(of.unit), self.at.now)
    }

    fn notice(&mut self, tx: &Tx<'_>, id: OrientationId, form: &IssueOrientationPaper) -> Result<Begun> {
        let (of, _) = locate(tx, &self.at, &self.actor, id)?;
        let Speaks::Orientation { check, compose } = self.order.kind.subject else {
            return Err(ServiceError::field("kind", "kind-unknown"));
        };
        let sessions = storage::orientation::sessions(tx, id)?;
        let file = OrientationProgramme {
            unit: of.unit_name.clone(),
            year: of.year,
            name: of.name.clone(),
            sessions: sessions.into_iter().map(|session| session.plan).collect(),
            portal: self.portal.clone(),
            at: self.at.now,
        };
        let subject = Subject::Orientation { orientation: id, session: None };
        let matter =
            Matter { subject, unit: of.unit, year: year_of(&of), file, check, compose, people: None };
        self.finish(tx, &of, matter, form)
    }

    fn sheet(&mut self, tx: &Tx<'_>, id: SessionId, form: &IssueOrientationPaper) -> Result<Begun> {
        let (session, of, _) = locate_session(tx, &self.at, &self.actor, id)?;
        let Speaks::Session { check, compose } = self.order.kind.subject else {
            return Err(ServiceError::field("kind", "kind-unknown"));
        };
        let (whom, _) = expected(tx, &session)?;
        let people = whom.iter().map(|one| one.person).collect();
        let file = SessionSheet {
            unit: of.unit_name.clone(),
            orientation: of.name.clone(),
            session: session.plan,
            lines: whom.into_iter().map(line).collect(),
        };
        let subject = Subject::Orientation { orientation: of.id, session: Some(id) };
        let matter =
            Matter { subject, unit: of.unit, year: year_of(&of), file, check, compose, people: Some(people) };
        self.finish(tx, &of, matter, form)
    }

    fn finish<File: Send + 'static>(
        &mut self,
        tx: &Tx<'_>,
        of: &Orientation,
        matter: Matter<File>,
        form: &IssueOrientationPaper,
    ) -> Result<Begun> {
        let permit = self.permit(tx, of)?;
        let key = form.idempotency_key.as_deref();
        let (kind, subject) = (self.order.kind.key, matter.subject);
        let is_asked_for =
            |paper: &Document| paper.kind == kind && paper.lang == form.lang && paper.subject == subject;
        if let Some(first) = recall(tx, &permit, key, is_asked_for)? {
            let findings = regulations::Findings::new();
            return Ok(Begun { id: first.id, permit, findings, is_repeated: true });
        }
        let (id, findings) = self.desk.prepare_of(tx, &permit, matter, &self.order)?;
        remember(tx, &permit, key, id)?;
        Ok(Begun { id, permit, findings, is_repeated: false })
    }
}

fn year_of(of: &Orientation) -> i16 {
    i16::try_from(of.year).unwrap_or(i16::MAX)
}

fn line(one: Invitee) -> SheetLine {
    SheetLine {
        name: format!("{} {}", one.given_name, one.surname),
        number: one.number,
        programme: one.programme,
    }
}
