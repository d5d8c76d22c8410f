//! One candidate by a form: the way of entry first, then the fields that it asks for.

use std::collections::BTreeMap;

use axum::extract::Query;
use domain::{enrolments::EntryKind, people::Sex};
use regulations::{Citation, EntryField, Span};
use serde::Deserialize;
use services::{
    Action, ServiceError,
    institution::{self, UnitNode},
    placement::{EnterCandidate, KindFacts, enter_candidate, entry_form, kind_facts, likely_year},
};

use super::{Cards, cards, sex_choices};
use crate::{
    components::{Column, Link, form::Field},
    ctx::{Ctx, Posted},
    fault::Answer,
    pages::{
        plain_form::PlainForm,
        registration::WORK,
        student_forms::{Form, Outcome},
    },
    texts::Texts,
    views::{
        cards::{Card, Cell, Part, Table, TableForm},
        forms::Input,
    },
    words,
};

const HERE: &str = "/kayit/yeni";

/// Which way of entry.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct KindParams {
    giris: String,
}

/// `GET /kayit/yeni`.
pub async fn form(ctx: Ctx, Query(params): Query<KindParams>) -> Answer {
    ctx.needs(Action::ImportPlacement)?;
    match EntryKind::from_code(&params.giris) {
        Some(kind) => form_page(&ctx, kind, &Form::fresh(&ctx)).await,
        None => kinds_page(&ctx).await,
    }
}

fn crumbs(t: &Texts) -> Vec<Link<'_>> {
    vec![Link::new(t.get("desk-title"), "/kayit")]
}

async fn kinds_page(ctx: &Ctx) -> Answer {
    let t = ctx.t();
    let columns = [
        "placement-kind",
        "placement-kind-stay",
        "placement-kind-fee",
        "placement-kind-told",
        "placement-kind-number",
    ];
    let table = Table {
        form: TableForm::default(),
        columns: columns.map(|key| Column::new(t.get(key))).to_vec(),
        rows: kind_facts(ctx.office()).iter().map(|facts| kind_row(t, facts)).collect(),
        ..Table::default()
    };
    let page = Cards {
        title: t.get("placement-new-title").to_owned(),
        crumbs: crumbs(t),
        lead: t.get("placement-new-lead").to_owned(),
        main: vec![Card::new("giris", t.get("placement-kinds"), Part::Table(table))],
        ..Cards::default()
    };
    cards(ctx, page).await
}

/// A way of entry with what the rule book says of it; each fact with its rule below.
fn kind_row<'a>(t: &'a Texts, facts: &KindFacts) -> Vec<Cell<'a>> {
    let code = facts.kind.code();
    let name = if facts.by_form {
        Cell::link(t.variant("entry", code), format!("{HERE}?giris={code}"))
    } else {
        Cell::text(t.variant("entry", code))
    };
    let mut stay = vec![t.variant("entry-stay", facts.stay.code()).to_owned()];
    stay.extend(
        facts.longest_stay.map(|longest| t.fmt("placement-kind-longest", &[("span", &span(t, longest))])),
    );
    stay.extend(facts.ends_former.then(|| t.get("placement-kind-former").to_owned()));
    let fee = facts.fee.value.map_or("", |fee| t.variant("fee-basis", fee.code()));
    let reports = facts.reports.iter().map(|(to, rule)| {
        let to = t.variant("report-to", to.code());
        match rule.within {
            Some(within) => t.fmt("placement-kind-within", &[("to", to), ("span", &span(t, within))]),
            None => to.to_owned(),
        }
    });
    let note = |citation: &Citation| words::citation(t, citation);
    vec![
        name.note(note(&facts.citation)),
        Cell::text(stay.join(" ")),
        Cell::text(fee).note(facts.fee.value.map(|_| note(&facts.fee.citation)).unwrap_or_default()),
        Cell::text(reports.collect::<Vec<_>>().join(", ")),
        Cell::text(facts.numbers.as_deref().map(|pattern| scheme(t, pattern)).unwrap_or_default()),
    ]
}

/// A scheme of student numbers in words, its parts with their digits: `9 + yıl (2) + sıra (5)`.
fn scheme(t: &Texts, pattern: &str) -> String {
    let part = |part: &str| match part.strip_prefix('{') {
        None => part.to_owned(),
        Some("yy") => t.get("scheme-yy").to_owned(),
        Some("yyyy") => t.get("scheme-yyyy").to_owned(),
        Some(named) => {
            let (what, digits) = named.split_once(':').unwrap_or((named, ""));
            t.fmt(&format!("scheme-{what}"), &[("digits", digits)])
        }
    };
    let spaced = pattern.replace('{', "}{");
    spaced.split('}').filter(|piece| !piece.is_empty()).map(part).collect::<Vec<_>>().join(" + ")
}

fn span(t: &Texts, span: Span) -> String {
    match span {
        Span::Days(n) => t.count("span-days", n.into()),
        Span::Months(n) => t.count("span-months", n.into()),
        Span::Terms(n) => t.count("span-terms", n.into()),
    }
}

/// Names of programmes by their codes.
pub(super) fn names(t: &Texts, units: &[UnitNode]) -> BTreeMap<String, String> {
    let programmes = units.iter().flat_map(|node| &node.programmes);
    programmes.map(|p| (p.code.clone(), p.name.of(t.lang()).to_owned())).collect()
}

async fn form_page(ctx: &Ctx, kind: EntryKind, form: &Form<'_>) -> Answer {
    let t = ctx.t();
    let year = likely_year(ctx.office().today());
    let asked = entry_form(ctx.office(), ctx.actor(), kind, year).await?;
    let names = names(t, &institution::list_units(ctx.office(), ctx.actor()).await?);
    let programmes = asked.programmes.iter().map(|p| {
        let name = names.get(&p.code).map_or("", String::as_str);
        (p.code.clone(), format!("{name} ({})", p.code))
    });
    let mut inputs = vec![
        Input::Select(
            form.field("programme", "placement-programme", "").focus(),
            form.choices("programme", "", programmes),
        ),
        Input::Number(form.field("year", "placement-entry-year", year.to_string()).width("w-s").max(4)),
    ];
    inputs.extend(person_inputs(t, form, &asked.fields, &EnterCandidate::default()));
    inputs.push(Input::Check(form.field("needs_preparatory", "placement-prep", "").optional()));
    inputs.push(Input::Heading(t.get("placement-contact").into()));
    inputs.extend([
        Input::Text(form.field("email", "contact-email", "").optional().max(254)),
        Input::Text(form.field("phone", "contact-phone", "").optional().max(30)),
        Input::Area(form.field("address", "contact-address", "").optional().max(500)),
    ]);
    let mut way = crumbs(t);
    way.push(Link::new(t.get("placement-enter"), HERE));
    let page = PlainForm {
        current: WORK,
        title: "placement-new-title",
        crumbs: way,
        lead: t.variant("entry", kind.code()).to_owned(),
        notes: Vec::new(),
        action: HERE.to_owned(),
        hidden: vec![("kind", kind.code().to_owned())],
        inputs,
        facts: Vec::new(),
        submit: "placement-save",
        danger: false,
        back: HERE.to_owned(),
    };
    page.show(ctx, form).await
}

/// Who the candidate is and what the way of entry asks, with what is known.
pub(super) fn person_inputs<'a>(
    t: &'a Texts,
    form: &Form<'a>,
    fields: &[(EntryField, bool)],
    known: &EnterCandidate,
) -> Vec<Input<'a>> {
    let is_number = |field: EntryField| matches!(field, EntryField::IdentityNo | EntryField::Passport);
    let of = |numbers: bool| {
        fields.iter().filter(|(field, _)| is_number(*field) == numbers).copied().collect::<Vec<_>>()
    };
    let mut numbers = of(true);
    // One of the two is needed in any case; what is known already may be mended.
    for (field, needed) in [(EntryField::IdentityNo, numbers.is_empty()), (EntryField::Passport, false)] {
        let asked = numbers.iter().any(|(asked, _)| *asked == field);
        if !asked && (needed || known.fields.contains_key(field.code())) {
            numbers.push((field, needed));
        }
    }
    let of_entry = |(field, required): (EntryField, bool)| {
        let value = known.fields.get(field.code()).cloned().unwrap_or_default();
        input(t, form, field, required, value)
    };
    let mut inputs = vec![Input::Heading(t.get("placement-who").into())];
    inputs.extend(numbers.into_iter().map(of_entry));
    inputs.extend(who_inputs(t, form, known));
    inputs.push(Input::Heading(t.get("placement-entry-facts").into()));
    inputs.extend(of(false).into_iter().map(of_entry));
    inputs
}

fn who_inputs<'a>(t: &'a Texts, form: &Form<'a>, known: &EnterCandidate) -> Vec<Input<'a>> {
    let sex = form.value("sex", known.sex.map_or("", Sex::code));
    let text = |name: &'static str, label: &'static str, now: &str| form.field(name, label, now).max(100);
    vec![
        Input::Text(text("given_name", "identity-given-name", &known.given_name)),
        Input::Text(text("surname", "identity-surname", &known.surname)),
        Input::Radios(form.field("sex", "identity-sex", sex.as_str()), sex_choices(t, &sex)),
        Input::Date(form.field("birth_date", "identity-birth-date", known.birth_date.as_str())),
        Input::Text(text("birth_place", "identity-birth-place", &known.birth_place).optional()),
        Input::Text(
            form.field("nationality", "identity-nationality", known.nationality.as_str())
                .hint(t.get("placement-nationality-hint"))
                .optional()
                .width("w-s")
                .max(2),
        ),
        Input::Text(text("father_name", "placement-father", &known.father_name).optional()),
        Input::Text(text("mother_name", "placement-mother", &known.mother_name).optional()),
    ]
}

fn input<'a>(t: &'a Texts, form: &Form<'a>, field: EntryField, required: bool, now: String) -> Input<'a> {
    let label = t.variant("placement-detail", field.code());
    let mut typed: Field<'a> = form.named(field.code(), label, now).max(200);
    typed.optional = !required;
    match field {
        EntryField::IdentityNo => Input::Number(typed.max(11).width("w-m")),
        EntryField::ClassYear => Input::Number(typed.max(1).width("w-s")),
        EntryField::EndsOn => Input::Date(typed),
        _ => Input::Text(typed),
    }
}

/// What was typed of one candidate.
pub(super) fn typed(posted: &Posted) -> EnterCandidate {
    let text = |name: &str| posted.text(name).to_owned();
    let fields = EntryField::ALL.iter().map(|field| (field.code().to_owned(), text(field.code())));
    EnterCandidate {
        kind: EntryKind::from_code(posted.text("kind")),
        year: posted.text("year").trim().parse().unwrap_or_default(),
        programme: text("programme"),
        given_name: text("given_name"),
        surname: text("surname"),
        father_name: text("father_name"),
        mother_name: text("mother_name"),
        sex: Sex::from_code(posted.text("sex")),
        birth_date: text("birth_date"),
        birth_place: text("birth_place"),
        nationality: text("nationality"),
        email: text("email"),
        phone: text("phone"),
        address: text("address"),
        needs_preparatory: !posted.text("needs_preparatory").is_empty(),
        fields: fields.filter(|(_, value)| !value.is_empty()).collect(),
        idempotency_key: None,
    }
}

/// `POST /kayit/yeni`.
pub async fn save(ctx: Ctx, posted: Posted) -> Answer {
    let Some(kind) = EntryKind::from_code(posted.text("kind")) else {
        return Err(ServiceError::NotFound.into());
    };
    let command = EnterCandidate { idempotency_key: ctx.actor().form.clone(), ..typed(&posted) };
    match enter_candidate(ctx.office(), ctx.actor(), command).await {
        Ok(entered) => Ok(ctx.flash_to(&format!("/kayit/{}", entered.id), "candidate-entered")),
        Err(error) => {
            let outcome = Outcome::of(error)?;
            form_page(&ctx, kind, &Form::again(&ctx, &posted, outcome)).await
        }
    }
}
