//! The papers of an orientation: the notice for the wall and the sign-in sheet, asked for on a form, issued as papers.

use axum::{extract::Path, http::StatusCode};
use base::{
    ids::{OrientationId, SessionId},
    lang::Lang,
};
use regulations::{Findings, Verdict};
use services::{
    ServiceError,
    documents::{IssueOrientationPaper, OrientationPaper, issue_orientation_paper},
    orientation::{find_session, open_orientation},
};

use crate::{
    components::{Fact, Link, Note, State, form::Choice},
    ctx::{Ctx, Posted},
    fault::Answer,
    pages::{
        orientation::{WORK, crumbs, href, place_and_time, session_href, unit_name},
        plain_form::PlainForm,
        student::finding_text,
        student_forms::{Form, Outcome},
    },
    views::forms::Input,
};

/// What differs between the two forms.
struct Asked<'a> {
    title: &'static str,
    lead: &'static str,
    action: String,
    back: String,
    crumbs: Vec<Link<'a>>,
    facts: Vec<Fact<'a>>,
}

async fn page(ctx: &Ctx, paper: OrientationPaper, form: &Form<'_>, findings: &Findings) -> Answer {
    match paper {
        OrientationPaper::Notice(id) => {
            let found = open_orientation(ctx.office(), ctx.actor(), id).await?;
            let t = ctx.t();
            let sessions = found.sessions.len().to_string();
            let asked = Asked {
                title: "orientation-notice",
                lead: "orientation-notice-lead",
                action: format!("{}/duyuru", href(id)),
                back: href(id),
                crumbs: crumbs(t, Some(&found.of)),
                facts: vec![
                    Fact::text(t.get("orientation-title"), found.of.name.of(t.lang())),
                    Fact::text(t.get("shell-unit"), unit_name(t, &found.of)),
                    Fact::text(t.get("orientation-sessions"), sessions),
                ],
            };
            show(ctx, asked, form, findings).await
        }
        OrientationPaper::SignInSheet(id) => {
            let found = find_session(ctx.office(), ctx.actor(), id).await?;
            let t = ctx.t();
            let title = found.session.plan.title.of(t.lang()).to_owned();
            let mut crumbs = crumbs(t, Some(&found.of));
            crumbs.push(Link::new(title.clone(), session_href(id)));
            let asked = Asked {
                title: "orientation-sheet",
                lead: "orientation-sheet-lead",
                action: format!("{}/imza", session_href(id)),
                back: session_href(id),
                crumbs,
                facts: vec![
                    Fact::text(t.get("orientation-session"), title),
                    Fact::text(t.get("orientation-place"), place_and_time(&found.session)),
                ],
            };
            show(ctx, asked, form, findings).await
        }
    }
}

async fn show(ctx: &Ctx, asked: Asked<'_>, form: &Form<'_>, findings: &Findings) -> Answer {
    let t = ctx.t();
    let lang = form.value("lang", Lang::Tr.code());
    let langs = Lang::ALL
        .iter()
        .map(|l| Choice::new(l.code(), t.variant("language", l.code())).chosen(l.code() == lang))
        .collect();
    let refused: Vec<Note<'_>> = findings
        .with(Verdict::Refuses)
        .map(|finding| Note::new(State::No, finding_text(t, finding), t.get("orientation-paper-refused")))
        .collect();
    let is_refused = !refused.is_empty();
    let plain = PlainForm {
        current: WORK,
        title: asked.title,
        crumbs: asked.crumbs,
        lead: t.get(asked.lead).to_owned(),
        notes: refused,
        action: asked.action,
        hidden: Vec::new(),
        inputs: vec![Input::Radios(form.field("lang", "document-lang", ""), langs)],
        facts: asked.facts,
        submit: "document-issue",
        danger: false,
        back: asked.back,
    };
    let mut answer = plain.show(ctx, form).await?;
    if is_refused {
        *answer.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(answer)
}

/// Issues the paper and shows it; a second sending of the same form leads to the same one.
async fn issue(ctx: &Ctx, paper: OrientationPaper, posted: &Posted) -> Answer {
    let command = IssueOrientationPaper {
        paper,
        lang: Lang::from_code(posted.text("lang")).unwrap_or_default(),
        idempotency_key: Some(posted.text("once").to_owned()).filter(|key| !key.is_empty()),
    };
    match issue_orientation_paper(ctx.office(), ctx.actor(), command).await {
        Ok(issued) => Ok(ctx.flash_to(&format!("/belge/{}", issued.id), "document-issued")),
        Err(ServiceError::Refused(findings)) => {
            page(ctx, paper, &Form::again(ctx, posted, Outcome::default()), &findings).await
        }
        Err(error) => {
            let outcome = Outcome::of(error)?;
            page(ctx, paper, &Form::again(ctx, posted, outcome), &Findings::new()).await
        }
    }
}

/// `GET /oryantasyon/{id}/duyuru`.
pub async fn notice(ctx: Ctx, Path(id): Path<OrientationId>) -> Answer {
    page(&ctx, OrientationPaper::Notice(id), &Form::fresh(&ctx), &Findings::new()).await
}

/// `POST /oryantasyon/{id}/duyuru`.
pub async fn issue_notice(ctx: Ctx, Path(id): Path<OrientationId>, posted: Posted) -> Answer {
    issue(&ctx, OrientationPaper::Notice(id), &posted).await
}

/// `GET /oryantasyon/oturum/{id}/imza`.
pub async fn sheet(ctx: Ctx, Path(id): Path<SessionId>) -> Answer {
    page(&ctx, OrientationPaper::SignInSheet(id), &Form::fresh(&ctx), &Findings::new()).await
}

/// `POST /oryantasyon/oturum/{id}/imza`.
pub async fn issue_sheet(ctx: Ctx, Path(id): Path<SessionId>, posted: Posted) -> Answer {
    issue(&ctx, OrientationPaper::SignInSheet(id), &posted).await
}
