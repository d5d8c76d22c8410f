//! The data-protection notice, for everybody to read and print.

use askama::Template;

use crate::{
    components::{Ground, Note, Str, frame::Frame},
    texts::Texts,
};

/// One version of the notice.
#[derive(Template)]
#[template(path = "pages/notice/notice.html")]
pub struct NoticePage<'a> {
    /// Words.
    pub t: &'a Texts,
    /// What every page has.
    pub frame: &'a Frame<'a>,
    /// Version and date.
    pub lead: Str<'a>,
    /// Whose text it is.
    pub ground: Ground<'a>,
    /// That it is a draft, or an earlier version.
    pub notes: Vec<Note<'a>>,
    /// Title and text of each part.
    pub parts: Vec<(String, String)>,
}
