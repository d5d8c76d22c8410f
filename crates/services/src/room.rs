//! Whether the disk has room, as the last writes of this process found it.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use crate::error::Result;

/// What is remembered of the disk between two attempts at long work, for those who ask how far the work is: while the
/// disk is full, nothing can be written about it. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Room {
    full: Arc<AtomicBool>,
}

impl Room {
    /// Whether the last attempt found no room.
    pub fn is_full(&self) -> bool {
        self.full.load(Ordering::Relaxed)
    }

    /// Takes note of how an attempt ended; a failure of another kind says nothing about the disk.
    pub fn learn<T>(&self, attempt: &Result<T>) {
        match attempt {
            Ok(_) => self.full.store(false, Ordering::Relaxed),
            Err(error) if error.is_disk_full() => self.full.store(true, Ordering::Relaxed),
            Err(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use storage::StorageError;

    use super::*;
    use crate::error::ServiceError;

    #[test]
    fn only_a_full_disk_and_a_success_tell_something() {
        let room = Room::default();
        room.learn::<()>(&Err(ServiceError::NotFound));
        assert!(!room.is_full());
        room.learn::<()>(&Err(StorageError::DiskFull.into()));
        assert!(room.is_full());
        room.learn::<()>(&Err(StorageError::Busy.into()));
        assert!(room.is_full());
        room.learn(&Ok(()));
        assert!(!room.is_full());
    }
}
