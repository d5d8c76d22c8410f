//! Bytes on their way into a backup or out of it, hashed as they pass.

use std::io::{self, Read, Write};

use domain::ledger::hex;
use sha2::{Digest, Sha256};

/// Hashes and counts what passes.
pub(super) struct Hashing<I> {
    inner: I,
    hash: Sha256,
    bytes: u64,
}

impl<I> Hashing<I> {
    pub(super) fn new(inner: I) -> Self {
        Self { inner, hash: Sha256::new(), bytes: 0 }
    }

    /// SHA-256 in hexadecimal, and the number of bytes.
    pub(super) fn sum(self) -> (String, u64) {
        (hex(&self.hash.finalize()), self.bytes)
    }

    fn pass(&mut self, bytes: &[u8]) {
        self.hash.update(bytes);
        self.bytes += u64::try_from(bytes.len()).unwrap_or(0);
    }
}

impl<W: Write> Write for Hashing<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let n = self.inner.write(bytes)?;
        self.pass(&bytes[..n]);
        Ok(n)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

impl<R: Read> Read for Hashing<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(into)?;
        self.pass(&into[..n]);
        Ok(n)
    }
}
