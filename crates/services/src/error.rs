//! How a use case says no.

use base::{identity::IdentityError, time::Timestamp};
use regulations::Findings;
use storage::StorageError;

use crate::{authz::Action, ports::PortError};

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

    /// What is said of a character that names are not written with. Digits and plain signs are seen; the rest is named
    /// by its code point, because it may be invisible or turn the sentence around.
    pub fn not_in_a_name(field: &'static str, character: char) -> Self {
        if character.is_ascii_graphic() {
            Self::new(field, "name-letters")
        } else {
            Self::new(field, "name-character").with("code", format!("U+{:04X}", u32::from(character)))
        }
    }

    /// What is said of an identity number that is none.
    pub fn identity(field: &'static str, error: IdentityError) -> Self {
        match error {
            IdentityError::Empty => Self::new(field, "required"),
            IdentityError::NotDigit { .. } => Self::new(field, "identity-not-digits"),
            IdentityError::Length { digits } => {
                Self::new(field, "identity-length").with("digits", digits.to_string())
            }
            IdentityError::LeadingZero => Self::new(field, "identity-leading-zero"),
            IdentityError::CheckDigit { .. } => Self::new(field, "identity-check-digit"),
        }
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
    /// A paper has its number, but there is no room for its bytes: the worker finishes it once there is.
    #[error(
        "belgenin numarası verildi, ama diskte yer kalmadığı için basılamadı; yer açılınca kendiliğinden hazırlanır"
    )]
    WaitsForRoom,
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

    /// A port's failure. A full disk is one situation, whoever meets it.
    pub fn port(port: &'static str, error: PortError) -> Self {
        match error {
            PortError::NoRoom => Self::Storage(StorageError::DiskFull),
            PortError::Failed(message) => Self::Port { port, message },
        }
    }

    /// Whether the disk has no room left.
    pub const fn is_disk_full(&self) -> bool {
        matches!(self, Self::Storage(StorageError::DiskFull))
    }
}
