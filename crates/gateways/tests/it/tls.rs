//! Encrypted connections: the certificate is looked at, its signature and its name.

use std::{net::TcpStream, path::PathBuf, sync::Arc};

use gateways::http::Roots;
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use rustls::{
    ServerConfig, ServerConnection, StreamOwned,
    pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer},
};
use services::ports::{PlacementQuery, PlacementService, RemoteProblem};
use testkit::placement_server::{Encrypt, PASSWORD, PlacementServer, ReadWrite, placement_row};

use crate::placements::{HURRIED, yoksis};

/// A root that signs a certificate for `name`: how the server encrypts, and the root as PEM.
fn certificate(name: &str) -> (Encrypt, String) {
    let mut params = CertificateParams::new(Vec::new()).expect("a root");
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let root = CertifiedIssuer::self_signed(params, KeyPair::generate().expect("a key")).expect("a root");
    let key = KeyPair::generate().expect("a key");
    let leaf = CertificateParams::new(vec![name.to_owned()]).expect("a name").signed_by(&key, &root);
    let leaf = leaf.expect("a certificate");
    let secret = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(key.serialize_der()));
    let config = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_no_client_auth()
        .with_single_cert(vec![leaf.der().clone()], secret)
        .expect("a certificate with its key");
    let config = Arc::new(config);
    let encrypt: Encrypt = Arc::new(move |stream: TcpStream| {
        let connection = ServerConnection::new(Arc::clone(&config)).expect("a connection");
        let encrypted: Box<dyn ReadWrite> = Box::new(StreamOwned::new(connection, stream));
        encrypted
    });
    (encrypt, root.pem())
}

async fn ask(url: &str, roots: &Roots) -> Result<usize, RemoteProblem> {
    let query = PlacementQuery { year: 2026, kind: "YKS".to_owned() };
    yoksis(url, PASSWORD, roots, HURRIED).page(&query, 0).await.map(|page| page.rows.len())
}

fn written(folder: &tempfile::TempDir, name: &str, text: &str) -> PathBuf {
    let path = folder.path().join(name);
    std::fs::write(&path, text).expect("written");
    path
}

#[tokio::test]
async fn only_a_certificate_of_a_trusted_root_for_this_name_is_taken() {
    let folder = tempfile::tempdir().expect("a folder");
    let rows = vec![placement_row("10000000146", "ALİ", "IŞIK", "999910001")];
    let (encrypt, root) = certificate("localhost");
    let server = PlacementServer::encrypted(rows.clone(), "localhost", encrypt);
    let own = Roots::in_file(&written(&folder, "kok.pem", &root)).expect("a root");
    assert_eq!(ask(&server.url, &own).await, Ok(1));
    assert_eq!(
        ask(&server.url, &Roots::of_machine()).await,
        Err(RemoteProblem::Untrusted),
        "an unknown root"
    );

    let (encrypt, root) = certificate("baska.example.invalid");
    let server = PlacementServer::encrypted(rows, "localhost", encrypt);
    let other = Roots::in_file(&written(&folder, "baska.pem", &root)).expect("a root");
    assert_eq!(ask(&server.url, &other).await, Err(RemoteProblem::Untrusted), "made for another name");

    let empty = written(&folder, "bos.pem", "");
    assert!(Roots::in_file(&empty).is_err() && Roots::in_file(&folder.path().join("yok.pem")).is_err());
}
