//! The page of everything that could not be answered.

use askama::Template;

use crate::components::form::Tokens;
use crate::components::frame::{Frame, Shell};
use crate::components::record::Findings;
use crate::components::{Link, Str};
use crate::texts::Texts;

/// What was sent and can be sent again as it was.
#[derive(Clone, Debug, Default)]
pub struct Again<'a> {
    /// Where it goes.
    pub action: Str<'a>,
    /// Its tokens.
    pub tokens: Tokens<'a>,
    /// Names and values.
    pub fields: Vec<(Str<'a>, Str<'a>)>,
}

/// What is told of a refusal or a fault that has no page of its own.
#[derive(Clone, Debug, Default)]
pub struct Told<'a> {
    /// HTTP status, small above the title.
    pub status: u16,
    /// What happened, in a few words.
    pub title: Str<'a>,
    /// What it means and what to do.
    pub text: Str<'a>,
    /// The rules that stand against it, each with its article.
    pub findings: Option<Findings<'a>>,
    /// Request id of the log; empty where nothing was logged.
    pub request: Str<'a>,
    /// Ways on, beside the start page.
    pub links: Vec<Link<'a>>,
    /// The form that had to wait, with everything that was typed.
    pub again: Option<Again<'a>>,
}

/// The page for whoever is not signed in, and for faults of the machine.
#[derive(Template)]
#[template(path = "pages/errors/error.html")]
pub struct ErrorPage<'a> {
    /// Words.
    pub t: &'a Texts,
    /// What every page has.
    pub frame: &'a Frame<'a>,
    /// What is told.
    pub told: Told<'a>,
}

/// The page for whoever is signed in: bar, counter field and navigation lead on.
#[derive(Template)]
#[template(path = "pages/errors/inside.html")]
pub struct InsideErrorPage<'a> {
    /// Words.
    pub t: &'a Texts,
    /// What every page has.
    pub frame: &'a Frame<'a>,
    /// What a signed-in page has.
    pub shell: &'a Shell<'a>,
    /// What is told.
    pub told: Told<'a>,
}
