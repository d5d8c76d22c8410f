//! The works that are measured, one file each.

pub(crate) mod answers;
pub(crate) mod desk;
pub(crate) mod export;
pub(crate) mod import;
pub(crate) mod pages;
pub(crate) mod papers;
pub(crate) mod start;
pub(crate) mod verify;

use std::net::SocketAddr;

use crate::{
    Failure,
    http::{Connection, Sender, encode},
    kunye::{Kunye, Place},
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
        place: &Place,
    ) -> Result<Self, Failure> {
        let registrar = session::activate(address, &accounts.registrar).await?;
        let clerk = session::activate(address, &accounts.clerk).await?;
        let token = session::add_token(program, place, session::REGISTRAR)?;
        let program = Sender::anybody(address).with("Authorization", &format!("Bearer {token}"));
        Ok(Self { address, registrar, clerk, program })
    }
}

/// Everything that a list of the API has, page by page to the end; `path` has its first parameters.
pub(crate) async fn whole_list(
    connection: &mut Connection,
    sender: &Sender,
    path: &str,
) -> Result<Vec<serde_json::Value>, Failure> {
    let mut all = Vec::new();
    let mut after = String::new();
    loop {
        let mut answer =
            connection.expect(200, &sender.get(&format!("{path}&limit=200{after}"))).await?.json()?;
        match answer["items"].take() {
            serde_json::Value::Array(items) => all.extend(items),
            _ => return Err(format!("{path}: the answer has no items").into()),
        }
        match answer["next"].as_str() {
            Some(next) => after = format!("&after={}", encode(next)),
            None => return Ok(all),
        }
    }
}
