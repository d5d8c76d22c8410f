//! Counter field, list and page of students.

use axum::{
    extract::{Path, Query},
    http::header,
    response::{IntoResponse, Redirect, Response},
};
use base::{ids::ProgrammeId, lang::Lang, number::Ects, time::date_tr};
use domain::enrolments::EnrolmentStatus;
use serde::Deserialize;
use services::{
    accounts::{self, List},
    institution::{self, UnitLine},
    students::{
        columns::{ColumnNames, FileColumn, StudentColumn},
        export::{self, ExportForm, ExportWords},
        find::{self, CounterAnswer, StudentQuery},
    },
};
use storage::{
    institution::Choice as Programme,
    search::{StudentCursor, StudentOrder, StudentRow},
};

use crate::{
    components::{
        Chip, Direction, Empty, Link, Str, Value,
        form::{Choice, Field, Tokens},
        list::{ColumnPicker, Files, ListTools},
    },
    ctx::{Ctx, Posted},
    fault::{Answer, Fault},
    pages::in_unit,
    texts::Texts,
    url::{self, Params},
    views::{
        start::{Hit, HitsFragment, Piece},
        students::{Filter, StudentCell, StudentRow as RowView, StudentsPage, student_column},
    },
    words,
};

/// Rows of the list at once.
const PAGE: u32 = 50;
/// Students offered below the counter field.
const HITS: u32 = 8;

/// What the list's URL says.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct ListParams {
    q: String,
    soyad: String,
    program: String,
    durum: String,
    sinif: String,
    giris: String,
    sira: String,
    sonra: String,
    birim: String,
    sutunlar: String,
}

impl ListParams {
    fn query(&self, limit: u32) -> StudentQuery {
        let order = if self.sira == "no" { StudentOrder::Number } else { StudentOrder::Name };
        StudentQuery {
            q: self.q.clone(),
            surname: self.soyad.clone(),
            programme: self.program.parse().ok().map(ProgrammeId::new),
            status: EnrolmentStatus::from_code(&self.durum),
            class_year: self.sinif.parse().ok(),
            entry_year: self.giris.parse().ok(),
            order,
            after: url::read_cursor(&self.sonra).map(|(key, enrolment)| StudentCursor { key, enrolment }),
            limit,
            ..StudentQuery::default()
        }
    }

    fn params(&self) -> Params<'_> {
        Params::new("/ogrenciler")
            .with("q", &self.q)
            .with("soyad", &self.soyad)
            .with("program", &self.program)
            .with("durum", &self.durum)
            .with("sinif", &self.sinif)
            .with("giris", &self.giris)
            .with("sira", &self.sira)
            .with(in_unit::PARAM, &self.birim)
    }
}

/// Value of `sutunlar` for a file with the columns that the reader sees; otherwise a file has all.
const SHOWN: &str = "gorunen";

/// The columns that the reader chose for the list.
fn shown_columns(ctx: &Ctx) -> Vec<StudentColumn> {
    StudentColumn::chosen(accounts::columns_of(&ctx.own_session().columns, List::Students))
}

/// `GET /ogrenciler`: every filter is in the URL, so that a link reproduces the list.
pub async fn list(ctx: Ctx, Query(params): Query<ListParams>) -> Answer {
    // A programme belongs to a unit; whoever asks for one wants it wherever it is.
    if params.program.is_empty()
        && let Some(there) =
            in_unit::go_there(&ctx, &params.birim, params.params().with("sonra", &params.sonra)).await
    {
        return Ok(there);
    }
    let unit = in_unit::asked(&ctx, &params.birim).await?;
    let shown = shown_columns(&ctx);
    let query = StudentQuery {
        unit: unit.as_ref().map(|unit| unit.id),
        columns: shown.clone(),
        ..params.query(PAGE)
    };
    let page = find::find_students(ctx.office(), ctx.actor(), query).await?;
    let programmes = programmes(&ctx, unit.as_ref(), &params.program).await?;
    let t = ctx.t();
    let url = params.params();
    let more =
        page.next.as_ref().map(|c| url.clone().with("sonra", &url::cursor(&c.key, c.enrolment)).to_string());
    let programme_name = programmes
        .iter()
        .find(|p| p.id.to_string() == params.program)
        .map(|p| p.name.of(t.lang()).to_owned());
    let mut chips = chips(&params, programme_name, t);
    if let Some(unit) = &unit {
        chips.insert(0, in_unit::chip(&ctx, unit, url.clone()).await);
    }
    let units = in_unit::choices(&ctx, unit.as_ref()).await;
    let mut kept: Vec<(&'static str, Str<'_>)> = Vec::new();
    if !params.sira.is_empty() {
        kept.push(("sira", params.sira.as_str().into()));
    }
    if units.is_empty() && unit.is_some() {
        kept.push((in_unit::PARAM, params.birim.as_str().into()));
    }
    let sort = |column: StudentColumn| -> Option<(String, Option<Direction>)> {
        let (code, active) = match column {
            StudentColumn::Number => ("no", params.sira == "no"),
            StudentColumn::Name => ("", params.sira != "no"),
            _ => return None,
        };
        Some((url.clone().with("sira", code).to_string(), active.then_some(Direction::Ascending)))
    };
    let bulk = if ctx.actor().may(services::Action::IssueDocument) {
        vec![(t.get("students-bulk-documents").into(), "/belgeler/toplu".into())]
    } else {
        Vec::new()
    };
    let clear = if chips.is_empty() {
        String::new()
    } else {
        Params::new("/ogrenciler").with(in_unit::PARAM, in_unit::all(&ctx).await).to_string()
    };
    let frame = ctx.frame(t.get("students-title"));
    let shell = ctx.shell("ogrenciler").await;
    let view = StudentsPage {
        t,
        frame: &frame,
        shell: &shell,
        count: t.count("students-found", page.total).into(),
        query: params.q.as_str().into(),
        surname: params.soyad.as_str().into(),
        filters: filters(&params, &programmes, units, t),
        kept,
        clear: clear.into(),
        chips,
        columns: StudentsPage::columns(t, &shown, sort),
        rows: page.rows.iter().map(|row| row_view(row, &page.names, &shown, t)).collect(),
        more: more.unwrap_or_default().into(),
        empty: Empty::new("find", t.get("students-none"), t.get("students-none-text")),
        tools: tools(&ctx, &shown, &url, page.total),
        bulk,
        tokens: Tokens { csrf: ctx.csrf().into(), once: "".into() },
    };
    ctx.html(&view)
}

/// The programmes of the filter: those of the unit, unless the one that is asked for lies elsewhere.
async fn programmes(ctx: &Ctx, unit: Option<&UnitLine>, asked: &str) -> Result<Vec<Programme>, Fault> {
    let near = institution::list_programmes_of(ctx.office(), ctx.actor(), unit.map(|unit| unit.id)).await?;
    if unit.is_none() || asked.is_empty() || near.iter().any(|p| p.id.to_string() == asked) {
        return Ok(near);
    }
    Ok(institution::list_programmes(ctx.office(), ctx.actor()).await?)
}

fn filters<'a>(
    params: &'a ListParams,
    programmes: &[Programme],
    units: Vec<Choice<'a>>,
    t: &'a Texts,
) -> Vec<Filter<'a>> {
    let lang = t.lang();
    let choice =
        |value: String, label: String, now: &str| Choice::new(value.clone(), label).chosen(value == now);
    let all = || Choice::new("", t.get("filter-all"));
    let mut filters = vec![
        Filter {
            field: Field::new("program", t.get("students-programme")).optional(),
            choices: std::iter::once(all())
                .chain(programmes.iter().map(|p| {
                    choice(p.id.to_string(), format!("{} ({})", p.name.of(lang), p.code), &params.program)
                }))
                .collect(),
        },
        Filter {
            field: Field::new("durum", t.get("students-status")).optional(),
            choices: std::iter::once(all())
                .chain(EnrolmentStatus::ALL.iter().map(|s| {
                    choice(s.code().to_owned(), t.variant("status", s.code()).to_owned(), &params.durum)
                }))
                .collect(),
        },
        Filter {
            field: Field::new("sinif", t.get("students-class")).optional().width("w-s"),
            choices: std::iter::once(all())
                .chain((1..=6).map(|n| choice(n.to_string(), n.to_string(), &params.sinif)))
                .collect(),
        },
        Filter {
            field: Field::new("giris", t.get("students-entry-year"))
                .value(params.giris.as_str())
                .optional()
                .max(4)
                .width("w-s"),
            choices: Vec::new(),
        },
    ];
    if !units.is_empty() {
        let field = Field::new(in_unit::PARAM, t.get("shell-unit")).optional();
        filters.insert(0, Filter { field, choices: units });
    }
    filters
}

/// Columns to choose and files to take out.
fn tools<'a>(ctx: &'a Ctx, shown: &[StudentColumn], url: &Params<'_>, total: usize) -> ListTools<'a> {
    let t = ctx.t();
    let (fixed, asked): (Vec<StudentColumn>, Vec<StudentColumn>) =
        StudentColumn::ALL.into_iter().partition(|column| column.is_fixed());
    let picker = ColumnPicker {
        list: List::Students.code(),
        fixed: fixed.into_iter().map(StudentColumn::code).collect(),
        choices: asked
            .into_iter()
            .map(|column| {
                Choice::new(column.code(), student_column(t, column)).chosen(shown.contains(&column))
            })
            .collect(),
    };
    let mut files = Vec::new();
    if ctx.actor().may(services::Action::ExportStudents) {
        for (label, columns) in [("table-export-shown", SHOWN), ("table-export-all", "")] {
            let link = |form: &'static str, path: &'static str| {
                Link::new(form, url.at(path).with("sutunlar", columns).to_string())
            };
            files.push(Files {
                label: t.get(label).into(),
                links: vec![link("XLSX", "/ogrenciler/liste.xlsx"), link("CSV", "/ogrenciler/liste.csv")],
            });
        }
    }
    ListTools { picker: Some(picker), files, files_note: t.count("students-export-note", total).into() }
}

fn row_view<'a>(
    row: &'a StudentRow,
    names: &'a ColumnNames,
    shown: &[StudentColumn],
    t: &'a Texts,
) -> RowView<'a> {
    RowView {
        number: row.number.as_str().into(),
        name: format!("{} {}", row.given_name, row.surname).into(),
        href: format!("/ogrenci/{}", row.number).into(),
        cells: shown.iter().map(|column| cell(row, names, *column, t)).collect(),
    }
}

fn cell<'a>(
    row: &'a StudentRow,
    names: &'a ColumnNames,
    column: StudentColumn,
    t: &'a Texts,
) -> StudentCell<'a> {
    use StudentColumn as C;
    let lang = t.lang();
    let text = |text: Str<'a>| if text.is_empty() { Value::Missing } else { Value::Text(text) };
    let value = match column {
        C::Number => text(row.number.as_str().into()),
        C::Name => Value::Missing,
        C::Programme => text(match lang {
            Lang::Tr => row.programme_tr.as_str().into(),
            Lang::En => row.programme_en.as_str().into(),
        }),
        C::ProgrammeCode => text(row.programme_code.as_str().into()),
        C::Unit => text(names.unit(row).map_or("", |name| name.of(lang)).into()),
        C::Class => text(row.class_year.to_string().into()),
        C::Status => Value::Tag(words::status(t, row.status)),
        C::EntryYear => text(row.entry_year.to_string().into()),
        C::Advisor => text(names.advisor(row).into()),
        C::Ects => text(Ects::from_hundredths(row.ects_earned).unwrap_or_default().text(lang).into()),
        C::Agno => text(row.agno.as_deref().map(|a| words::decimal(lang, a)).unwrap_or_default().into()),
    };
    let says_enough = matches!(column, C::Number | C::Name | C::Programme | C::Unit | C::Status);
    StudentCell { value, column, label: if says_enough { "" } else { student_column(t, column) } }
}

fn chips<'a>(params: &'a ListParams, programme: Option<String>, t: &'a Texts) -> Vec<Chip<'a>> {
    let mut chips = Vec::new();
    let mut put = |name: &str, label: String| {
        chips.push(Chip {
            label: label.into(),
            href: params.params().with(name, "").to_string().into(),
            removable: true,
            current: true,
            ..Chip::default()
        });
    };
    if !params.q.is_empty() {
        put("q", format!("“{}”", params.q));
    }
    if !params.soyad.is_empty() {
        put("soyad", t.fmt("students-chip-surname", &[("text", &params.soyad)]));
    }
    if let Some(programme) = programme {
        put("program", programme);
    }
    if let Some(status) = EnrolmentStatus::from_code(&params.durum) {
        put("durum", t.variant("status", status.code()).to_owned());
    }
    if !params.sinif.is_empty() {
        put("sinif", t.fmt("students-chip-class", &[("class", &params.sinif)]));
    }
    if !params.giris.is_empty() {
        put("giris", t.fmt("students-chip-entry", &[("year", &params.giris)]));
    }
    chips
}

/// `GET /ogrenciler/liste.xlsx` and `.csv`: all rows of the filter, no cap.
pub async fn export(ctx: Ctx, Path(file): Path<String>, Query(params): Query<ListParams>) -> Answer {
    let (form, mime) = match file.as_str() {
        "liste.xlsx" => {
            (ExportForm::Xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
        }
        "liste.csv" => (ExportForm::Csv, "text/csv; charset=utf-8"),
        _ => return Err(services::ServiceError::NotFound.into()),
    };
    let unit = in_unit::asked(&ctx, &params.birim).await?;
    let query = StudentQuery { unit: unit.map(|unit| unit.id), ..params.query(PAGE) };
    let columns = if params.sutunlar == SHOWN { shown_columns(&ctx) } else { Vec::new() };
    let export_words = export_words(ctx.t(), &columns);
    let bytes = export::export_students(ctx.office(), ctx.actor(), query, form, export_words).await?;
    let name = format!(
        "attachment; filename=\"ogrenciler-{}.{}\"",
        date_tr(ctx.office().today()),
        file.trim_start_matches("liste.")
    );
    Ok(([(header::CONTENT_TYPE, mime.to_owned()), (header::CONTENT_DISPOSITION, name)], bytes)
        .into_response())
}

/// Headings and words of a file with these columns of the list; with all for none.
pub fn export_words(t: &Texts, columns: &[StudentColumn]) -> ExportWords {
    let heading = |column: FileColumn| match column {
        FileColumn::GivenName => t.get("export-given-name"),
        FileColumn::Surname => t.get("export-surname"),
        FileColumn::Listed(column) => student_column(t, column),
    };
    ExportWords {
        title: t.get("students-title").to_owned(),
        columns: FileColumn::of(columns)
            .into_iter()
            .map(|column| (column, heading(column).to_owned()))
            .collect(),
        statuses: EnrolmentStatus::ALL.iter().map(|s| t.variant("status", s.code()).to_owned()).collect(),
        english: t.lang() == Lang::En,
    }
}

/// `POST /gise`: what was typed into the counter field, with Enter.
pub async fn counter(ctx: Ctx, posted: Posted) -> Answer {
    let typed = posted.text("q");
    let to = match find::ask_counter(ctx.office(), ctx.actor(), typed.to_owned()).await? {
        CounterAnswer::Student { number } => format!("/ogrenci/{number}"),
        CounterAnswer::Document(id) => format!("/belge/{id}"),
        CounterAnswer::Search(words) => everywhere(&ctx, &words),
        CounterAnswer::NoSuchIdentity => {
            return Ok(ctx.flash_to("/ogrenciler", "counter-no-identity"));
        }
        CounterAnswer::WrongIdentity(_) => {
            return Ok(ctx.flash_to("/ogrenciler", "counter-wrong-identity"));
        }
    };
    Ok(Redirect::to(&to).into_response())
}

/// The list for words of the counter field, which looks beyond the unit that the reader works in.
fn everywhere(ctx: &Ctx, words: &str) -> String {
    let all = ctx.own_session().unit.map_or("", |_| in_unit::ALL);
    Params::new("/ogrenciler").with("q", words).with(in_unit::PARAM, all).to_string()
}

/// `POST /gise/ara`: the few best answers below the counter field while somebody types.
pub async fn counter_hits(ctx: Ctx, posted: Posted) -> Answer {
    let typed = posted.text("q").trim().to_owned();
    let t = ctx.t();
    // Eleven digits are an identity number: nothing is looked up until Enter is pressed.
    if typed.chars().count() < 2 || (typed.len() == 11 && typed.bytes().all(|b| b.is_ascii_digit())) {
        return Ok(Response::default());
    }
    let page = find::find_students(
        ctx.office(),
        ctx.actor(),
        StudentQuery { q: typed.clone(), limit: HITS, ..StudentQuery::default() },
    )
    .await?;
    let terms = base::text::SearchTerm::parse(&typed);
    let view = HitsFragment {
        t,
        hits: page
            .rows
            .iter()
            .map(|row| Hit {
                href: format!("/ogrenci/{}", row.number).into(),
                number: row.number.as_str().into(),
                name: pieces(&format!("{} {}", row.given_name, row.surname), &terms),
                programme: match t.lang() {
                    Lang::Tr => row.programme_tr.as_str(),
                    Lang::En => row.programme_en.as_str(),
                }
                .into(),
                status: words::status(t, row.status),
            })
            .collect(),
        total: page.total,
        all: everywhere(&ctx, &typed).into(),
    };
    ctx.fragment(&view)
}

/// Cuts a name where the words typed begin and end. Folding keeps the number of letters of Turkish
/// names, so positions in the folded text are positions in the name.
fn pieces(name: &str, terms: &[base::text::SearchTerm]) -> Vec<Piece<'static>> {
    let letters: Vec<char> = name.chars().collect();
    let mut found = vec![false; letters.len()];
    let tr: Vec<char> = base::text::fold_tr(name).chars().collect();
    let ascii: Vec<char> = base::text::fold_ascii(name).chars().collect();
    for term in terms {
        let text: Vec<char> = term.text().chars().collect();
        let hay = if matches!(term, base::text::SearchTerm::Turkish(_)) { &tr } else { &ascii };
        if text.is_empty() || hay.len() != letters.len() {
            continue;
        }
        if let Some(at) = hay.windows(text.len()).position(|w| w == text) {
            found.iter_mut().skip(at).take(text.len()).for_each(|f| *f = true);
        }
    }
    let mut out: Vec<Piece<'static>> = Vec::new();
    for (letter, is_found) in letters.into_iter().zip(found) {
        match out.last_mut() {
            Some(piece) if piece.found == is_found => piece.text.to_mut().push(letter),
            _ => out.push(Piece { text: letter.to_string().into(), found: is_found }),
        }
    }
    out
}
