//! Encrypting a pack: AES-256-GCM under a key drawn from a password with PBKDF2, both as browsers have them.

use std::num::NonZeroU32;

use base::random::{Randomness, array};
use base64ct::{Base64, Encoding};
use ring::{aead, pbkdf2};
use serde::Serialize;

use crate::error::{Result, ServiceError};

/// Rounds of PBKDF2-HMAC-SHA256, as OWASP recommends.
const ROUNDS: NonZeroU32 = NonZeroU32::new(600_000).expect("not zero");

/// What the page of a pack needs to open it; every value in base 64.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub(super) struct Sealed {
    /// Rounds of the key's derivation.
    pub(super) rounds: u32,
    /// Salt of the key's derivation.
    pub(super) salt: String,
    /// Nonce of the encryption.
    pub(super) nonce: String,
    /// Ciphertext with its tag.
    pub(super) data: String,
}

/// A password that is typed from a slip of paper: four groups of five letters, about 99 bits.
pub(super) fn fresh_password(random: &dyn Randomness) -> String {
    const LETTERS: &[u8; 31] = b"abcdefghjkmnpqrstuvwxyz23456789";
    let mut letters = Vec::new();
    while letters.len() < 20 {
        // Bytes above the last whole multiple of 31 would favour some letters.
        letters.extend(
            array::<32>(random)
                .into_iter()
                .filter(|byte| *byte < 248)
                .map(|byte| LETTERS[usize::from(byte % 31)]),
        );
    }
    let group = |part: &[u8]| part.iter().map(|letter| char::from(*letter)).collect::<String>();
    letters[..20].chunks(5).map(group).collect::<Vec<_>>().join("-")
}

/// Encrypts what a pack holds.
pub(super) fn seal(random: &dyn Randomness, password: &str, plain: Vec<u8>) -> Result<Sealed> {
    let failed = |_| ServiceError::Port { port: "pack", message: "şifrelenemedi".to_owned() };
    let (salt, nonce): ([u8; 16], [u8; 12]) = (array(random), array(random));
    let mut key = [0_u8; 32];
    pbkdf2::derive(pbkdf2::PBKDF2_HMAC_SHA256, ROUNDS, &salt, password.as_bytes(), &mut key);
    let key = aead::UnboundKey::new(&aead::AES_256_GCM, &key).map_err(failed)?;
    let mut data = plain;
    aead::LessSafeKey::new(key)
        .seal_in_place_append_tag(aead::Nonce::assume_unique_for_key(nonce), aead::Aad::empty(), &mut data)
        .map_err(failed)?;
    Ok(Sealed {
        rounds: ROUNDS.get(),
        salt: Base64::encode_string(&salt),
        nonce: Base64::encode_string(&nonce),
        data: Base64::encode_string(&data),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Counting;
    impl Randomness for Counting {
        fn fill(&self, bytes: &mut [u8]) {
            for (at, byte) in bytes.iter_mut().enumerate() {
                *byte = u8::try_from(at * 7 % 256).unwrap_or(0);
            }
        }
    }

    #[test]
    fn what_was_sealed_opens_with_its_password_alone() {
        let password = fresh_password(&Counting);
        assert_eq!(password.len(), 23, "{password}");
        let sealed = seal(&Counting, &password, b"aday".to_vec()).expect("sealed");
        let open = |password: &str| {
            let salt = Base64::decode_vec(&sealed.salt).expect("salt");
            let nonce: [u8; 12] =
                Base64::decode_vec(&sealed.nonce).expect("nonce").try_into().expect("length");
            let mut key = [0_u8; 32];
            pbkdf2::derive(pbkdf2::PBKDF2_HMAC_SHA256, ROUNDS, &salt, password.as_bytes(), &mut key);
            let key = aead::LessSafeKey::new(aead::UnboundKey::new(&aead::AES_256_GCM, &key).expect("key"));
            let mut data = Base64::decode_vec(&sealed.data).expect("data");
            let nonce = aead::Nonce::assume_unique_for_key(nonce);
            key.open_in_place(nonce, aead::Aad::empty(), &mut data).map(|plain| plain.to_vec())
        };
        assert_eq!(open(&password).expect("opens"), b"aday");
        assert!(open("baska-baska-baska-baska").is_err());
    }
}
