//! Reading a request: path, query, JSON, files. Whatever axum or serde refuses becomes problem details.

use std::collections::BTreeMap;

use axum::{
    RequestExt,
    body::Bytes,
    extract::{FromRequest, FromRequestParts, Multipart, Request},
    http::{HeaderMap, StatusCode, header, request::Parts},
    response::IntoResponse,
};
use serde::de::DeserializeOwned;
use services::documents::stored::Upload;
use utoipa::{
    PartialSchema,
    openapi::{RefOr, schema::Schema},
};

use super::{
    complaint::{Complaint, InputError},
    fields::Line,
    problem::Refusal,
};

/// Bytes of a JSON body at the most.
pub const MAX_JSON: usize = 1024 * 1024;

/// The words of the path; one that cannot be read leads nowhere.
pub struct Path<T>(pub T);

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for Path<T> {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refusal> {
        match axum::extract::Path::<T>::from_request_parts(parts, state).await {
            Ok(axum::extract::Path(words)) => Ok(Self(words)),
            Err(_) => Err(Refusal::Http(StatusCode::NOT_FOUND)),
        }
    }
}

/// The parameters behind the question mark. Unknown ones are refused: a misspelt filter must not widen a list.
pub struct Query<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Query<T> {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Refusal> {
        let query = parts.uri.query().unwrap_or_default();
        // Bytes that are no UTF-8 were decoded to this sign: nobody meant what would be searched for.
        let garbled = form_urlencoded::parse(query.as_bytes()).find(|(name, value)| {
            [name, value].iter().any(|text| text.contains(char::REPLACEMENT_CHARACTER))
        });
        if let Some((name, _)) = garbled {
            return Err(Refusal::input(name, Complaint::Type));
        }
        let reader = serde_urlencoded::Deserializer::new(form_urlencoded::parse(query.as_bytes()));
        serde_path_to_error::deserialize(reader)
            .map(Self)
            .map_err(|error| serde_refusal(&error.path().to_string(), error.inner()))
    }
}

fn serde_refusal(path: &str, error: &impl std::fmt::Display) -> Refusal {
    Refusal::Input(vec![InputError::of_serde(path, &error.to_string())])
}

/// A JSON body.
pub struct Json<T>(pub T);

impl<T: DeserializeOwned + PartialSchema, S: Send + Sync> FromRequest<S> for Json<T> {
    type Rejection = Refusal;

    async fn from_request(request: Request, _: &S) -> Result<Self, Refusal> {
        let kind = content_type(request.headers());
        if kind != "application/json" && !(kind.starts_with("application/") && kind.ends_with("+json")) {
            return Err(Refusal::Http(StatusCode::UNSUPPORTED_MEDIA_TYPE));
        }
        let body = body(request).await?;
        if body.len() > MAX_JSON {
            return Err(Refusal::Http(StatusCode::PAYLOAD_TOO_LARGE));
        }
        let mut reader = serde_json::Deserializer::from_slice(&body);
        let value = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
            let inner = error.inner();
            if inner.is_data() {
                let wrong = InputError::of_serde(&error.path().to_string(), &inner.to_string());
                Refusal::Input(all_missing::<T>(wrong, &body))
            } else {
                Refusal::Malformed { at: Some((inner.line(), inner.column())) }
            }
        })?;
        reader.end().map_err(|error| Refusal::Malformed { at: Some((error.line(), error.column())) })?;
        Ok(Self(value))
    }
}

/// serde stops at the first field that is missing; the schema names those that are missing beside it.
fn all_missing<T: PartialSchema>(first: InputError, body: &[u8]) -> Vec<InputError> {
    let RefOr::T(Schema::Object(schema)) = T::schema() else { return vec![first] };
    let is_missing = first.complaint == Complaint::Required && schema.required.contains(&first.field);
    match serde_json::from_slice::<serde_json::Map<String, serde_json::Value>>(body) {
        Ok(sent) if is_missing && !sent.contains_key(&first.field) => schema
            .required
            .into_iter()
            .filter(|name| !sent.contains_key(name))
            .map(|name| InputError::new(name, Complaint::Required))
            .collect(),
        _ => vec![first],
    }
}

/// A file that is the whole body, with the content type that the caller gave it.
pub struct File(pub Upload);

impl<S: Send + Sync> FromRequest<S> for File {
    type Rejection = Refusal;

    async fn from_request(request: Request, _: &S) -> Result<Self, Refusal> {
        let kind = content_type(request.headers());
        if !matches!(kind.as_str(), "image/jpeg" | "image/png") {
            return Err(Refusal::Http(StatusCode::UNSUPPORTED_MEDIA_TYPE));
        }
        Ok(Self(Upload { bytes: body(request).await?.to_vec() }))
    }
}

async fn body(request: Request) -> Result<Bytes, Refusal> {
    request.extract().await.map_err(of_axum)
}

/// The content type without its parameters, in small letters.
fn content_type(headers: &HeaderMap) -> String {
    let value = headers.get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

fn of_axum(rejection: impl IntoResponse) -> Refusal {
    match rejection.into_response().status() {
        StatusCode::BAD_REQUEST => Refusal::Malformed { at: None },
        status => Refusal::Http(status),
    }
}

/// Characters of a text field beside a file.
const LONGEST_FIELD: usize = 500;

/// A form with files: its parts by name, each read as whoever takes it wants it.
#[derive(Default)]
pub struct Form {
    parts: BTreeMap<String, Bytes>,
    wrong: Vec<InputError>,
}

impl<S: Send + Sync> FromRequest<S> for Form {
    type Rejection = Refusal;

    async fn from_request(request: Request, _: &S) -> Result<Self, Refusal> {
        if content_type(request.headers()) != "multipart/form-data" {
            return Err(Refusal::Http(StatusCode::UNSUPPORTED_MEDIA_TYPE));
        }
        let mut sent: Multipart = request.extract().await.map_err(of_axum)?;
        let mut form = Self::default();
        while let Some(part) = sent.next_field().await.map_err(of_axum)? {
            let name = part.name().unwrap_or_default().to_owned();
            let bytes = part.bytes().await.map_err(of_axum)?;
            if form.parts.insert(name.clone(), bytes).is_some() {
                form.wrong.push(InputError::new(name, Complaint::Twice));
            }
        }
        Ok(form)
    }
}

impl Form {
    /// Takes a text, read by `read`; complains where it is missing or wrong.
    pub fn take<T>(&mut self, name: &str, read: impl FnOnce(&str) -> Result<T, Complaint>) -> Option<T> {
        let Some(bytes) = self.parts.remove(name) else {
            self.wrong.push(InputError::new(name, Complaint::Required));
            return None;
        };
        let text = String::from_utf8(bytes.into())
            .map_err(|_| Complaint::Type)
            .and_then(Line::<LONGEST_FIELD>::read);
        text.and_then(|line| read(&line.0))
            .map_err(|complaint| self.wrong.push(InputError::new(name, complaint)))
            .ok()
    }

    /// Takes a text that may be missing.
    pub fn text(&mut self, name: &str) -> String {
        if self.parts.contains_key(name) {
            self.take(name, |text| Ok(text.to_owned())).unwrap_or_default()
        } else {
            String::new()
        }
    }

    /// Takes a file; nothing where none was sent, or an empty one.
    pub fn file(&mut self, name: &str) -> Option<Upload> {
        self.parts.remove(name).filter(|bytes| !bytes.is_empty()).map(|bytes| Upload { bytes: bytes.into() })
    }

    /// What was wrong with what was taken; everything left over is unknown.
    ///
    /// # Errors
    /// The complaints, where there are any.
    pub fn finish(self) -> Result<(), Refusal> {
        let Self { parts, mut wrong } = self;
        wrong.extend(parts.into_keys().map(|name| InputError::new(name, Complaint::Unknown)));
        if wrong.is_empty() { Ok(()) } else { Err(Refusal::Input(wrong)) }
    }
}

/// Reads a whole number of a form.
///
/// # Errors
/// No whole number.
pub fn number(text: &str) -> Result<i64, Complaint> {
    text.trim().parse().map_err(|_| Complaint::Type)
}

/// A header that must be sensible where it is there: 1 to 100 visible characters.
///
/// # Errors
/// Anything else.
pub fn key_header(headers: &HeaderMap, name: &'static str) -> Result<Option<String>, Refusal> {
    let Some(value) = headers.get(name) else { return Ok(None) };
    let sound = value
        .to_str()
        .ok()
        .filter(|text| (1..=100).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_graphic()));
    match sound {
        Some(text) => Ok(Some(text.to_owned())),
        None => Err(Refusal::input(name, Complaint::TooLong(100))),
    }
}
