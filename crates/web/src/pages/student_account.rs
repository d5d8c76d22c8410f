//! A student at the counter who has no password yet or forgot it: the clerk looks at a paper and hands over a link.

use axum::extract::Path;
use services::{
    ServiceError,
    accounts::{self, IdentityProof, IssueStudentLink},
    students::open::{self, StudentPage as Opened},
};

use crate::{
    components::{Fact, Link, form::Choice},
    ctx::{Ctx, Posted},
    fault::{Answer, Fault},
    pages::{
        account_forms::link_page,
        plain_form::PlainForm,
        student_forms::{Form, Outcome},
    },
    views::forms::Input,
};

async fn opened(ctx: &Ctx, number: String) -> Result<Opened, Fault> {
    let opened = open::open_student(ctx.office(), ctx.actor(), number).await?;
    let action = services::Action::IssueStudentLink;
    if opened.may.contains(&action) { Ok(opened) } else { Err(ServiceError::Forbidden(action).into()) }
}

/// `GET /ogrenci/{no}/hesap`.
pub async fn form(ctx: Ctx, Path(number): Path<String>) -> Answer {
    let opened = opened(&ctx, number).await?;
    page(&ctx, &opened, &Form::fresh(&ctx)).await
}

async fn page(ctx: &Ctx, s: &Opened, form: &Form<'_>) -> Answer {
    let t = ctx.t();
    let chosen = form.value("proof", "");
    let proofs = IdentityProof::ALL
        .iter()
        .map(|proof| {
            Choice::new(proof.code(), t.variant("proof", proof.code())).chosen(proof.code() == chosen)
        })
        .collect();
    let base = format!("/ogrenci/{}", s.enrolment.number);
    let name = s.person.identity.full_name();
    let page = PlainForm {
        current: "ogrenciler",
        title: "slip-student-title",
        crumbs: vec![
            Link::new(t.get("students-title"), "/ogrenciler"),
            Link::new(format!("{name} · {}", s.enrolment.number), base.clone()),
        ],
        lead: t.get("slip-student-lead").to_owned(),
        notes: Vec::new(),
        action: format!("{base}/hesap"),
        hidden: Vec::new(),
        inputs: vec![Input::Radios(
            form.field("proof", "slip-proof", "").hint(t.get("slip-proof-hint")),
            proofs,
        )],
        facts: vec![
            Fact::text(t.get("students-name"), name),
            Fact::text(t.get("students-number"), s.enrolment.number.as_str()),
        ],
        submit: "slip-submit",
        danger: false,
        back: base,
    };
    page.show(ctx, form).await
}

/// `POST /ogrenci/{no}/hesap`: the answer shows the link, this once.
pub async fn issue(ctx: Ctx, Path(number): Path<String>, posted: Posted) -> Answer {
    let issued = match IdentityProof::from_code(posted.text("proof")) {
        Some(proof) => {
            accounts::issue_student_link(
                ctx.office(),
                ctx.actor(),
                IssueStudentLink { number: number.clone(), proof },
            )
            .await
        }
        None => Err(ServiceError::field("proof", "required")),
    };
    match issued {
        Ok(link) => {
            let back = Link::new(format!("{} · {number}", link.display_name), format!("/ogrenci/{number}"));
            link_page(&ctx, &link, back, "ogrenciler").await
        }
        Err(error) => {
            let outcome = Outcome::of(error)?;
            let opened = opened(&ctx, number).await?;
            page(&ctx, &opened, &Form::again(&ctx, &posted, outcome)).await
        }
    }
}
