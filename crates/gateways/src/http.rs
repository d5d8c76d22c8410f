//! Asking a web service: one question, one answer, with limits on time and size, and a second attempt where that may
//! help.
//!
//! Every question opens its own connection; those who need thousands of answers a minute need something else. Redirects
//! are not followed, so that an account is never shown to another host.

mod base_url;
mod connect;
mod patience;

use std::time::Duration;

use bytes::Bytes;
use http_body_util::{BodyExt, Empty, LengthLimitError, Limited};
use hyper::{
    Method, Request, StatusCode,
    header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HOST, HeaderValue, RETRY_AFTER, USER_AGENT},
};
use services::ports::RemoteProblem;

pub use self::{
    base_url::{BaseUrl, BaseUrlError},
    connect::{Roots, RootsError},
    patience::Patience,
};

/// A client of one system.
#[derive(Clone)]
pub struct Client {
    base: BaseUrl,
    authorization: HeaderValue,
    connector: connect::Connector,
    patience: Patience,
}

/// An answer with status 200.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Body {
    pub bytes: Bytes,
}

/// What came of one attempt.
enum Attempt {
    Done(Body),
    /// It makes no sense to ask again.
    Final(RemoteProblem),
    /// It may help to ask again, after so long where the system says so.
    Again(RemoteProblem, Option<Duration>),
}

impl Client {
    /// A client that shows `account` and `password` (HTTP Basic) and trusts `roots`.
    pub fn new(base: BaseUrl, account: &str, password: &str, roots: &Roots, patience: Patience) -> Self {
        use base64ct::{Base64, Encoding};
        let shown = format!("Basic {}", Base64::encode_string(format!("{account}:{password}").as_bytes()));
        // Base64 has no character that a header may not hold.
        let mut authorization = HeaderValue::from_str(&shown).unwrap_or(HeaderValue::from_static(""));
        authorization.set_sensitive(true);
        Self { base, authorization, connector: connect::Connector::new(roots), patience }
    }

    /// Reads `path` below the base address with a query; asks again, with growing pauses, where the connection or the
    /// server failed. Only for questions that change nothing.
    ///
    /// # Errors
    /// Why there is no answer.
    pub(crate) async fn get(&self, path: &str, query: &[(&str, &str)]) -> Result<Body, RemoteProblem> {
        let mut attempt = 1;
        loop {
            let whole = tokio::time::timeout(self.patience.whole, self.once(path, query)).await;
            let met = whole.unwrap_or(Attempt::Again(RemoteProblem::TimedOut, None));
            let (problem, told) = match met {
                Attempt::Done(body) => return Ok(body),
                Attempt::Final(problem) => return Err(problem),
                Attempt::Again(problem, told) => (problem, told),
            };
            let pause = told.unwrap_or_else(|| self.patience.pause(attempt));
            if attempt >= self.patience.attempts || pause > self.patience.longest_pause {
                return Err(problem);
            }
            tracing::info!(host = self.base.host(), path, problem = problem.code(), attempt, "asking again");
            tokio::time::sleep(pause).await;
            attempt += 1;
        }
    }

    async fn once(&self, path: &str, query: &[(&str, &str)]) -> Attempt {
        let stream = match tokio::time::timeout(self.patience.connect, self.connector.open(&self.base)).await
        {
            Ok(Ok(stream)) => stream,
            // Another attempt meets the same certificate.
            Ok(Err(RemoteProblem::Untrusted)) => return Attempt::Final(RemoteProblem::Untrusted),
            Ok(Err(problem)) => return Attempt::Again(problem, None),
            Err(_) => return Attempt::Again(RemoteProblem::Unreachable, None),
        };
        let Ok((mut sender, connection)) = hyper::client::conn::http1::handshake(stream).await else {
            return Attempt::Again(RemoteProblem::Unreachable, None);
        };
        let Ok(request) = self.request(path, query) else { return Attempt::Final(RemoteProblem::NotThere) };
        let exchange = async {
            let response = match sender.send_request(request).await {
                Ok(response) => response,
                Err(_) => return Attempt::Again(RemoteProblem::Unreachable, None),
            };
            self.judge(path, response).await
        };
        // The connection lives as long as the exchange; dropping both closes it, which is how somebody stops waiting.
        let mut exchange = std::pin::pin!(exchange);
        tokio::select! {
            done = &mut exchange => done,
            _ = connection => exchange.await,
        }
    }

    fn request(&self, path: &str, query: &[(&str, &str)]) -> hyper::http::Result<Request<Empty<Bytes>>> {
        let mut target = format!("{}{path}", self.base.path());
        if !query.is_empty() {
            target.push('?');
            target.push_str(&form_urlencoded::Serializer::new(String::new()).extend_pairs(query).finish());
        }
        Request::builder()
            .method(Method::GET)
            .uri(target)
            .header(HOST, self.base.authority())
            .header(ACCEPT, "application/json")
            .header(USER_AGENT, concat!("kunye/", env!("CARGO_PKG_VERSION")))
            .header(AUTHORIZATION, self.authorization.clone())
            .body(Empty::new())
    }

    async fn judge(&self, path: &str, response: hyper::Response<hyper::body::Incoming>) -> Attempt {
        let status = response.status();
        tracing::debug!(host = self.base.host(), path, status = status.as_u16(), "answered");
        if let Some(attempt) = refusal(status, response.headers().get(RETRY_AFTER)) {
            return attempt;
        }
        let is_page = response
            .headers()
            .get(CONTENT_TYPE)
            .and_then(|kind| kind.to_str().ok())
            .is_some_and(|kind| kind.trim_start().to_ascii_lowercase().starts_with("text/html"));
        match Limited::new(response.into_body(), self.patience.most_bytes).collect().await {
            Err(error) if error.is::<LengthLimitError>() => Attempt::Final(RemoteProblem::TooMuch),
            Err(_) => Attempt::Again(RemoteProblem::CutOff, None),
            Ok(whole) => {
                let bytes = whole.to_bytes();
                let first = bytes.iter().find(|byte| !byte.is_ascii_whitespace());
                if is_page || matches!(first, None | Some(b'<')) {
                    return Attempt::Final(RemoteProblem::NotData);
                }
                Attempt::Done(Body { bytes })
            }
        }
    }
}

/// What a status other than 200 means.
fn refusal(status: StatusCode, retry_after: Option<&HeaderValue>) -> Option<Attempt> {
    let number = u32::from(status.as_u16());
    Some(match status {
        StatusCode::OK => return None,
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => Attempt::Final(RemoteProblem::Refused),
        StatusCode::NOT_FOUND | StatusCode::GONE => Attempt::Final(RemoteProblem::NotThere),
        StatusCode::TOO_MANY_REQUESTS => {
            // A date in its place would need a clock that agrees; without seconds nobody knows.
            let told =
                retry_after.and_then(|text| text.to_str().ok()).and_then(|text| text.trim().parse().ok());
            match told {
                Some(seconds) => Attempt::Again(
                    RemoteProblem::BusyFor { seconds },
                    Some(Duration::from_secs(seconds.into())),
                ),
                None => Attempt::Again(RemoteProblem::Busy, None),
            }
        }
        status if status.is_server_error() => Attempt::Again(RemoteProblem::Down { status: number }, None),
        status if status.is_client_error() => Attempt::Final(RemoteProblem::Rejected { status: number }),
        _ => Attempt::Final(RemoteProblem::Unexpected),
    })
}
