//! A new student's first day, the photos that wait for the office, and sealed slips for first sign-in.

use axum::{extract::Path, http::StatusCode};
use base::{
    ids::{EnrolmentId, PhotoProposalId},
    time::{Date, date_time_tr, date_tr, parse_date_tr},
};
use services::{
    Action, ServiceError,
    first_day::{
        self, DecidePhoto, FirstDay, KeepOwnContact, MissingPaper, Obstacle, SealSlips, Slip, Study,
        WaitingPhoto,
    },
    registration::show_notice,
};

use crate::{
    components::{Button, Column, Empty, Fact, Link, Note, State, Tag, Weight, form::Choice},
    ctx::{Ctx, Posted},
    fault::Answer,
    pages::{
        notice,
        plain_form::PlainForm,
        student::inert,
        student_forms::{Form, Outcome},
    },
    qr,
    texts::Texts,
    views::{
        cards::{Card, CardsPage, Cell, Part, Table},
        forms::Input,
        photos::PhotoPage,
        slips::{SlipLine, SlipsPage},
    },
    words,
};

/// Path of the student's work in the navigation.
const WORK: &str = "ilk-gun";
/// Path of the office's work.
const PHOTOS: &str = "fotograflar";

// The student ---------------------------------------------------------------------------------------

/// `GET /ilk-gun`.
pub async fn get(ctx: Ctx) -> Answer {
    let day = first_day::open_first_day(ctx.office(), ctx.actor()).await?;
    let t = ctx.t();
    let is_one = day.studies.len() == 1;
    let notice = show_notice(ctx.office(), None).ok();
    let version = notice.as_ref().map(|shown| shown.notice.version.as_str()).unwrap_or_default();
    let mut main: Vec<Card<'_>> =
        day.studies.iter().map(|study| study_card(t, study, version, is_one)).collect();
    if main.is_empty() {
        let nothing = Empty::new("cap", t.get("first-day-no-study"), t.get("first-day-no-study-text"));
        main.push(Card::new("ogrenim", t.get("first-day-missing"), Part::Empty(nothing)));
    }
    let frame = ctx.frame(t.get("first-day-title"));
    let shell = ctx.shell(WORK).await;
    let view = CardsPage {
        t,
        frame: &frame,
        shell: &shell,
        counter: false,
        crumbs: Vec::new(),
        heading: t.fmt("first-day-heading", &[("name", &day.name)]).into(),
        lead: t.get("first-day-lead").into(),
        buttons: Vec::new(),
        notes: notices(t, &day),
        figures: Vec::new(),
        tabs: Vec::new(),
        main,
        side: vec![photo_card(t, &day, ctx.office().today()), contact_card(t, &day)],
    };
    ctx.html(&view)
}

fn notices<'a>(t: &'a Texts, day: &FirstDay) -> Vec<Note<'a>> {
    let provisional = day.studies.iter().find_map(|study| study.provisional_until);
    let until = provisional.map(|last| {
        let text = t.fmt("first-day-provisional-text", &[("day", &date_tr(last))]);
        Note::new(State::Ask, t.get("first-day-provisional"), text)
    });
    until.into_iter().collect()
}

/// What is missing of one study; who has several reads of which. The notice is read in `version`.
fn study_card<'a>(t: &'a Texts, study: &'a Study, version: &str, is_one: bool) -> Card<'a> {
    let mut parts = vec![Part::Facts(vec![
        Fact::text(t.get("students-number"), study.number.as_str()),
        Fact::text(t.get("students-programme"), study.programme.of(t.lang())),
        Fact::tag(t.get("students-status"), words::status(t, study.status)),
    ])];
    parts.push(Part::Table(Table {
        columns: vec![Column::new(t.get("first-day-paper")), Column::new(t.get("first-day-until"))],
        rows: study.missing.iter().map(|paper| missing_row(t, paper)).collect(),
        empty: Empty::new("ok", t.get("first-day-nothing-missing"), ""),
        ..Table::default()
    }));
    let title = if is_one {
        t.get("first-day-missing").to_owned()
    } else {
        t.fmt("first-day-missing-of", &[("programme", study.programme.of(t.lang()))])
    };
    if !study.obstacles.is_empty() {
        let line = |obstacle: &Obstacle| {
            let code = format!("{}-text", obstacle.code());
            Fact::text(
                t.variant("first-day-obstacle", obstacle.code()),
                t.variant("first-day-obstacle", &code),
            )
        };
        parts.push(Part::Note(Note::new(State::Ask, t.get("first-day-else"), "")));
        parts.push(Part::Facts(study.obstacles.iter().map(line).collect()));
    }
    let mut card = Card { parts, ..Card::new(format!("o{}", study.number), title, Part::Facts(Vec::new())) };
    if study.notice_unread && !version.is_empty() {
        card.parts.push(Part::Note(Note::new(
            State::Ask,
            t.get("first-day-notice"),
            t.get("first-day-notice-text"),
        )));
        let read = Button::post(t.get("first-day-notice-read"), "/ilk-gun/aydinlatma").weight(Weight::Main);
        card.buttons
            .push(Button::link(t.get("notice-read"), notice::address(version)).about(t.get("notice-title")));
        let fields = vec![
            ("enrolment".into(), study.enrolment.to_string().into()),
            ("surum".into(), version.to_owned().into()),
        ];
        card.buttons.push(Button { fields, ..read });
    }
    card
}

fn missing_row<'a>(t: &'a Texts, paper: &'a MissingPaper) -> Vec<Cell<'a>> {
    let until = paper.due_on.map_or_else(|| t.get("first-day-no-day").to_owned(), date_tr);
    let name = paper.description.as_deref().unwrap_or_else(|| t.variant("paper", paper.kind.code()));
    vec![Cell::text(name).note(paper.reason.as_deref().unwrap_or_default()), Cell::text(until).class("nw")]
}

fn photo_card<'a>(t: &'a Texts, day: &'a FirstDay, today: Date) -> Card<'a> {
    let tag = match day.proposal.as_ref().map(|p| p.state.as_str()) {
        Some("waiting") => Tag::ask(t.get("first-day-photo-waiting")),
        Some("refused") if !day.has_photo => Tag::no(t.get("first-day-photo-refused")),
        _ if day.has_photo => Tag::ok(t.get("first-day-photo-there")),
        _ => Tag::no(t.get("first-day-photo-missing")),
    };
    let mut fact = Fact::tag(t.get("first-day-photo-state"), tag);
    if let Some(reason) = day.proposal.as_ref().and_then(|p| p.reason.as_deref()) {
        fact = fact.with_note(reason);
    }
    let mut facts = vec![fact];
    let mut is_open = true;
    if let Some(window) = &day.photo_window {
        is_open = (window.opens_on..=window.closes_on).contains(&today);
        let days = format!("{} – {}", date_tr(window.opens_on), date_tr(window.closes_on));
        let note = if is_open { "" } else { t.get("first-day-photo-closed") };
        facts.push(Fact::text(t.get("first-day-photo-window"), days).with_note(note));
    }
    let card = Card::new("foto", t.get("first-day-photo"), Part::Facts(facts));
    if is_open {
        card.button(Button::link(t.get("first-day-photo-propose"), "/ilk-gun/fotograf"))
    } else {
        card
    }
}

fn contact_card<'a>(t: &'a Texts, day: &'a FirstDay) -> Card<'a> {
    let value = |text: &'a Option<String>| text.as_deref().unwrap_or_default();
    Card::new(
        "iletisim",
        t.get("first-day-contact"),
        Part::Facts(vec![
            Fact::text(t.get("contact-email"), value(&day.contact.email)),
            Fact::text(t.get("contact-phone"), value(&day.contact.phone)),
            Fact::text(t.get("contact-address"), value(&day.contact.address)),
        ]),
    )
    .button(Button::link(t.get("first-day-contact-change"), "/ilk-gun/iletisim"))
}

/// `POST /ilk-gun/aydinlatma`.
pub async fn notice(ctx: Ctx, posted: Posted) -> Answer {
    let enrolment: EnrolmentId = posted.text("enrolment").parse().map_err(|_| ServiceError::NotFound)?;
    let version = posted.text("surum").to_owned();
    first_day::read_notice(ctx.office(), ctx.actor(), enrolment, version).await?;
    Ok(ctx.flash_to("/ilk-gun", "first-day-notice-read"))
}

/// `GET /ilk-gun/iletisim`.
pub async fn contact(ctx: Ctx) -> Answer {
    contact_page(&ctx, &Form::fresh(&ctx)).await
}

fn crumb(ctx: &Ctx) -> Vec<Link<'_>> {
    vec![Link::new(ctx.t().get("first-day-title"), "/ilk-gun")]
}

async fn contact_page(ctx: &Ctx, form: &Form<'_>) -> Answer {
    let day = first_day::open_first_day(ctx.office(), ctx.actor()).await?;
    let now = |value: &Option<String>| value.clone().unwrap_or_default();
    let page = PlainForm {
        current: WORK,
        title: "first-day-contact",
        crumbs: crumb(ctx),
        lead: String::new(),
        notes: Vec::new(),
        action: "/ilk-gun/iletisim".to_owned(),
        hidden: vec![("version", day.contact.version.to_string())],
        inputs: vec![
            Input::Text(
                form.field("email", "contact-email", now(&day.contact.email))
                    .autocomplete("email")
                    .optional(),
            ),
            Input::Text(
                form.field("phone", "contact-phone", now(&day.contact.phone)).autocomplete("tel").optional(),
            ),
            Input::Area(
                form.field("address", "contact-address", now(&day.contact.address))
                    .autocomplete("street-address")
                    .optional()
                    .max(500),
            ),
        ],
        facts: Vec::new(),
        submit: "form-save",
        danger: false,
        back: "/ilk-gun".to_owned(),
    };
    page.show(ctx, form).await
}

/// `POST /ilk-gun/iletisim`.
pub async fn save_contact(ctx: Ctx, posted: Posted) -> Answer {
    let form = KeepOwnContact {
        email: posted.text("email").to_owned(),
        phone: posted.text("phone").to_owned(),
        address: posted.text("address").to_owned(),
        version: posted.number("version").unwrap_or(0),
    };
    match first_day::keep_own_contact(ctx.office(), ctx.actor(), form).await {
        Ok(()) => Ok(ctx.flash_to("/ilk-gun", "contact-saved")),
        Err(error) => {
            let outcome = Outcome::of(error)?;
            contact_page(&ctx, &Form::again(&ctx, &posted, outcome)).await
        }
    }
}

/// `GET /ilk-gun/fotograf`.
pub async fn photo(ctx: Ctx) -> Answer {
    photo_page(&ctx, &Form::fresh(&ctx)).await
}

async fn photo_page(ctx: &Ctx, form: &Form<'_>) -> Answer {
    ctx.needs(Action::KeepOwnRecord)?;
    let t = ctx.t();
    let page = PlainForm {
        current: WORK,
        title: "first-day-photo-propose",
        crumbs: crumb(ctx),
        lead: t.get("first-day-photo-lead").to_owned(),
        notes: Vec::new(),
        action: "/ilk-gun/fotograf".to_owned(),
        hidden: Vec::new(),
        inputs: vec![Input::File(
            form.field("photo", "photo-file", "").hint(t.get("photo-hint")),
            "image/jpeg,image/png",
        )],
        facts: Vec::new(),
        submit: "first-day-photo-send",
        danger: false,
        back: "/ilk-gun".to_owned(),
    };
    page.show(ctx, form).await
}

/// `POST /ilk-gun/fotograf`.
pub async fn save_photo(ctx: Ctx, mut posted: Posted) -> Answer {
    let saved = match posted.file("photo") {
        Some(upload) => first_day::propose_photo(ctx.office(), ctx.actor(), upload).await,
        None => Err(ServiceError::field("photo", "file-empty")),
    };
    match saved {
        Ok(()) => Ok(ctx.flash_to("/ilk-gun", "photo-proposed")),
        Err(error) => {
            let outcome = Outcome::of(error)?;
            photo_page(&ctx, &Form::again(&ctx, &posted, outcome)).await
        }
    }
}

// The office ------------------------------------------------------------------------------------------

/// `GET /fotograflar`: photos that wait.
pub async fn photos(ctx: Ctx) -> Answer {
    let waiting = first_day::list_waiting_photos(ctx.office(), ctx.actor()).await?;
    let t = ctx.t();
    let table = Table {
        columns: vec![
            Column::new(t.get("students-name")),
            Column::new(t.get("students-number")),
            Column::new(t.get("first-day-proposed-at")),
            Column::new(t.get("first-day-photo-state")),
        ],
        rows: waiting.iter().map(|line| photo_row(t, line)).collect(),
        empty: Empty::new("photo", t.get("first-day-no-photos"), t.get("first-day-no-photos-text")),
        ..Table::default()
    };
    let frame = ctx.frame(t.get("first-day-photos-title"));
    let shell = ctx.shell(PHOTOS).await;
    let view = CardsPage {
        t,
        frame: &frame,
        shell: &shell,
        counter: false,
        crumbs: Vec::new(),
        heading: t.get("first-day-photos-title").into(),
        lead: t.get("first-day-photos-lead").into(),
        buttons: vec![Button::link(t.get("slips-title"), "/kayit/zarflar")],
        notes: Vec::new(),
        figures: Vec::new(),
        tabs: Vec::new(),
        main: vec![Card::new("bekleyen", t.get("first-day-photos-waiting"), Part::Table(table))],
        side: Vec::new(),
    };
    ctx.html(&view)
}

/// Whether it would be the first photo.
fn photo_tag<'a>(t: &'a Texts, line: &WaitingPhoto) -> Tag<'a> {
    if line.has_photo {
        Tag::info(t.get("first-day-replaces"))
    } else {
        Tag::ask(t.get("first-day-first-photo"))
    }
}

fn photo_row<'a>(t: &'a Texts, line: &'a WaitingPhoto) -> Vec<Cell<'a>> {
    vec![
        Cell::link(line.name.as_str(), format!("/fotograflar/{}", line.proposal.id)),
        Cell::text(line.number.as_str()).class("num"),
        Cell::text(date_time_tr(line.proposal.proposed_at)).class("nw"),
        Cell::tag(photo_tag(t, line)),
    ]
}

/// `GET /fotograflar/{id}/resim`.
pub async fn picture(ctx: Ctx, Path(id): Path<PhotoProposalId>) -> Answer {
    let (mime, bytes) = first_day::open_waiting_photo(ctx.office(), ctx.actor(), id).await?;
    Ok(inert(mime, bytes, None))
}

/// `GET /fotograflar/{id}`.
pub async fn decide(ctx: Ctx, Path(id): Path<PhotoProposalId>) -> Answer {
    decide_page(&ctx, id, &Form::fresh(&ctx)).await
}

async fn decide_page(ctx: &Ctx, id: PhotoProposalId, form: &Form<'_>) -> Answer {
    let line = match first_day::find_waiting_photo(ctx.office(), ctx.actor(), id).await {
        // Somebody was faster: the list shows what is left to decide.
        Err(ServiceError::Stale) => return Ok(ctx.flash_to("/fotograflar", "photo-decided-before")),
        found => found?,
    };
    let t = ctx.t();
    let chosen = form.value("decision", "take");
    let choices = ["take", "refuse"]
        .into_iter()
        .map(|code| Choice::new(code, t.variant("photo-decision", code)).chosen(code == chosen))
        .collect();
    let frame = ctx.frame(t.get("first-day-photo-decide"));
    let shell = ctx.shell(PHOTOS).await;
    let decision = form.field("decision", "photo-decision", "");
    let reason =
        form.field("reason", "photo-reason", "").hint(t.get("photo-reason-hint")).optional().max(200);
    let errors = form.errors();
    let notes = form.notes();
    let is_sound = errors.is_empty() && notes.is_empty();
    let status = if is_sound { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let student = format!("/ogrenci/{}", line.number);
    let view = PhotoPage {
        t,
        frame: &frame,
        shell: &shell,
        crumbs: vec![
            Link::new(t.get("first-day-photos-title"), "/fotograflar"),
            Link::new(t.get("first-day-photo-decide"), ""),
        ],
        lead: format!("{} · {}", line.name, line.number).into(),
        notes,
        errors,
        tokens: ctx.tokens(),
        action: format!("/fotograflar/{id}").into(),
        picture: format!("/fotograflar/{id}/resim").into(),
        facts: vec![
            Fact::link(t.get("students-number"), line.number.clone(), student),
            Fact::text(t.get("first-day-proposed-at"), date_time_tr(line.proposal.proposed_at)),
            Fact::tag(t.get("first-day-photo-state"), photo_tag(t, &line)),
        ],
        decision,
        choices,
        reason,
    };
    ctx.html_with(status, &view)
}

/// `POST /fotograflar/{id}`.
pub async fn save_decision(ctx: Ctx, Path(id): Path<PhotoProposalId>, posted: Posted) -> Answer {
    let decided = match posted.text("decision") {
        "take" | "refuse" => {
            let form = DecidePhoto {
                id,
                take: posted.text("decision") == "take",
                reason: posted.text("reason").to_owned(),
            };
            first_day::decide_photo(ctx.office(), ctx.actor(), form).await
        }
        _ => Err(ServiceError::field("decision", "required")),
    };
    match decided {
        Ok(()) => Ok(ctx.flash_to("/fotograflar", "photo-decided")),
        Err(error) => {
            let outcome = Outcome::of(error)?;
            decide_page(&ctx, id, &Form::again(&ctx, &posted, outcome)).await
        }
    }
}

/// `GET /kayit/zarflar`.
pub async fn slips(ctx: Ctx) -> Answer {
    ctx.needs(Action::IssueStudentLink)?;
    slips_page(&ctx, &Form::fresh(&ctx)).await
}

async fn slips_page(ctx: &Ctx, form: &Form<'_>) -> Answer {
    let t = ctx.t();
    let programmes = services::institution::list_programmes(ctx.office(), ctx.actor()).await?;
    let choices = form.choices(
        "programme",
        "",
        programmes.iter().map(|p| (p.code.clone(), format!("{} · {}", p.code, p.name.of(t.lang())))),
    );
    let page = PlainForm {
        current: super::registration::WORK,
        title: "slips-title",
        crumbs: vec![Link::new(t.get("desk-title"), "/kayit")],
        lead: t.get("slips-lead").to_owned(),
        notes: Vec::new(),
        action: "/kayit/zarflar".to_owned(),
        hidden: Vec::new(),
        inputs: vec![
            Input::Select(form.field("programme", "slips-programme", "").focus(), choices),
            Input::Date(form.field("day", "slips-day", date_tr(ctx.office().today()))),
            Input::Check(form.field("again", "slips-again", "").hint(t.get("slips-again-hint"))),
        ],
        facts: Vec::new(),
        submit: "slips-make",
        danger: false,
        back: "/kayit".to_owned(),
    };
    page.show(ctx, form).await
}

/// `POST /kayit/zarflar`: the answer shows the slips, this once.
pub async fn make_slips(ctx: Ctx, posted: Posted) -> Answer {
    let made = match parse_date_tr(posted.text("day")) {
        None => Err(ServiceError::field("day", "date-form")),
        Some(day) => {
            let order = SealSlips {
                programme: posted.text("programme").to_owned(),
                day,
                again: !posted.text("again").is_empty(),
            };
            first_day::seal_slips(ctx.office(), ctx.actor(), order).await
        }
    };
    let slips = match made {
        Ok(slips) => slips,
        Err(error) => {
            let outcome = Outcome::of(error)?;
            return slips_page(&ctx, &Form::again(&ctx, &posted, outcome)).await;
        }
    };
    let t = ctx.t();
    let frame = ctx.frame(t.get("slips-title"));
    let shell = ctx.shell(super::registration::WORK).await;
    let line = |slip: &Slip| -> Result<SlipLine, ServiceError> {
        let url = slip.link.url(ctx.office());
        let code =
            qr::svg(&url).map_err(|error| ServiceError::Port { port: "qr", message: error.to_string() })?;
        Ok(SlipLine {
            name: slip.link.display_name.clone(),
            number: slip.number.clone(),
            user: slip.link.user_name.clone(),
            url,
            code,
            until: date_time_tr(slip.link.expires_at),
        })
    };
    let lines = slips.iter().map(line).collect::<Result<Vec<_>, _>>()?;
    let view = SlipsPage {
        t,
        frame: &frame,
        shell: &shell,
        crumbs: vec![Link::new(t.get("desk-title"), "/kayit"), Link::new(t.get("slips-title"), "")],
        slips: lines,
    };
    ctx.html_with(StatusCode::OK, &view)
}
