//! Measuring how long something took; the one place that reads the clock.

use std::time::{Duration, Instant};

/// A moment to measure from.
#[derive(Clone, Copy)]
pub(crate) struct Stopwatch(Instant);

impl Stopwatch {
    /// Starts now.
    #[expect(clippy::disallowed_methods, reason = "a benchmark measures; it decides nothing by the clock")]
    pub(crate) fn start() -> Self {
        Self(Instant::now())
    }

    /// The time since.
    pub(crate) fn elapsed(self) -> Duration {
        self.0.elapsed()
    }

    /// The milliseconds since.
    pub(crate) fn millis(self) -> f64 {
        millis(self.elapsed())
    }
}

/// A duration in milliseconds with their fractions.
pub(crate) fn millis(took: Duration) -> f64 {
    took.as_secs_f64() * 1000.0
}
