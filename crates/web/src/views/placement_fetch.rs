//! A fetch of placements from the ministry's service, while and after it runs.

use askama::Template;

use crate::components::frame::{Frame, Shell};
use crate::components::record::JobCard;
use crate::components::{Button, Figure, Link, Note, Str};
use crate::texts::Texts;

/// `/kayit/listeler/yoksis/<id>`.
#[derive(Template)]
#[template(path = "pages/placement/fetch.html")]
pub struct FetchPage<'a> {
    /// Words.
    pub t: &'a Texts,
    /// What every page has.
    pub frame: &'a Frame<'a>,
    /// What a signed-in page has.
    pub shell: &'a Shell<'a>,
    /// The way here.
    pub crumbs: Vec<Link<'a>>,
    /// What is fetched.
    pub lead: Str<'a>,
    /// The list that came of it, another attempt, the way by file.
    pub buttons: Vec<Button<'a>>,
    /// How it ended.
    pub notes: Vec<Note<'a>>,
    /// How far it is.
    pub job: JobCard<'a>,
    /// What the rows came to; empty while nothing is known.
    pub figures: Vec<Figure<'a>>,
}
