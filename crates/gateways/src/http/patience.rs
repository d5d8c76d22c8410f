//! How long is waited, how often is asked, how much is taken.

use std::time::Duration;

/// Limits of one question.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Patience {
    /// Until the connection stands.
    pub connect: Duration,
    /// Until the whole answer is there.
    pub whole: Duration,
    /// How often the same question is asked.
    pub attempts: u32,
    /// Before the second attempt; each further pause is twice as long.
    pub first_pause: Duration,
    /// The longest pause that a system may ask for; what asks for more is told to people instead.
    pub longest_pause: Duration,
    /// Bytes of an answer.
    pub most_bytes: usize,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            whole: Duration::from_secs(90),
            attempts: 4,
            first_pause: Duration::from_secs(2),
            longest_pause: Duration::from_secs(30),
            most_bytes: 64 * 1024 * 1024,
        }
    }
}

impl Patience {
    /// The pause after so many attempts.
    pub(super) fn pause(&self, attempts: u32) -> Duration {
        let doubled = self.first_pause.saturating_mul(1_u32 << attempts.saturating_sub(1).min(16));
        doubled.min(self.longest_pause)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_up_to_the_longest() {
        let pauses: Vec<u64> = (1..=6).map(|n| Patience::default().pause(n).as_secs()).collect();
        assert_eq!(pauses, [2, 4, 8, 16, 30, 30]);
    }
}
