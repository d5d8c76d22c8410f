//! The JSON API under `/api/v1`: everything that the pages can do, under the same rules, for other programs.
//!
//! It must never contain a rule of the office: a handler reads the request ([`input`], [`fields`], [`words`]), calls
//! one use case of `services`, and writes its answer. Whoever calls is found by [`auth`], every refusal becomes problem
//! details in [`problem`]. Each operation stands once in [`operations`], with its route and its description; the
//! OpenAPI document is made from that and cannot differ from what is served.
#![expect(unused_qualifications, reason = "in what utoipa's macros write")]

pub mod accounts;
pub mod audit;
pub mod auth;
pub mod batches;
pub mod body;
pub mod bulk_registrations;
pub mod candidates;
pub mod complaint;
pub mod cursor;
pub mod day_packs;
pub mod documents;
pub mod fields;
pub mod first_day;
pub mod input;
pub mod institution;
pub mod me;
pub mod notice;
pub mod orientation;
pub mod placement_fetches;
pub mod placement_forms;
pub mod placements;
pub mod problem;
pub mod student;
pub mod student_acts;
pub mod students;
pub mod windows;
pub mod words;

use std::{
    sync::{Arc, LazyLock},
    time::Duration,
};

use axum::{
    Router,
    extract::{DefaultBodyLimit, MatchedPath, OriginalUri, Request, State},
    http::{HeaderName, HeaderValue, StatusCode, header},
    middleware::{self, Next},
    response::{IntoResponse, Response},
};
use utoipa::openapi::{
    InfoBuilder, OpenApi, OpenApiBuilder,
    tag::{Tag, TagBuilder},
};
use utoipa_axum::{
    router::{OpenApiRouter, UtoipaMethodRouter, UtoipaMethodRouterExt},
    routes,
};

use self::{auth::Call, problem::Refusal};
use crate::site::{MAX_BODY, Site};

/// Where the API stands.
pub const ROOT: &str = "/api";
/// How long a request may take before it is given up; shorter than what the whole site allows, so that the answer is
/// ours.
const PATIENCE: Duration = Duration::from_secs(25);

/// The API with its middleware, to be merged with the pages.
pub fn routes(site: &Arc<Site>) -> Router<Arc<Site>> {
    let (operations, _) = operations().split_for_parts();
    let served = operations
        .fallback(nothing_here)
        .layer(DefaultBodyLimit::max(input::MAX_JSON))
        .layer(middleware::from_fn_with_state(Arc::clone(site), visit));
    Router::new().nest(ROOT, served)
}

/// The OpenAPI document of everything that [`routes`] serves.
pub fn document() -> OpenApi {
    let mut api = OpenApiRouter::with_openapi(about()).nest(ROOT, operations()).into_openapi();
    problem::complete(&mut api);
    api
}

fn about() -> OpenApi {
    let tag = |name: &str, description: &str| -> Tag {
        TagBuilder::new().name(name).description(Some(description)).build()
    };
    OpenApiBuilder::new()
        .info(
            InfoBuilder::new()
                .title("Künye")
                .version(env!("CARGO_PKG_VERSION"))
                .description(Some("Students, their records and papers. Manual: docs/api.md."))
                .build(),
        )
        .tags(Some([
            tag("students", "Finding students, reading and changing records"),
            tag(
                "registration",
                "Placed candidates and the registration desk: papers, registering, giving up, undoing",
            ),
            tag("documents", "Issuing papers, one or a whole list"),
            tag("verify", "Verifying papers, open to everybody"),
            tag("institution", "Units, programmes, curricula, terms, appointments"),
            tag("orientation", "The programme for new students, attendance, and their own part of it"),
            tag("accounts", "Accounts, roles and one-time links"),
            tag("audit", "The audit log"),
            tag("me", "The caller, its confirmation, tokens, sessions and password"),
        ]))
        .build()
}

/// Larger bodies, for operations that take a file.
fn with_file(route: UtoipaMethodRouter<Arc<Site>>) -> UtoipaMethodRouter<Arc<Site>> {
    route.layer(DefaultBodyLimit::max(MAX_BODY))
}

/// Every operation.
fn operations() -> OpenApiRouter<Arc<Site>> {
    let v1 = OpenApiRouter::new()
        .routes(routes!(openapi))
        .routes(routes!(me::show))
        .routes(routes!(me::confirm))
        .routes(routes!(me::tokens, me::make_token))
        .routes(routes!(me::revoke))
        .routes(routes!(me::sessions, me::end_sessions))
        .routes(routes!(me::end_session))
        .routes(routes!(me::password))
        .routes(routes!(audit::own))
        .routes(routes!(day_packs::list, day_packs::make))
        .routes(routes!(day_packs::forms, day_packs::enter))
        .routes(routes!(first_day::show))
        .routes(routes!(first_day::contact))
        .routes(routes!(first_day::notice))
        .routes(with_file(routes!(first_day::photo)))
        .routes(routes!(first_day::waiting))
        .routes(routes!(first_day::picture))
        .routes(routes!(first_day::decide))
        .routes(routes!(first_day::slips))
        .routes(routes!(students::list))
        .routes(routes!(students::xlsx))
        .routes(routes!(students::csv))
        .routes(routes!(students::counter))
        .routes(routes!(student::show))
        .routes(routes!(student::ledger))
        .routes(routes!(student::marks))
        .routes(with_file(routes!(student::photo, student_acts::save_photo)))
        .routes(routes!(student_acts::contact))
        .routes(routes!(student_acts::identity_number))
        .routes(routes!(student_acts::identity))
        .routes(routes!(student_acts::status))
        .routes(routes!(student_acts::reversal))
        .routes(routes!(student_acts::add_note))
        .routes(routes!(student_acts::remove_note))
        .routes(with_file(routes!(student_acts::add_paper)))
        .routes(with_file(routes!(student_acts::change_paper)))
        .routes(routes!(student_acts::scan))
        .routes(routes!(student_acts::link))
        .routes(routes!(student_acts::account_link))
        .routes(routes!(candidates::list, placements::enter))
        .routes(routes!(candidates::find))
        .routes(routes!(bulk_registrations::figures))
        .routes(routes!(bulk_registrations::xlsx))
        .routes(routes!(bulk_registrations::csv))
        .routes(routes!(bulk_registrations::absentees))
        .routes(routes!(bulk_registrations::list, bulk_registrations::start))
        .routes(routes!(bulk_registrations::preview))
        .routes(routes!(bulk_registrations::show, bulk_registrations::cancel))
        .routes(routes!(bulk_registrations::numbers))
        .routes(routes!(bulk_registrations::undo))
        .routes(routes!(candidates::show))
        .routes(routes!(candidates::papers))
        .routes(routes!(candidates::register))
        .routes(routes!(candidates::renounce))
        .routes(routes!(candidates::undo))
        .routes(routes!(candidates::provisional))
        .routes(routes!(candidates::correct))
        .routes(routes!(candidates::give_back))
        .routes(routes!(candidates::restore))
        .routes(
            routes!(placements::list, placements::load)
                .layer(DefaultBodyLimit::max(crate::pages::placement::MAX_FILE)),
        )
        .routes(routes!(placements::rows))
        .routes(routes!(placements::dismiss))
        .routes(routes!(placement_fetches::mend))
        .routes(routes!(placement_fetches::list, placement_fetches::start))
        .routes(routes!(placement_fetches::show, placement_fetches::cancel))
        .routes(routes!(placement_forms::mappings, placement_forms::save))
        .routes(routes!(placement_forms::identity, placement_forms::mend))
        .routes(routes!(documents::list, documents::issue))
        .routes(routes!(documents::issue_day_list))
        .routes(routes!(documents::show))
        .routes(routes!(documents::pdf))
        .routes(routes!(documents::copy))
        .routes(routes!(documents::cancel))
        .routes(routes!(documents::verify))
        .routes(routes!(notice::show))
        .routes(routes!(batches::start))
        .routes(routes!(batches::preview))
        .routes(routes!(batches::list))
        .routes(routes!(batches::show, batches::cancel))
        .routes(routes!(batches::result))
        .routes(routes!(institution::units))
        .routes(routes!(institution::unit))
        .routes(routes!(institution::staff))
        .routes(routes!(institution::name_unit))
        .routes(routes!(institution::set_unit_code))
        .routes(routes!(institution::appoint))
        .routes(routes!(institution::end_appointment))
        .routes(routes!(institution::programmes))
        .routes(routes!(institution::programme_record))
        .routes(routes!(institution::name_programme))
        .routes(routes!(institution::set_programme_code))
        .routes(routes!(institution::terms))
        .routes(routes!(windows::list, windows::enter))
        .routes(routes!(windows::change))
        .routes(routes!(windows::withdraw))
        .routes(routes!(windows::history))
        .routes(routes!(orientation::list, orientation::make))
        .routes(routes!(orientation::show, orientation::rename))
        .routes(with_file(routes!(orientation::handbook, orientation::save_handbook)))
        .routes(routes!(orientation::invitees, orientation::invite))
        .routes(routes!(orientation::plan))
        .routes(routes!(orientation::notice))
        .routes(routes!(orientation::sign_in_sheet))
        .routes(routes!(orientation::change))
        .routes(routes!(orientation::remove))
        .routes(routes!(orientation::attendance, orientation::tick))
        .routes(routes!(orientation::door))
        .routes(routes!(orientation::own))
        .routes(routes!(orientation::acknowledge))
        .routes(routes!(orientation::feedback))
        .routes(routes!(orientation::attend))
        .routes(routes!(accounts::list, accounts::add))
        .routes(routes!(accounts::add_students))
        .routes(routes!(accounts::show, accounts::rename))
        .routes(routes!(accounts::assign))
        .routes(routes!(accounts::withdraw))
        .routes(routes!(accounts::lock))
        .routes(routes!(accounts::unlock))
        .routes(routes!(accounts::close))
        .routes(routes!(accounts::link))
        .routes(routes!(audit::all));
    OpenApiRouter::new().nest("/v1", v1)
}

static DOCUMENT: LazyLock<Result<Vec<u8>, String>> =
    LazyLock::new(|| serde_json::to_vec(&document()).map_err(|e| e.to_string()));

/// Get this document
#[utoipa::path(get, path = "/openapi.json", tag = "me", security(()), responses((status = 200, body = serde_json::Value)))]
pub async fn openapi() -> problem::Answer {
    match &*DOCUMENT {
        Ok(json) => Ok(([(header::CONTENT_TYPE, "application/json")], json.as_slice()).into_response()),
        Err(error) => Err(services::ServiceError::Port { port: "openapi", message: error.clone() }.into()),
    }
}

async fn nothing_here() -> StatusCode {
    StatusCode::NOT_FOUND
}

/// Gives each request its id and language, writes the problem details of refusals, and the line of the access log.
async fn visit(State(site): State<Arc<Site>>, mut request: Request, next: Next) -> Response {
    let call = Arc::new(Call::of(&site, &request));
    request.extensions_mut().insert(Arc::clone(&call));
    let method = request.method().clone();
    let path = logged_path(&request);
    #[expect(clippy::disallowed_methods, reason = "measures how long the answer took, for the log")]
    let since = std::time::Instant::now();
    let answered = tokio::time::timeout(PATIENCE, next.run(request)).await;
    let mut response = call.draw(answered.unwrap_or_else(|_| Refusal::TimedOut.into_response())).await;
    if let Ok(id) = HeaderValue::from_str(call.request()) {
        response.headers_mut().insert(HeaderName::from_static("x-request-id"), id);
    }
    tracing::info!(
        target: "access",
        request = call.request(),
        method = %method,
        path,
        status = response.status().as_u16(),
        micros = u64::try_from(since.elapsed().as_micros()).unwrap_or(u64::MAX),
    );
    response
}

/// The path without its query; a verification code is as good as the paper and is left out.
fn logged_path(request: &Request) -> String {
    let whole =
        request.extensions().get::<OriginalUri>().map_or_else(|| request.uri().path(), |uri| uri.0.path());
    match request.extensions().get::<MatchedPath>() {
        Some(matched) if matched.as_str().contains("{code}") && matched.as_str().contains("/verify/") => {
            matched.as_str().to_owned()
        }
        _ => whole.to_owned(),
    }
}
