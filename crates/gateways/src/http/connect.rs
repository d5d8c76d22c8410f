//! Opening a connection, encrypted where the address says so.

use std::{path::Path, sync::Arc};

use hyper_util::rt::TokioIo;
use rustls::{
    ClientConfig, RootCertStore,
    crypto::ring,
    pki_types::{CertificateDer, ServerName, pem::PemObject},
};
use services::ports::RemoteProblem;
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::TcpStream,
};
use tokio_rustls::TlsConnector;

use super::BaseUrl;

/// Whose certificates are trusted.
#[derive(Clone, Debug)]
pub struct Roots(Arc<RootCertStore>);

/// Why certificates cannot be used.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{0}")]
pub struct RootsError(String);

impl Roots {
    /// What the machine trusts. Nothing where it has no store; an encrypted connection is then refused.
    pub fn of_machine() -> Self {
        let mut store = RootCertStore::empty();
        let found = rustls_native_certs::load_native_certs();
        for error in &found.errors {
            tracing::warn!(%error, "a certificate of the machine cannot be read");
        }
        store.add_parsable_certificates(found.certs);
        Self(Arc::new(store))
    }

    /// What a file holds, and nothing else.
    ///
    /// # Errors
    /// Why the file or a certificate in it cannot be used.
    pub fn in_file(path: &Path) -> Result<Self, RootsError> {
        let wrong = |why: String| RootsError(why);
        let mut store = RootCertStore::empty();
        let found = CertificateDer::pem_file_iter(path).map_err(|error| wrong(error.to_string()))?;
        for certificate in found {
            let certificate = certificate.map_err(|error| wrong(error.to_string()))?;
            store.add(certificate).map_err(|error| wrong(error.to_string()))?;
        }
        if store.is_empty() {
            return Err(wrong("no certificate".to_owned()));
        }
        Ok(Self(Arc::new(store)))
    }
}

/// A connection, encrypted or not.
pub(super) trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin> Stream for T {}

#[derive(Clone)]
pub(super) struct Connector {
    tls: TlsConnector,
}

impl Connector {
    pub(super) fn new(roots: &Roots) -> Self {
        let builder = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()));
        // The provider offers both versions of the protocol, so that this cannot fail.
        #[expect(
            clippy::expect_used,
            reason = "the provider of the same crate offers the versions asked for"
        )]
        let builder = builder.with_safe_default_protocol_versions().expect("TLS 1.2 and 1.3");
        let mut config = builder.with_root_certificates(Arc::clone(&roots.0)).with_no_client_auth();
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Self { tls: TlsConnector::from(Arc::new(config)) }
    }

    /// Opens a connection.
    ///
    /// # Errors
    /// [`RemoteProblem::Unreachable`] or [`RemoteProblem::Untrusted`].
    pub(super) async fn open(&self, base: &BaseUrl) -> Result<TokioIo<Box<dyn Stream>>, RemoteProblem> {
        let unreachable = |error: std::io::Error| {
            tracing::info!(host = base.host(), %error, "no connection");
            RemoteProblem::Unreachable
        };
        let plain = TcpStream::connect((base.host(), base.port())).await.map_err(unreachable)?;
        drop(plain.set_nodelay(true));
        if !base.is_encrypted() {
            return Ok(TokioIo::new(Box::new(plain)));
        }
        let name = ServerName::try_from(base.host().to_owned()).map_err(|_| RemoteProblem::Untrusted)?;
        let encrypted = self.tls.connect(name, plain).await.map_err(|error| {
            tracing::warn!(host = base.host(), %error, "no encrypted connection");
            let refused = error.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>());
            match refused {
                Some(rustls::Error::InvalidCertificate(_)) => RemoteProblem::Untrusted,
                _ => RemoteProblem::Unreachable,
            }
        })?;
        Ok(TokioIo::new(Box::new(encrypted)))
    }
}
