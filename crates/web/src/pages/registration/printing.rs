//! The registered of a programme and a day: a list with photos for print, and the file for the student cards.

use axum::{extract::Query, http::header, response::IntoResponse};
use base::{
    ids::ProgrammeId,
    time::{Date, date_time_tr, date_tr, parse_date_tr},
};
use serde::Deserialize;
use services::{
    Action,
    institution::UnitLine,
    registration::{self, CardHeadings, RegisteredQuery},
};

use super::{WORK, crumbs, programme_choices, programmes};
use crate::{
    components::{Empty, form::Field},
    ctx::Ctx,
    fault::Answer,
    pages::in_unit,
    url::Params,
    views::{
        registration::{RegisteredPage, RegisteredRow},
        students::Filter,
    },
    words,
};

/// Which programme and day.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct DayParams {
    program: String,
    gun: String,
    birim: String,
}

impl DayParams {
    fn day(&self, ctx: &Ctx) -> Date {
        parse_date_tr(&self.gun).unwrap_or_else(|| ctx.office().today())
    }

    fn query(&self, ctx: &Ctx, unit: Option<&UnitLine>) -> RegisteredQuery {
        RegisteredQuery {
            day: self.day(ctx),
            programme: self.program.parse().ok().map(ProgrammeId::new),
            unit: unit.map(|unit| unit.id),
        }
    }
}

/// `GET /kayit/liste-yazdir`.
pub async fn list(ctx: Ctx, Query(params): Query<DayParams>) -> Answer {
    let here = Params::new("/kayit/liste-yazdir").with("program", &params.program).with("gun", &params.gun);
    if params.program.is_empty()
        && let Some(there) = in_unit::go_there(&ctx, &params.birim, here.clone()).await
    {
        return Ok(there);
    }
    let unit = in_unit::asked(&ctx, &params.birim).await?;
    let query = params.query(&ctx, unit.as_ref());
    let found = registration::list_registered(ctx.office(), ctx.actor(), query).await?;
    let programmes = programmes(&ctx).await?;
    let t = ctx.t();
    let day = date_tr(query.day);
    let chosen = programmes.iter().find(|p| p.id.to_string() == params.program);
    let place = chosen.map_or_else(|| t.get("filter-all").to_owned(), |p| p.name.of(t.lang()).to_owned());
    let file = Params::new("/kayit/kart.csv")
        .with("program", &params.program)
        .with("gun", &day)
        .with(in_unit::PARAM, &params.birim);
    let frame = ctx.frame(t.get("registered-title"));
    let shell = ctx.shell(WORK).await;
    let view = RegisteredPage {
        t,
        frame: &frame,
        shell: &shell,
        crumbs: crumbs(t, "registered-title"),
        lead: format!("{day} · {place} · {}", t.count("registered-count", found.len())).into(),
        filters: vec![
            Filter {
                field: Field::new("program", t.get("desk-programme")),
                choices: programme_choices(t, &programmes, &params.program, t.get("filter-all")),
            },
            Filter {
                field: Field::new("gun", t.get("registered-day")).value(day.clone()).max(10).width("w-day"),
                choices: Vec::new(),
            },
        ],
        kept: if params.birim.is_empty() {
            Vec::new()
        } else {
            vec![(in_unit::PARAM, params.birim.as_str().into())]
        },
        chips: match &unit {
            Some(unit) => vec![in_unit::chip(&ctx, unit, here).await],
            None => Vec::new(),
        },
        file: if ctx.actor().may(Action::ExportStudents) { file.to_string().into() } else { "".into() },
        rows: found
            .iter()
            .map(|line| {
                let student = format!("/ogrenci/{}", line.number);
                RegisteredRow {
                    photo: if line.has_photo { format!("{student}/foto").into() } else { "".into() },
                    number: line.number.as_str().into(),
                    name: format!("{} {}", line.given_name, line.surname).into(),
                    href: student.into(),
                    programme: programmes
                        .iter()
                        .find(|p| p.id == line.programme.get())
                        .map_or(line.programme_code.as_str(), |p| p.name.of(t.lang()))
                        .into(),
                    status: words::status(t, line.status),
                    at: date_time_tr(line.registered_at).split_off(11).into(),
                }
            })
            .collect(),
        empty: Empty::new("desk", t.get("registered-none"), t.get("registered-none-text")),
    };
    ctx.html(&view)
}

/// `GET /kayit/kart.csv`.
pub async fn cards(ctx: Ctx, Query(params): Query<DayParams>) -> Answer {
    let unit = in_unit::asked(&ctx, &params.birim).await?;
    let query = params.query(&ctx, unit.as_ref());
    let t = ctx.t();
    let headings = [
        "students-number",
        "export-given-name",
        "export-surname",
        "students-programme-code",
        "desk-photo",
        "registered-day",
    ]
    .map(|key| t.get(key).to_owned());
    let yes_no = ["desk-yes", "desk-no"].map(|key| t.get(key).to_owned());
    let bytes =
        registration::export_registered(ctx.office(), ctx.actor(), query, CardHeadings(headings), yes_no)
            .await?;
    let name = format!("attachment; filename=\"kart-{}.csv\"", query.day);
    Ok((
        [(header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()), (header::CONTENT_DISPOSITION, name)],
        bytes,
    )
        .into_response())
}
