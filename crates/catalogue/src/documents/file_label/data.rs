//! Exactly what the labels of a student's file show.

use serde::Serialize;

use crate::documents::common::Study;

/// The body of the sheet with both labels. An envelope lies about, so neither bears an identity number.
#[derive(Clone, Debug, Serialize)]
pub struct FileLabel {
    /// Given names and SURNAME.
    pub name: String,
    /// Surname first, as files stand on a shelf.
    pub shelf_name: String,
    /// The enrolment.
    pub study: Study,
    /// Day of registration.
    pub registered_on: String,
    /// Papers in the envelope, by name, with how the office has them.
    pub held: Vec<(String, String)>,
    /// Papers that are to come, by name, with the last day where there is one.
    pub to_come: Vec<(String, Option<String>)>,
}
