//! Orientation for students: the own invitations, the code on the wall, what was read and what one thinks of it.

use axum::{extract::Path, http::StatusCode};
use base::{
    ids::OrientationId,
    time::{date_time_tr, time_tr},
};
use domain::orientation::FeedbackFigures;
use services::{
    ServiceError,
    orientation::{
        ATTEND_PATH, GiveFeedback, Orientation, OwnOrientation, acknowledge_handbook, attend_own,
        find_own_session, give_feedback, open_handbook, own_orientations,
    },
};

use crate::{
    components::{Button, Column, Empty, Fact, Link, Note, State, Tag, Weight, form::Choice},
    ctx::{Ctx, Posted},
    fault::Answer,
    pages::{
        orientation::time_of,
        plain_form::PlainForm,
        student::inert,
        student_forms::{Form, Outcome},
    },
    texts::Texts,
    views::{
        cards::{Card, CardsPage, Cell, Part, Table, TableForm},
        forms::Input,
    },
};

const OWN: &str = "/oryantasyon/benim";

// The own invitations ---------------------------------------------------------------------------------

/// Path of the work in the navigation.
const WORK: &str = "oryantasyon/benim";

/// `GET /oryantasyon/benim`.
pub async fn get(ctx: Ctx) -> Answer {
    let own = own_orientations(ctx.office(), ctx.actor()).await?;
    let t = ctx.t();
    let frame = ctx.frame(t.get("orientation-title"));
    let shell = ctx.shell(WORK).await;
    let mut main: Vec<Card<'_>> = own.iter().map(|one| card(t, one)).collect();
    if main.is_empty() {
        let none = Empty::new("calendar", t.get("orientation-own-none"), t.get("orientation-own-none-text"));
        main.push(Card::new("davet", t.get("orientation-invitations"), Part::Empty(none)));
    }
    let view = CardsPage {
        t,
        frame: &frame,
        shell: &shell,
        counter: false,
        crumbs: Vec::new(),
        heading: t.get("orientation-title").into(),
        lead: t.get("orientation-own-lead").into(),
        buttons: Vec::new(),
        notes: Vec::new(),
        figures: Vec::new(),
        tabs: Vec::new(),
        main,
        side: Vec::new(),
    };
    ctx.html(&view)
}

fn card<'a>(t: &'a Texts, own: &'a OwnOrientation) -> Card<'a> {
    let lang = t.lang();
    let id = own.of.id;
    let rows = own
        .sessions
        .iter()
        .map(|session| {
            let repeat = if session.plan.is_repeat { t.get("orientation-repeat") } else { "" };
            vec![
                Cell::text(time_of(session)),
                Cell::text(session.plan.title.of(lang)).note(repeat),
                Cell::text(session.plan.place.as_str()).note(session.plan.speaker.as_str()),
                if own.came_to.contains(&session.id) {
                    Cell::tag(Tag::ok(t.get("orientation-you-came")))
                } else {
                    Cell::text("")
                },
            ]
        })
        .collect();
    let programme = Table {
        form: TableForm::default(),
        columns: vec![
            Column::new(t.get("orientation-time")),
            Column::new(t.get("orientation-session")),
            Column::new(t.get("orientation-place")),
            Column::quiet(t.get("orientation-attendance")),
        ],
        rows,
        empty: Empty::new("calendar", t.get("orientation-no-session"), t.get("orientation-own-no-session")),
    };
    let mut facts = Vec::new();
    if own.of.handbook.is_some() {
        let file = format!("/oryantasyon/{id}/el-kitabi/dosya");
        facts.push(Fact::link(t.get("orientation-handbook"), t.get("orientation-handbook-open"), file));
    }
    if !own.of.rules_url.is_empty() {
        let rules = own.of.rules_url.as_str();
        facts.push(Fact::link(t.get("orientation-rules"), t.get("orientation-rules-open"), rules));
    }
    let read = own.invitation.handbook_read_at;
    let reading = reading(&own.of);
    if reading.is_some() {
        let tag = match read {
            Some(at) => Tag::ok(date_time_tr(at)),
            None => Tag::ask(t.get("orientation-not-read")),
        };
        facts.push(Fact::tag(t.get("orientation-reading"), tag));
    }
    if !own.came_to.is_empty() {
        facts.push(Fact::text(t.get("orientation-certificate"), t.get("orientation-certificate-text")));
    }
    let score = own.invitation.score;
    if let Some(score) = score {
        let said = t.variant("orientation-score", &score.to_string());
        facts.push(
            Fact::text(t.get("orientation-feedback"), said)
                .with_note(own.invitation.words.as_deref().unwrap_or_default()),
        );
    }
    let mut card = Card::new(format!("o{id}"), own.of.name.of(lang), Part::Table(programme));
    card.parts.push(Part::Facts(facts));
    if let Some(what) = reading.filter(|_| read.is_none()) {
        card = card.button(
            Button::post(t.variant("orientation-acknowledge", what), format!("{OWN}/{id}/okudum"))
                .icon("check"),
        );
    }
    if !own.came_to.is_empty() {
        let label = if score.is_some() { "orientation-feedback-again" } else { "orientation-give-feedback" };
        card = card.button(Button::link(t.get(label), format!("{OWN}/{id}/gorus")).icon("note"));
    }
    card
}

/// What there is to be read of an orientation, as the word of texts; nothing where there is neither handbook nor
/// regulations.
fn reading(of: &Orientation) -> Option<&'static str> {
    match (of.handbook.is_some(), of.rules_url.is_empty()) {
        (true, false) => Some("both"),
        (true, true) => Some("handbook"),
        (false, false) => Some("rules"),
        (false, true) => None,
    }
}

/// `POST /oryantasyon/benim/{id}/okudum`.
pub async fn acknowledge(ctx: Ctx, Path(id): Path<OrientationId>, _posted: Posted) -> Answer {
    match acknowledge_handbook(ctx.office(), ctx.actor(), id).await {
        Ok(()) => Ok(ctx.flash_to(OWN, "handbook-acknowledged")),
        Err(ServiceError::Invalid(_)) => Ok(ctx.flash_to(OWN, "nothing-to-read")),
        Err(other) => Err(other.into()),
    }
}

/// `GET /oryantasyon/{id}/el-kitabi/dosya`, for whoever is invited and for the office.
pub async fn handbook(ctx: Ctx, Path(id): Path<OrientationId>) -> Answer {
    let (mime, bytes) = open_handbook(ctx.office(), ctx.actor(), id).await?;
    let name = match mime.as_str() {
        "image/png" => "el-kitabi.png",
        "image/jpeg" => "el-kitabi.jpg",
        _ => "el-kitabi.pdf",
    };
    Ok(inert(mime, bytes, Some(name)))
}

// What one thinks of it -------------------------------------------------------------------------------

/// `GET /oryantasyon/benim/{id}/gorus`.
pub async fn feedback(ctx: Ctx, Path(id): Path<OrientationId>) -> Answer {
    feedback_page(&ctx, id, &Form::fresh(&ctx)).await
}

async fn feedback_page(ctx: &Ctx, id: OrientationId, form: &Form<'_>) -> Answer {
    let t = ctx.t();
    let all = own_orientations(ctx.office(), ctx.actor()).await?;
    let own = all.iter().find(|own| own.of.id == id).ok_or(ServiceError::NotFound)?;
    let now = own.invitation.score.map(|score| score.to_string()).unwrap_or_default();
    let chosen = form.value("score", now);
    let scores = (FeedbackFigures::LOWEST..=FeedbackFigures::HIGHEST)
        .rev()
        .map(|score| {
            let score = score.to_string();
            let label = t.variant("orientation-score", &score);
            let is_chosen = score == chosen;
            Choice::new(score, label).chosen(is_chosen)
        })
        .collect();
    let words = own.invitation.words.clone().unwrap_or_default();
    let page = PlainForm {
        current: WORK,
        title: "orientation-feedback",
        crumbs: vec![Link::new(t.get("orientation-title"), OWN)],
        lead: own.of.name.of(t.lang()).to_owned(),
        notes: vec![Note::new(
            State::Info,
            t.get("orientation-nameless"),
            t.get("orientation-nameless-text"),
        )],
        action: format!("{OWN}/{id}/gorus"),
        hidden: Vec::new(),
        inputs: vec![
            Input::Radios(form.field("score", "orientation-score-question", ""), scores),
            Input::Area(form.field("words", "orientation-words-question", words).optional().max(1000)),
        ],
        facts: Vec::new(),
        submit: "orientation-feedback-send",
        danger: false,
        back: OWN.to_owned(),
    };
    page.show(ctx, form).await
}

/// `POST /oryantasyon/benim/{id}/gorus`.
pub async fn save_feedback(ctx: Ctx, Path(id): Path<OrientationId>, posted: Posted) -> Answer {
    let command = GiveFeedback {
        of: id,
        score: posted.text("score").to_owned(),
        words: posted.text("words").to_owned(),
    };
    match give_feedback(ctx.office(), ctx.actor(), command).await {
        Ok(()) => Ok(ctx.flash_to(OWN, "feedback-given")),
        Err(error) => feedback_page(&ctx, id, &Form::again(&ctx, &posted, Outcome::of(error)?)).await,
    }
}

// The code on the wall --------------------------------------------------------------------------------

/// `GET /oryantasyon/katil/{token}`.
pub async fn session(ctx: Ctx, Path(key): Path<String>) -> Answer {
    session_page(&ctx, key, StatusCode::OK).await
}

async fn session_page(ctx: &Ctx, key: String, status: StatusCode) -> Answer {
    let own = find_own_session(ctx.office(), ctx.actor(), key.clone()).await?;
    let t = ctx.t();
    let plan = &own.session.plan;
    let title = plan.title.of(t.lang());
    let note = match own.came_at {
        Some(at) => Note::new(
            State::Ok,
            t.get("orientation-you-came"),
            t.fmt("orientation-you-came-at", &[("time", &date_time_tr(at))]),
        )
        .with_link(t.get("orientation-to-own"), OWN),
        None if own.is_open => {
            Note::new(State::Info, t.get("orientation-press"), t.get("orientation-press-text"))
        }
        None => Note::new(
            State::Ask,
            t.get("orientation-closed"),
            t.fmt(
                "orientation-closed-text",
                &[("from", &date_time_tr(own.opens_at)), ("to", &time_tr(plan.ends_at))],
            ),
        ),
    };
    let facts = vec![
        Fact::text(t.get("orientation-time"), time_of(&own.session)),
        Fact::text(t.get("orientation-place"), plan.place.as_str()),
        Fact::text(t.get("orientation-speaker"), plan.speaker.as_str()),
    ];
    let mut card = Card::new("oturum", t.get("orientation-session"), Part::Facts(facts));
    card.parts.push(Part::Note(note));
    if own.came_at.is_none() && own.is_open {
        card = card.button(
            Button::post(t.get("orientation-i-came"), format!("{ATTEND_PATH}{key}"))
                .icon("check")
                .weight(Weight::Main),
        );
    }
    let frame = ctx.frame(title.to_owned());
    let shell = ctx.shell(WORK).await;
    let view = CardsPage {
        t,
        frame: &frame,
        shell: &shell,
        counter: false,
        crumbs: Vec::new(),
        heading: title.into(),
        lead: own.of.name.of(t.lang()).into(),
        buttons: Vec::new(),
        notes: Vec::new(),
        figures: Vec::new(),
        tabs: Vec::new(),
        main: vec![card],
        side: Vec::new(),
    };
    ctx.html_with(status, &view)
}

/// `POST /oryantasyon/katil/{token}`.
pub async fn attend(ctx: Ctx, Path(key): Path<String>, _posted: Posted) -> Answer {
    match attend_own(ctx.office(), ctx.actor(), key.clone()).await {
        Ok(_) => Ok(ctx.flash_to(&format!("{ATTEND_PATH}{key}"), "own-attendance-noted")),
        // The page says from when to when.
        Err(ServiceError::Invalid(_)) => session_page(&ctx, key, StatusCode::UNPROCESSABLE_ENTITY).await,
        Err(other) => Err(other.into()),
    }
}
