//! An office with a few records behind the real router, and the API's document to hold every answer against.
#![expect(clippy::expect_used, reason = "a test whose house does not stand has failed")]

use std::sync::Arc;

use axum::{
    Router,
    body::Body,
    http::{HeaderMap, Method, Request, StatusCode, header},
};
use base::{ids::AccountId, time::Date};
use domain::{accounts::Role, student_file::Name};
use http_body_util::BodyExt;
use serde_json::Value;
use services::{
    Actor,
    accounts::{
        AddAccount, AddToken, IdentityProof, IssueStudentLink, Password, RoleRequest, SignIn, TokenScope,
        UseLink, add_account, add_token, issue_student_link, set_password_by_link, sign_in,
    },
    records::{Checked, apply_records},
};
use storage::records::RecordsFile;
use testkit::{RecordsFolder, TestOffice};
use tower::ServiceExt;
use web::{proxies::TrustedProxies, site::Site, texts::Languages};

/// The password of every account here.
pub(crate) const PASSWORD: &str = "üç kırmızı bisiklet 7";

/// Two faculties: MÜH with programme BLM-L (four students), İKT with EEM-L (one).
pub(crate) struct House {
    pub(crate) kit: TestOffice,
    app: Router,
    document: Value,
}

/// What the API answered.
pub(crate) struct Answered {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) bytes: Vec<u8>,
}

impl Answered {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap_or(Value::Null)
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|v| v.to_str().ok()).unwrap_or_default()
    }

    /// The code of problem details.
    pub(crate) fn code(&self) -> String {
        self.json()["code"].as_str().unwrap_or_default().to_owned()
    }

    /// `field: code` of each field that must be mended.
    pub(crate) fn errors(&self) -> Vec<String> {
        let json = self.json();
        let errors = json["errors"].as_array().cloned().unwrap_or_default();
        let text = |e: &Value, key: &str| e[key].as_str().unwrap_or_default().to_owned();
        errors.iter().map(|e| format!("{}: {}", text(e, "field"), text(e, "code"))).collect()
    }

    /// The answer, if it has this status.
    #[track_caller]
    pub(crate) fn expect(self, status: u16) -> Self {
        assert_eq!(self.status.as_u16(), status, "{}", String::from_utf8_lossy(&self.bytes));
        self
    }
}

impl House {
    /// One house per engine of this test run.
    pub(crate) async fn all() -> Vec<Self> {
        let mut houses = Vec::new();
        for kit in TestOffice::all().await {
            houses.push(Self::on(kit).await);
        }
        houses
    }

    /// A house on SQLite, where the engine makes no difference.
    pub(crate) async fn sqlite() -> Self {
        Self::on(TestOffice::sqlite().await).await
    }

    async fn on(kit: TestOffice) -> Self {
        let folder = RecordsFolder::small();
        folder.add(
            RecordsFile::Units,
            "5,1,faculty,İKT,İktisat Fakültesi,Faculty of Economics,310005,71000005\n",
        );
        folder.replace(RecordsFile::Programs, "2,4,EEM-L", "2,5,EEM-L");
        let checked = apply_records(&kit.office, &kit.console(), folder.path(), Box::new(|_| {}))
            .await
            .expect("import");
        assert!(matches!(checked, Checked::Sound(_)), "the records are sound");
        let site = Arc::new(Site {
            office: kit.office.clone(),
            languages: Languages::load(&[]).expect("texts"),
            institution: Name { tr: "Örnek Üniversitesi".to_owned(), en: "Example University".to_owned() },
            demo: false,
            secure: false,
            trusted_proxies: TrustedProxies(vec!["10.0.0.0/8".parse().expect("a network")]),
            wake_worker: Arc::default(),
        });
        let document = serde_json::to_value(web::api::document()).expect("a document");
        Self { app: web::site::router(site), kit, document }
    }

    /// The API's document.
    pub(crate) fn document(&self) -> &Value {
        &self.document
    }

    fn console(&self) -> Actor {
        self.kit.console()
    }

    async fn activate(&self, link: &str) {
        let office = &self.kit.office;
        let command =
            UseLink { token: link.to_owned(), password: Password::new(PASSWORD), request: "test".to_owned() };
        set_password_by_link(office, command).await.expect("password");
    }

    /// A token of a new account with one role.
    pub(crate) async fn token(
        &self,
        user: &str,
        role: Role,
        unit: Option<&str>,
        scope: TokenScope,
    ) -> String {
        let command = AddAccount {
            user_name: user.to_owned(),
            display_name: user.to_owned(),
            roles: vec![RoleRequest {
                role,
                unit: unit.map(str::to_owned),
                programme: None,
                starts_on: None,
                ends_on: None,
            }],
            person: None,
            staff: None,
        };
        let added = add_account(&self.kit.office, &self.console(), command).await.expect("account");
        self.activate(added.link.token.reveal()).await;
        self.token_of(added.account, scope).await
    }

    /// A token of the account behind a student number.
    pub(crate) async fn student_token(&self, number: &str) -> String {
        let command = IssueStudentLink { number: number.to_owned(), proof: IdentityProof::IdentityCard };
        let link = issue_student_link(&self.kit.office, &self.console(), command).await.expect("link");
        self.activate(link.token.reveal()).await;
        self.token_of(link.account, TokenScope::Write).await
    }

    async fn token_of(&self, account: AccountId, scope: TokenScope) -> String {
        let command =
            AddToken { account, name: "test".to_owned(), scope, expires_on: Date::constant(2026, 12, 31) };
        add_token(&self.kit.office, &self.console(), command).await.expect("token").token
    }

    /// A clerk of MÜH with a token that may write.
    pub(crate) async fn clerk(&self) -> String {
        self.token("memur", Role::Clerk, Some("MÜH"), TokenScope::Write).await
    }

    /// The registrar of the whole university with a token that may write.
    pub(crate) async fn registrar(&self) -> String {
        self.token("oidb", Role::Registrar, None, TokenScope::Write).await
    }

    /// Signs in as a browser does; the session's token, where the password is right.
    pub(crate) async fn sign_in(&self, user: &str) -> Option<String> {
        let command = SignIn {
            user_name: user.to_owned(),
            password: Password::new(PASSWORD),
            address: String::new(),
            previous: None,
            request: "test".to_owned(),
        };
        let begun = sign_in(&self.kit.office, command).await.ok()?;
        Some(begun.token.reveal().to_owned())
    }

    /// Confirms the password for a token.
    pub(crate) async fn confirm(&self, token: &str) {
        self.post(token, "/confirmation", serde_json::json!({ "password": PASSWORD })).await.expect(200);
    }

    /// Sends a request and holds the answer against the document.
    pub(crate) async fn send(&self, request: Request<Body>) -> Answered {
        let (method, path) = (request.method().clone(), request.uri().path().to_owned());
        let response = self.app.clone().oneshot(request).await.expect("an answer");
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.expect("a body").to_bytes().to_vec();
        let answered = Answered { status: parts.status, headers: parts.headers, bytes };
        self.check(&method, &path, &answered);
        answered
    }

    /// `GET` below `/api/v1`.
    pub(crate) async fn get(&self, token: &str, path: &str) -> Answered {
        self.send(request(Method::GET, token, path).body(Body::empty()).expect("a request")).await
    }

    /// `POST` with JSON below `/api/v1`.
    pub(crate) async fn post(&self, token: &str, path: &str, body: Value) -> Answered {
        self.json(Method::POST, token, path, body).await
    }

    /// `PUT` with JSON below `/api/v1`.
    pub(crate) async fn put(&self, token: &str, path: &str, body: Value) -> Answered {
        self.json(Method::PUT, token, path, body).await
    }

    /// `DELETE` below `/api/v1`.
    pub(crate) async fn delete(&self, token: &str, path: &str) -> Answered {
        self.send(request(Method::DELETE, token, path).body(Body::empty()).expect("a request")).await
    }

    pub(crate) async fn json(&self, method: Method, token: &str, path: &str, body: Value) -> Answered {
        let request = request(method, token, path).header(header::CONTENT_TYPE, "application/json");
        self.send(request.body(Body::from(body.to_string())).expect("a request")).await
    }

    /// A form with text fields and one file.
    pub(crate) async fn form(
        &self,
        method: Method,
        token: &str,
        path: &str,
        fields: &[(&str, &str)],
        file: Option<(&str, &[u8])>,
    ) -> Answered {
        let mut body = Vec::new();
        for (name, value) in fields {
            body.extend(
                format!("--X\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").bytes(),
            );
        }
        if let Some((name, bytes)) = file {
            body.extend(
                format!("--X\r\ncontent-disposition: form-data; name=\"{name}\"; filename=\"a\"\r\n\r\n")
                    .bytes(),
            );
            body.extend(bytes);
            body.extend(b"\r\n");
        }
        body.extend(b"--X--\r\n");
        let request =
            request(method, token, path).header(header::CONTENT_TYPE, "multipart/form-data; boundary=X");
        self.send(request.body(Body::from(body)).expect("a request")).await
    }

    /// Whether the document foresees this answer of this operation; answers outside any operation must be problems.
    #[track_caller]
    fn check(&self, method: &Method, path: &str, answered: &Answered) {
        assert!(!answered.header("x-request-id").is_empty(), "{method} {path} has no request id");
        assert_eq!(answered.header("x-content-type-options"), "nosniff");
        let kind = answered.header("content-type").split(';').next().unwrap_or_default().to_owned();
        if !answered.status.is_success() {
            assert_eq!(kind, "application/problem+json", "{method} {path} {}", answered.status);
            let problem = answered.json();
            assert_eq!(problem["status"], answered.status.as_u16());
            let mut told = vec![problem["title"].clone(), problem["detail"].clone()];
            told.extend(problem["errors"].as_array().into_iter().flatten().map(|e| e["message"].clone()));
            told.extend(problem["findings"].as_array().into_iter().flatten().map(|f| f["message"].clone()));
            for text in told {
                let text = text.as_str().unwrap_or_default();
                // A text key that does not exist is shown itself.
                assert!(
                    text.contains(' ') && !text.contains('{'),
                    "{method} {path} has no words for {text:?}"
                );
            }
        }
        let Some(operation) = self.operation(method, path) else {
            assert!(
                matches!(answered.status.as_u16(), 404 | 405),
                "{method} {path} {} is in no document",
                answered.status
            );
            return;
        };
        let response = &operation["responses"][answered.status.as_str()];
        assert!(
            response.is_object(),
            "{method} {path} answers {} that its document does not name",
            answered.status
        );
        let response = self.resolve(response);
        let Some(content) = response.get("content") else {
            assert!(answered.bytes.is_empty(), "{method} {path} {} has a body", answered.status);
            return;
        };
        let Some(content) = content.get(&kind) else {
            panic!("{method} {path} answers {kind} that its document does not name: {content}")
        };
        if kind.ends_with("json") {
            let mut wrong = Vec::new();
            self.validate(&content["schema"], &answered.json(), "", &mut wrong);
            assert!(wrong.is_empty(), "{method} {path}: {wrong:?}");
        }
    }

    /// The operation that the document has for a request.
    pub(crate) fn operation(&self, method: &Method, path: &str) -> Option<&Value> {
        let paths = self.document["paths"].as_object()?;
        let fits = |template: &&String| {
            let (t, p): (Vec<_>, Vec<_>) = (template.split('/').collect(), path.split('/').collect());
            t.len() == p.len()
                && t.iter().zip(&p).all(|(t, p)| t == p || (t.starts_with('{') && !p.is_empty()))
        };
        let template = paths.keys().filter(fits).min_by_key(|t| t.matches('{').count())?;
        paths[template].get(method.as_str().to_ascii_lowercase())
    }

    fn resolve<'a>(&'a self, value: &'a Value) -> &'a Value {
        match value["$ref"].as_str() {
            Some(place) => self
                .document
                .pointer(place.trim_start_matches('#'))
                .expect("a reference that leads somewhere"),
            None => value,
        }
    }

    fn validate(&self, schema: &Value, value: &Value, at: &str, wrong: &mut Vec<String>) {
        let schema = self.resolve(schema);
        for part in schema["allOf"].as_array().into_iter().flatten() {
            self.validate(part, value, at, wrong);
        }
        if let Some(choices) = schema["oneOf"].as_array() {
            let fits = |choice: &&Value| {
                let mut wrong = Vec::new();
                self.validate(choice, value, at, &mut wrong);
                wrong.is_empty()
            };
            if choices.iter().filter(fits).count() != 1 {
                wrong.push(format!("{at}: {value} fits not exactly one of {choices:?}"));
            }
            return;
        }
        let kind = match value {
            Value::Null => "null",
            Value::Bool(_) => "boolean",
            Value::Number(n) if n.is_i64() || n.is_u64() => "integer",
            Value::Number(_) => "number",
            Value::String(_) => "string",
            Value::Array(_) => "array",
            Value::Object(_) => "object",
        };
        let is_kind = |wanted: &str| wanted == kind || (wanted == "number" && kind == "integer");
        let fits = match &schema["type"] {
            Value::String(wanted) => is_kind(wanted),
            Value::Array(any) => any.iter().any(|wanted| wanted.as_str().is_some_and(is_kind)),
            _ => true,
        };
        if !fits {
            wrong.push(format!("{at}: {value} is no {}", schema["type"]));
        }
        if let Some(words) = schema["enum"].as_array()
            && !words.contains(value)
        {
            wrong.push(format!("{at}: {value} is none of {words:?}"));
        }
        if let Some(object) = value.as_object() {
            for name in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
                if !object.contains_key(name) {
                    wrong.push(format!("{at}: {name} is missing"));
                }
            }
            if let Some(properties) = schema["properties"].as_object() {
                for (name, value) in object {
                    match properties.get(name) {
                        Some(schema) => self.validate(schema, value, &format!("{at}.{name}"), wrong),
                        None => wrong.push(format!("{at}: {name} is in no schema")),
                    }
                }
            }
        }
        for (place, item) in value.as_array().into_iter().flatten().enumerate() {
            self.validate(&schema["items"], item, &format!("{at}[{place}]"), wrong);
        }
    }
}

/// A request below `/api/v1` with a token; without one where it is empty.
pub(crate) fn request(method: Method, token: &str, path: &str) -> axum::http::request::Builder {
    let request = Request::builder().method(method).uri(format!("/api/v1{path}"));
    if token.is_empty() { request } else { request.header(header::AUTHORIZATION, format!("Bearer {token}")) }
}
