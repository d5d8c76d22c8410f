//! Exactly what a kayıt onay belgesi shows.

use serde::Serialize;

use crate::documents::common::{Owed, Person, Registration, Study};

/// The body of the paper; letterhead, number, signature and foot come with the frame.
#[derive(Clone, Debug, Serialize)]
pub struct RegistrationConfirmation {
    /// Who was registered.
    pub person: Person,
    /// The enrolment that came of it.
    pub study: Study,
    /// What the desk noted.
    pub registration: Registration,
    /// What is confirmed, a whole sentence (`statement-*`).
    pub statement: String,
    /// The papers that are still owed.
    pub owed: Vec<Owed>,
}
