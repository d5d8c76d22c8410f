//! The file of a day pack: one page that a browser opens without a server.

use askama::Template;

use crate::texts::Texts;

/// A pack as a file.
#[derive(Template)]
#[template(path = "pages/day_pack/pack.html")]
pub struct PackFile<'a> {
    /// Words.
    pub t: &'a Texts,
    /// Unit and day.
    pub title: String,
    /// Headings of the blank forms.
    pub forms: Vec<String>,
    /// Papers that a form has boxes for.
    pub papers: Vec<&'a str>,
    /// Title and text of the parts of the data-protection notice, to be read by candidates.
    pub notice: Vec<(String, String)>,
    /// What can be ticked for each of them.
    pub states: Vec<&'a str>,
    /// What is sealed, as JSON that closes no script.
    pub payload: String,
    /// Words that the page's own script shows, as JSON.
    pub words: String,
}
