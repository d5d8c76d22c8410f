//! What must not be seen: tokens and passwords. Neither shows itself in `Debug`.

use base::random::{Randomness, array};
use base64ct::{Base64UrlUnpadded, Encoding};
use sha2::{Digest, Sha256};

/// 256 random bits in 43 characters that may stand in an address; shown once, stored as its hash.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

impl Token {
    /// A new one.
    pub fn fresh(random: &dyn Randomness) -> Self {
        Self(Base64UrlUnpadded::encode_string(&array::<32>(random)))
    }

    /// The characters themselves, for the cookie or the address that carries them.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// What the database keeps of it.
    pub(super) fn hash(&self) -> [u8; 32] {
        hash(&self.0)
    }
}

impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Token(…)")
    }
}

/// What the database keeps of a token that somebody brings; the name of the thing keeps kinds of tokens apart.
pub(super) fn hash(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}

/// A short key that does not show what it was made from, for counting attempts.
pub(super) fn blind(kind: &str, value: &str) -> String {
    format!("{kind}:{}", Base64UrlUnpadded::encode_string(&hash(&format!("{kind}\0{value}"))))
}

/// A password as it was typed.
#[derive(Clone)]
pub struct Password(String);

impl Password {
    /// Takes over what was typed, every blank of it.
    pub fn new(typed: impl Into<String>) -> Self {
        Self(typed.into())
    }

    pub(super) fn text(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Password {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Password(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Counting;
    impl Randomness for Counting {
        fn fill(&self, bytes: &mut [u8]) {
            bytes.iter_mut().zip(0..).for_each(|(byte, n)| *byte = n);
        }
    }

    #[test]
    fn neither_shows_itself() {
        let token = Token::fresh(&Counting);
        assert_eq!(token.reveal().len(), 43);
        assert_eq!(format!("{token:?} {:?}", Password::new("gizli sözüm")), "Token(…) Password(…)");
    }
}
