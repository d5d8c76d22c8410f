//! Files in memory.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use services::ports::{FileStore, PortError};
use sha2::{Digest, Sha256};

/// Keeps bytes by their hash as long as the test runs.
#[derive(Default)]
pub struct MemoryFiles(Mutex<HashMap<[u8; 32], Vec<u8>>>);

impl MemoryFiles {
    /// Changes the bytes of a stored file where they lie; its name stays the hash of what was stored.
    pub fn spoil(&self, sha256: &[u8; 32]) {
        let mut files = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        files.get_mut(sha256).expect("a stored file").push(b' ');
    }

    /// How many different files there are.
    pub fn count(&self) -> usize {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).len()
    }
}

impl FileStore for MemoryFiles {
    fn put(&self, bytes: &[u8]) -> Result<[u8; 32], PortError> {
        let sha256: [u8; 32] = Sha256::digest(bytes).into();
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(sha256, bytes.to_vec());
        Ok(sha256)
    }

    fn get(&self, sha256: &[u8; 32]) -> Result<Vec<u8>, PortError> {
        let files = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let bytes = files.get(sha256).ok_or_else(|| PortError::Failed("dosya yok".to_owned()))?;
        if Sha256::digest(bytes)[..] == sha256[..] {
            Ok(bytes.clone())
        } else {
            Err(PortError::Failed("içeriği değişmiş".to_owned()))
        }
    }
}
