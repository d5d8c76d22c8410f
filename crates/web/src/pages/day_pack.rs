//! Day packs: making one, and entering its paper forms afterwards.

use askama::Template;
use axum::{
    extract::Path,
    http::header,
    response::{IntoResponse, Redirect, Response},
};
use base::{
    ids::DayPackId,
    time::{date_time_tr, date_tr, parse_date_tr},
};
use domain::{
    papers::{PaperKind, PaperStanding},
    registration::FeeState,
};
use regulations::Verdict;
use services::{
    Action, ServiceError,
    day_pack::{
        self, EnterForm, FormOutcome, FormPaper, ListedPack, MadePack, MakePack, OpenedPack, PackDraft,
        PackLine, draft_pack, find_place, pack_password, seal_pack,
    },
    registration::{DeskFile, FeeForm},
};
use storage::day_pack::PackForm;

use crate::{
    components::{Button, Column, Empty, Fact, Link, Note, State, Tag, form::Choice},
    ctx::{Ctx, Posted},
    fault::{Answer, Fault},
    pages::{
        plain_form::PlainForm,
        student_forms::{Form, Outcome},
    },
    texts::Texts,
    views::{
        cards::{Card, CardsPage, Cell, Part, Table},
        day_pack::PackFile,
        forms::Input,
    },
    words::finding,
};

const WORK: &str = "kayit";

fn crumbs(ctx: &Ctx) -> Vec<Link<'_>> {
    let t = ctx.t();
    vec![Link::new(t.get("nav-kayit"), "/kayit"), Link::new(t.get("pack-title"), "/kayit/paket")]
}

/// `GET /kayit/paket`.
pub async fn list(ctx: Ctx) -> Answer {
    let packs = day_pack::list_packs(ctx.office(), ctx.actor()).await?;
    let t = ctx.t();
    let table = Table {
        columns: vec![
            Column::new(t.get("pack-day")),
            Column::new(t.get("pack-unit")),
            Column::number(t.get("pack-candidates")),
            Column::number(t.get("pack-forms")),
            Column::number(t.get("pack-entered")),
            Column::new(t.get("pack-made")),
        ],
        rows: packs.iter().map(|listed| pack_row(t, listed)).collect(),
        empty: Empty::new("inbox", t.get("pack-none"), t.get("pack-none-text")),
        ..Table::default()
    };
    let frame = ctx.frame(t.get("pack-title"));
    let shell = ctx.shell(WORK).await;
    let view = CardsPage {
        t,
        frame: &frame,
        shell: &shell,
        counter: false,
        crumbs: vec![Link::new(t.get("nav-kayit"), "/kayit"), Link::new(t.get("pack-title"), "")],
        heading: t.get("pack-title").into(),
        lead: t.get("pack-lead").into(),
        buttons: vec![Button::link(t.get("pack-make"), "/kayit/paket/yeni")],
        notes: Vec::new(),
        figures: Vec::new(),
        tabs: Vec::new(),
        main: vec![Card::new("paketler", t.get("pack-list"), Part::Table(table))],
        side: Vec::new(),
    };
    ctx.html(&view)
}

fn pack_row<'a>(t: &Texts, listed: &'a ListedPack) -> Vec<Cell<'a>> {
    let pack = &listed.pack;
    vec![
        Cell::link(date_tr(pack.day), format!("/kayit/paket/{}", pack.id)),
        Cell::text(listed.unit.of(t.lang())),
        Cell::text(pack.candidates.to_string()).class("r"),
        Cell::text(pack.forms.to_string()).class("r"),
        Cell::text(pack.entered.to_string()).class("r"),
        Cell::text(date_time_tr(pack.made_at)).note(pack.made_by.as_str()),
    ]
}

/// `GET /kayit/paket/yeni`.
pub async fn form(ctx: Ctx) -> Answer {
    form_page(&ctx, &Form::fresh(&ctx)).await
}

async fn form_page(ctx: &Ctx, form: &Form<'_>) -> Answer {
    if !ctx.actor().may(Action::RegisterCandidates) {
        return Err(ServiceError::Forbidden(Action::RegisterCandidates).into());
    }
    let t = ctx.t();
    let units = services::institution::list_units(ctx.office(), ctx.actor()).await?;
    let choices = form.choices(
        "unit",
        "",
        units.iter().map(|node| {
            (node.unit.code.clone(), format!("{} · {}", node.unit.code, node.unit.name.of(t.lang())))
        }),
    );
    let password = form.value("password", pack_password(ctx.office()));
    let page = PlainForm {
        current: WORK,
        title: "pack-make",
        crumbs: crumbs(ctx),
        lead: t.get("pack-make-lead").to_owned(),
        notes: vec![Note::new(State::Ask, t.get("pack-password-note"), t.get("pack-password-text"))],
        action: "/kayit/paket/yeni".to_owned(),
        hidden: Vec::new(),
        inputs: vec![
            Input::Select(form.field("unit", "pack-unit", ""), choices),
            Input::Date(form.field("day", "pack-day", date_tr(ctx.office().today()))),
            Input::Number(form.field("forms", "pack-forms", "40").hint(t.get("pack-forms-hint")).max(3)),
            Input::Text(form.field("password", "pack-password", password).hint(t.get("pack-password-hint"))),
        ],
        facts: Vec::new(),
        submit: "pack-download",
        danger: false,
        back: "/kayit/paket".to_owned(),
    };
    page.show(ctx, form).await
}

/// `POST /kayit/paket/yeni`: the answer is the file.
pub async fn make(ctx: Ctx, posted: Posted) -> Answer {
    match made(&ctx, &posted).await {
        Ok((draft, pack)) => Ok(file(&ctx, &draft, &pack)?),
        Err(error) => {
            let outcome = Outcome::of(error)?;
            form_page(&ctx, &Form::again(&ctx, &posted, outcome)).await
        }
    }
}

async fn made(ctx: &Ctx, posted: &Posted) -> Result<(PackDraft, MadePack), ServiceError> {
    let day = parse_date_tr(posted.text("day")).ok_or_else(|| ServiceError::field("day", "date-form"))?;
    let forms = posted
        .number("forms")
        .and_then(|n| u16::try_from(n).ok())
        .ok_or_else(|| ServiceError::field("forms", "required"))?;
    let order = MakePack { unit: posted.text("unit").to_owned(), day, forms };
    let draft = draft_pack(ctx.office(), ctx.actor(), order).await?;
    let lines = worded(ctx.t(), &draft);
    let pack = seal_pack(ctx.office(), ctx.actor(), &draft, lines, posted.text("password").trim()).await?;
    Ok((draft, pack))
}

/// The candidates of a draft in words.
pub fn worded(t: &Texts, draft: &PackDraft) -> Vec<PackLine> {
    draft
        .candidates
        .iter()
        .map(|(candidate, file)| {
            let data = &candidate.data;
            let open = |verdict| !matches!(verdict, Verdict::Satisfied | Verdict::NotApplicable);
            let programme = file.programme.as_ref().map(|p| p.name.of(t.lang())).unwrap_or_default();
            PackLine {
                key: data.key().to_owned(),
                name: data.full_name(),
                programme: format!("{} · {programme}", candidate.programme_code),
                kind: t.variant("entry", data.entry_kind.code()).to_owned(),
                state: t.variant("candidate-state", candidate.state.code()).to_owned(),
                born: date_tr(data.birth_date),
                checks: file
                    .assessment
                    .findings
                    .iter()
                    .filter(|f| open(f.verdict))
                    .map(|f| finding(t, f))
                    .collect(),
                held: papers(t, file, |standing| standing == PaperStanding::Held),
                missing: papers(t, file, |standing| {
                    matches!(standing, PaperStanding::Missing | PaperStanding::ToAsk)
                }),
            }
        })
        .collect()
}

/// The papers of a file that stand so, in words.
fn papers(t: &Texts, file: &DeskFile, stands: impl Fn(PaperStanding) -> bool) -> Vec<String> {
    let lines = file.papers.lines.iter().filter(|line| stands(line.standing));
    lines.map(|line| t.variant("paper", line.kind.code()).to_owned()).collect()
}

/// The page of a pack; the same for the API.
///
/// # Errors
/// When the template cannot be drawn.
pub fn drawn(t: &Texts, draft: &PackDraft, pack: &MadePack) -> Result<String, ServiceError> {
    let title = format!("{} · {}", draft.name.of(t.lang()), date_tr(draft.day));
    let view = PackFile {
        t,
        title,
        forms: (1..=draft.forms)
            .map(|no| t.fmt("pack-form-no", &[("no", &format!("{}-{no}", pack.id))]))
            .collect(),
        // Base 64 and numbers, but the unit's name comes from people.
        payload: pack.payload.replace('<', "\\u003c"),
        papers: PAPERS.iter().map(|kind| t.get(paper_label(*kind))).collect(),
        words: serde_json::json!({ "missing": t.get("pack-file-missing"), "held": t.get("pack-file-held") })
            .to_string()
            .replace('<', "\\u003c"),
    };
    view.render().map_err(|error| ServiceError::Port { port: "template", message: error.to_string() })
}

fn file(ctx: &Ctx, draft: &PackDraft, pack: &MadePack) -> Result<Response, Fault> {
    let page = drawn(ctx.t(), draft, pack)?;
    let name = format!("attachment; filename=\"kunye-paket-{}-{}.html\"", pack.id, draft.day);
    Ok((
        [
            (header::CONTENT_TYPE, "text/html; charset=utf-8".to_owned()),
            (header::CONTENT_DISPOSITION, name),
            (header::CACHE_CONTROL, "private, no-store".to_owned()),
            (header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox".to_owned()),
        ],
        page,
    )
        .into_response())
}

// Entering forms -------------------------------------------------------------------------------------

/// `GET /kayit/paket/{id}`: the queue.
pub async fn get(ctx: Ctx, Path(id): Path<DayPackId>) -> Answer {
    let opened = day_pack::open_pack(ctx.office(), ctx.actor(), id).await?;
    let t = ctx.t();
    let notes = if opened.is_due {
        Vec::new()
    } else {
        vec![Note::new(State::Info, t.get("pack-ahead"), t.get("pack-ahead-text"))]
    };
    let table = Table {
        columns: vec![
            Column::new(t.get("pack-form")),
            Column::new(t.get("pack-outcome")),
            Column::new(t.get("pack-note")),
        ],
        rows: opened.forms.iter().map(|form| form_row(t, &opened, form)).collect(),
        empty: Empty::new("doc", t.get("pack-no-forms"), ""),
        ..Table::default()
    };
    let frame = ctx.frame(t.get("pack-queue"));
    let shell = ctx.shell(WORK).await;
    let mut way = crumbs(&ctx);
    way.push(Link::new(date_tr(opened.pack.day), ""));
    let view = CardsPage {
        t,
        frame: &frame,
        shell: &shell,
        counter: false,
        crumbs: way,
        heading: t.get("pack-queue").into(),
        lead: t
            .fmt(
                "pack-queue-lead",
                &[
                    ("day", &date_tr(opened.pack.day)),
                    ("entered", &opened.pack.entered.to_string()),
                    ("forms", &opened.pack.forms.to_string()),
                ],
            )
            .into(),
        buttons: Vec::new(),
        notes,
        figures: Vec::new(),
        tabs: Vec::new(),
        main: vec![Card::new("formlar", t.get("pack-forms-title"), Part::Table(table))],
        side: Vec::new(),
    };
    ctx.html(&view)
}

fn form_row<'a>(t: &'a Texts, opened: &OpenedPack, form: &'a PackForm) -> Vec<Cell<'a>> {
    let pack = opened.pack.id;
    let no = format!("{pack}-{}", form.form_no);
    let (first, state) = match form.outcome.as_deref() {
        None if !opened.is_due => (Cell::text(no), Tag::na(t.get("pack-outcome-waiting"))),
        None => (
            Cell::link(no, format!("/kayit/paket/{pack}/{}", form.form_no)),
            Tag::ask(t.get("pack-outcome-waiting")),
        ),
        Some("void") => (Cell::text(no), Tag::na(t.get("pack-outcome-void"))),
        Some(outcome) => {
            let cell = match form.candidate {
                Some(candidate) => Cell::link(no, format!("/kayit/{candidate}")),
                None => Cell::text(no),
            };
            (cell, Tag::ok(t.variant("pack-outcome", outcome)))
        }
    };
    vec![first.class("num"), Cell::tag(state), Cell::text(form.note.as_deref().unwrap_or_default())]
}

/// `GET /kayit/paket/{id}/{no}`.
pub async fn enter_form(ctx: Ctx, Path((id, no)): Path<(DayPackId, i64)>) -> Answer {
    enter_page(&ctx, id, no, &Form::fresh(&ctx)).await
}

async fn enter_page(ctx: &Ctx, id: DayPackId, no: i64, form: &Form<'_>) -> Answer {
    let opened = day_pack::open_pack(ctx.office(), ctx.actor(), id).await?;
    match opened.forms.iter().find(|form| form.form_no == no) {
        None => return Err(ServiceError::NotFound.into()),
        // Entered already, or not written yet: the queue says which.
        Some(form) if form.outcome.is_some() || !opened.is_due => {
            return Ok(Redirect::to(&format!("/kayit/paket/{id}")).into_response());
        }
        Some(_) => {}
    }
    let t = ctx.t();
    let chosen = form.value("fee_state", "");
    let fees = [FeeState::Paid, FeeState::Exempt, FeeState::NotDue, FeeState::Owed]
        .iter()
        .map(|state| {
            Choice::new(state.code(), t.variant("desk-fee", state.code())).chosen(state.code() == chosen)
        })
        .collect();
    let kinds =
        [("final", "pack-form-final"), ("provisional", "pack-form-provisional"), ("void", "pack-form-void")];
    let outcome = form.value("outcome", "final");
    let outcomes =
        kinds.iter().map(|(code, key)| Choice::new(*code, t.get(key)).chosen(*code == outcome)).collect();
    let mut inputs = vec![
        Input::Text(form.field("key", "pack-form-key", "").max(20).optional().focus()),
        Input::Text(
            form.field("programme", "pack-form-programme", "")
                .hint(t.get("pack-form-programme-hint"))
                .optional()
                .max(64),
        ),
        Input::Radios(form.field("outcome", "pack-outcome", ""), outcomes),
        Input::Date(form.field("until", "pack-until", "").optional()),
        Input::Radios(form.field("fee_state", "pack-form-fee", ""), fees),
        Input::Text(form.field("fee_receipt", "pack-receipt", "").optional().max(100)),
        Input::Check(form.field("notice_read", "pack-form-notice", "")),
        Input::Text(form.field("note", "pack-note", "").hint(t.get("pack-note-hint")).optional().max(200)),
        Input::Heading(t.get("pack-form-papers").into()),
    ];
    inputs.extend(PAPERS.iter().map(|kind| {
        let stands = [("received", "paper-state-received"), ("missing", "paper-state-missing")];
        let words = stands.map(|(code, key)| (code.to_owned(), t.get(key).to_owned()));
        let field = form.field(kind.code(), paper_label(*kind), "").optional();
        Input::Select(field, form.choices(kind.code(), "", words))
    }));
    inputs.push(Input::Date(form.field("due_on", "pack-form-due", "").optional()));
    let page = PlainForm {
        current: WORK,
        title: "pack-enter",
        crumbs: {
            let mut way = crumbs(ctx);
            way.push(Link::new(date_tr(opened.pack.day), format!("/kayit/paket/{id}")));
            way
        },
        lead: t.fmt("pack-enter-lead", &[("no", &format!("{id}-{no}")), ("day", &date_tr(opened.pack.day))]),
        notes: Vec::new(),
        action: format!("/kayit/paket/{id}/{no}"),
        hidden: Vec::new(),
        inputs,
        facts: vec![Fact::text(t.get("pack-form"), format!("{id}-{no}"))],
        submit: "pack-enter-save",
        danger: false,
        back: format!("/kayit/paket/{id}"),
    };
    page.show(ctx, form).await
}

/// Papers that a form of the desk names; others are ticked at the desk.
const PAPERS: &[PaperKind] = &[
    PaperKind::SchoolDiploma,
    PaperKind::Photograph,
    PaperKind::IdentityCopy,
    PaperKind::PlacementResult,
    PaperKind::FieldCertificate,
    PaperKind::PreviousDiploma,
    PaperKind::RecordOfStudies,
    PaperKind::Passport,
    PaperKind::ExamResult,
    PaperKind::Equivalence,
];

const fn paper_label(kind: PaperKind) -> &'static str {
    match kind {
        PaperKind::SchoolDiploma => "paper-school_diploma",
        PaperKind::Photograph => "paper-photograph",
        PaperKind::IdentityCopy => "paper-identity_copy",
        PaperKind::PlacementResult => "paper-placement_result",
        PaperKind::FieldCertificate => "paper-field_certificate",
        PaperKind::PreviousDiploma => "paper-previous_diploma",
        PaperKind::RecordOfStudies => "paper-record_of_studies",
        PaperKind::Passport => "paper-passport",
        PaperKind::ExamResult => "paper-exam_result",
        _ => "paper-equivalence",
    }
}

/// `POST /kayit/paket/{id}/{no}`.
pub async fn save_form(ctx: Ctx, Path((id, no)): Path<(DayPackId, i64)>, posted: Posted) -> Answer {
    match entered(&ctx, id, no, &posted).await {
        Ok(outcome) => {
            let key = match outcome {
                FormOutcome::Registered(_) | FormOutcome::Provisional(_) => "pack-entered",
                FormOutcome::Already => "pack-already",
                FormOutcome::Void => "pack-void",
            };
            Ok(ctx.flash_to(&format!("/kayit/paket/{id}"), key))
        }
        Err(error) => {
            let outcome = Outcome::of(error)?;
            enter_page(&ctx, id, no, &Form::again(&ctx, &posted, outcome)).await
        }
    }
}

async fn entered(ctx: &Ctx, id: DayPackId, no: i64, posted: &Posted) -> Result<FormOutcome, ServiceError> {
    let candidate = match posted.text("outcome") {
        "void" => None,
        _ => {
            let (key, programme) = (posted.text("key"), posted.text("programme"));
            Some(find_place(ctx.office(), ctx.actor(), key, programme).await?)
        }
    };
    let paper = |kind: &PaperKind| match posted.text(kind.code()) {
        "received" => Some(FormPaper { kind: *kind, is_missing: false }),
        "missing" => Some(FormPaper { kind: *kind, is_missing: true }),
        _ => None,
    };
    let form = EnterForm {
        pack: id,
        form_no: no,
        candidate,
        papers: PAPERS.iter().filter_map(paper).collect(),
        missing_until: posted.text("due_on").to_owned(),
        provisional: posted.text("outcome") == "provisional",
        until: posted.text("until").to_owned(),
        fee: FeeForm {
            state: FeeState::from_code(posted.text("fee_state")),
            receipt: posted.text("fee_receipt").to_owned(),
            ..FeeForm::default()
        },
        notice_read: !posted.text("notice_read").is_empty(),
        note: posted.text("note").to_owned(),
    };
    Ok(day_pack::enter_form(ctx.office(), ctx.actor(), form).await?.outcome)
}
