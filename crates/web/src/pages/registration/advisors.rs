//! Advisors of all new students of a programme at once: who takes part, what would change, and then the change.

use std::collections::HashMap;

use axum::extract::Query;
use base::ids::{ProgrammeId, StaffId};
use serde::Deserialize;
use services::registration::{self, AdvisorPlan, AdvisorQuery, AssignAdvisors};

use super::{WORK, crumbs, programme_choices, programmes};
use crate::{
    components::form::{Choice, Field},
    ctx::{Ctx, Posted},
    fault::Answer,
    pages::student_forms::{Form, Outcome},
    views::{
        registration::{AdvisedRow, AdvisorForm, AdvisorsPage},
        students::Filter,
    },
};

/// Which programme and year.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct AdvisorParams {
    program: String,
    yil: String,
}

impl AdvisorParams {
    fn query(&self, ctx: &Ctx, staff: Vec<StaffId>, replace: bool) -> Option<AdvisorQuery> {
        let this_year = i32::from(ctx.office().today().year());
        Some(AdvisorQuery {
            programme: ProgrammeId::new(self.program.parse().ok()?),
            year: self.yil.parse().unwrap_or(this_year),
            only: None,
            staff,
            replace,
        })
    }
}

/// `GET /kayit/danisman`.
pub async fn form(ctx: Ctx, Query(params): Query<AdvisorParams>) -> Answer {
    let query = params.query(&ctx, Vec::new(), false);
    show(&ctx, &params, query, &Form::fresh(&ctx), false).await
}

/// `POST /kayit/danisman`: shows what the rule would do, or does it.
pub async fn assign(ctx: Ctx, posted: Posted) -> Answer {
    let params =
        AdvisorParams { program: posted.text("program").to_owned(), yil: posted.text("yil").to_owned() };
    let staff = posted.all("staff").iter().filter_map(|id| id.parse().ok()).collect();
    let query = params.query(&ctx, staff, !posted.text("replace").is_empty());
    let Some(asked) = query.clone() else {
        return show(&ctx, &params, None, &Form::fresh(&ctx), false).await;
    };
    if posted.text("uygula").is_empty() {
        return show(&ctx, &params, query, &Form::again(&ctx, &posted, Outcome::default()), true).await;
    }
    let command = AssignAdvisors {
        query: asked,
        ground_ref: posted.text("ground_ref").to_owned(),
        ground_on: posted.text("ground_on").to_owned(),
    };
    match registration::assign_advisors(ctx.office(), ctx.actor(), command).await {
        Ok(_) => {
            let back = crate::url::Params::new("/kayit/danisman")
                .with("program", &params.program)
                .with("yil", &params.yil);
            Ok(ctx.flash_to(&back.to_string(), "advisors-assigned"))
        }
        Err(error) => {
            let form = Form::again(&ctx, &posted, Outcome::of(error)?);
            show(&ctx, &params, query, &form, true).await
        }
    }
}

async fn show(
    ctx: &Ctx,
    params: &AdvisorParams,
    query: Option<AdvisorQuery>,
    form: &Form<'_>,
    planned: bool,
) -> Answer {
    let t = ctx.t();
    let may = services::Action::RegisterCandidates;
    if !ctx.actor().may(may) {
        return Err(services::ServiceError::Forbidden(may).into());
    }
    let programmes = programmes(ctx).await?;
    let year = query.as_ref().map_or_else(|| i32::from(ctx.office().today().year()), |query| query.year);
    let plan = match query {
        Some(query) => Some(registration::plan_advisors(ctx.office(), ctx.actor(), query).await?),
        None => None,
    };
    let filters = vec![
        Filter {
            field: Field::new("program", t.get("desk-programme")),
            choices: programme_choices(t, &programmes, &params.program, t.get("advisors-choose")),
        },
        Filter {
            field: Field::new("yil", t.get("desk-year")).value(year.to_string()).max(4).width("w-s"),
            choices: Vec::new(),
        },
    ];
    let frame = ctx.frame(t.get("advisors-title"));
    let shell = ctx.shell(WORK).await;
    let view = AdvisorsPage {
        t,
        frame: &frame,
        shell: &shell,
        crumbs: crumbs(t, "advisors-title"),
        notes: form.notes(),
        errors: form.errors(),
        filters,
        plan: plan.as_ref().map(|plan| AdvisorForm {
            action: "/kayit/danisman".into(),
            tokens: ctx.tokens(),
            hidden: vec![("program", params.program.clone().into()), ("yil", year.to_string().into())],
            staff: form.field("staff", "advisors-staff", "").hint(t.get("advisors-staff-hint")),
            choices: plan
                .staff
                .iter()
                .map(|line| {
                    Choice::new(line.staff.to_string(), line.name.as_str())
                        .note(t.count("advisors-load", line.students))
                        .chosen(line.chosen)
                })
                .collect(),
            replace: form.field("replace", "advisors-replace", ""),
            ground_ref: form.field("ground_ref", "ground-ref", "").hint(t.get("ground-ref-hint")).max(100),
            ground_on: form.field("ground_on", "ground-on", ""),
            summary: t
                .count("advisors-change", plan.students.iter().filter(|s| s.then != s.now).count())
                .into(),
            rows: rows(plan),
            planned,
        }),
    };
    let status = if form.errors().is_empty() {
        axum::http::StatusCode::OK
    } else {
        axum::http::StatusCode::UNPROCESSABLE_ENTITY
    };
    ctx.html_with(status, &view)
}

fn rows(plan: &AdvisorPlan) -> Vec<AdvisedRow<'_>> {
    let names: HashMap<StaffId, &str> =
        plan.staff.iter().map(|line| (line.staff, line.name.as_str())).collect();
    let name = |staff: Option<StaffId>| staff.and_then(|id| names.get(&id).copied()).unwrap_or_default();
    plan.students
        .iter()
        .map(|student| AdvisedRow {
            number: student.number.as_str().into(),
            name: student.name.as_str().into(),
            href: format!("/ogrenci/{}", student.number).into(),
            now: name(student.now).into(),
            then: if student.then == student.now { "".into() } else { name(student.then).into() },
        })
        .collect()
}
