//! Exactly what an eksik evrak bildirimi shows.

use serde::Serialize;

use crate::documents::common::{Owed, Person, Study};

/// The body of the notice; letterhead, number, signature and foot come with the frame.
#[derive(Clone, Debug, Serialize)]
pub struct MissingPapersNotice {
    /// Who owes the papers.
    pub person: Person,
    /// The enrolment.
    pub study: Study,
    /// To whom it is addressed, with the name.
    pub addressee: String,
    /// What is asked, a whole sentence (`statement-*`).
    pub statement: String,
    /// What a provisional registration has at stake (`consequence-*`).
    pub consequence: Option<String>,
    /// The papers; at least one.
    pub owed: Vec<Owed>,
}
