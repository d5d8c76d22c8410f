//! How a use case said no, in the words of the pages where those fit.

use base::time::date_time_tr;
use services::ServiceError;
use web::texts::Texts;

use super::{Said, filled, storage};

/// Why a use case did not do it: each wrong field, or each rule that stands against it, on a line of its own.
pub fn service(t: &Texts, error: &ServiceError) -> Said {
    match error {
        ServiceError::NotFound => Said::plain(t, "service-not-found"),
        ServiceError::Forbidden(action) => Said::with(t, "service-forbidden", &[("action", action.code())]),
        ServiceError::NeedsConfirmation => Said::plain(t, "service-needs-confirmation"),
        ServiceError::Invalid(errors) => {
            let line = |e: &services::FieldError| {
                // Where the sentence of the pages speaks of lists to choose from, the console has its own.
                let own = format!("typed-{}", e.code);
                let key = if t.has(&own) { own } else { format!("field-{}", e.code) };
                let text = filled(t, &key, &e.args);
                t.fmt("cannot-field", &[("field", e.field), ("text", &text)])
            };
            let code = errors.first().map_or("invalid", |first| first.code);
            Said::new(code, errors.iter().map(line).collect::<Vec<_>>().join("\n"))
        }
        ServiceError::Refused(findings) => {
            let lines: Vec<String> =
                findings.iter().map(|f| web::pages::student::finding_text(t, f)).collect();
            Said::new("refused", lines.join("\n"))
        }
        ServiceError::Stale => Said::plain(t, "service-stale"),
        ServiceError::Throttled(until) => {
            Said::with(t, "service-throttled", &[("until", &date_time_tr(*until))])
        }
        ServiceError::Storage(error) => storage(t, error),
        ServiceError::WaitsForRoom => Said::plain(t, "service-waits-for-room"),
        ServiceError::Port { port, message } => {
            tracing::error!(port, message, "a port failed");
            match *port {
                "files" => Said::plain(t, "service-port-files"),
                "press" | "compose" => Said::plain(t, "service-port-press"),
                "roots" => Said::plain(t, "service-port-roots"),
                other => Said::with(t, "service-port-other", &[("port", other)]),
            }
        }
    }
}
