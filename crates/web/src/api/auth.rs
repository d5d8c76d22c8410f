//! Who calls: the holder of a bearer token, or anybody where an operation needs none.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use axum::{
    extract::{FromRequestParts, Request},
    http::{HeaderMap, header, request::Parts},
};
use base::lang::Lang;
use services::{Actor, Office, accounts::find_token};

use super::problem::Refusal;
use crate::{site::Site, texts::Texts};

/// One request, whoever sent it.
pub struct Call {
    site: Arc<Site>,
    lang: Lang,
    request: String,
    address: String,
    has_token: AtomicBool,
}

impl Call {
    /// What is known of a request before anybody asks who sent it.
    pub fn of(site: &Arc<Site>, request: &Request) -> Self {
        Self {
            site: Arc::clone(site),
            lang: preferred(request.headers()),
            request: crate::ctx::request_id(site),
            address: site.trusted_proxies.address_of(request.extensions(), request.headers()),
            has_token: AtomicBool::new(false),
        }
    }

    /// The office at work.
    pub fn office(&self) -> &Office {
        &self.site.office
    }

    /// What requests share.
    pub fn site(&self) -> &Site {
        &self.site
    }

    /// The caller's texts.
    pub fn t(&self) -> &Texts {
        self.site.languages.of(self.lang)
    }

    /// The caller's language.
    pub fn lang(&self) -> Lang {
        self.lang
    }

    /// Request id of the logs.
    pub fn request(&self) -> &str {
        &self.request
    }

    /// Whether a token that works came with the request.
    pub fn has_token(&self) -> bool {
        self.has_token.load(Ordering::Relaxed)
    }

    /// Network address, for counting attempts; the services keep its hash alone.
    pub fn address(&self) -> &str {
        &self.address
    }
}

/// Turkish, unless the first language that the caller names and we speak is English.
fn preferred(headers: &HeaderMap) -> Lang {
    let wanted = headers.get(header::ACCEPT_LANGUAGE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let first = wanted.split(',').map(str::trim).find(|l| l.starts_with("tr") || l.starts_with("en"));
    if first.is_some_and(|l| l.starts_with("en")) { Lang::En } else { Lang::Tr }
}

/// The holder of the token that came with the request.
#[derive(Clone)]
pub struct Caller {
    call: Arc<Call>,
    actor: Actor,
    token: String,
}

impl std::ops::Deref for Caller {
    type Target = Call;
    fn deref(&self) -> &Call {
        &self.call
    }
}

impl Caller {
    /// Who asks.
    pub fn actor(&self) -> &Actor {
        &self.actor
    }

    /// The token itself, for confirming it.
    pub fn token(&self) -> &str {
        &self.token
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Caller {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Refusal> {
        let call = call(parts)?;
        let Some(token) = bearer(&parts.headers) else {
            return Err(Refusal::Unauthorized { token_given: false });
        };
        match find_token(call.office(), &token, call.request()).await? {
            Some(actor) => {
                call.has_token.store(true, Ordering::Relaxed);
                Ok(Self { call, actor, token })
            }
            None => Err(Refusal::Unauthorized { token_given: true }),
        }
    }
}

/// Whoever calls an operation that needs no token.
#[derive(Clone)]
pub struct Anybody(pub Arc<Call>);

impl std::ops::Deref for Anybody {
    type Target = Call;
    fn deref(&self) -> &Call {
        &self.0
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Anybody {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Refusal> {
        Ok(Self(call(parts)?))
    }
}

fn call(parts: &Parts) -> Result<Arc<Call>, Refusal> {
    let missing =
        || services::ServiceError::Port { port: "api", message: "request without its call".to_owned() };
    parts.extensions.get::<Arc<Call>>().cloned().ok_or_else(|| missing().into())
}

fn bearer(headers: &HeaderMap) -> Option<String> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    let token = token.trim();
    (scheme.eq_ignore_ascii_case("bearer") && !token.is_empty()).then(|| token.to_owned())
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn headers(name: header::HeaderName, value: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(name, HeaderValue::from_static(value))])
    }

    #[test]
    fn only_a_bearer_token_counts() {
        let token = |value| bearer(&headers(header::AUTHORIZATION, value));
        assert_eq!(token("Bearer kny_a"), Some("kny_a".to_owned()));
        assert_eq!(token("bearer  kny_a "), Some("kny_a".to_owned()));
        assert_eq!(token("Basic kny_a"), None);
        assert_eq!(token("Bearer"), None);
        assert_eq!(token("Bearer "), None);
    }

    #[test]
    fn turkish_unless_english_is_asked_for() {
        let lang = |value| preferred(&headers(header::ACCEPT_LANGUAGE, value));
        assert_eq!(lang("en-GB,en;q=0.9"), Lang::En);
        assert_eq!(lang("de, tr;q=0.5, en;q=0.4"), Lang::Tr);
        assert_eq!(preferred(&HeaderMap::new()), Lang::Tr);
    }
}
