//! Vocabulary that knows nothing of students: typed ids, Turkish text, identity numbers, exact
//! numbers, dates, and the traits through which time and chance enter.
//!
//! It must never contain I/O, a clock, SQL, or a word of the domain. Start at [`text`] for
//! searching and ordering names, at [`number`] for marks and AKTS.

pub mod identity;
pub mod ids;
pub mod lang;
pub mod number;
pub mod random;
pub mod situation;
pub mod text;
pub mod time;
