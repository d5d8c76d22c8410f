//! What all requests share, and the chain that every request goes through.

use std::{sync::Arc, time::Duration};

use axum::{
    Router,
    extract::{DefaultBodyLimit, Request, State},
    http::{HeaderName, HeaderValue, StatusCode, Uri, header},
    middleware::{self, Next},
    response::{IntoResponse, Response},
};
use services::Office;
use tower_http::{compression::CompressionLayer, timeout::TimeoutLayer};

use crate::{assets, proxies::TrustedProxies, texts::Languages};

/// Everything that requests share.
pub struct Site {
    /// The office at work.
    pub office: Office,
    /// Both languages.
    pub languages: Languages,
    /// Name of the institution in both languages.
    pub institution: domain::student_file::Name,
    /// The demo shows the gallery of components and says that its people are invented.
    pub demo: bool,
    /// Whether cookies are sent over TLS alone; true where people reach the site by `https`.
    pub secure: bool,
    /// Proxies whose word about the sender's address is believed.
    pub trusted_proxies: TrustedProxies,
    /// Wakes the worker when a job was put down.
    pub wake_worker: Arc<tokio::sync::Notify>,
}

/// Largest request body: an upload with its form.
pub const MAX_BODY: usize = services::documents::stored::MAX_UPLOAD + 64 * 1024;
/// How long a request may take before it is given up.
const PATIENCE: Duration = Duration::from_secs(30);

/// The whole site.
pub fn router(site: Arc<Site>) -> Router {
    let pages = crate::pages::routes()
        .layer(middleware::from_fn_with_state(Arc::clone(&site), crate::ctx::visit))
        .layer(DefaultBodyLimit::max(MAX_BODY));
    Router::new()
        .merge(pages)
        .merge(crate::api::routes(&site))
        .route("/healthz", axum::routing::get(|| async { "ok" }))
        .route("/readyz", axum::routing::get(ready))
        .route("/static/{*path}", axum::routing::get(asset))
        .layer(middleware::from_fn(headers))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, PATIENCE))
        .layer(CompressionLayer::new())
        .with_state(site)
}

/// `GET /readyz`: whether the database answers and has the schema that this program knows.
async fn ready(State(site): State<Arc<Site>>) -> Response {
    match storage::migrate::check(&site.office.db).await {
        Ok(()) => "ok".into_response(),
        Err(error) => {
            tracing::error!(%error, "not ready");
            (StatusCode::SERVICE_UNAVAILABLE, "database").into_response()
        }
    }
}

async fn asset(axum::extract::Path(path): axum::extract::Path<String>, uri: Uri) -> Response {
    // An address with a version changes when the file does; one without is asked for again soon.
    let keep =
        if uri.query().is_some() { "public, max-age=31536000, immutable" } else { "public, max-age=300" };
    match assets::find(&path) {
        Some(asset) => {
            ([(header::CONTENT_TYPE, asset.content_type), (header::CACHE_CONTROL, keep)], asset.bytes)
                .into_response()
        }
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

const CSP: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; font-src 'self'; \
                   form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

/// Headers that every answer carries.
async fn headers(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, CSP),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::REFERRER_POLICY, "same-origin"),
        (HeaderName::from_static("permissions-policy"), "camera=(), microphone=(), geolocation=()"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    ] {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    // Pages carry personal data: no cache keeps them, unless the answer says otherwise.
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}
