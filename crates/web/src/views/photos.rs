//! A proposed photo with the decision about it.

use askama::Template;

use crate::components::form::{self, Choice, Field, FieldError, Tokens};
use crate::components::frame::{Frame, Shell};
use crate::components::{Fact, Link, Note, Str};
use crate::texts::Texts;

/// `/fotograflar/<id>`: the picture, whose it is, and the form.
#[derive(Template)]
#[template(path = "pages/first_day/photo.html")]
pub struct PhotoPage<'a> {
    /// Words.
    pub t: &'a Texts,
    /// What every page has.
    pub frame: &'a Frame<'a>,
    /// What a signed-in page has.
    pub shell: &'a Shell<'a>,
    /// The way here.
    pub crumbs: Vec<Link<'a>>,
    /// Whose it is.
    pub lead: Str<'a>,
    /// What must be read first.
    pub notes: Vec<Note<'a>>,
    /// What is wrong.
    pub errors: Vec<FieldError<'a>>,
    /// CSRF token and key.
    pub tokens: Tokens<'a>,
    /// Where the form posts.
    pub action: Str<'a>,
    /// Address of the picture.
    pub picture: Str<'a>,
    /// Beside the picture.
    pub facts: Vec<Fact<'a>>,
    /// The decision.
    pub decision: Field<'a>,
    /// What can be decided.
    pub choices: Vec<Choice<'a>>,
    /// Why it is refused.
    pub reason: Field<'a>,
}

impl PhotoPage<'_> {
    fn summary(&self) -> Vec<FieldError<'_>> {
        form::summary(&self.errors, [&self.decision, &self.reason])
    }
}
