//! Papers: issuing one, the list, one paper, cancelling, batches with their jobs, and verification.

use axum::{
    extract::{Path, Query},
    http::{StatusCode, header},
    response::{IntoResponse, Redirect},
};
use base::{
    ids::{DocumentId, JobId},
    lang::Lang,
    time::{date_time_tr, date_tr, parse_date_tr},
};
use catalogue::documents::{KINDS, of_student};
use domain::documents::DocumentStatus;
use serde::Deserialize;
use services::{
    Action, ServiceError,
    documents::{
        self, About, CancelDocument, DocumentQuery, IssueDocument, ShownDocument, Verification, batch,
    },
    students::open,
};
use sha2::Digest;
use storage::documents::Document;

use crate::{
    components::{
        Button, Chip, Empty, Fact, Figure, Link, Note, State, Weight,
        form::{Choice, Field, FieldError, Tokens},
        record::{JobCard, JobState},
    },
    ctx::{Anyone, Ctx, Posted},
    fault::Answer,
    pages::{
        in_unit,
        student::{finding_text, findings_panel, inert},
        student_forms::{Form, Outcome},
    },
    texts::Texts,
    url::Params,
    views::{
        documents::{
            BatchGroup, BatchPage, BatchRow, DocumentPage, DocumentRow, DocumentsPage, IssuePage,
            JobFragment, JobPage,
        },
        forms::{FormPage, Input},
        students::Filter,
        verify::{self, VerifyPage},
    },
    words,
};

/// Papers of the list at once.
const PAGE: u32 = 50;
/// Jobs of the actor that the list shows.
const JOBS: u32 = 5;

fn number_of(document: &Document) -> String {
    document.number.to_string()
}

/// What a paper is about: the student with the number and the page, an orientation with its session, or the unit with
/// the day.
fn about(t: &Texts, document: &Document) -> (String, String, String) {
    let name = |name: &domain::student_file::Name| name.of(t.lang()).to_owned();
    if let Some(orientation) = &document.orientation {
        let session = orientation.session.as_ref();
        let session = session.map(|(title, day)| format!("{}, {}", name(title), date_tr(*day)));
        return (name(&orientation.name), session.unwrap_or_default(), String::new());
    }
    match (&document.student, document.subject.day()) {
        (Some(student), _) => {
            (student.name.clone(), student.number.clone(), format!("/ogrenci/{}", student.number))
        }
        (None, day) => (name(&document.unit), day.map(date_tr).unwrap_or_default(), String::new()),
    }
}

fn kind_of(t: &Texts, document: &Document) -> String {
    kind_in(t, &document.kind, document.lang)
}

/// `Öğrenci belgesi (TR)`.
pub(super) fn kind_in(t: &Texts, kind: &str, lang: Lang) -> String {
    format!("{} ({})", t.variant("document", kind), lang.code().to_ascii_uppercase())
}

// One paper ---------------------------------------------------------------------------------------

/// Which language a paper was asked in.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct IssueParams {
    dil: String,
}

/// `GET /ogrenci/{no}/belge/{kind}`: the question before a paper is issued.
pub async fn ask(
    ctx: Ctx,
    Path((number, kind)): Path<(String, String)>,
    Query(params): Query<IssueParams>,
) -> Answer {
    let lang = Lang::from_code(&params.dil).unwrap_or_else(|| ctx.t().lang());
    issue_page(&ctx, &number, &kind, lang, &Form::fresh(&ctx)).await
}

async fn issue_page(ctx: &Ctx, number: &str, kind: &str, lang: Lang, form: &Form<'_>) -> Answer {
    let t = ctx.t();
    let opened = open::open_student(ctx.office(), ctx.actor(), number.to_owned()).await?;
    if !opened.may.contains(&Action::IssueDocument) {
        return Err(ServiceError::Forbidden(Action::IssueDocument).into());
    }
    let printable = opened.printable.iter().find(|p| p.kind.key == kind).ok_or(ServiceError::NotFound)?;
    let title = t.variant("document", kind);
    let name = opened.person.identity.full_name();
    let base = format!("/ogrenci/{number}");
    let frame = ctx.frame(title);
    let shell = ctx.shell("ogrenciler").await;
    let chosen = form.value("lang", lang.code());
    let view = IssuePage {
        t,
        frame: &frame,
        shell: &shell,
        crumbs: vec![
            Link::new(t.get("students-title"), "/ogrenciler"),
            Link::new(format!("{name} · {number}"), base.as_str()),
            Link::new(title, ""),
        ],
        action: format!("{base}/belge/{kind}").into(),
        tokens: ctx.tokens(),
        langs: Lang::ALL
            .iter()
            .map(|l| Choice::new(l.code(), t.variant("language", l.code())).chosen(l.code() == chosen))
            .collect(),
        purpose: form
            .field("purpose", "document-purpose", "")
            .hint(t.get("document-purpose-hint"))
            .optional()
            .max(200)
            .focus(),
        decision: printable.findings.needs_human().then(|| {
            form.field("decision", "document-decision", "").hint(t.get("document-decision-hint")).max(500)
        }),
        possible: !printable.findings.refuses(),
        findings: findings_panel(t, t.get("document-rules"), &printable.findings),
        errors: form.errors(),
        back: base.as_str().into(),
    };
    ctx.html(&view)
}

/// `POST /ogrenci/{no}/belge/{kind}`: issues it; a second sending of the same form leads to the same paper.
pub async fn issue(ctx: Ctx, Path((number, kind)): Path<(String, String)>, posted: Posted) -> Answer {
    let lang = Lang::from_code(posted.text("lang")).unwrap_or_default();
    let command = IssueDocument {
        number: number.clone(),
        kind: kind.clone(),
        lang,
        purpose: posted.text("purpose").to_owned(),
        photo: false,
        decision: posted.text("decision").to_owned(),
        idempotency_key: Some(posted.text("once").to_owned()).filter(|key| !key.is_empty()),
    };
    match documents::issue_document(ctx.office(), ctx.actor(), command).await {
        Ok(issued) => Ok(ctx.flash_to(&format!("/belge/{}", issued.id), "document-issued")),
        Err(ServiceError::Refused(_)) => issue_page(&ctx, &number, &kind, lang, &Form::fresh(&ctx)).await,
        Err(error) => {
            let outcome = Outcome::of(error)?;
            issue_page(&ctx, &number, &kind, lang, &Form::again(&ctx, &posted, outcome)).await
        }
    }
}

/// `GET /belge/{id}`.
pub async fn get(ctx: Ctx, Path(id): Path<DocumentId>) -> Answer {
    let ShownDocument { document, current } = documents::show_document(ctx.office(), ctx.actor(), id).await?;
    let t = ctx.t();
    let number = number_of(&document);
    let title = format!("{} {number}", t.variant("document", &document.kind));
    let (about, detail, page) = about(t, &document);
    let may = |action: Action| ctx.actor().may(action);
    let mut buttons = Vec::new();
    if document.sha256.is_some() {
        buttons.push(
            Button::link(t.get("document-open"), format!("/belge/{id}/pdf"))
                .icon("print")
                .weight(Weight::Main)
                .key("p"),
        );
    }
    if document.status != DocumentStatus::Cancelled && may(Action::CancelDocument) {
        buttons.push(
            Button::link(t.get("document-cancel"), format!("/belge/{id}/iptal")).weight(Weight::Danger),
        );
    }
    let mut notes = Vec::new();
    match document.status {
        DocumentStatus::Preparing => {
            notes.push(Note::new(State::Ask, t.get("document-preparing"), t.get("document-preparing-text")))
        }
        DocumentStatus::Cancelled => {
            let when = document.ended_at.map(date_time_tr).unwrap_or_default();
            let text = t.fmt(
                "document-cancelled-text",
                &[("when", &when), ("reason", document.ended_reason.as_deref().unwrap_or_default())],
            );
            notes.push(Note::new(State::No, t.get("document-cancelled"), text));
        }
        DocumentStatus::Superseded => {
            notes.push(match current {
                Some(newer) => {
                    Note::new(State::Info, t.get("document-superseded"), t.get("document-superseded-text"))
                        .with_link(t.get("document-newer"), format!("/belge/{newer}"))
                }
                None => Note::new(
                    State::Ask,
                    t.get("document-successor-cancelled"),
                    t.get("document-successor-cancelled-text"),
                ),
            });
        }
        DocumentStatus::Valid => {}
    }
    let code =
        domain::documents::VerificationCode::parse(&document.code).map(|c| c.to_string()).unwrap_or_default();
    let facts = vec![
        Fact::text(t.get("document-number"), number),
        Fact::text(t.get("document-kind"), kind_of(t, &document)),
        if page.is_empty() {
            let of = if document.orientation.is_some() { "orientation-title" } else { "document-unit-day" };
            let said = [about.as_str(), detail.as_str()].into_iter().filter(|part| !part.is_empty());
            Fact::text(t.get(of), said.collect::<Vec<_>>().join(" · "))
        } else {
            Fact::link(t.get("document-student"), format!("{about} · {detail}"), page.clone())
        },
        Fact::text(t.get("document-date"), date_tr(document.issued_on)),
        Fact::text(
            t.get("document-by"),
            format!("{} · {}", document.issued_by, date_time_tr(document.issued_at)),
        ),
        Fact::text(t.get("document-purpose"), document.purpose.clone().unwrap_or_default()),
        Fact::text(t.get("document-code"), code.clone()).with_note(
            t.fmt("document-code-note", &[("address", &format!("{}/dogrula", ctx.office().public_url))]),
        ),
        Fact::text(
            t.get("document-hash"),
            document.sha256.map(|h| domain::ledger::hex(&h)).unwrap_or_default(),
        ),
    ];
    let frame = ctx.frame(title.clone());
    let shell = ctx.shell("belgeler").await;
    let view = DocumentPage {
        t,
        frame: &frame,
        shell: &shell,
        crumbs: std::iter::once(Link::new(t.get("documents-title"), "/belgeler"))
            .chain((!page.is_empty()).then(|| Link::new(about, page)))
            .chain([Link::new(title.clone(), "")])
            .collect(),
        state: words::document_status(t, document.status),
        notes,
        facts,
        buttons,
    };
    ctx.html(&view)
}

/// `GET /belge/{id}/pdf`: the stored bytes, checked against their hash.
pub async fn pdf(ctx: Ctx, Path(id): Path<DocumentId>) -> Answer {
    let pdf = documents::document_pdf(ctx.office(), ctx.actor(), id).await?;
    Ok(inert("application/pdf".to_owned(), pdf.bytes, Some(&pdf.name)))
}

/// `GET /belge/{id}/iptal`.
pub async fn cancel(ctx: Ctx, Path(id): Path<DocumentId>) -> Answer {
    if !services::authz::is_confirmed(ctx.actor(), ctx.office().now()) {
        return Err(ServiceError::NeedsConfirmation.into());
    }
    cancel_page(&ctx, id, &Form::fresh(&ctx)).await
}

async fn cancel_page(ctx: &Ctx, id: DocumentId, form: &Form<'_>) -> Answer {
    if !ctx.actor().may(Action::CancelDocument) {
        return Err(ServiceError::Forbidden(Action::CancelDocument).into());
    }
    let ShownDocument { document, .. } = documents::show_document(ctx.office(), ctx.actor(), id).await?;
    let t = ctx.t();
    let back = format!("/belge/{id}");
    let frame = ctx.frame(t.get("document-cancel-title"));
    let shell = ctx.shell("belgeler").await;
    let view = FormPage {
        t,
        frame: &frame,
        shell: &shell,
        crumbs: vec![
            Link::new(t.get("documents-title"), "/belgeler"),
            Link::new(number_of(&document), back.as_str()),
            Link::new(t.get("document-cancel"), ""),
        ],
        lead: format!("{} · {} · {}", number_of(&document), kind_of(t, &document), about(t, &document).0)
            .into(),
        notes: vec![Note::new(State::Ask, t.get("document-cancel-note"), t.get("document-cancel-note-text"))],
        facts: Vec::new(),
        action: format!("{back}/iptal").into(),
        tokens: ctx.tokens(),
        hidden: Vec::new(),
        errors: form.errors(),
        inputs: vec![Input::Area(
            form.field("reason", "document-cancel-reason", "")
                .hint(t.get("document-cancel-reason-hint"))
                .max(200),
        )],
        submit: t.get("document-cancel").into(),
        danger: true,
        back: back.as_str().into(),
    };
    let status = if form.errors().is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    ctx.html_with(status, &view)
}

/// `POST /belge/{id}/iptal`.
pub async fn save_cancel(ctx: Ctx, Path(id): Path<DocumentId>, posted: Posted) -> Answer {
    let command = CancelDocument { id, reason: posted.text("reason").to_owned() };
    match documents::cancel_document(ctx.office(), ctx.actor(), command).await {
        Ok(()) => Ok(ctx.flash_to(&format!("/belge/{id}"), "document-cancelled")),
        Err(error) => {
            let outcome = Outcome::of(error)?;
            cancel_page(&ctx, id, &Form::again(&ctx, &posted, outcome)).await
        }
    }
}

// The list ------------------------------------------------------------------------------------------

/// What the list's URL says.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct ListParams {
    no: String,
    tur: String,
    durum: String,
    ilk: String,
    son: String,
    once: Option<i64>,
    birim: String,
}

impl ListParams {
    fn url(&self) -> Params<'_> {
        Params::new("/belgeler")
            .with("no", &self.no)
            .with("tur", &self.tur)
            .with("durum", &self.durum)
            .with("ilk", &self.ilk)
            .with("son", &self.son)
            .with(in_unit::PARAM, &self.birim)
    }

    /// The list, or which of the two days cannot be read.
    fn query(&self) -> Result<DocumentQuery, Vec<&'static str>> {
        let day = |name: &'static str, typed: &str| match typed.trim() {
            "" => Ok(None),
            typed => parse_date_tr(typed).map(Some).ok_or(name),
        };
        match (day("ilk", &self.ilk), day("son", &self.son)) {
            (Ok(from), Ok(to)) => Ok(DocumentQuery {
                status: DocumentStatus::from_code(&self.durum),
                kind: self.tur.clone(),
                student_number: self.no.clone(),
                from,
                to,
                before: self.once.map(DocumentId::new),
                limit: PAGE,
                ..DocumentQuery::default()
            }),
            (from, to) => Err([from.err(), to.err()].into_iter().flatten().collect()),
        }
    }
}

fn list_filters<'a>(
    ctx: &'a Ctx,
    params: &'a ListParams,
    units: Vec<Choice<'a>>,
    errors: &[FieldError<'a>],
) -> Vec<Filter<'a>> {
    let t = ctx.t();
    let all = || std::iter::once(Choice::new("", t.get("filter-all")));
    let text = |name: &'static str, label: &'static str, value: &'a str, max: u16, width: &'static str| {
        let error = errors.iter().find(|e| e.field == name).map(|e| e.message.clone()).unwrap_or_default();
        let field = Field::new(name, t.get(label)).value(value).max(max).width(width).error(error);
        Filter { field, choices: Vec::new() }
    };
    let mut filters = vec![
        text("no", "students-number", &params.no, 20, ""),
        Filter {
            field: Field::new("tur", t.get("document-kind")),
            choices: all()
                .chain(KINDS.iter().map(|kind| {
                    Choice::new(kind.key, t.variant("document", kind.key)).chosen(kind.key == params.tur)
                }))
                .collect(),
        },
        Filter {
            field: Field::new("durum", t.get("document-state")),
            choices: all()
                .chain(DocumentStatus::ALL.iter().map(|s| {
                    Choice::new(s.code(), t.variant("document-status", s.code()))
                        .chosen(s.code() == params.durum)
                }))
                .collect(),
        },
        text("ilk", "documents-from", &params.ilk, 10, "w-day"),
        text("son", "documents-to", &params.son, 10, "w-day"),
    ];
    if !units.is_empty() {
        filters.insert(0, Filter { field: Field::new(in_unit::PARAM, t.get("shell-unit")), choices: units });
    }
    filters
}

fn list_chips<'a>(t: &'a Texts, params: &'a ListParams) -> Vec<Chip<'a>> {
    let day = |key: &'static str, typed: &str| {
        parse_date_tr(typed.trim()).map(|day| t.fmt(key, &[("date", &date_tr(day))]))
    };
    let kind = KINDS.iter().find(|kind| kind.key == params.tur).map(|kind| t.variant("document", kind.key));
    let status = DocumentStatus::from_code(&params.durum).map(|s| t.variant("document-status", s.code()));
    [
        ("no", Some(params.no.clone())),
        ("tur", kind.map(str::to_owned)),
        ("durum", status.map(str::to_owned)),
        ("ilk", day("dated-since", &params.ilk)),
        ("son", day("documents-until", &params.son)),
    ]
    .into_iter()
    .filter_map(|(name, label)| Some((name, label.filter(|label| !label.is_empty())?)))
    .map(|(name, label)| Chip {
        label: label.into(),
        href: params.url().with(name, "").to_string().into(),
        removable: true,
        current: true,
        ..Chip::default()
    })
    .collect()
}

/// `GET /belgeler`: every filter is in the URL; students see their own.
pub async fn list(ctx: Ctx, Query(params): Query<ListParams>) -> Answer {
    let t = ctx.t();
    let own = ctx.reads_own();
    let once = params.once.map(|id| id.to_string()).unwrap_or_default();
    if let Some(there) = in_unit::go_there(&ctx, &params.birim, params.url().with("once", &once)).await {
        return Ok(there);
    }
    let unit = in_unit::asked(&ctx, &params.birim).await?;
    let (page, wrong) = match params.query() {
        Ok(query) => {
            let query = DocumentQuery { unit: unit.as_ref().map(|unit| unit.id), ..query };
            (Some(documents::list_documents(ctx.office(), ctx.actor(), query).await?), Vec::new())
        }
        Err(wrong) => (None, wrong),
    };
    let errors: Vec<FieldError<'_>> =
        wrong.into_iter().map(|name| FieldError::at(name, t.get("field-date-form"))).collect();
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let (rows, next) = page.map(|page| (page.rows, page.next)).unwrap_or_default();
    let jobs = if ctx.actor().may(Action::IssueDocument) {
        batch::list_batches(ctx.office(), ctx.actor(), JOBS).await?
    } else {
        Vec::new()
    };
    let mut chips = list_chips(t, &params);
    if let Some(unit) = &unit {
        chips.insert(0, in_unit::chip(&ctx, unit, params.url()).await);
    }
    let units = in_unit::choices(&ctx, unit.as_ref()).await;
    let kept = if units.is_empty() && unit.is_some() {
        vec![(in_unit::PARAM, params.birim.as_str())]
    } else {
        Vec::new()
    };
    let clear = if chips.is_empty() {
        String::new()
    } else {
        Params::new("/belgeler").with(in_unit::PARAM, in_unit::all(&ctx).await).to_string()
    };
    let empty = match (own, chips.is_empty()) {
        (true, _) => Empty::new("doc", t.get("start-own-papers-none"), t.get("start-own-papers-none-text")),
        (false, true) => Empty::new("doc", t.get("documents-none"), t.get("documents-none-text")),
        (false, false) => Empty::new("find", t.get("documents-no-hit"), t.get("documents-no-hit-text")),
    };
    let frame = ctx.frame(t.get(if own { "nav-own-papers" } else { "documents-title" }));
    let shell = ctx.shell("belgeler").await;
    let view = DocumentsPage {
        t,
        frame: &frame,
        shell: &shell,
        filters: if own { Vec::new() } else { list_filters(&ctx, &params, units, &errors) },
        kept,
        errors,
        clear: clear.into(),
        chips,
        rows: rows
            .iter()
            .map(|d| {
                let (about, detail, page) = about(t, d);
                DocumentRow {
                    number: number_of(d).into(),
                    href: format!("/belge/{}", d.id).into(),
                    kind: kind_of(t, d).into(),
                    about: about.into(),
                    detail: detail.into(),
                    about_href: page.into(),
                    date: date_tr(d.issued_on).into(),
                    by: d.issued_by.as_str().into(),
                    state: words::document_status(t, d.status),
                }
            })
            .collect(),
        more: next
            .map(|id| params.url().with("once", &id.to_string()).to_string())
            .unwrap_or_default()
            .into(),
        empty,
        jobs: jobs
            .iter()
            .map(|b| {
                let (kind, state) = (kind_in(t, &b.kind, b.lang), t.variant("job", &b.job.state));
                Fact::link(
                    date_time_tr(b.job.created_at),
                    format!("{kind} · {state} · {}", counts(t, &b.job)),
                    format!("/is/{}", b.job.id),
                )
            })
            .collect(),
    };
    ctx.html_with(status, &view)
}

// Batches -------------------------------------------------------------------------------------------

fn order(posted: &Posted) -> batch::BatchOrder {
    batch::BatchOrder {
        kind: Some(posted.text("kind")).filter(|k| !k.is_empty()).unwrap_or(KINDS[0].key).to_owned(),
        lang: Lang::from_code(posted.text("lang")).unwrap_or_default(),
        purpose: posted.text("purpose").to_owned(),
        photo: false,
        selection: batch::Selection::Numbers(posted.all("no").to_vec()),
    }
}

/// `POST /belgeler/toplu`: from the chosen rows of the list to the question which paper.
pub async fn batch_form(ctx: Ctx, posted: Posted) -> Answer {
    let t = ctx.t();
    if posted.all("no").is_empty() {
        return Ok(ctx.flash_to("/ogrenciler", "no-students-chosen"));
    }
    let form = Form::fresh(&ctx);
    let frame = ctx.frame(t.get("batch-title"));
    let shell = ctx.shell("belgeler").await;
    // Another page may hand on for which paper the students were gathered.
    let wanted = of_student().find(|kind| kind.key == posted.text("kind")).or_else(|| of_student().next());
    let kinds = of_student()
        .map(|k| (k.key, wanted.is_some_and(|wanted| wanted.key == k.key)))
        .map(|(key, is_wanted)| Choice::new(key, t.variant("document", key)).chosen(is_wanted))
        .collect();
    let langs = Lang::ALL
        .iter()
        .map(|l| Choice::new(l.code(), t.variant("language", l.code())).chosen(*l == Lang::Tr))
        .collect();
    let view = FormPage {
        t,
        frame: &frame,
        shell: &shell,
        crumbs: vec![Link::new(t.get("students-title"), "/ogrenciler"), Link::new(t.get("batch-title"), "")],
        lead: t.count("batch-chosen", posted.all("no").len()).into(),
        notes: Vec::new(),
        facts: Vec::new(),
        action: "/belgeler/toplu/onizle".into(),
        tokens: Tokens { csrf: ctx.csrf().into(), once: "".into() },
        hidden: posted.all("no").iter().map(|no| ("no".into(), no.as_str().into())).collect(),
        errors: Vec::new(),
        inputs: vec![
            Input::Radios(Field::new("kind", t.get("document-kind")), kinds),
            Input::Radios(Field::new("lang", t.get("document-lang")), langs),
            Input::Text(
                form.field("purpose", "document-purpose", "")
                    .hint(t.get("document-purpose-hint"))
                    .optional()
                    .max(200),
            ),
        ],
        submit: t.get("batch-preview").into(),
        danger: false,
        back: "/ogrenciler".into(),
    };
    ctx.html(&view)
}

/// `POST /belgeler/toplu/onizle`: what will happen, before it does.
pub async fn batch_preview(ctx: Ctx, posted: Posted) -> Answer {
    let t = ctx.t();
    let order = order(&posted);
    let title = kind_in(t, &order.kind, order.lang);
    let preview = batch::preview_batch(ctx.office(), ctx.actor(), order).await?;
    let ready = preview
        .ready
        .iter()
        .map(|r| BatchRow {
            number: r.number.as_str().into(),
            name: r.name.as_str().into(),
            remark: match r.held {
                Some(held) => t.fmt("batch-held", &[("number", &held.to_string())]).into(),
                None => "".into(),
            },
        })
        .collect();
    let refused = preview
        .refused
        .iter()
        .map(|r| BatchRow {
            number: r.number.as_str().into(),
            name: r.name.as_str().into(),
            remark: r
                .findings
                .iter()
                .filter(|f| f.verdict == regulations::Verdict::Refuses)
                .map(|f| cited(t, f))
                .collect::<Vec<_>>()
                .join(" ")
                .into(),
        })
        .chain(preview.not_allowed.iter().map(|number| nameless(number, t.get("batch-not-allowed"))))
        .collect();
    let unknown = preview.unknown.iter().map(|number| nameless(number, t.get("batch-not-found"))).collect();
    let group =
        |title, remark, rows| BatchGroup { title: t.get(title).into(), remark: t.get(remark).into(), rows };
    let figure = |n: usize, key: &'static str| Figure {
        number: n.to_string().into(),
        label: t.get(key).into(),
        href: "".into(),
    };
    let frame = ctx.frame(title.clone());
    let shell = ctx.shell("belgeler").await;
    let view = BatchPage {
        t,
        frame: &frame,
        shell: &shell,
        crumbs: vec![Link::new(t.get("students-title"), "/ogrenciler"), Link::new(title, "")],
        figures: vec![
            figure(preview.ready.len(), "batch-will"),
            figure(preview.ready.iter().filter(|r| r.held.is_some()).count(), "batch-have"),
            figure(preview.refused.len() + preview.not_allowed.len(), "batch-will-not"),
            figure(preview.unknown.len(), "batch-unknown"),
        ],
        groups: vec![
            group("batch-ready", "batch-valid", ready),
            group("batch-refused", "batch-reason", refused),
            group("batch-missing", "batch-reason", unknown),
        ],
        tokens: ctx.tokens(),
        hidden: [
            ("kind", posted.text("kind")),
            ("lang", posted.text("lang")),
            ("purpose", posted.text("purpose")),
        ]
        .into_iter()
        .map(|(n, v)| (n.into(), v.into()))
        .chain(posted.all("no").iter().map(|no| ("no".into(), no.as_str().into())))
        .collect(),
        can_start: !preview.ready.is_empty(),
        submit: t.count("batch-start", preview.ready.len()).into(),
        back: "/ogrenciler".into(),
    };
    ctx.html(&view)
}

/// A finding as one sentence, with its article where it has one.
fn cited(t: &Texts, finding: &regulations::Finding) -> String {
    let text = finding_text(t, finding);
    match &finding.citation {
        Some(citation) => format!("{text} § {citation}"),
        None => text,
    }
}

fn nameless<'a>(number: &'a str, why: &'a str) -> BatchRow<'a> {
    BatchRow { number: number.into(), name: "".into(), remark: why.into() }
}

/// How far a job is, or what it came to.
fn counts(t: &Texts, job: &storage::jobs::Job) -> String {
    let [done, failed, total] = [job.done, job.failed, job.total].map(|n| n.to_string());
    if job.is_open() {
        t.fmt("job-counts", &[("done", &(job.done + job.failed).to_string()), ("total", &total)])
    } else if job.failed > 0 {
        t.fmt("job-result", &[("done", &done), ("failed", &failed)])
    } else {
        t.fmt("job-result-whole", &[("done", &done)])
    }
}

/// `POST /belgeler/toplu/baslat`.
pub async fn batch_start(ctx: Ctx, posted: Posted) -> Answer {
    let key = Some(posted.text("once").to_owned()).filter(|k| !k.is_empty());
    let started = batch::start_batch(ctx.office(), ctx.actor(), order(&posted), key).await?;
    ctx.site().wake_worker.notify_one();
    Ok(Redirect::to(&format!("/is/{}", started.job)).into_response())
}

async fn card<'a>(ctx: &'a Ctx, id: JobId) -> Result<JobCard<'a>, crate::fault::Fault> {
    let t = ctx.t();
    let shown = batch::show_batch(ctx.office(), ctx.actor(), id, 0).await?;
    let job = &shown.job;
    let state = match job.state.as_str() {
        "waiting" => JobState::Waiting,
        "running" => JobState::Running,
        "cancelled" => JobState::Cancelled,
        "failed" => JobState::Failed,
        _ => JobState::Done,
    };
    let path = format!("/is/{id}");
    let ended = job.done + job.failed;
    let mut buttons = Vec::new();
    if state.is_open() {
        if !job.cancel_asked {
            buttons.push(Button::post(t.get("job-cancel"), format!("{path}/durdur")).weight(Weight::Danger));
        }
    } else if job.done > 0 {
        buttons.push(
            Button::link(t.get("job-merged"), format!("{path}/belgeler.pdf"))
                .weight(Weight::Main)
                .icon("print"),
        );
        buttons.push(Button::link(t.get("job-zip"), format!("{path}/belgeler.zip")).icon("download"));
    }
    Ok(JobCard {
        id: format!("is-{id}").into(),
        title: kind_in(t, &shown.kind, shown.lang).into(),
        note: date_time_tr(job.created_at).into(),
        waits: if shown.waits_for_room { t.get("job-waits-for-room").into() } else { "".into() },
        state,
        done: u64::try_from(ended).unwrap_or(0),
        total: u64::try_from(job.total).unwrap_or(0),
        counts: counts(t, job).into(),
        time: job.ended_at.map(date_time_tr).unwrap_or_default().into(),
        failures_title: if job.failed > 0 {
            t.count("job-failures", usize::try_from(job.failed).unwrap_or(0)).into()
        } else {
            "".into()
        },
        failures: shown
            .failed
            .iter()
            .map(|f| {
                (
                    [f.number.as_str(), f.name.as_deref().unwrap_or_default()]
                        .join(" ")
                        .trim()
                        .to_owned()
                        .into(),
                    f.findings.iter().map(|x| cited(t, x)).collect::<Vec<_>>().join(" ").into(),
                )
            })
            .collect(),
        poll: format!("{path}/kart").into(),
        buttons,
    })
}

/// `GET /is/{id}`.
pub async fn job(ctx: Ctx, Path(id): Path<JobId>) -> Answer {
    let t = ctx.t();
    let job = card(&ctx, id).await?;
    let frame = ctx.frame(job.title.clone());
    let shell = ctx.shell("belgeler").await;
    let view = JobPage {
        t,
        frame: &frame,
        shell: &shell,
        crumbs: vec![Link::new(t.get("documents-title"), "/belgeler"), Link::new(job.title.clone(), "")],
        job,
    };
    ctx.html(&view)
}

/// `GET /is/{id}/kart`: the card alone.
pub async fn job_card(ctx: Ctx, Path(id): Path<JobId>) -> Answer {
    let frame = ctx.frame("");
    let view = JobFragment { t: ctx.t(), frame: &frame, job: card(&ctx, id).await? };
    ctx.fragment(&view)
}

/// `POST /is/{id}/durdur`.
pub async fn job_cancel(ctx: Ctx, Path(id): Path<JobId>, _: Posted) -> Answer {
    batch::cancel_batch(ctx.office(), ctx.actor(), id).await?;
    Ok(Redirect::to(&format!("/is/{id}")).into_response())
}

/// `GET /is/{id}/belgeler.pdf` and `.zip`.
pub async fn job_result(ctx: Ctx, Path((id, file)): Path<(JobId, String)>) -> Answer {
    let form = match file.as_str() {
        "belgeler.pdf" => batch::BatchForm::Merged,
        "belgeler.zip" => batch::BatchForm::Zip,
        _ => return Err(ServiceError::NotFound.into()),
    };
    let result = batch::batch_result(ctx.office(), ctx.actor(), id, form).await?;
    let headers = [
        (header::CONTENT_TYPE, result.mime.to_owned()),
        (header::CONTENT_LENGTH, result.size.to_string()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{}\"", result.name)),
    ];
    // Read piece by piece: a thousand papers need not fit into memory.
    let content = tokio_util::io::ReaderStream::new(tokio::fs::File::from_std(result.content));
    Ok((headers, axum::body::Body::from_stream(content)).into_response())
}

// Verification --------------------------------------------------------------------------------------

/// What the form of the public page sends.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct VerifyParams {
    kod: String,
}

/// `GET /dogrula`.
pub async fn verify_form(anyone: Anyone, Query(params): Query<VerifyParams>) -> Answer {
    if params.kod.trim().is_empty() {
        verify_page(&anyone, "", None)
    } else {
        verify_code(&anyone, params.kod).await
    }
}

/// `GET /dogrula/{code}`, where a QR code leads.
pub async fn verify(anyone: Anyone, Path(code): Path<String>) -> Answer {
    verify_code(&anyone, code).await
}

async fn verify_code(anyone: &Anyone, code: String) -> Answer {
    let address = domain::ledger::hex(&sha2::Sha256::digest(anyone.address().as_bytes()));
    let t = anyone.t();
    let checked = date_time_tr(anyone.office().now());
    let (standing, document) = match documents::verify_code(anyone.office(), &code, &address).await {
        Ok(Verification::Unknown) => (verify::Standing::Unknown, None),
        Ok(Verification::Genuine(g)) => {
            let standing = match g.status {
                DocumentStatus::Superseded if g.successor_cancelled => verify::Standing::SuccessorCancelled,
                DocumentStatus::Superseded => verify::Standing::Superseded,
                DocumentStatus::Cancelled => verify::Standing::Cancelled,
                DocumentStatus::Valid => verify::Standing::Valid,
                DocumentStatus::Preparing => verify::Standing::Unknown,
            };
            let (holder, day) = match &g.about {
                About::Student(masked) => (masked.clone(), String::new()),
                About::Day(day) => (String::new(), date_tr(*day)),
                About::Orientation => (String::new(), String::new()),
            };
            let document = verify::Document {
                kind: t.variant("document", &g.kind).to_owned().into(),
                number: g.number.clone().into(),
                date: date_tr(g.issued_on).into(),
                unit: g.unit.of(t.lang()).to_owned().into(),
                holder: holder.into(),
                day: day.into(),
                changed: g.ended_on.map(date_tr).unwrap_or_default().into(),
            };
            (standing, Some(document))
        }
        Err(ServiceError::Throttled(_)) => (verify::Standing::Throttled, None),
        Err(other) => return Err(other.into()),
    };
    verify_page(anyone, &code, Some(verify::Answer { standing, document, checked: checked.into() }))
}

fn verify_page(anyone: &Anyone, code: &str, answer: Option<verify::Answer<'_>>) -> Answer {
    let t = anyone.t();
    let frame = anyone.frame(t.get("verify-title"));
    let status = match answer.as_ref().map(|a| a.standing) {
        Some(verify::Standing::Throttled) => StatusCode::TOO_MANY_REQUESTS,
        _ => StatusCode::OK,
    };
    let code =
        domain::documents::VerificationCode::parse(code).map_or_else(|_| code.to_owned(), |c| c.to_string());
    let view = VerifyPage { t, frame: &frame, code: code.into(), error: "".into(), answer };
    anyone.html_with(status, &view)
}
