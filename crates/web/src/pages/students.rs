//! Counter field, list and page of students.

use axum::{
    extract::{Path, Query},
    http::header,
    response::{IntoResponse, Redirect, Response},
};
use base::{ids::ProgrammeId, lang::Lang, number::Ects, time::date_tr};
use domain::enrolments::EnrolmentStatus;
use serde::Deserialize;
use services::students::{
    export::{self, ExportForm, ExportWords},
    find::{self, CounterAnswer, StudentQuery},
};
use storage::search::{StudentCursor, StudentOrder, StudentRow};

use crate::{
    components::{
        Button, Chip, Direction, Empty,
        form::{Choice, Field, Tokens},
    },
    ctx::{Ctx, Posted},
    fault::Answer,
    texts::Texts,
    url::{self, Params},
    views::{
        start::{Hit, HitsFragment, Piece},
        students::{Filter, StudentRow as RowView, StudentsPage},
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
    }
}

/// `GET /ogrenciler`: every filter is in the URL, so that a link reproduces the list.
pub async fn list(ctx: Ctx, Query(params): Query<ListParams>) -> Answer {
    let page = find::find_students(ctx.office(), ctx.actor(), params.query(PAGE)).await?;
    let programmes = services::institution::list_programmes(ctx.office(), ctx.actor()).await?;
    let t = ctx.t();
    let lang = t.lang();
    let url = params.params();
    let more =
        page.next.as_ref().map(|c| url.clone().with("sonra", &url::cursor(&c.key, c.enrolment)).to_string());
    let count = match page.total {
        Some(n) => t.count("students-found", usize::try_from(n).unwrap_or(0)),
        None => String::new(),
    };
    let choice =
        |value: String, label: String, now: &str| Choice::new(value.clone(), label).chosen(value == now);
    let all = || Choice::new("", t.get("filter-all"));
    let filters = vec![
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
            field: Field::new("sinif", t.get("students-class")).optional(),
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
    let programme_name =
        programmes.iter().find(|p| p.id.to_string() == params.program).map(|p| p.name.of(lang).to_owned());
    let chips = chips(&params, programme_name, t);
    let sort = |key: &str| -> Option<(String, Option<Direction>)> {
        let (code, active) = match key {
            "no" => ("no", params.sira == "no"),
            "ad" => ("", params.sira != "no"),
            _ => return None,
        };
        Some((url.clone().with("sira", code).to_string(), active.then_some(Direction::Ascending)))
    };
    let exports = if ctx.actor().may(services::Action::ExportStudents) {
        vec![
            Button::link("XLSX", url.at("/ogrenciler/liste.xlsx").to_string())
                .icon("download")
                .about(t.get("students-export-about")),
            Button::link("CSV", url.at("/ogrenciler/liste.csv").to_string())
                .icon("download")
                .about(t.get("students-export-about")),
        ]
    } else {
        Vec::new()
    };
    let bulk = if ctx.actor().may(services::Action::IssueDocument) {
        vec![(t.get("students-bulk-documents").into(), "/belgeler/toplu".into())]
    } else {
        Vec::new()
    };
    let frame = ctx.frame(t.get("students-title"));
    let shell = ctx.shell("ogrenciler").await;
    let view = StudentsPage {
        t,
        frame: &frame,
        shell: &shell,
        count: count.into(),
        query: params.q.as_str().into(),
        surname: params.soyad.as_str().into(),
        filters,
        clear: if chips.is_empty() { "".into() } else { "/ogrenciler".into() },
        chips,
        columns: StudentsPage::columns(t, sort),
        rows: page.rows.iter().map(|row| row_view(row, t)).collect(),
        more: more.unwrap_or_default().into(),
        empty: Empty::new("find", t.get("students-none"), t.get("students-none-text")),
        exports,
        bulk,
        tokens: Tokens { csrf: ctx.csrf().into(), once: "".into() },
    };
    ctx.html(&view)
}

fn row_view<'a>(row: &'a StudentRow, t: &'a Texts) -> RowView<'a> {
    let lang = t.lang();
    RowView {
        number: row.number.as_str().into(),
        name: format!("{} {}", row.given_name, row.surname).into(),
        href: format!("/ogrenci/{}", row.number).into(),
        programme: match lang {
            Lang::Tr => row.programme_tr.as_str(),
            Lang::En => row.programme_en.as_str(),
        }
        .into(),
        class: row.class_year.to_string().into(),
        status: words::status(t, row.status),
        ects: Ects::from_hundredths(row.ects_earned).unwrap_or_default().text(lang).into(),
        agno: row.agno.as_deref().map(|a| words::decimal(lang, a)).unwrap_or_default().into(),
    }
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
    let export_words = export_words(ctx.t());
    let bytes =
        export::export_students(ctx.office(), ctx.actor(), params.query(PAGE), form, export_words).await?;
    let name = format!(
        "attachment; filename=\"ogrenciler-{}.{}\"",
        date_tr(ctx.office().today()),
        file.trim_start_matches("liste.")
    );
    Ok(([(header::CONTENT_TYPE, mime.to_owned()), (header::CONTENT_DISPOSITION, name)], bytes)
        .into_response())
}

/// Headings and words of an exported list.
pub fn export_words(t: &Texts) -> ExportWords {
    let heading = |key: &'static str| t.get(key).to_owned();
    ExportWords {
        title: heading("students-title"),
        headings: [
            heading("students-number"),
            heading("export-given-name"),
            heading("export-surname"),
            heading("students-programme"),
            heading("students-class"),
            heading("students-status"),
            heading("students-entry-year"),
            heading("students-agno"),
            heading("students-ects"),
        ],
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
        CounterAnswer::Search(words) => Params::new("/ogrenciler").with("q", &words).to_string(),
        CounterAnswer::NoSuchIdentity => {
            return Ok(ctx.flash_to("/ogrenciler", "counter-no-identity"));
        }
        CounterAnswer::WrongIdentity(_) => {
            return Ok(ctx.flash_to("/ogrenciler", "counter-wrong-identity"));
        }
    };
    Ok(Redirect::to(&to).into_response())
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
        total: page.total.and_then(|n| usize::try_from(n).ok()).unwrap_or(0),
        all: Params::new("/ogrenciler").with("q", &typed).to_string().into(),
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
