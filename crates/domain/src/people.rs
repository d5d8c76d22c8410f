//! Human beings as the register knows them.

use base::{identity::Tckn, time::Date};

vocabulary! {
    /// Sex as in the population register.
    Sex {
        /// Kadın.
        Female => "female",
        /// Erkek.
        Male => "male",
    }
}

/// Who a person is, either as registered (frozen) or as now.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Identity {
    /// T.C. or foreigner's identity number; absent until one is given.
    pub identity_no: Option<Tckn>,
    /// Given name or names, in title case.
    pub given_name: String,
    /// Surname, in capitals as official papers write it.
    pub surname: String,
    /// Sex.
    pub sex: Sex,
    /// Day of birth.
    pub birth_date: Date,
    /// Place of birth.
    pub birth_place: String,
    /// Two-letter country code of the nationality.
    pub nationality: String,
}

impl Identity {
    /// `Given SURNAME`.
    pub fn full_name(&self) -> String {
        format!("{} {}", self.given_name, self.surname)
    }
}
