//! Bytes that look random and are the same in every run.

use std::sync::atomic::{AtomicU64, Ordering};

use base::random::Randomness;
use sha2::{Digest, Sha256};

/// Counts up and hashes; two of the same seed give the same bytes.
pub struct SeededChance {
    seed: u64,
    next: AtomicU64,
}

impl SeededChance {
    /// The bytes of a seed from their beginning.
    pub fn new(seed: u64) -> Self {
        Self { seed, next: AtomicU64::new(0) }
    }
}

impl Randomness for SeededChance {
    fn fill(&self, bytes: &mut [u8]) {
        for piece in bytes.chunks_mut(32) {
            let mut h = Sha256::new();
            h.update(self.seed.to_be_bytes());
            h.update(self.next.fetch_add(1, Ordering::Relaxed).to_be_bytes());
            piece.copy_from_slice(&h.finalize()[..piece.len()]);
        }
    }
}
