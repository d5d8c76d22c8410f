//! The page of everything that could not be answered.

use askama::Template;

use crate::components::form::Tokens;
use crate::components::frame::Frame;
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

/// Any refusal or fault that has no page of its own.
#[derive(Template)]
#[template(path = "pages/errors/error.html")]
pub struct ErrorPage<'a> {
    /// Words.
    pub t: &'a Texts,
    /// What every page has.
    pub frame: &'a Frame<'a>,
    /// HTTP status, small above the title.
    pub status: u16,
    /// What happened, in a few words.
    pub title: Str<'a>,
    /// What it means and what to do.
    pub text: Str<'a>,
    /// Request id of the log; empty where nothing was logged.
    pub request: Str<'a>,
    /// Ways on, beside the start page.
    pub links: Vec<Link<'a>>,
    /// The form that had to wait, with everything that was typed.
    pub again: Option<Again<'a>>,
}
