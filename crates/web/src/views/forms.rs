//! A page that is one form: title, what it is about, fields, one main button, the way back.

use askama::Template;

use crate::components::form::{self, Choice, Field, FieldError, KeptFile, Tokens};
use crate::components::frame::{Frame, Shell};
use crate::components::{Fact, Link, Note, Str};
use crate::texts::Texts;

/// A field with its kind.
#[derive(Clone, Debug)]
pub enum Input<'a> {
    /// A line of text.
    Text(Field<'a>),
    /// Digits.
    Number(Field<'a>),
    /// A day as gg.aa.yyyy.
    Date(Field<'a>),
    /// Several lines.
    Area(Field<'a>),
    /// A password.
    Password(Field<'a>),
    /// One of a list.
    Select(Field<'a>, Vec<Choice<'a>>),
    /// One of a few.
    Radios(Field<'a>, Vec<Choice<'a>>),
    /// A file; the text is `accept`.
    File(Field<'a>, &'static str),
    /// Yes or no.
    Check(Field<'a>),
    /// Any of a few.
    Checks(Field<'a>, Vec<Choice<'a>>),
    /// A heading between fields.
    Heading(Str<'a>),
}

/// A page that is one form.
#[derive(Template)]
#[template(path = "pages/form.html")]
pub struct FormPage<'a> {
    /// Words.
    pub t: &'a Texts,
    /// What every page has.
    pub frame: &'a Frame<'a>,
    /// What a signed-in page has.
    pub shell: &'a Shell<'a>,
    /// The way here.
    pub crumbs: Vec<Link<'a>>,
    /// A line below the title; empty for none.
    pub lead: Str<'a>,
    /// What must be read first.
    pub notes: Vec<Note<'a>>,
    /// What stands now, beside the form.
    pub facts: Vec<Fact<'a>>,
    /// Where it posts.
    pub action: Str<'a>,
    /// Its tokens.
    pub tokens: Tokens<'a>,
    /// More hidden values, such as the version.
    pub hidden: Vec<(Str<'a>, Str<'a>)>,
    /// What is wrong.
    pub errors: Vec<FieldError<'a>>,
    /// The fields.
    pub inputs: Vec<Input<'a>>,
    /// Word of the main button.
    pub submit: Str<'a>,
    /// The main button takes something away.
    pub danger: bool,
    /// Path of "Vazgeç".
    pub back: Str<'a>,
}

impl<'a> Input<'a> {
    /// The field, where it has one.
    pub fn field(&self) -> Option<&Field<'a>> {
        match self {
            Self::Text(f)
            | Self::Number(f)
            | Self::Date(f)
            | Self::Area(f)
            | Self::Password(f)
            | Self::Check(f)
            | Self::Select(f, _)
            | Self::Radios(f, _)
            | Self::Checks(f, _)
            | Self::File(f, _) => Some(f),
            Self::Heading(_) => None,
        }
    }
}

impl FormPage<'_> {
    fn summary(&self) -> Vec<FieldError<'_>> {
        form::summary(&self.errors, self.inputs.iter().filter_map(Input::field))
    }

    fn has_file(&self) -> bool {
        self.inputs.iter().any(|input| matches!(input, Input::File(..)))
    }

    fn kept(&self) -> Vec<KeptFile<'_>> {
        Vec::new()
    }

    fn weight(&self) -> &'static str {
        if self.danger { "danger" } else { "main" }
    }
}
