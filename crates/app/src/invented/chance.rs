//! Repeatable chance, in whole numbers alone.

/// SplitMix64: small, fast, the same on every machine.
pub(super) struct Chance(u64);

impl Chance {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x2545_f491_4f6c_dd1d)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number from 0 to `below` - 1.
    pub(super) fn below(&mut self, below: usize) -> usize {
        let wide = u128::from(self.next()) * (below.max(1) as u128);
        usize::try_from(wide >> 64).unwrap_or(0)
    }

    /// A number from `low` to `high`.
    pub(super) fn between(&mut self, low: i64, high: i64) -> i64 {
        let span = usize::try_from(high - low + 1).unwrap_or(1);
        low + i64::try_from(self.below(span)).unwrap_or(0)
    }

    /// Whether something happens that happens `times` in a thousand.
    pub(super) fn happens(&mut self, times: usize) -> bool {
        self.below(1_000) < times
    }

    /// One of several.
    pub(super) fn pick<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }

    /// A number around `mean`, about two thirds of them within `spread`: the sum of twelve even draws is bell-shaped.
    pub(super) fn around(&mut self, mean: i64, spread: i64) -> i64 {
        let sum: i64 = (0..12).map(|_| self.between(0, 1_000)).sum();
        mean + spread * (sum - 6_000) / 1_000
    }
}
