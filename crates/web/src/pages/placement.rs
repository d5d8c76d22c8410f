//! Placement lists: what was taken over, loading one, its preview, the mapping of its columns, rows that wait.
//!
//! A file is kept between its preview and its being taken over; its address holds its number alone, and only whoever
//! loaded it sees it.

pub mod change;
pub mod enter;
pub mod fetch;
pub mod mend;

use std::collections::BTreeMap;

use axum::{
    extract::Path,
    response::{IntoResponse, Redirect},
};
use base::{
    ids::{PlacementListId, PlacementUploadId},
    time::{date_time_tr, date_tr},
};
use domain::enrolments::EntryKind;
use regulations::{Arrival, EntryField, When};
use services::{
    Action, ServiceError,
    placement::{
        Applied, BadFile, Checked, CheckedList, Field as ListField, ListFile, RowFault, apply_upload,
        dismiss_row, drop_upload, keep_upload, likely_year, list_mappings, list_placements, open_placement,
        preview_placement, save_mapping, uploaded,
    },
};

use crate::{
    components::{
        Button, Column, Empty, Fact, Figure, Link, Note, State, Weight,
        form::{Choice, Field},
    },
    ctx::{Ctx, Posted},
    fault::Answer,
    pages::{
        plain_form::PlainForm,
        registration::WORK,
        student::inert,
        student_forms::{Form, Outcome},
    },
    placement_words, remote_words,
    texts::Texts,
    views::{
        cards::{Card, CardsPage, Cell, Part, Table, TableForm},
        forms::Input,
    },
};

const LIST: &str = "/kayit/listeler";
/// Rows of a preview that are shown.
const SHOWN: usize = 100;
/// New candidates of a preview that are shown, for a look at the letters of their names.
const FIRST: usize = 5;
/// Bytes of a file with its form.
pub const MAX_FILE: usize = 33 * 1024 * 1024;

fn crumbs(t: &Texts) -> Vec<Link<'_>> {
    vec![Link::new(t.get("desk-title"), "/kayit"), Link::new(t.get("placement-title"), LIST)]
}

async fn cards(ctx: &Ctx, page: Cards<'_>) -> Answer {
    let frame = ctx.frame(page.title.clone());
    let shell = ctx.shell(WORK).await;
    let mut way = page.crumbs;
    if !way.is_empty() {
        way.push(Link::new(page.title.clone(), ""));
    }
    ctx.html(&CardsPage {
        t: ctx.t(),
        frame: &frame,
        shell: &shell,
        counter: false,
        crumbs: way,
        heading: page.title.into(),
        lead: page.lead.into(),
        buttons: page.buttons,
        notes: page.notes,
        figures: page.figures,
        tabs: Vec::new(),
        main: page.main,
        side: page.side,
    })
}

/// What the pages of this module differ in.
#[derive(Default)]
struct Cards<'a> {
    title: String,
    crumbs: Vec<Link<'a>>,
    lead: String,
    buttons: Vec<Button<'a>>,
    notes: Vec<Note<'a>>,
    figures: Vec<Figure<'a>>,
    main: Vec<Card<'a>>,
    side: Vec<Card<'a>>,
}

// Lists -----------------------------------------------------------------------------------------------

/// `GET /kayit/listeler`.
pub async fn list(ctx: Ctx) -> Answer {
    let all = list_placements(ctx.office(), ctx.actor()).await?;
    let t = ctx.t();
    let rows = all
        .iter()
        .map(|line| {
            let list = &line.list;
            let [_, added, changed, same, _] = list.counts;
            let open = if line.open > 0 { line.open.to_string() } else { String::new() };
            let name = if line.may_open {
                Cell::link(list.name.as_str(), format!("{LIST}/{}", list.id))
            } else {
                Cell::text(list.name.as_str())
            };
            vec![
                name.note(t.variant("placement-origin", list.origin.code())),
                Cell::text(t.variant("entry", list.entry_kind.code())).note(list.year.to_string()),
                Cell::text(format!("{added} / {changed} / {same}")).class("nw"),
                Cell::text(open),
                Cell::text(date_time_tr(list.applied_at)).note(line.by.as_str()).class("nw"),
            ]
        })
        .collect();
    let table = Table {
        form: TableForm::default(),
        columns: vec![
            Column::new(t.get("placement-list")),
            Column::new(t.get("placement-kind")),
            Column::new(t.get("placement-counts")),
            Column::new(t.get("placement-open")),
            Column::new(t.get("placement-when")),
        ],
        rows,
        empty: Empty::new("list", t.get("placement-none"), t.get("placement-none-text")),
    };
    let mut page = Cards {
        title: t.get("placement-title").to_owned(),
        crumbs: vec![Link::new(t.get("desk-title"), "/kayit")],
        lead: t.get("placement-lead").to_owned(),
        buttons: vec![
            Button::link(t.get("placement-load"), format!("{LIST}/yukle"))
                .icon("plus")
                .weight(Weight::Main)
                .key("y"),
            Button::link(t.get("placement-enter"), "/kayit/yeni").icon("plus"),
        ],
        main: vec![Card::new("listeler", t.get("placement-lists"), Part::Table(table))],
        ..Cards::default()
    };
    if ctx.office().placements.is_some() {
        page.buttons.insert(1, Button::link(t.get("fetch-button"), fetch::PATH).icon("download"));
    } else {
        let how = remote_words::problem::<&str, &str>(t, "not_configured", &[]);
        page.notes = vec![Note::new(State::Info, t.get("fetch-not-configured"), how)];
    }
    cards(&ctx, page).await
}

/// `GET /kayit/listeler/{id}`.
pub async fn get(ctx: Ctx, Path(id): Path<PlacementListId>) -> Answer {
    let opened = open_placement(ctx.office(), ctx.actor(), id).await?;
    let t = ctx.t();
    let list = &opened.list;
    let base = format!("{LIST}/{id}");
    let rows = opened
        .rows
        .iter()
        .take(SHOWN)
        .map(|row| {
            let at = format!("{base}/satir/{}", row.row);
            let acts = vec![
                Button::link(t.get("placement-mend-row"), format!("{at}/duzelt")).small(),
                Button::link(t.get("placement-dismiss"), at).small(),
            ];
            vec![
                Cell::text(row.row.to_string()).class("num"),
                Cell::text(row.name.as_str()).note(row.programme.as_str()),
                Cell::text(told(t, &row.faults)),
                Cell::buttons(acts.into_iter().map(|act| act.about(row.row.to_string())).collect()),
            ]
        })
        .collect();
    let table = Table {
        form: TableForm::default(),
        columns: vec![
            Column::new(t.get("placement-row")),
            Column::new(t.get("placement-name")),
            Column::new(t.get("placement-what")),
            Column::quiet(t.get("placement-act")),
        ],
        rows,
        empty: Empty::new("check", t.get("placement-settled"), t.get("placement-settled-text")),
    };
    let mut page = Cards {
        title: list.name.clone(),
        crumbs: crumbs(t),
        lead: format!("{} · {}", t.variant("entry", list.entry_kind.code()), list.year),
        main: vec![Card::new("hatali", t.get("placement-faulty-rows"), Part::Table(table))],
        side: vec![Card::new("liste", t.get("placement-list"), Part::Facts(facts(t, list)))],
        ..Cards::default()
    };
    if !opened.rows.is_empty() {
        page.buttons = vec![
            Button::link(t.get("placement-download"), format!("{base}/hatali.csv"))
                .icon("download")
                .weight(Weight::Main),
            Button::link(t.get("placement-load"), format!("{LIST}/yukle")),
        ];
        page.notes = vec![Note::new(State::Ask, t.get("placement-mend"), t.get("placement-mend-text"))];
    }
    cards(&ctx, page).await
}

fn facts<'a>(t: &'a Texts, list: &storage::placements::List) -> Vec<Fact<'a>> {
    let [rows, added, changed, same, faulty] = list.counts.map(|n| n.to_string());
    vec![
        Fact::text(t.get("placement-when"), date_time_tr(list.applied_at)),
        Fact::text(t.get("placement-rows"), rows),
        Fact::text(t.get("placement-new"), added),
        Fact::text(t.get("placement-changed"), changed),
        Fact::text(t.get("placement-same"), same),
        Fact::text(t.get("placement-faulty"), faulty),
    ]
}

fn told(t: &Texts, faults: &[RowFault]) -> String {
    faults.iter().map(|fault| placement_words::row_fault(t, fault)).collect::<Vec<_>>().join(" ")
}

/// `GET /kayit/listeler/{id}/hatali.csv`.
pub async fn faulty_of_list(ctx: Ctx, Path(id): Path<PlacementListId>) -> Answer {
    let opened = open_placement(ctx.office(), ctx.actor(), id).await?;
    let bytes = opened.faulty_file(|fault| placement_words::row_fault(ctx.t(), fault));
    Ok(csv(bytes, id.get()))
}

fn csv(bytes: Vec<u8>, id: i64) -> axum::response::Response {
    inert("text/csv; charset=utf-8".to_owned(), bytes, Some(&format!("hatali-satirlar-{id}.csv")))
}

/// `GET /kayit/listeler/{id}/satir/{row}`.
pub async fn dismiss(ctx: Ctx, Path((id, row)): Path<(PlacementListId, i64)>) -> Answer {
    dismiss_page(&ctx, id, row, &Form::fresh(&ctx)).await
}

async fn dismiss_page(ctx: &Ctx, id: PlacementListId, row: i64, form: &Form<'_>) -> Answer {
    let opened = open_placement(ctx.office(), ctx.actor(), id).await?;
    let row = opened.rows.iter().find(|open| open.row == row).ok_or(ServiceError::NotFound)?;
    let t = ctx.t();
    let base = format!("{LIST}/{id}");
    let mut way = crumbs(t);
    way.push(Link::new(opened.list.name.as_str(), base.clone()));
    let page = PlainForm {
        current: WORK,
        title: "placement-dismiss-title",
        crumbs: way,
        lead: t.fmt("placement-dismiss-lead", &[("row", &row.row.to_string())]),
        notes: vec![Note::new(State::No, t.get("placement-what"), told(t, &row.faults))],
        action: format!("{base}/satir/{}", row.row),
        hidden: Vec::new(),
        inputs: vec![Input::Text(
            form.field("reason", "placement-dismiss-reason", "")
                .hint(t.get("placement-dismiss-hint"))
                .max(200)
                .focus(),
        )],
        facts: Vec::new(),
        submit: "placement-dismiss",
        danger: true,
        back: base,
    };
    page.show(ctx, form).await
}

/// `POST /kayit/listeler/{id}/satir/{row}`.
pub async fn save_dismiss(ctx: Ctx, Path((id, row)): Path<(PlacementListId, i64)>, posted: Posted) -> Answer {
    let reason = posted.text("reason").to_owned();
    match dismiss_row(ctx.office(), ctx.actor(), id, row, reason).await {
        Ok(()) => Ok(ctx.flash_to(&format!("{LIST}/{id}"), "placement-dismissed")),
        Err(error) => {
            let outcome = Outcome::of(error)?;
            dismiss_page(&ctx, id, row, &Form::again(&ctx, &posted, outcome)).await
        }
    }
}

// Loading ---------------------------------------------------------------------------------------------

/// `GET /kayit/listeler/yukle`.
pub async fn load(ctx: Ctx) -> Answer {
    load_page(&ctx, &Form::fresh(&ctx)).await
}

async fn load_page(ctx: &Ctx, form: &Form<'_>) -> Answer {
    let mappings = list_mappings(ctx.office(), ctx.actor()).await?;
    let t = ctx.t();
    let today = ctx.office().today();
    let when = When { on: today, entry_year: today.year() };
    let by_list = |kind: &&EntryKind| {
        let rule = ctx.office().book.entry_rule(kind.code(), when).value;
        **kind != EntryKind::Records && rule.is_some_and(|rule| rule.arrivals.contains(&Arrival::List))
    };
    let kinds = EntryKind::ALL
        .iter()
        .filter(by_list)
        .map(|kind| (kind.code().to_owned(), t.variant("entry", kind.code()).to_owned()));
    let year = likely_year(today).to_string();
    let mut inputs = vec![
        Input::File(
            form.field("file", "placement-file", "").hint(t.get("placement-file-hint")),
            ".csv,.txt,.xlsx,.json",
        ),
        Input::Select(
            form.field("kind", "placement-kind", EntryKind::Yks.code()),
            form.choices("kind", EntryKind::Yks.code(), kinds),
        ),
        Input::Number(form.field("year", "placement-year", year).width("w-s").max(4)),
    ];
    if !mappings.is_empty() {
        let saved = mappings.iter().map(|(name, _)| (name.clone(), name.clone()));
        inputs.push(Input::Select(
            form.field("mapping", "placement-mapping", "").hint(t.get("placement-mapping-hint")).optional(),
            form.choices("mapping", "", saved),
        ));
    }
    let page = PlainForm {
        current: WORK,
        title: "placement-load",
        crumbs: crumbs(t),
        lead: String::new(),
        notes: Vec::new(),
        action: format!("{LIST}/yukle"),
        hidden: Vec::new(),
        inputs,
        facts: Vec::new(),
        submit: "placement-preview",
        danger: false,
        back: LIST.to_owned(),
    };
    page.show(ctx, form).await
}

/// `POST /kayit/listeler/yukle`.
pub async fn upload(ctx: Ctx, mut posted: Posted) -> Answer {
    ctx.needs(Action::ImportPlacement)?;
    let name = posted.file_name("file").chars().take(120).collect::<String>();
    let bytes = posted.file("file").map(|upload| upload.bytes).unwrap_or_default();
    let again = |error| Outcome::of(error);
    let Some(kind) = EntryKind::from_code(posted.text("kind")) else {
        let outcome = again(ServiceError::field("kind", "required"))?;
        return load_page(&ctx, &Form::again(&ctx, &posted, outcome)).await;
    };
    let file = ListFile {
        name,
        bytes,
        kind,
        year: posted.text("year").trim().parse().unwrap_or_default(),
        mapping: Some(posted.text("mapping").to_owned()).filter(|name| !name.is_empty()),
    };
    match keep_upload(ctx.office(), ctx.actor(), file).await {
        Ok(id) => Ok(Redirect::to(&format!("{LIST}/onizleme/{id}")).into_response()),
        Err(error) => {
            let outcome = again(error)?;
            load_page(&ctx, &Form::again(&ctx, &posted, outcome)).await
        }
    }
}

// Preview ---------------------------------------------------------------------------------------------

/// `GET /kayit/listeler/onizleme/{id}`.
pub async fn preview(ctx: Ctx, Path(id): Path<PlacementUploadId>) -> Answer {
    let file = uploaded(ctx.office(), ctx.actor(), id).await?;
    let lead = format!("{} · {} · {}", file.name, ctx.t().variant("entry", file.kind.code()), file.year);
    match preview_placement(ctx.office(), ctx.actor(), file).await? {
        Checked::Bad(bad) => bad_page(&ctx, id, lead, &bad).await,
        Checked::List(list) => list_page(&ctx, id, lead, &list).await,
    }
}

fn discard<'a>(t: &'a Texts, base: &str) -> Button<'a> {
    Button::post(t.get("placement-discard"), format!("{base}/sil"))
}

async fn bad_page(ctx: &Ctx, id: PlacementUploadId, lead: String, bad: &BadFile) -> Answer {
    let t = ctx.t();
    let base = format!("{LIST}/onizleme/{id}");
    let rows =
        bad.problems.iter().map(|problem| vec![Cell::text(placement_words::problem(t, problem))]).collect();
    let columns = vec![Column::new(t.get("placement-what"))];
    let table = Table { form: TableForm::default(), columns, rows, ..Table::default() };
    let mut buttons = Vec::new();
    if !bad.headings.is_empty() {
        let map = Button::link(t.get("placement-map"), format!("{base}/sutunlar"));
        buttons.push(map.weight(Weight::Main));
    }
    buttons.push(discard(t, &base));
    let page = Cards {
        title: t.get("placement-preview-title").to_owned(),
        crumbs: crumbs(t),
        lead,
        buttons,
        main: vec![Card::new("dosya", t.get("placement-bad-file"), Part::Table(table))],
        ..Cards::default()
    };
    cards(ctx, page).await
}

async fn list_page(ctx: &Ctx, id: PlacementUploadId, lead: String, list: &CheckedList) -> Answer {
    let t = ctx.t();
    let base = format!("{LIST}/onizleme/{id}");
    let figure = |n: usize, label: &'static str| Figure {
        number: n.to_string().into(),
        label: t.get(label).into(),
        href: "".into(),
    };
    let count = |n: u64| usize::try_from(n).unwrap_or(usize::MAX);
    let mut page = Cards {
        title: t.get("placement-preview-title").to_owned(),
        crumbs: crumbs(t),
        lead,
        figures: vec![
            figure(count(list.rows), "placement-rows"),
            figure(list.new.len(), "placement-new"),
            figure(list.changed.len(), "placement-changed"),
            figure(count(list.same), "placement-same"),
            figure(list.faulty.len(), "placement-faulty"),
        ],
        ..Cards::default()
    };
    if list.faulty.is_empty() {
        page.notes.push(Note::new(
            State::Info,
            t.get("placement-nothing-yet"),
            t.get("placement-nothing-yet-text"),
        ));
        page.buttons
            .push(Button::post(t.get("placement-apply"), base.clone()).weight(Weight::Main).icon("check"));
    } else {
        let title = t.fmt("placement-has-faults", &[("count", &list.faulty.len().to_string())]);
        page.notes.push(Note::new(State::No, title, t.get("placement-has-faults-text")));
        page.buttons.push(
            Button::link(t.get("placement-download"), format!("{base}/hatali.csv"))
                .icon("download")
                .weight(Weight::Main),
        );
        page.buttons
            .push(Button::post(t.get("placement-apply-sound"), base.clone()).field("sound_rows", "1"));
        page.main.push(faulty_card(t, list));
    }
    page.buttons.push(discard(t, &base));
    if !list.warnings.is_empty() {
        page.main.push(warnings_card(t, list, &base));
    }
    page.main.extend(people_cards(t, list));
    if !list.unused.is_empty() {
        let facts = vec![Fact::text(t.get("placement-unused"), list.unused.join(", "))];
        let card = Card::new("sutunlar", t.get("placement-mapping"), Part::Facts(facts));
        page.main.push(card.aside(t.get("placement-map"), format!("{base}/sutunlar")));
    }
    cards(ctx, page).await
}

fn cut<'a>(t: &'a Texts, card: Card<'a>, all: usize, shown: usize) -> Card<'a> {
    if all > shown {
        card.aside(t.fmt("placement-shown", &[("shown", &shown.to_string())]), "")
    } else {
        card
    }
}

fn faulty_card<'a>(t: &'a Texts, list: &CheckedList) -> Card<'a> {
    let row = |row: &services::placement::FaultyRow| {
        vec![Cell::text(row.row.to_string()).class("num"), Cell::text(told(t, &row.faults))]
    };
    let table = Table {
        form: TableForm::default(),
        columns: vec![Column::new(t.get("placement-row")), Column::new(t.get("placement-what"))],
        rows: list.faulty.iter().take(SHOWN).map(row).collect(),
        ..Table::default()
    };
    let card = Card::new("hatali", t.get("placement-faulty-rows"), Part::Table(table));
    cut(t, card, list.faulty.len(), SHOWN)
}

fn warnings_card<'a>(t: &'a Texts, list: &CheckedList, base: &str) -> Card<'a> {
    let row = |fault: &RowFault| {
        vec![Cell::text(fault.row.to_string()).class("num"), Cell::text(placement_words::row_fault(t, fault))]
    };
    let table = Table {
        form: TableForm::default(),
        columns: vec![Column::new(t.get("placement-row")), Column::new(t.get("placement-note"))],
        rows: list.warnings.iter().take(SHOWN).map(row).collect(),
        ..Table::default()
    };
    let card = Card::new("uyarilar", t.get("placement-warnings"), Part::Table(table));
    card.aside(t.get("placement-noted"), format!("{base}/uyarilar.csv"))
}

fn people_cards<'a>(t: &'a Texts, list: &CheckedList) -> Vec<Card<'a>> {
    let person = |row: u64, data: &storage::candidates::CandidateData, programme: &str| {
        vec![
            Cell::text(row.to_string()).class("num"),
            Cell::text(data.full_name()),
            Cell::text(programme.to_owned()).class("nw"),
            Cell::text(date_tr(data.birth_date)).class("nw"),
            Cell::text(data.details.field(EntryField::Score).unwrap_or_default().to_owned()),
        ]
    };
    let table = |rows| Table {
        form: TableForm::default(),
        columns: vec![
            Column::new(t.get("placement-row")),
            Column::new(t.get("placement-name")),
            Column::new(t.get("placement-programme")),
            Column::new(t.get("placement-birth")),
            Column::new(t.get("placement-score")),
        ],
        rows,
        ..Table::default()
    };
    let mut out = Vec::new();
    if !list.changed.is_empty() {
        let rows = list.changed.iter().take(SHOWN).map(|c| person(c.row, &c.data, &c.programme)).collect();
        let card = Card::new("degisecek", t.get("placement-changes"), Part::Table(table(rows)));
        out.push(cut(t, card, list.changed.len(), SHOWN));
    }
    if !list.new.is_empty() {
        let rows = list.new.iter().take(FIRST).map(|c| person(c.row, &c.data, &c.programme)).collect();
        out.push(Card::new("yeni", t.get("placement-first"), Part::Table(table(rows))));
    }
    out
}

/// `GET /kayit/listeler/onizleme/{id}/hatali.csv`.
pub async fn faulty_of_upload(ctx: Ctx, Path(id): Path<PlacementUploadId>) -> Answer {
    let file = uploaded(ctx.office(), ctx.actor(), id).await?;
    match preview_placement(ctx.office(), ctx.actor(), file).await? {
        Checked::Bad(_) => Err(ServiceError::NotFound.into()),
        Checked::List(list) => {
            Ok(csv(list.faulty_file(|fault| placement_words::row_fault(ctx.t(), fault)), id.get()))
        }
    }
}

/// `GET /kayit/listeler/onizleme/{id}/uyarilar.csv`: rows that go in and of which something is to be known.
pub async fn noted_of_upload(ctx: Ctx, Path(id): Path<PlacementUploadId>) -> Answer {
    let file = uploaded(ctx.office(), ctx.actor(), id).await?;
    match preview_placement(ctx.office(), ctx.actor(), file).await? {
        Checked::Bad(_) => Err(ServiceError::NotFound.into()),
        Checked::List(list) => {
            let bytes = list.noted_file(|fault| placement_words::row_fault(ctx.t(), fault));
            Ok(inert("text/csv; charset=utf-8".to_owned(), bytes, Some(&format!("uyarilar-{id}.csv"))))
        }
    }
}

/// `POST /kayit/listeler/onizleme/{id}`: takes the list over.
pub async fn apply(ctx: Ctx, Path(id): Path<PlacementUploadId>, posted: Posted) -> Answer {
    let sound_rows = posted.text("sound_rows") == "1";
    match apply_upload(ctx.office(), ctx.actor(), id, sound_rows).await? {
        Applied::Done { list, .. } | Applied::Again { list } => {
            Ok(ctx.flash_to(&format!("{LIST}/{list}"), "placement-applied"))
        }
        // What stands in its way now was not there when the preview was shown.
        Applied::Bad(_) | Applied::Refused(_) => {
            Ok(Redirect::to(&format!("{LIST}/onizleme/{id}")).into_response())
        }
    }
}

/// `POST /kayit/listeler/onizleme/{id}/sil`.
pub async fn forget(ctx: Ctx, Path(id): Path<PlacementUploadId>, _posted: Posted) -> Answer {
    drop_upload(ctx.office(), ctx.actor(), id).await?;
    Ok(ctx.flash_to(LIST, "placement-discarded"))
}

// Mapping ---------------------------------------------------------------------------------------------

/// Columns that the form asks for first.
const NEEDED: [ListField; 8] = [
    ListField::IdentityNo,
    ListField::Passport,
    ListField::GivenName,
    ListField::Surname,
    ListField::Sex,
    ListField::BirthDate,
    ListField::ProgrammeCode,
    ListField::YoksisCode,
];

/// `GET /kayit/listeler/onizleme/{id}/sutunlar`.
pub async fn mapping(ctx: Ctx, Path(id): Path<PlacementUploadId>) -> Answer {
    mapping_page(&ctx, id, &Form::fresh(&ctx)).await
}

async fn mapping_page(ctx: &Ctx, id: PlacementUploadId, form: &Form<'_>) -> Answer {
    let file = uploaded(ctx.office(), ctx.actor(), id).await?;
    let chosen = file.mapping.clone().unwrap_or_default();
    // A list that reads may have columns that nothing was taken from.
    let (all, found) = match preview_placement(ctx.office(), ctx.actor(), file).await? {
        Checked::Bad(bad) => (bad.headings, bad.found),
        Checked::List(list) => (list.layout.headings, list.found),
    };
    if all.is_empty() {
        return Err(ServiceError::NotFound.into());
    }
    let t = ctx.t();
    let select = |field: ListField| -> Input<'_> {
        let now = found.get(field.code()).cloned().unwrap_or_default();
        let headings = all.iter().filter(|h| !h.is_empty()).map(|h| (h.clone(), h.clone()));
        let mut input: Field<'_> = form.field(field.code(), "placement-mapping", now.as_str()).optional();
        input.label = t.variant("placement-field", field.code()).into();
        Input::Select(input, form.choices(field.code(), &now, headings))
    };
    let mut inputs = vec![
        Input::Text(
            form.field("mapping_name", "placement-map-name", chosen)
                .hint(t.get("placement-map-name-hint"))
                .max(80)
                .focus(),
        ),
        Input::Heading(t.get("placement-map-must").into()),
    ];
    inputs.extend(NEEDED.map(select));
    inputs.push(Input::Heading(t.get("placement-map-rest").into()));
    inputs.extend(ListField::ALL.iter().copied().filter(|field| !NEEDED.contains(field)).map(select));
    let mut way = crumbs(t);
    let base = format!("{LIST}/onizleme/{id}");
    way.push(Link::new(t.get("placement-preview-title"), base.clone()));
    let page = PlainForm {
        current: WORK,
        title: "placement-map-title",
        crumbs: way,
        lead: t.get("placement-map-lead").to_owned(),
        notes: Vec::new(),
        action: format!("{base}/sutunlar"),
        hidden: Vec::new(),
        inputs,
        facts: Vec::new(),
        submit: "placement-map-save",
        danger: false,
        back: base,
    };
    page.show(ctx, form).await
}

/// `POST /kayit/listeler/onizleme/{id}/sutunlar`.
pub async fn save_map(ctx: Ctx, Path(id): Path<PlacementUploadId>, posted: Posted) -> Answer {
    let columns: BTreeMap<String, String> = ListField::ALL
        .iter()
        .map(|field| (field.code().to_owned(), posted.text(field.code()).to_owned()))
        .filter(|(_, heading)| !heading.is_empty())
        .collect();
    let name = posted.text("mapping_name").to_owned();
    match save_mapping(ctx.office(), ctx.actor(), name, columns, Some(id)).await {
        Ok(()) => Ok(ctx.flash_to(&format!("{LIST}/onizleme/{id}"), "placement-mapped")),
        Err(error) => {
            let outcome = Outcome::of(error)?;
            mapping_page(&ctx, id, &Form::again(&ctx, &posted, outcome)).await
        }
    }
}

fn sex_choices<'a>(t: &'a Texts, chosen: &str) -> Vec<Choice<'a>> {
    domain::people::Sex::ALL
        .iter()
        .map(|sex| Choice::new(sex.code(), t.variant("sex", sex.code())).chosen(sex.code() == chosen))
        .collect()
}
