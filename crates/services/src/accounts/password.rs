//! Argon2id, beside the threads that serve pages.

use std::sync::LazyLock;

use argon2::{Algorithm, Argon2, Params, PasswordHash, PasswordHasher, PasswordVerifier, Version};
use base::random::{Randomness, array};
use tokio::sync::Semaphore;

use super::secret::Password;
use crate::error::{Result, ServiceError};

/// Memory in KiB, passes and lanes: the second of the settings that OWASP calls equally strong.
const COST: (u32, u32, u32) = (19_456, 2, 1);

/// Salt of the work that is done for a user name that does not exist; nothing is ever stored with it.
const NOBODY: [u8; 16] = *b"kunye:kimse yok.";

/// Half of the cores hash at the most, so that pages go on while many people sign in.
static TURNS: LazyLock<Semaphore> = LazyLock::new(|| {
    let cores = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
    Semaphore::new((cores / 2).max(1))
});

/// The Argon2id string of a new password.
///
/// # Errors
/// [`ServiceError::Port`] when there is no memory for it.
pub(super) async fn hash(random: &dyn Randomness, password: &Password) -> Result<String> {
    let salt: [u8; 16] = array(random);
    let password = password.clone();
    in_turn(move || Ok(derive(&password, &salt)?.to_string())).await
}

/// Whether `password` is the one behind `stored`; takes as long when nothing is stored.
///
/// # Errors
/// [`ServiceError::Port`] when there is no memory for it or the stored string is damaged.
pub(super) async fn is_right(stored: Option<String>, password: &Password) -> Result<bool> {
    let password = password.clone();
    in_turn(move || {
        let Some(stored) = stored else {
            derive(&password, &NOBODY)?;
            return Ok(false);
        };
        let stored = PasswordHash::new(&stored).map_err(broken)?;
        match argon2()?.verify_password(password.text().as_bytes(), &stored) {
            Ok(()) => Ok(true),
            Err(argon2::password_hash::Error::PasswordInvalid) => Ok(false),
            Err(error) => Err(broken(error)),
        }
    })
    .await
}

async fn in_turn<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    let _turn = TURNS.acquire().await.map_err(broken)?;
    tokio::task::spawn_blocking(work).await.map_err(broken)?
}

fn derive(password: &Password, salt: &[u8]) -> Result<PasswordHash> {
    argon2()?.hash_password_with_salt(password.text().as_bytes(), salt).map_err(broken)
}

fn argon2() -> Result<Argon2<'static>> {
    let (memory, passes, lanes) = COST;
    let params = Params::new(memory, passes, lanes, None).map_err(broken)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

fn broken(error: impl std::fmt::Display) -> ServiceError {
    ServiceError::Port { port: "argon2", message: error.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Seven;
    impl Randomness for Seven {
        fn fill(&self, bytes: &mut [u8]) {
            bytes.fill(7);
        }
    }

    #[tokio::test]
    async fn a_stored_password_carries_its_cost_and_is_recognised() {
        let password = Password::new("İki kapılı han");
        let stored = hash(&Seven, &password).await.expect("hash");
        assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{stored}");
        assert!(is_right(Some(stored.clone()), &password).await.expect("verify"));
        assert!(!is_right(Some(stored), &Password::new("iki kapılı han")).await.expect("verify"));
        assert!(!is_right(None, &password).await.expect("verify"));
        assert!(is_right(Some("bozuk".to_owned()), &password).await.is_err());
    }
}
