//! How a use case says no.

use base::time::Timestamp;
use regulations::Findings;
use storage::StorageError;

use crate::authz::Action;

/// Result of a use case.
pub type Result<T, E = ServiceError> = std::result::Result<T, E>;

/// What is wrong with one field of a form or request.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FieldError {
    /// Name of the field, as in the form and in the API.
    pub field: &'static str,
    /// Text key of the sentence that says what is wrong and how to mend it.
    pub code: &'static str,
    /// Arguments of the sentence.
    pub args: Vec<(&'static str, String)>,
}

impl FieldError {
    /// A complaint without arguments.
    pub fn new(field: &'static str, code: &'static str) -> Self {
        Self { field, code, args: Vec::new() }
    }

    /// Adds an argument of the sentence.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.args.push((name, value.into()));
        self
    }
}

/// Why a use case did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum ServiceError {
    /// There is no such thing, or the actor may not know that there is.
    #[error("kayıt bulunamadı")]
    NotFound,
    /// The actor may see it but not do this.
    #[error("yetki yok: {}", .0.code())]
    Forbidden(Action),
    /// The act is sensitive: the password must be typed again first.
    #[error("parola yeniden sorulmalı")]
    NeedsConfirmation,
    /// Fields that must be mended.
    #[error("{} alan düzeltilmeli", .0.len())]
    Invalid(Vec<FieldError>),
    /// Rules that stand against it, each with its citation.
    #[error("kural engelliyor")]
    Refused(Box<Findings>),
    /// Somebody else changed the record since the form was opened.
    #[error("kayıt bu arada değişti")]
    Stale,
    /// Too many attempts; wait until then.
    #[error("çok sayıda deneme; {0} anına kadar bekleyin")]
    Throttled(Timestamp),
    /// The database or the disk.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// A port (file store, paper press) failed.
    #[error("{port}: {message}")]
    Port {
        /// Which port.
        port: &'static str,
        /// What it said.
        message: String,
    },
}

impl ServiceError {
    /// One wrong field.
    pub fn field(field: &'static str, code: &'static str) -> Self {
        Self::Invalid(vec![FieldError::new(field, code)])
    }
}
