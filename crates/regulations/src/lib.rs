//! Law as data: what a regulation says, since when, for whom, where it was read, and how sure that is.
//!
//! A [`Book`] is one institution's resolved rules, parsed from texts that the caller hands in; [`book`] gives
//! the built-in ones. Every value comes back as [`Sourced`], with its [`Citation`]; a value whose mark is
//! [`Mark::U`] is unverified, and whoever rests on it must say so instead of deciding.
//!
//! It must never contain I/O, a clock, SQL, a student, or a threshold written in code.

mod book;
mod citation;
mod dated;
mod entry;
mod finding;
mod grades;
mod letter;
mod notice;
mod papers;
mod profiles;
mod reader;

pub use book::{Book, Institution, Named, NamedText, ProfileTexts};
pub use citation::{Citation, Mark, Source, Sourced};
pub use dated::{Dated, Overlap, Validity, When};
pub use entry::{
    Arrival, Condition, DeskCheck, DeskEffect, EntryField, EntryPaper, EntryRight, EntryRule, FeeBasis,
    Original, Report, ReportRule, Span, Stage, Stay, TemporaryRegistration,
};
pub use finding::{Finding, Findings, Verdict};
pub use grades::{AverageWeight, GradeLetter, GradeScale, Passing, RepeatRule, RoundingRule, TermAverage};
pub use letter::{Letter, LetterError};
pub use notice::{NoticePart, PrivacyNotice};
pub use papers::{Definition, Letterhead, SigningOffices};
pub use profiles::{PROFILES, book, profile};
pub use reader::{BookError, Problem};
