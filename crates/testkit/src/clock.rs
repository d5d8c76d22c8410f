//! A clock that only the test moves.

use std::sync::{Mutex, PoisonError};

use base::time::{Clock, Timestamp};

/// Stands at one instant until a test sets another.
pub struct FixedClock(Mutex<Timestamp>);

impl FixedClock {
    /// A clock at `now`.
    pub fn new(now: Timestamp) -> Self {
        Self(Mutex::new(now))
    }

    /// Moves the clock, forwards or back.
    pub fn set(&self, now: Timestamp) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = now;
    }
}

impl Clock for FixedClock {
    fn now(&self) -> Timestamp {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
