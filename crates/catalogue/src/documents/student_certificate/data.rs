//! Exactly what an öğrenci belgesi shows.

use serde::Serialize;

use crate::documents::common::{Person, Study};

/// The body of a student certificate; letterhead, number, signature and foot come with the frame.
#[derive(Clone, Debug, Serialize)]
pub struct StudentCertificate {
    /// Who it is about.
    pub person: Person,
    /// The enrolment it certifies.
    pub study: Study,
    /// Academic year and term for which it speaks.
    pub term: String,
    /// To whom it is addressed, in capitals; the word "to-whom" if nobody was named.
    pub addressee: String,
    /// What is certified, a whole sentence (`statement-*`).
    pub statement: String,
    /// What it is issued for (`purpose-*`).
    pub purpose: String,
    /// How long it holds (`validity-*`).
    pub validity: String,
}
