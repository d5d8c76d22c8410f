//! A page that is one form, for everything but students: the parts that differ, and the rest.

use axum::http::StatusCode;
use services::ServiceError;

use crate::{
    components::{Fact, Link, Note, form::FieldError},
    ctx::Ctx,
    fault::{Answer, Fault},
    pages::student_forms::Form,
    views::forms::{FormPage, Input},
};

/// What a form page is made of.
pub struct PlainForm<'a> {
    /// Path of the work in the navigation.
    pub current: &'static str,
    /// Key of the title.
    pub title: &'static str,
    /// The way here, without the page itself.
    pub crumbs: Vec<Link<'a>>,
    /// A line below the title.
    pub lead: String,
    /// What must be read first.
    pub notes: Vec<Note<'a>>,
    /// Where it posts.
    pub action: String,
    /// Hidden values, such as the version.
    pub hidden: Vec<(&'static str, String)>,
    /// The fields.
    pub inputs: Vec<Input<'a>>,
    /// What stands now, beside the form.
    pub facts: Vec<Fact<'a>>,
    /// Key of the main button's word.
    pub submit: &'static str,
    /// The main button takes something away.
    pub danger: bool,
    /// Path of "Vazgeç".
    pub back: String,
}

impl PlainForm<'_> {
    /// Draws the page; what is wrong with fields that it does not have stands above the form without a link.
    ///
    /// # Errors
    /// As [`crate::ctx::Visitor::html`].
    pub async fn show(self, ctx: &Ctx, form: &Form<'_>) -> Answer {
        let t = ctx.t();
        let frame = ctx.frame(t.get(self.title));
        let shell = ctx.shell(self.current).await;
        let errors: Vec<FieldError<'_>> = form
            .errors()
            .into_iter()
            .map(|error| {
                if self.inputs.iter().filter_map(Input::field).any(|field| field.name == error.field) {
                    error
                } else {
                    FieldError::whole(error.message)
                }
            })
            .collect();
        let mut notes = form.notes();
        let status = if errors.is_empty() && notes.is_empty() {
            StatusCode::OK
        } else {
            StatusCode::UNPROCESSABLE_ENTITY
        };
        notes.extend(self.notes);
        let mut crumbs = self.crumbs;
        crumbs.push(Link::new(t.get(self.title), ""));
        let view = FormPage {
            t,
            frame: &frame,
            shell: &shell,
            crumbs,
            lead: self.lead.into(),
            notes,
            facts: self.facts,
            action: self.action.into(),
            tokens: ctx.tokens(),
            hidden: self.hidden.into_iter().map(|(name, value)| (name.into(), value.into())).collect(),
            errors,
            inputs: self.inputs,
            submit: t.get(self.submit).into(),
            danger: self.danger,
            back: self.back.into(),
        };
        ctx.html_with(status, &view)
    }
}

/// Sensitive forms ask for the password before they are filled in, not after.
///
/// # Errors
/// [`ServiceError::NeedsConfirmation`], which leads to the page that asks for it and back again.
pub fn ask_password(ctx: &Ctx) -> Result<(), Fault> {
    if services::authz::is_confirmed(ctx.actor(), ctx.office().now()) {
        Ok(())
    } else {
        Err(ServiceError::NeedsConfirmation.into())
    }
}
