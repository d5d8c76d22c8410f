//! Orientation for the office: what there is, one orientation, one session with its attendance, and what is printed.

use axum::{
    extract::{Path, Query},
    http::StatusCode,
    response::{IntoResponse, Redirect},
};
use base::{
    ids::{OrientationId, SessionId},
    time::{Timestamp, date_time_tr, time_tr},
};
use catalogue::documents::participation_certificate;
use domain::orientation::FeedbackFigures;
use serde::Deserialize;
use services::{
    Action, ServiceError,
    orientation::{
        Invitee, OpenedOrientation, OpenedSession, Session, Ticks, Whom, attend_by_number, find_session,
        invite_students, list_invitees, list_orientations, open_orientation, open_session, tick_attendance,
    },
};

use crate::{
    components::{
        Button, Chip, Column, Empty, Fact, Figure, Link, Note, State, Tag, Weight,
        form::{Choice, Field, FieldError, Tokens},
    },
    ctx::{Ctx, Posted},
    fault::{Answer, Fault},
    pages::student::inert,
    qr,
    texts::Texts,
    views::{
        cards::{Card, CardsPage, Cell, ListPage, Part, Table, TableForm},
        orientation::{CodePage, SessionPage, TickRow},
        students::Filter,
    },
    words,
};

/// Path of the work in the navigation.
pub(super) const WORK: &str = "oryantasyon";
/// The list of orientations.
pub(super) const LIST: &str = "/oryantasyon";
/// How many of those noted last stand beside the door's field.
const LATEST: usize = 5;

/// `/oryantasyon/<id>`.
pub(super) fn href(id: OrientationId) -> String {
    format!("{LIST}/{id}")
}

/// `/oryantasyon/oturum/<id>`.
pub(super) fn session_href(id: SessionId) -> String {
    format!("{LIST}/oturum/{id}")
}

/// "23.11.2026 10.00–12.00".
pub(super) fn time_of(session: &Session) -> String {
    format!("{}–{}", date_time_tr(session.plan.starts_at), time_tr(session.plan.ends_at))
}

/// "Mavi Salon · 23.11.2026 10.00–12.00".
pub(super) fn place_and_time(session: &Session) -> String {
    format!("{} · {}", session.plan.place, time_of(session))
}

pub(super) fn unit_name<'a>(t: &Texts, of: &'a services::orientation::Orientation) -> &'a str {
    let name = of.unit_name.of(t.lang());
    if name.is_empty() { &of.unit_code } else { name }
}

/// The way to a page below an orientation.
pub(super) fn crumbs<'a>(t: &'a Texts, of: Option<&services::orientation::Orientation>) -> Vec<Link<'a>> {
    let mut crumbs = vec![Link::new(t.get("orientation-title"), LIST)];
    if let Some(of) = of {
        crumbs.push(Link::new(of.name.of(t.lang()).to_owned(), href(of.id)));
    }
    crumbs
}

// What there is ---------------------------------------------------------------------------------------

/// What the list's URL says.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct ListParams {
    yil: String,
}

/// `GET /oryantasyon`; students go on to their own.
pub async fn list(ctx: Ctx, Query(params): Query<ListParams>) -> Answer {
    if !ctx.actor().may(Action::ManageOrientation) && ctx.actor().may(Action::KeepOwnRecord) {
        return Ok(Redirect::to("/oryantasyon/benim").into_response());
    }
    let all = list_orientations(ctx.office(), ctx.actor(), None).await?;
    let t = ctx.t();
    let mut years: Vec<i32> = all.iter().map(|(of, _)| of.year).collect();
    years.dedup();
    let year: Option<i32> = params.yil.parse().ok();
    let rows = all
        .iter()
        .filter(|(of, _)| year.is_none_or(|year| of.year == year))
        .map(|(of, figures)| {
            vec![
                Cell::link(of.name.of(t.lang()), href(of.id)),
                Cell::text(unit_name(t, of)),
                Cell::text(of.year.to_string()).class("r"),
                Cell::text(figures.sessions.to_string()).class("r"),
                Cell::text(figures.invited.to_string()).class("r"),
                Cell::text(figures.came.to_string()).class("r"),
            ]
        })
        .collect();
    let frame = ctx.frame(t.get("orientation-title"));
    let shell = ctx.shell(WORK).await;
    let choices = std::iter::once(Choice::new("", t.get("filter-all")))
        .chain(years.iter().map(|y| Choice::new(y.to_string(), y.to_string()).chosen(Some(*y) == year)))
        .collect();
    let chips = year.map(|year| Chip {
        label: year.to_string().into(),
        href: LIST.into(),
        removable: true,
        current: true,
        ..Chip::default()
    });
    let view = ListPage {
        t,
        frame: &frame,
        shell: &shell,
        crumbs: Vec::new(),
        lead: t.get("orientation-lead").into(),
        buttons: vec![
            Button::link(t.get("orientation-new"), "/oryantasyon/yeni")
                .icon("plus")
                .weight(Weight::Main)
                .key("y"),
        ],
        action: if years.len() > 1 || year.is_some() { LIST.into() } else { "".into() },
        errors: Vec::new(),
        filters: vec![Filter { field: Field::new("yil", t.get("orientation-year")), choices }],
        chips: chips.into_iter().collect(),
        clear: LIST.into(),
        table: Table {
            form: TableForm::default(),
            columns: vec![
                Column::new(t.get("orientation-name")),
                Column::new(t.get("shell-unit")),
                Column::number(t.get("orientation-year")),
                Column::number(t.get("orientation-sessions")),
                Column::number(t.get("orientation-invited")),
                Column::number(t.get("orientation-came")),
            ],
            rows,
            empty: Empty::new("users", t.get("orientation-none"), t.get("orientation-none-text")),
        },
        more: "".into(),
    };
    ctx.html(&view)
}

// One orientation -------------------------------------------------------------------------------------

/// `GET /oryantasyon/{id}`.
pub async fn get(ctx: Ctx, Path(id): Path<OrientationId>) -> Answer {
    let page = open_orientation(ctx.office(), ctx.actor(), id).await?;
    let t = ctx.t();
    let name = page.of.name.of(t.lang());
    let base = href(id);
    let figures = page.figures;
    let figure = |number: i64, label, href: String| Figure {
        number: number.to_string().into(),
        label: t.get(label).into(),
        href: href.into(),
    };
    let absent = figures.invited - figures.came;
    let frame = ctx.frame(name.to_owned());
    let shell = ctx.shell(WORK).await;
    let mut crumbs = crumbs(t, None);
    crumbs.push(Link::new(name, ""));
    let view = CardsPage {
        t,
        frame: &frame,
        shell: &shell,
        counter: false,
        crumbs,
        heading: name.into(),
        lead: t
            .fmt("orientation-for", &[("unit", unit_name(t, &page.of)), ("year", &page.of.year.to_string())])
            .into(),
        buttons: vec![
            Button::link(t.get("orientation-notice"), format!("{base}/duyuru")).icon("print"),
            Button::link(t.get("orientation-rename"), format!("{base}/ad")).icon("edit"),
        ],
        notes: invitation_note(t, &page, &base),
        figures: vec![
            figure(figures.invited, "orientation-invited", format!("{base}/davetliler")),
            figure(figures.came, "orientation-came", format!("{base}/davetliler?goster=katilan")),
            figure(absent, "orientation-absent", format!("{base}/davetliler?goster=gelmeyen")),
            figure(figures.read, "orientation-read", String::new()),
        ],
        tabs: Vec::new(),
        main: vec![programme_card(t, &page, &base)],
        side: vec![invite_card(t, &page, &base), handbook_card(t, &page, &base), feedback_card(t, &page)],
    };
    ctx.html(&view)
}

/// Those who did not come while there is nothing planned for them.
fn invitation_note<'a>(t: &'a Texts, page: &OpenedOrientation, base: &str) -> Vec<Note<'a>> {
    let has_repeat = page.sessions.iter().any(|session| session.plan.is_repeat);
    let absent = page.figures.invited - page.figures.came;
    if page.figures.came == 0 || absent == 0 || has_repeat {
        return Vec::new();
    }
    let count = usize::try_from(absent).unwrap_or(0);
    vec![
        Note::new(State::Info, t.count("orientation-absent-note", count), t.get("orientation-absent-text"))
            .with_link(t.get("orientation-plan-repeat"), format!("{base}/oturum?yineleme=1")),
    ]
}

fn programme_card<'a>(t: &'a Texts, page: &'a OpenedOrientation, base: &str) -> Card<'a> {
    let rows = page
        .sessions
        .iter()
        .map(|session| {
            let title = session.plan.title.of(t.lang());
            let at = session_href(session.id);
            let repeat = if session.plan.is_repeat { t.get("orientation-repeat") } else { "" };
            vec![
                Cell::text(time_of(session)).class("nw"),
                Cell::link(title, at.clone()).note(repeat),
                Cell::text(session.plan.place.as_str()).note(session.plan.speaker.as_str()),
                Cell::text(session.came.to_string()).class("r"),
                Cell::buttons(vec![
                    Button::link(t.get("orientation-code"), format!("{at}/karekod"))
                        .icon("qr")
                        .small()
                        .about(title),
                    Button::link(t.get("orientation-sheet"), format!("{at}/imza"))
                        .icon("print")
                        .small()
                        .about(title),
                ]),
            ]
        })
        .collect();
    let table = Table {
        form: TableForm::default(),
        columns: vec![
            Column::new(t.get("orientation-time")),
            Column::new(t.get("orientation-session")),
            Column::new(t.get("orientation-place")),
            Column::number(t.get("orientation-came")),
            Column::quiet(t.get("own-session-act")),
        ],
        rows,
        empty: Empty::new("calendar", t.get("orientation-no-session"), t.get("orientation-no-session-text")),
    };
    Card::new("program", t.get("orientation-programme"), Part::Table(table))
        .button(Button::link(t.get("orientation-plan"), format!("{base}/oturum")).icon("plus").key("o"))
}

fn invite_card<'a>(t: &'a Texts, page: &OpenedOrientation, base: &str) -> Card<'a> {
    let waiting = usize::try_from(page.uninvited).unwrap_or(0);
    let note = if waiting == 0 {
        Note::new(State::Ok, t.get("orientation-all-invited"), t.get("orientation-all-invited-text"))
    } else {
        Note::new(State::Ask, t.count("orientation-uninvited", waiting), t.get("orientation-uninvited-text"))
    };
    let card = Card::new("davet", t.get("orientation-invitations"), Part::Note(note));
    if waiting == 0 {
        return card;
    }
    card.button(
        Button::post(t.get("orientation-invite"), format!("{base}/davet")).icon("send").weight(Weight::Main),
    )
}

fn handbook_card<'a>(t: &'a Texts, page: &'a OpenedOrientation, base: &str) -> Card<'a> {
    let mut facts = Vec::new();
    if page.of.handbook.is_some() {
        let file = format!("{base}/el-kitabi/dosya");
        facts.push(Fact::link(t.get("orientation-handbook"), t.get("orientation-handbook-open"), file));
    }
    if !page.of.rules_url.is_empty() {
        let rules = page.of.rules_url.as_str();
        facts.push(Fact::link(t.get("orientation-rules"), t.get("orientation-rules-open"), rules));
    }
    let missing =
        Note::new(State::Info, t.get("orientation-no-handbook"), t.get("orientation-no-handbook-text"));
    let mut card = Card::new("el-kitabi", t.get("orientation-handbook"), Part::Facts(facts));
    if page.of.handbook.is_none() {
        card.parts.push(Part::Note(missing));
    }
    if page.of.handbook.is_none() && page.of.rules_url.is_empty() {
        card.parts.remove(0);
    }
    card.button(
        Button::link(t.get("orientation-handbook-upload"), format!("{base}/el-kitabi")).icon("upload"),
    )
}

fn feedback_card<'a>(t: &'a Texts, page: &'a OpenedOrientation) -> Card<'a> {
    let title = t.get("orientation-feedback");
    let figures = page.feedback.figures;
    if figures.count == 0 {
        let none =
            Empty::new("note", t.get("orientation-no-feedback"), t.get("orientation-no-feedback-text"));
        return Card::new("gorusler", title, Part::Empty(none));
    }
    let answers = Fact::text(t.get("orientation-answers"), figures.count.to_string());
    let Some(average) = figures.average() else {
        let fewest = usize::try_from(FeedbackFigures::FEWEST).unwrap_or_default();
        let withheld = Note::new(
            State::Info,
            t.get("orientation-withheld"),
            t.count("orientation-withheld-text", fewest),
        );
        let mut card = Card::new("gorusler", title, Part::Facts(vec![answers]));
        card.parts.push(Part::Note(withheld));
        return card;
    };
    let mut facts =
        vec![answers, Fact::text(t.get("orientation-average"), words::decimal(t.lang(), &average))];
    let said = page.feedback.words.iter();
    facts.extend(said.map(|words| Fact::text(t.get("orientation-words"), words.as_str())));
    Card::new("gorusler", title, Part::Facts(facts))
}

/// `POST /oryantasyon/{id}/davet`.
pub async fn invite(ctx: Ctx, Path(id): Path<OrientationId>, _posted: Posted) -> Answer {
    let invited = invite_students(ctx.office(), ctx.actor(), id).await?;
    let key = if invited == 0 { "no-one-to-invite" } else { "students-invited" };
    Ok(ctx.flash_to(&href(id), key))
}

// Who is invited --------------------------------------------------------------------------------------

/// What the URL of the list of invited students says.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct InviteeParams {
    goster: String,
}

/// `GET /oryantasyon/{id}/davetliler`.
pub async fn invitees(
    ctx: Ctx,
    Path(id): Path<OrientationId>,
    Query(params): Query<InviteeParams>,
) -> Answer {
    let whom = match params.goster.as_str() {
        "gelmeyen" => Whom::Absent,
        "katilan" => Whom::Came,
        _ => Whom::Everybody,
    };
    let (of, all) = list_invitees(ctx.office(), ctx.actor(), id, whom).await?;
    let t = ctx.t();
    let base = format!("{}/davetliler", href(id));
    let title = t.get(match whom {
        Whom::Everybody => "orientation-invited",
        Whom::Absent => "orientation-absent",
        Whom::Came => "orientation-came",
    });
    let frame = ctx.frame(title);
    let shell = ctx.shell(WORK).await;
    let mut crumbs = crumbs(t, Some(&of));
    crumbs.push(Link::new(title, ""));
    let chip = |label: &'static str, href: String, current: bool| Chip {
        label: t.get(label).into(),
        href: href.into(),
        current,
        ..Chip::default()
    };
    let mut buttons = Vec::new();
    if whom == Whom::Came && !all.is_empty() && ctx.actor().may(Action::IssueDocument) {
        let certificates = Button::post(t.get("orientation-certificates"), "/belgeler/toplu").icon("print");
        let certificates = certificates.field("kind", participation_certificate::KIND.key);
        let numbers = all.iter().map(|one| one.number.as_str());
        buttons.push(numbers.fold(certificates, |button, number| button.field("no", number)));
    }
    if whom == Whom::Absent && !all.is_empty() {
        buttons.push(
            Button::link(t.get("orientation-plan-repeat"), format!("{}/oturum?yineleme=1", href(id)))
                .icon("plus")
                .weight(Weight::Main),
        );
    }
    let view = ListPage {
        t,
        frame: &frame,
        shell: &shell,
        crumbs,
        lead: t.count("orientation-people", all.len()).into(),
        buttons,
        action: "".into(),
        errors: Vec::new(),
        filters: Vec::new(),
        chips: vec![
            chip("orientation-everybody", base.clone(), whom == Whom::Everybody),
            chip("orientation-came", format!("{base}?goster=katilan"), whom == Whom::Came),
            chip("orientation-absent", format!("{base}?goster=gelmeyen"), whom == Whom::Absent),
        ],
        // One of them always holds; there is nothing to take away.
        clear: "".into(),
        table: Table {
            form: TableForm::default(),
            columns: vec![
                Column::new(t.get("students-name")),
                Column::new(t.get("students-number")),
                Column::new(t.get("students-programme")),
                Column::new(t.get("orientation-seen")),
                Column::new(t.get("orientation-read")),
                Column::new(t.get("orientation-attendance")),
            ],
            rows: all.iter().map(|one| invitee_row(t, one)).collect(),
            empty: Empty::new("users", t.get("orientation-nobody"), t.get("orientation-nobody-text")),
        },
        more: "".into(),
    };
    ctx.html(&view)
}

fn name_of(one: &Invitee) -> String {
    format!("{} {}", one.given_name, one.surname)
}

fn invitee_row<'a>(t: &'a Texts, one: &'a Invitee) -> Vec<Cell<'a>> {
    let at = |at: Option<Timestamp>| Cell::text(at.map(date_time_tr).unwrap_or_default()).class("nw");
    let sessions = usize::try_from(one.came_to).unwrap_or(0);
    vec![
        Cell::link(name_of(one), format!("/ogrenci/{}", one.number)),
        Cell::text(one.number.as_str()).class("num"),
        Cell::text(one.programme.as_str()),
        at(one.seen_at),
        at(one.handbook_read_at),
        Cell::tag(if sessions == 0 {
            Tag::na(t.get("orientation-did-not-come"))
        } else {
            Tag::ok(t.count("orientation-came-to", sessions))
        }),
    ]
}

// One session -----------------------------------------------------------------------------------------

/// `GET /oryantasyon/oturum/{id}`.
pub async fn session(ctx: Ctx, Path(id): Path<SessionId>) -> Answer {
    session_page(&ctx, id, "", Vec::new()).await
}

async fn session_page(ctx: &Ctx, id: SessionId, typed: &str, wrong: Vec<services::FieldError>) -> Answer {
    let opened = open_session(ctx.office(), ctx.actor(), id).await?;
    let t = ctx.t();
    let here = session_href(id);
    let title = opened.session.plan.title.of(t.lang());
    let frame = ctx.frame(title.to_owned());
    let shell = ctx.shell(WORK).await;
    let mut crumbs = crumbs(t, Some(&opened.of));
    crumbs.push(Link::new(title.to_owned(), ""));
    let errors: Vec<FieldError<'_>> = wrong
        .iter()
        .map(|error| match error.field {
            "number" => FieldError::at("number", ctx.field_error(error)),
            _ => FieldError::whole(ctx.field_error(error)),
        })
        .collect();
    let error = wrong.iter().find(|e| e.field == "number").map(|e| ctx.field_error(e)).unwrap_or_default();
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let mut notes = Vec::new();
    if opened.session.plan.is_repeat {
        notes.push(Note::new(State::Info, t.get("orientation-repeat"), t.get("orientation-repeat-text")));
    }
    let count = t.fmt(
        "orientation-count",
        &[("came", &opened.came.len().to_string()), ("expected", &opened.expected.len().to_string())],
    );
    let view = SessionPage {
        t,
        frame: &frame,
        shell: &shell,
        crumbs,
        lead: place_and_time(&opened.session).into(),
        buttons: vec![
            Button::link(t.get("orientation-code"), format!("{here}/karekod")).icon("qr"),
            Button::link(t.get("orientation-sheet"), format!("{here}/imza")).icon("print"),
            Button::link(t.get("orientation-change"), format!("{here}/degistir")).icon("edit"),
        ],
        notes,
        errors,
        tokens: Tokens { csrf: ctx.csrf().into(), once: "".into() },
        door: format!("{here}/numara").into(),
        here: here.into(),
        number: Field::new("number", t.get("orientation-number"))
            .hint(t.get("orientation-number-hint"))
            .value(typed.to_owned())
            .error(error)
            .max(20)
            .width("w-m")
            .focus(),
        latest: latest(t, &opened),
        count: count.into(),
        columns: vec![
            Column::new(t.get("students-name")),
            Column::new(t.get("students-number")),
            Column::new(t.get("students-programme")),
            Column::new(t.get("orientation-noted")),
        ],
        rows: rows(t, &opened),
        empty: Empty::new("users", t.get("orientation-nobody"), t.get("orientation-nobody-text")),
    };
    ctx.html_with(status, &view)
}

fn noted(t: &Texts, came: &services::orientation::Attendance) -> String {
    format!("{} · {}", time_tr(came.noted_at), t.variant("attendance-channel", came.channel.code()))
}

fn rows<'a>(t: &'a Texts, opened: &'a OpenedSession) -> Vec<TickRow<'a>> {
    let came: std::collections::HashMap<_, _> =
        opened.came.iter().map(|came| (came.enrolment, came)).collect();
    let row = |one: &'a Invitee| {
        let came = came.get(&one.enrolment);
        TickRow {
            number: one.number.as_str().into(),
            name: name_of(one).into(),
            programme: one.programme.as_str().into(),
            came: came.is_some(),
            note: came.map(|came| noted(t, came)).unwrap_or_default().into(),
        }
    };
    opened.expected.iter().map(row).collect()
}

fn latest<'a>(t: &'a Texts, opened: &'a OpenedSession) -> Vec<Fact<'a>> {
    let who = |came: &services::orientation::Attendance| {
        let one = opened.expected.iter().find(|one| one.enrolment == came.enrolment)?;
        Some(Fact::text(one.number.as_str(), name_of(one)).with_note(noted(t, came)))
    };
    opened.came.iter().rev().filter_map(who).take(LATEST).collect()
}

/// What the service refuses belongs on the page of the session; everything else goes on.
fn refused(error: ServiceError) -> Result<Vec<services::FieldError>, Fault> {
    match error {
        ServiceError::Invalid(wrong) => Ok(wrong),
        other => Err(other.into()),
    }
}

/// `POST /oryantasyon/oturum/{id}`.
pub async fn save_ticks(ctx: Ctx, Path(id): Path<SessionId>, posted: Posted) -> Answer {
    let ticks =
        Ticks { session: id, before: posted.all("vardi").to_vec(), now: posted.all("katildi").to_vec() };
    match tick_attendance(ctx.office(), ctx.actor(), ticks).await {
        Ok((0, 0)) => Ok(ctx.flash_to(&session_href(id), "no-attendance-changed")),
        Ok(_) => Ok(ctx.flash_to(&session_href(id), "attendance-saved")),
        Err(error) => session_page(&ctx, id, "", refused(error)?).await,
    }
}

/// `POST /oryantasyon/oturum/{id}/numara`.
pub async fn save_number(ctx: Ctx, Path(id): Path<SessionId>, posted: Posted) -> Answer {
    let number = posted.text("number");
    match attend_by_number(ctx.office(), ctx.actor(), id, number.to_owned()).await {
        Ok(true) => Ok(ctx.flash_to(&session_href(id), "attendance-noted")),
        Ok(false) => Ok(ctx.flash_to(&session_href(id), "no-second-attendance")),
        Err(error) => session_page(&ctx, id, number, refused(error)?).await,
    }
}

// What is shown and printed ---------------------------------------------------------------------------

/// `GET /oryantasyon/oturum/{id}/karekod`.
pub async fn code(ctx: Ctx, Path(id): Path<SessionId>) -> Answer {
    let opened = find_session(ctx.office(), ctx.actor(), id).await?;
    let t = ctx.t();
    let frame = ctx.frame(t.get("orientation-code"));
    let shell = ctx.shell(WORK).await;
    let title = opened.session.plan.title.of(t.lang());
    let mut crumbs = crumbs(t, Some(&opened.of));
    crumbs.push(Link::new(title.to_owned(), session_href(id)));
    crumbs.push(Link::new(t.get("orientation-code"), ""));
    let view = CodePage {
        t,
        frame: &frame,
        shell: &shell,
        crumbs,
        lead: format!("{title} · {}", place_and_time(&opened.session)).into(),
        picture: format!("{}/karekod.svg", session_href(id)).into(),
        url: opened.attend_url(ctx.office()).into(),
        open: t.fmt("orientation-code-open", &[("time", &time_of(&opened.session))]).into(),
    };
    ctx.html(&view)
}

/// `GET /oryantasyon/oturum/{id}/karekod.svg`.
pub async fn code_picture(ctx: Ctx, Path(id): Path<SessionId>) -> Answer {
    let opened = find_session(ctx.office(), ctx.actor(), id).await?;
    let svg = qr::svg(&opened.attend_url(ctx.office()))
        .map_err(|error| ServiceError::Port { port: "qr", message: error.to_string() })?;
    Ok(inert("image/svg+xml".to_owned(), svg.into_bytes(), None))
}
