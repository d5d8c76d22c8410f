//! How the API says no: problem details (RFC 9457) in the caller's language, with a code that stays.

use std::sync::Arc;

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use base::time::{Timestamp, date_time_tr};
use regulations::{Finding, Verdict};
use serde::Serialize;
use services::{ServiceError, records::RunningImport};
use utoipa::{
    ToSchema,
    openapi::{
        Components, ContentBuilder, OpenApi, Ref, RefOr, Required, ResponseBuilder, SecurityRequirement,
        header::HeaderBuilder,
        path::Operation,
        schema::{ObjectBuilder, Type},
        security::{HttpAuthScheme, HttpBuilder, SecurityScheme},
    },
};

use super::{auth::Call, complaint::InputError, fields::Instant, words::ActionWord};
use crate::{
    fault,
    texts::Texts,
    waiting::{Waiting, is_busy},
};

/// What a handler answers.
pub type Answer<T = Response> = Result<T, Refusal>;

/// A refusal on its way to its problem details; [`Call::draw`] writes them, because it knows the language.
#[derive(Debug)]
pub enum Refusal {
    /// A use case refused.
    Service(ServiceError),
    /// No token came, or none that works.
    Unauthorized {
        /// Whether there was one at all.
        token_given: bool,
    },
    /// Fields or parameters that no use case would understand.
    Input(Vec<InputError>),
    /// The body is no JSON, or no form.
    Malformed {
        /// Line and column of the first fault, where it has them.
        at: Option<(usize, usize)>,
    },
    /// Anything that HTTP itself has a status for: 404, 405, 413, 415.
    Http(StatusCode),
    /// It took too long.
    TimedOut,
}

impl From<ServiceError> for Refusal {
    fn from(error: ServiceError) -> Self {
        Self::Service(error)
    }
}

impl Refusal {
    /// One wrong field or parameter.
    pub fn input(field: impl Into<String>, complaint: super::complaint::Complaint) -> Self {
        Self::Input(vec![InputError::new(field, complaint)])
    }
}

/// Carried by a response until [`Call::draw`] writes its body.
#[derive(Clone)]
struct Undrawn(Arc<Refusal>);

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let mut response = StatusCode::INTERNAL_SERVER_ERROR.into_response();
        response.extensions_mut().insert(Undrawn(Arc::new(self)));
        response
    }
}

/// Problem details as RFC 9457 has them.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Problem {
    /// URI of the kind of problem, `urn:kunye:problem:` and the code.
    #[serde(rename = "type")]
    pub kind: String,
    /// What happened, in a few words.
    pub title: String,
    /// The answer's HTTP status.
    pub status: u16,
    /// What to do now.
    pub detail: String,
    /// URI of this occurrence, `urn:kunye:request:` and the request id of the logs.
    pub instance: String,
    /// A word that stays the same in every language and version.
    #[schema(example = "invalid")]
    pub code: String,
    /// What must be mended, field by field.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldProblem>,
    /// What the rules said, where they stand against it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub findings: Vec<FindingBody>,
    /// What the caller may not do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub action: Option<ActionWord>,
    /// Until when to wait.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<Instant>,
    /// The import of records that everybody who writes has to wait for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub import: Option<ImportBody>,
}

/// An import of records that is being written.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ImportBody {
    /// Its number.
    pub job: i64,
    /// Since when.
    pub since: Instant,
    /// How many rows it takes over.
    pub rows: i64,
    /// Name of whoever started it; null where that was done at the console or no token came.
    #[schema(required)]
    pub started_by: Option<String>,
}

impl From<&RunningImport> for ImportBody {
    fn from(import: &RunningImport) -> Self {
        Self {
            job: import.job.get(),
            since: import.since.into(),
            rows: import.rows,
            started_by: import.started_by.clone(),
        }
    }
}

/// What is wrong with one field.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct FieldProblem {
    /// Path of the field in the body, or name of the parameter; empty for the whole body.
    #[schema(example = "roles[0].unit")]
    pub field: String,
    /// A word that stays the same in every language and version.
    pub code: String,
    /// What is wrong and how to mend it.
    pub message: String,
}

/// One rule's answer.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct FindingBody {
    /// `satisfied`, `refuses`, `warns`, `not_applicable` or `needs_human`.
    pub verdict: VerdictWord,
    /// A word that stays the same in every language and version.
    pub code: String,
    /// The finding as a sentence.
    pub message: String,
    /// Values that the rule used.
    pub values: Vec<FindingValue>,
    /// What the rule rests on.
    #[schema(required)]
    pub citation: Option<CitationBody>,
}

/// The outcome of one rule.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum VerdictWord {
    /// The condition is met.
    Satisfied,
    /// The condition is not met, and the act cannot be done.
    Refuses,
    /// The act can be done, but somebody should look.
    Warns,
    /// The rule says nothing about this case.
    NotApplicable,
    /// The rule cannot be computed; a person decides.
    NeedsHuman,
}

/// A value that a rule used.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct FindingValue {
    /// Its name.
    pub name: String,
    /// Its text.
    pub text: String,
}

/// The place that a rule or a figure rests on.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CitationBody {
    /// Rule id of the catalogue.
    pub rule: String,
    /// Short form of the source; empty where nothing was read.
    pub source: String,
    /// Article and paragraph.
    pub article: String,
    /// How sure the reading is: `R`, `K`, `F`, `R2`, or `U` for unverified.
    pub mark: String,
    /// The whole citation as papers print it.
    pub text: String,
}

impl From<&regulations::Citation> for CitationBody {
    fn from(c: &regulations::Citation) -> Self {
        Self {
            rule: c.rule.clone(),
            source: c.text.clone(),
            article: c.article.clone(),
            mark: c.mark.code().to_owned(),
            text: c.to_string(),
        }
    }
}

impl FindingBody {
    /// A finding in the reader's language.
    pub fn of(t: &Texts, finding: &Finding) -> Self {
        Self {
            verdict: match finding.verdict {
                Verdict::Satisfied => VerdictWord::Satisfied,
                Verdict::Refuses => VerdictWord::Refuses,
                Verdict::Warns => VerdictWord::Warns,
                Verdict::NotApplicable => VerdictWord::NotApplicable,
                Verdict::NeedsHuman => VerdictWord::NeedsHuman,
            },
            code: finding.code.clone(),
            message: crate::words::finding(t, finding),
            values: finding
                .values
                .iter()
                .map(|(name, text)| FindingValue { name: name.clone(), text: text.clone() })
                .collect(),
            citation: finding.citation.as_ref().map(CitationBody::from),
        }
    }
}

/// What a refusal is before it has words.
struct Facts {
    status: StatusCode,
    code: &'static str,
    until: Option<Timestamp>,
}

impl Call {
    /// Writes the problem details of a refusal, and of any other failure that has no body of ours yet.
    pub async fn draw(&self, mut response: Response) -> Response {
        let undrawn = response.extensions_mut().remove::<Undrawn>();
        let refusal = match undrawn {
            Some(Undrawn(refusal)) => refusal,
            None if response.status().is_client_error() || response.status().is_server_error() => {
                Arc::new(Refusal::Http(response.status()))
            }
            None => return response,
        };
        let waiting = match &*refusal {
            Refusal::Service(error) if is_busy(error) => {
                let found = Waiting::of(self.office()).await;
                if self.has_token() { found } else { found.without_name() }
            }
            _ => Waiting::default(),
        };
        let problem = self.problem(&refusal, &waiting);
        let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let body = serde_json::to_vec(&problem).unwrap_or_default();
        let mut drawn =
            (status, [(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"))], body)
                .into_response();
        let headers = drawn.headers_mut();
        if let Some(allow) = response.headers().get(header::ALLOW) {
            headers.insert(header::ALLOW, allow.clone());
        }
        match &*refusal {
            Refusal::Unauthorized { token_given } => {
                let challenge = if *token_given {
                    r#"Bearer realm="kunye", error="invalid_token""#
                } else {
                    r#"Bearer realm="kunye""#
                };
                headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static(challenge));
            }
            Refusal::Service(ServiceError::Throttled(until)) => {
                let seconds = until.duration_since(self.office().now()).as_secs().max(1);
                headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds.unsigned_abs()));
            }
            _ if status == StatusCode::SERVICE_UNAVAILABLE => {
                headers.insert(header::RETRY_AFTER, HeaderValue::from(waiting.seconds()));
            }
            _ => {}
        }
        drawn
    }

    fn facts(&self, refusal: &Refusal) -> Facts {
        let plain = |status, code| Facts { status, code, until: None };
        match refusal {
            Refusal::Service(error) => {
                let told = fault::tell(error, self.request());
                Facts { status: told.status, code: told.code, until: told.until }
            }
            Refusal::Unauthorized { .. } => plain(StatusCode::UNAUTHORIZED, "unauthorized"),
            Refusal::Input(_) => plain(StatusCode::UNPROCESSABLE_ENTITY, "invalid"),
            Refusal::Malformed { .. } => plain(StatusCode::BAD_REQUEST, "malformed"),
            Refusal::TimedOut => plain(StatusCode::SERVICE_UNAVAILABLE, "timed-out"),
            Refusal::Http(status) => match *status {
                StatusCode::NOT_FOUND => plain(*status, "not-found"),
                StatusCode::METHOD_NOT_ALLOWED => plain(*status, "method-not-allowed"),
                StatusCode::PAYLOAD_TOO_LARGE => plain(*status, "too-large"),
                StatusCode::UNSUPPORTED_MEDIA_TYPE => plain(*status, "media-type"),
                status if status.is_client_error() => plain(StatusCode::BAD_REQUEST, "malformed"),
                _ => plain(StatusCode::INTERNAL_SERVER_ERROR, "internal"),
            },
        }
    }

    fn problem(&self, refusal: &Refusal, waiting: &Waiting) -> Problem {
        let t = self.t();
        let Facts { status, code, until } = self.facts(refusal);
        let place = match refusal {
            Refusal::Malformed { at: Some((line, column)) } => {
                t.fmt("api-place", &[("line", &line.to_string()), ("column", &column.to_string())])
            }
            _ => String::new(),
        };
        let until_text = until.map(date_time_tr).unwrap_or_default();
        let title_key = format!("api-{code}-title");
        let (title, detail) = match &waiting.import {
            Some(_) => (waiting.title(t), format!("{} {}", waiting.text(t), t.get("api-waiting-text"))),
            None => (t.get(&title_key), t.fmt(&format!("api-{code}-text"), &[("until", &until_text)])),
        };
        Problem {
            kind: format!("urn:kunye:problem:{code}"),
            title: title.to_owned(),
            status: status.as_u16(),
            detail: format!("{detail} {place}").trim_end().to_owned(),
            instance: format!("urn:kunye:request:{}", self.request()),
            code: code.to_owned(),
            errors: match refusal {
                Refusal::Input(errors) => errors.iter().map(|e| input_problem(t, e)).collect(),
                Refusal::Service(ServiceError::Invalid(errors)) => {
                    errors.iter().map(|e| field_problem(t, e)).collect()
                }
                _ => Vec::new(),
            },
            findings: match refusal {
                Refusal::Service(ServiceError::Refused(findings)) => {
                    findings.iter().map(|f| FindingBody::of(t, f)).collect()
                }
                _ => Vec::new(),
            },
            action: match refusal {
                Refusal::Service(ServiceError::Forbidden(action)) => Some(ActionWord(*action)),
                _ => None,
            },
            until: until.map(Instant),
            import: waiting.import.as_ref().map(ImportBody::from),
        }
    }
}

fn input_problem(t: &Texts, error: &InputError) -> FieldProblem {
    let code = error.complaint.code();
    let args = error.complaint.args();
    let args: Vec<(&str, &str)> = args.iter().map(|(name, value)| (*name, value.as_str())).collect();
    FieldProblem {
        field: error.field.clone(),
        code: code.to_owned(),
        message: t.fmt(&format!("api-field-{code}"), &args),
    }
}

fn field_problem(t: &Texts, error: &services::FieldError) -> FieldProblem {
    let args: Vec<(&str, &str)> = error.args.iter().map(|(name, value)| (*name, value.as_str())).collect();
    FieldProblem {
        field: error.field.to_owned(),
        code: error.code.to_owned(),
        message: t.fmt(&format!("field-{}", error.code), &args),
    }
}

/// Statuses that an operation may answer with problem details, and when.
const PROBLEMS: [(&str, &str, &str); 12] = [
    ("400", "Malformed", "The request cannot be read."),
    ("401", "Unauthorized", "No token came, or none that works."),
    (
        "403",
        "Forbidden",
        "The token's holder may not do this, or the password must be confirmed first (`needs-confirmation`).",
    ),
    ("404", "NotFound", "There is no such thing, or the token's holder may not know that there is."),
    ("409", "Conflict", "Somebody else changed the record meanwhile."),
    ("413", "TooLarge", "The body is too large."),
    ("415", "MediaType", "The body has another content type than the operation takes."),
    ("422", "Invalid", "Fields must be mended (`errors`), or rules stand against it (`findings`)."),
    ("429", "Throttled", "Too many attempts; `Retry-After` says how many seconds to wait."),
    ("500", "Internal", "A fault of the program; the request id finds it in the log."),
    (
        "503",
        "Unavailable",
        "The database is busy or the request took too long; try again after `Retry-After` seconds.",
    ),
    (
        "507",
        "StorageFull",
        "No room is left on the disk. Nothing was written (`disk-full`), or the paper has its number and is made once there is room (`waits-for-room`). Reads of personal data answer so too, because they cannot be logged.",
    ),
];

/// Completes the document with what all operations have in common: the token and the problem details.
pub fn complete(api: &mut OpenApi) {
    let components = api.components.get_or_insert_with(Components::new);
    let scheme = HttpBuilder::new()
        .scheme(HttpAuthScheme::Bearer)
        .description(Some("A token of an account, `kny_` and 43 characters."))
        .build();
    components.add_security_scheme("token", SecurityScheme::Http(scheme));
    let mut schemas = Vec::new();
    <Problem as ToSchema>::schemas(&mut schemas);
    schemas.push((Problem::name().into_owned(), <Problem as utoipa::PartialSchema>::schema()));
    components.schemas.extend(schemas);
    for (status, name, description) in PROBLEMS {
        let content = ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).build();
        let mut response =
            ResponseBuilder::new().description(description).content("application/problem+json", content);
        let text =
            || HeaderBuilder::new().schema(Some(ObjectBuilder::new().schema_type(Type::String))).build();
        response = match status {
            "401" => response.header("WWW-Authenticate", text()),
            "429" | "503" => response.header("Retry-After", text()),
            _ => response,
        };
        components.responses.insert(name.to_owned(), response.build().into());
    }
    api.security = Some(vec![SecurityRequirement::new::<_, [&str; 0], &str>("token", [])]);
    for (path, item) in &mut api.paths.paths {
        let operations = [
            ("get", &mut item.get),
            ("put", &mut item.put),
            ("post", &mut item.post),
            ("delete", &mut item.delete),
        ];
        for (method, operation) in operations {
            if let Some(operation) = operation {
                operation.operation_id = Some(operation_id(method, path));
                add_problems(operation, method != "get");
            }
        }
    }
}

/// `get_students_no_ledger`: method and path say what an operation is, the name of a function does not.
fn operation_id(method: &str, path: &str) -> String {
    let words = path.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).skip(2);
    std::iter::once(method).chain(words).collect::<Vec<_>>().join("_")
}

fn add_problems(operation: &mut Operation, changes: bool) {
    let needs_token = operation.security.is_none();
    let has_body = operation.request_body.is_some();
    if let Some(RefOr::T(body)) = &mut operation.request_body {
        body.required = Some(Required::True);
    }
    for (status, name, _) in PROBLEMS {
        let applies = match status {
            "401" | "403" => needs_token,
            "409" => changes,
            "413" | "415" => has_body,
            _ => true,
        };
        if applies {
            let problem = RefOr::Ref(Ref::from_response_name(name));
            operation.responses.responses.entry(status.to_owned()).or_insert(problem);
        }
    }
}
