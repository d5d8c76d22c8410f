//! Proof that somebody was allowed to do what a storage function is about to do.

use base::{ids::AccountId, time::Timestamp};

/// An authorised act: who, when, in which request. Every storage function that changes what the office keeps takes one;
/// which do without, and why, stands in invariant 7 of `ARCHITECTURE.md`. Its one constructor is called in
/// `services::authz` alone (`clippy.toml` sees to it).
#[derive(Clone, Debug)]
pub struct Permit {
    account: AccountId,
    at: Timestamp,
    request: String,
}

impl Permit {
    /// Made by `services::authz` after the question was answered with yes.
    pub fn granted(account: AccountId, at: Timestamp, request: impl Into<String>) -> Self {
        Self { account, at, request: request.into() }
    }

    /// The account that acts.
    pub fn account(&self) -> AccountId {
        self.account
    }

    /// The instant of the act; all rows of one act carry the same.
    pub fn at(&self) -> Timestamp {
        self.at
    }

    /// Request id for the audit log, empty outside a request.
    pub fn request(&self) -> &str {
        &self.request
    }
}
