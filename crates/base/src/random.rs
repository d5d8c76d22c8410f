//! Chance as an argument, so that tests can repeat it.

/// A source of unpredictable bytes; the system's in production, a seeded one in tests.
pub trait Randomness: Send + Sync {
    /// Overwrites all of `bytes`.
    fn fill(&self, bytes: &mut [u8]);
}

/// A fresh array, for keys, salts and codes.
pub fn array<const N: usize>(source: &dyn Randomness) -> [u8; N] {
    let mut out = [0; N];
    source.fill(&mut out);
    out
}
