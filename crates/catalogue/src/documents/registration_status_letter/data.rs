//! Exactly what a kayıt durumu yazısı shows.

use serde::Serialize;

use crate::documents::common::{Person, Study};

/// The body of the letter; letterhead, number, signature and foot come with the frame. Fee and receipt are the
/// student's own business and not in it.
#[derive(Clone, Debug, Serialize)]
pub struct RegistrationStatusLetter {
    /// Who it is about.
    pub person: Person,
    /// The enrolment.
    pub study: Study,
    /// Day of registration.
    pub registered_on: String,
    /// Last day of a provisional registration.
    pub until: Option<String>,
    /// How many papers are missing, or that none is; nothing where the office cannot say, or nothing is owed any more.
    pub papers: Option<String>,
    /// To whom it is addressed, in capitals.
    pub addressee: String,
    /// How the registration stands, whole sentences (`statement-*`).
    pub statement: String,
    /// What it is issued for (`purpose-*`).
    pub purpose: String,
}
