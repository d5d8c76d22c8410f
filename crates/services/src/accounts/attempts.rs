//! Guessing passwords is slow, from wherever and at whichever account.
//!
//! Each try is counted as failed before its outcome is known, for the user name (known or not) and for the address;
//! a right password takes it back. After five failures in a row a user name rests for 1, then 5, then 15 minutes;
//! a new password by one-time link ends the rest at once. One address may fail sixty times in a quarter of an hour,
//! since a whole lecture hall may stand behind it. The counts are in the database, one for all instances.

use std::{net::IpAddr, time::Duration};

use base::time::Timestamp;
use storage::{
    Reader, Tx,
    accounts::Credentials,
    throttle::{self, Allowance, Attempt, Pauses},
};

use super::{
    password,
    secret::{Password, blind},
};
use crate::{
    error::{Result, ServiceError},
    office::Office,
};

const PAUSES: Pauses = Pauses {
    free: 5,
    lengths: &[Duration::from_secs(60), Duration::from_secs(5 * 60), Duration::from_secs(15 * 60)],
    forgotten_after: Duration::from_secs(24 * 60 * 60),
};
const ADDRESS_WINDOW: Duration = Duration::from_secs(15 * 60);
const ADDRESS_LIMIT: u32 = 60;

/// A try whose password has been looked at.
pub(super) struct Try {
    user_name: String,
    address: String,
    found: Option<Credentials>,
    is_right: bool,
    failures: u32,
    at: Timestamp,
}

/// Looks at a password, after counting the try.
///
/// # Errors
/// [`ServiceError::Throttled`] while a pause runs; the password is not looked at then.
pub(super) async fn look(
    office: &Office,
    user_name: &str,
    password: &Password,
    address: &str,
) -> Result<Try> {
    let at = office.now();
    let (user_name, address) = (user_name.to_owned(), address_key(address));
    let (name, from) = (user_name.clone(), address.clone());
    let begun = office.db.write(move |tx| begin(tx, &name, &from, at)).await?;
    let (failures, found) = match begun {
        Begun::Wait(until) => return Err(ServiceError::Throttled(until)),
        Begun::Go { failures, found } => (failures, found),
    };
    let stored = found.as_ref().and_then(|found| found.password_hash.clone());
    let is_right = password::is_right(stored, password).await?;
    Ok(Try { user_name, address, found, is_right, failures, at })
}

enum Begun {
    Wait(Timestamp),
    Go { failures: u32, found: Option<Credentials> },
}

fn begin(tx: &Tx<'_>, user_name: &str, address: &str, at: Timestamp) -> Result<Begun> {
    if let Allowance::Until(until) = throttle::hit(tx, address, ADDRESS_WINDOW, ADDRESS_LIMIT, at)? {
        return Ok(Begun::Wait(until));
    }
    match throttle::attempt(tx, &name_key(user_name), &PAUSES, at)? {
        Attempt::Paused(until) => Ok(Begun::Wait(until)),
        Attempt::Counted(failures) => {
            Ok(Begun::Go { failures, found: storage::accounts::credentials(tx, user_name)? })
        }
    }
}

impl Try {
    /// The account that was tried, right or wrong; for the audit log alone.
    pub(super) fn tried(&self) -> Option<&Credentials> {
        self.found.as_ref()
    }

    /// The credentials, if the password was right and nobody changed them while it was looked at.
    ///
    /// # Errors
    /// The engine's refusal.
    pub(super) fn proven(&self, tx: &Tx<'_>) -> Result<Option<Credentials>> {
        if !self.is_right || self.found.is_none() {
            return Ok(None);
        }
        let now = storage::accounts::credentials(tx, &self.user_name)?;
        Ok(now.filter(|now| self.found.as_ref().is_some_and(|then| then.password_hash == now.password_hash)))
    }

    /// Takes the count back after a right password.
    ///
    /// # Errors
    /// The engine's refusal.
    pub(super) fn forgive(&self, tx: &Tx<'_>) -> Result<()> {
        throttle::take_back(tx, &self.address)?;
        forgive_name(tx, &self.user_name)
    }

    /// The answer to a wrong password: the same whether the user name exists or not.
    pub(super) fn refusal(&self, field: &'static str, code: &'static str) -> ServiceError {
        match PAUSES.until(self.failures, self.at) {
            Some(until) => ServiceError::Throttled(until),
            None => ServiceError::field(field, code),
        }
    }
}

/// Ends the rest of a user name.
///
/// # Errors
/// The engine's refusal.
pub(super) fn forgive_name(tx: &Tx<'_>, user_name: &str) -> Result<()> {
    Ok(throttle::clear(tx, &name_key(user_name))?)
}

/// Until when a user name rests, for those who are asked for help.
///
/// # Errors
/// The engine's refusal.
pub(super) fn paused_until(db: &Reader<'_>, user_name: &str, now: Timestamp) -> Result<Option<Timestamp>> {
    Ok(throttle::paused_until(db, &name_key(user_name), &PAUSES, now)?)
}

fn name_key(user_name: &str) -> String {
    blind("sign_in_name", user_name)
}

/// An IPv6 address counts with its network, because one subscriber has a whole one.
fn address_key(address: &str) -> String {
    let network = match address.parse() {
        Ok(IpAddr::V6(v6)) if v6.to_ipv4_mapped().is_none() => format!("{:x?}", &v6.segments()[..4]),
        Ok(IpAddr::V6(v6)) => v6.to_canonical().to_string(),
        _ => address.to_owned(),
    };
    blind("sign_in_address", &network)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ipv6_subscriber_is_one_address() {
        assert_eq!(address_key("2001:db8:1:2::1"), address_key("2001:db8:1:2:ffff::9"));
        assert_ne!(address_key("2001:db8:1:2::1"), address_key("2001:db8:1:3::1"));
        assert_eq!(address_key("::ffff:192.0.2.7"), address_key("192.0.2.7"));
        assert!(!address_key("192.0.2.7").contains("192"));
    }
}
