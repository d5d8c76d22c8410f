//! Encrypted connections to PostgreSQL: `sslmode` and `sslrootcert` of the address, as libpq reads them.

use std::{error::Error, path::PathBuf, sync::Arc};

use percent_encoding::percent_decode_str;
use rustls::{
    CertificateError, ClientConfig, DigitallySignedStruct, RootCertStore, SignatureScheme,
    client::{
        danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier},
        verify_server_cert_signed_by_trust_anchor,
    },
    crypto::{CryptoProvider, ring, verify_tls12_signature, verify_tls13_signature},
    pki_types::{CertificateDer, ServerName, UnixTime, pem::PemObject},
    server::ParsedCertificate,
};
use tokio_postgres::config::SslMode;
use tokio_postgres_rustls::MakeRustlsConnect;

use crate::error::{AddressFault, Result, StorageError};

/// What the address says of encryption.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Tls {
    /// Whether to encrypt.
    pub mode: SslMode,
    trust: Trust,
}

/// How much of the server's certificate is looked at.
#[derive(Clone, PartialEq, Eq, Debug)]
enum Trust {
    /// Nothing: encrypted against listeners, not against an impostor.
    Anybody,
    /// That one of the roots in this file has signed it.
    Signed(PathBuf),
    /// That, and that it was made for the server's name.
    Named(PathBuf),
}

/// Takes `sslmode` and `sslrootcert` out of an address; answers the rest of it and what they say.
///
/// # Errors
/// [`StorageError::Address`] for a word that nobody knows, or a check that nothing is named for.
pub(super) fn take_out(url: &str) -> Result<(String, Tls)> {
    // A question mark in a password stands before the address's own.
    let host = url.find('@').unwrap_or(0);
    let Some(question) = url[host..].find('?').map(|at| host + at) else {
        return Ok((url.to_owned(), Tls::read(None, None)?));
    };
    let (mut mode, mut root) = (None, None);
    let mut others = Vec::new();
    for parameter in url[question + 1..].split('&') {
        let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
        let text = || percent_decode_str(value).decode_utf8_lossy().into_owned();
        match name {
            "sslmode" => mode = Some(text()),
            "sslrootcert" => root = Some(PathBuf::from(text())),
            _ => others.push(parameter),
        }
    }
    let mut rest = url[..question].to_owned();
    if !others.is_empty() {
        rest.push('?');
        rest.push_str(&others.join("&"));
    }
    Ok((rest, Tls::read(mode.as_deref(), root)?))
}

impl Tls {
    fn read(mode: Option<&str>, root: Option<PathBuf>) -> Result<Self> {
        let needed = |root: Option<PathBuf>, mode| {
            root.filter(|path| !path.as_os_str().is_empty())
                .ok_or(StorageError::Address(AddressFault::RootMissing { mode }))
        };
        let (mode, trust) = match mode.unwrap_or("prefer") {
            "disable" => (SslMode::Disable, Trust::Anybody),
            "prefer" => (SslMode::Prefer, Trust::Anybody),
            // libpq looks at the signature as soon as there is something to compare it with.
            "require" => (SslMode::Require, root.map_or(Trust::Anybody, Trust::Signed)),
            "verify-ca" => (SslMode::Require, Trust::Signed(needed(root, "verify-ca")?)),
            "verify-full" => (SslMode::Require, Trust::Named(needed(root, "verify-full")?)),
            other => {
                return Err(StorageError::Address(AddressFault::UnknownMode { mode: other.to_owned() }));
            }
        };
        Ok(Self { mode, trust })
    }

    /// What makes the connections.
    ///
    /// # Errors
    /// [`StorageError::Address`] when the file of roots cannot be read.
    pub(super) fn connector(&self) -> Result<MakeRustlsConnect> {
        let provider = Arc::new(ring::default_provider());
        let builder = ClientConfig::builder_with_provider(Arc::clone(&provider))
            .with_safe_default_protocol_versions()
            .map_err(|e| StorageError::Open(e.to_string()))?;
        let config = match &self.trust {
            Trust::Named(file) => builder.with_root_certificates(roots(file)?),
            Trust::Signed(file) => builder
                .dangerous()
                .with_custom_certificate_verifier(Arc::new(Looks { roots: Some(roots(file)?), provider })),
            Trust::Anybody => builder
                .dangerous()
                .with_custom_certificate_verifier(Arc::new(Looks { roots: None, provider })),
        };
        Ok(MakeRustlsConnect::new(config.with_no_client_auth()))
    }
}

/// The certificates in a PEM file.
fn roots(file: &PathBuf) -> Result<RootCertStore> {
    let name = || file.display().to_string();
    let wrong = |why: String| StorageError::Address(AddressFault::RootUnreadable { file: name(), why });
    let mut roots = RootCertStore::empty();
    let found = CertificateDer::pem_file_iter(file).map_err(|e| wrong(e.to_string()))?;
    for certificate in found {
        let certificate = certificate.map_err(|e| wrong(e.to_string()))?;
        roots.add(certificate).map_err(|e| wrong(e.to_string()))?;
    }
    if roots.is_empty() {
        return Err(StorageError::Address(AddressFault::NoCertificate { file: name() }));
    }
    Ok(roots)
}

/// Looks at less than the name: at the signature of the roots, if there are any.
#[derive(Debug)]
struct Looks {
    roots: Option<RootCertStore>,
    provider: Arc<CryptoProvider>,
}

impl ServerCertVerifier for Looks {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        _server_name: &ServerName<'_>,
        _ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        if let Some(roots) = &self.roots {
            let algorithms = self.provider.signature_verification_algorithms.all;
            let certificate = ParsedCertificate::try_from(end_entity)?;
            verify_server_cert_signed_by_trust_anchor(&certificate, roots, intermediates, now, algorithms)?;
        }
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls12_signature(message, cert, dss, &self.provider.signature_verification_algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls13_signature(message, cert, dss, &self.provider.signature_verification_algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}

/// Why a connection could not be made.
pub(super) fn refusal(error: &tokio_postgres::Error) -> StorageError {
    let mut links: Vec<&(dyn Error + 'static)> = vec![error];
    while let Some(next) = links.last().and_then(|link| inside(*link)) {
        links.push(next);
    }
    let fault = if let Some(tls) = links.iter().find_map(|link| link.downcast_ref::<rustls::Error>()) {
        certificate(tls)
    } else if let Some(db) = error.as_db_error() {
        AddressFault::TurnedAway { why: db.message().to_owned() }
    } else {
        let last = links.last().map_or_else(String::new, ToString::to_string);
        // The driver has this one as text alone.
        if last == "server does not support TLS" {
            AddressFault::Unencrypted
        } else {
            AddressFault::Unreachable { why: last }
        }
    };
    StorageError::Address(fault)
}

/// What an error was made from; an I/O error tells its own content as itself.
fn inside<'e>(error: &'e (dyn Error + 'static)) -> Option<&'e (dyn Error + 'static)> {
    match error.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref) {
        Some(inner) => Some(inner),
        None => error.source(),
    }
}

fn certificate(error: &rustls::Error) -> AddressFault {
    let rustls::Error::InvalidCertificate(fault) = error else {
        return AddressFault::Handshake { why: error.to_string() };
    };
    match fault {
        CertificateError::UnknownIssuer | CertificateError::BadSignature => AddressFault::UnknownIssuer,
        CertificateError::NotValidForNameContext { expected, presented } => AddressFault::OtherName {
            expected: expected.to_str().into_owned(),
            presented: if presented.is_empty() { "–".to_owned() } else { presented.join(", ") },
        },
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => AddressFault::Expired,
        CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
            AddressFault::NotYetValid
        }
        other => AddressFault::Certificate { why: other.to_string() },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(refused: StorageError) -> AddressFault {
        match refused {
            StorageError::Address(fault) => fault,
            other => panic!("{other}"),
        }
    }

    #[test]
    fn the_address_says_how_to_encrypt() {
        let of = |url: &str| take_out(url).expect("address");
        let (rest, tls) = of("postgres://u:a?b@h/db");
        assert_eq!(
            (rest.as_str(), &tls.trust, tls.mode),
            ("postgres://u:a?b@h/db", &Trust::Anybody, SslMode::Prefer)
        );
        let (rest, tls) =
            of("postgres://u@h/db?sslmode=verify-full&application_name=k&sslrootcert=%2Fetc%2Fk%C3%B6k.pem");
        assert_eq!(rest, "postgres://u@h/db?application_name=k");
        assert_eq!(tls, Tls { mode: SslMode::Require, trust: Trust::Named("/etc/kök.pem".into()) });
        assert_eq!(of("postgres://h/db?sslmode=require").1.trust, Trust::Anybody);
        assert_eq!(of("postgres://h/db?sslmode=require&sslrootcert=r").1.trust, Trust::Signed("r".into()));
        assert_eq!(of("postgres://h/db?sslmode=disable").1.mode, SslMode::Disable);
    }

    #[test]
    fn what_cannot_be_checked_is_refused() {
        let refused = |url: &str| fault(take_out(url).expect_err("refused"));
        for (url, mode) in [
            ("postgres://h/db?sslmode=verify-full", "verify-full"),
            ("postgres://h/db?sslmode=verify-ca&sslrootcert=", "verify-ca"),
        ] {
            assert_eq!(refused(url), AddressFault::RootMissing { mode });
        }
        let mode = "allow".to_owned();
        assert_eq!(refused("postgres://h/db?sslmode=allow"), AddressFault::UnknownMode { mode });
        let nothing = tempfile::NamedTempFile::new().expect("file");
        let (_, tls) =
            take_out(&format!("postgres://h/db?sslmode=verify-ca&sslrootcert={}", nothing.path().display()))
                .expect("address");
        let file = nothing.path().display().to_string();
        let refused = tls.connector().err().map(fault);
        assert_eq!(refused, Some(AddressFault::NoCertificate { file }));
    }
}
