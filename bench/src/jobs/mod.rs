//! The works that are measured, one file each.

pub(crate) mod answers;
pub(crate) mod export;
pub(crate) mod import;
pub(crate) mod pages;
pub(crate) mod papers;
pub(crate) mod start;
pub(crate) mod verify;

use std::{net::SocketAddr, path::Path};

use crate::{
    Failure,
    http::Sender,
    kunye::Kunye,
    session::{self, Accounts},
};

/// The people who work in the benchmark, signed in.
pub(crate) struct Desk {
    /// Where the server listens.
    pub(crate) address: SocketAddr,
    /// Somebody who works for all.
    pub(crate) registrar: Sender,
    /// A clerk of one faculty.
    pub(crate) clerk: Sender,
    /// The registrar's program.
    pub(crate) program: Sender,
}

impl Desk {
    /// Sets the passwords of both people, which signs them in, and gives the registrar's program its token.
    pub(crate) async fn sign_in(
        address: SocketAddr,
        accounts: Accounts,
        program: &Kunye,
        office: &Path,
    ) -> Result<Self, Failure> {
        let registrar = session::activate(address, &accounts.registrar).await?;
        let clerk = session::activate(address, &accounts.clerk).await?;
        let token = session::add_token(program, office)?;
        let program = Sender::anybody(address).with("Authorization", &format!("Bearer {token}"));
        Ok(Self { address, registrar, clerk, program })
    }
}
