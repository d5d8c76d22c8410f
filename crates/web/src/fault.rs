//! How a page says no: every refusal and fault becomes one page in the reader's language.

use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use services::ServiceError;
use storage::StorageError;

/// What a page handler answers.
pub type Answer = Result<Response, Fault>;

/// An error on its way to the page that tells of it; [`crate::ctx::visit`] draws that page, because
/// it knows the reader's language.
#[derive(Debug)]
pub struct Fault(pub ServiceError);

impl From<ServiceError> for Fault {
    fn from(error: ServiceError) -> Self {
        Self(error)
    }
}

impl From<StorageError> for Fault {
    fn from(error: StorageError) -> Self {
        Self(ServiceError::Storage(error))
    }
}

/// What a fault means to a reader.
#[derive(Clone, Debug)]
pub struct Told {
    /// HTTP status.
    pub status: StatusCode,
    /// Part of the text keys `error-…-title` and `error-…-text`, and the code of problem details.
    pub code: &'static str,
    /// Until when to wait, where that is the answer.
    pub until: Option<base::time::Timestamp>,
    /// Whether it is the program's or the machine's fault and stands in the log.
    pub logged: bool,
}

/// What a service's refusal means to a reader; faults of the machine are logged here, once.
pub fn tell(error: &ServiceError, request: &str) -> Told {
    let told = |status, code| Told { status, code, until: None, logged: false };
    match error {
        ServiceError::NotFound => told(StatusCode::NOT_FOUND, "not-found"),
        ServiceError::Forbidden(_) => told(StatusCode::FORBIDDEN, "forbidden"),
        ServiceError::NeedsConfirmation => told(StatusCode::FORBIDDEN, "needs-confirmation"),
        ServiceError::Invalid(_) => told(StatusCode::UNPROCESSABLE_ENTITY, "invalid"),
        ServiceError::Refused(_) => told(StatusCode::UNPROCESSABLE_ENTITY, "refused"),
        ServiceError::Stale | ServiceError::Storage(StorageError::Stale) => {
            told(StatusCode::CONFLICT, "stale")
        }
        ServiceError::Throttled(until) => {
            Told { until: Some(*until), ..told(StatusCode::TOO_MANY_REQUESTS, "throttled") }
        }
        ServiceError::Storage(StorageError::Busy) => told(StatusCode::SERVICE_UNAVAILABLE, "busy"),
        ServiceError::Storage(StorageError::DiskFull) => {
            tracing::error!(request, "disk full");
            Told { logged: true, ..told(StatusCode::INSUFFICIENT_STORAGE, "disk-full") }
        }
        ServiceError::WaitsForRoom => {
            tracing::error!(request, "disk full; a paper waits for room");
            Told { logged: true, ..told(StatusCode::INSUFFICIENT_STORAGE, "waits-for-room") }
        }
        ServiceError::Storage(_) | ServiceError::Port { .. } => {
            tracing::error!(request, error = %chain(error), "request failed");
            Told { logged: true, ..told(StatusCode::INTERNAL_SERVER_ERROR, "internal") }
        }
    }
}

/// An error with what caused it, for the log.
fn chain(error: &dyn std::error::Error) -> String {
    let mut out = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        out.push_str(": ");
        out.push_str(&cause.to_string());
        source = cause.source();
    }
    out
}

/// Carried by a response until [`crate::ctx::visit`] draws its page.
#[derive(Clone)]
pub(crate) struct Undrawn(pub std::sync::Arc<ServiceError>);

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        let mut response = StatusCode::INTERNAL_SERVER_ERROR.into_response();
        response.extensions_mut().insert(Undrawn(std::sync::Arc::new(self.0)));
        response
    }
}
