//! Systems of others: what they are asked, and how they fail. The gateways carry it out.

use std::{future::Future, pin::Pin};

base::situations! {
    /// Why a remote system gave no answer that can be used. It never holds what was asked, nor anybody's data.
    #[derive(Clone, PartialEq, Eq, Debug)]
    pub enum RemoteProblem {
        /// There is no such name, nobody listens there, or the connection broke.
        Unreachable => "unreachable",
        /// The certificate is none that this installation trusts.
        Untrusted => "untrusted",
        /// No whole answer came in time.
        TimedOut => "timed_out",
        /// Account, password, right to the service or the address of this server are refused.
        Refused => "refused",
        /// There is no such address or service.
        NotThere => "not_there",
        /// Too many questions; nobody says for how long.
        Busy => "busy",
        /// Too many questions for now.
        BusyFor {
            /// Seconds to wait.
            seconds: u32,
        } => "busy_for",
        /// The question is not accepted.
        Rejected {
            /// Status of the answer.
            status: u32,
        } => "rejected",
        /// The system fails, however often it is asked.
        Down {
            /// Status of the last answer.
            status: u32,
        } => "down",
        /// Something else than data: a page for people, or nothing.
        NotData => "not_data",
        /// The answer ends in the middle.
        CutOff => "cut_off",
        /// Data in another form than was agreed.
        Unexpected => "unexpected",
        /// Fields that every row should have are in none.
        FieldsMissing {
            /// Their names.
            fields: String,
        } => "fields_missing",
        /// More than can be taken at once.
        TooMuch => "too_much",
        /// What was asked for changed with every attempt to read all of it.
        Changing => "changing",
        /// No account is set for the system.
        NotConfigured => "not_configured",
    }
}

/// What a remote system answers, some time.
pub type Answer<'a, T> = Pin<Box<dyn Future<Output = Result<T, RemoteProblem>> + Send + 'a>>;

/// What the placement service is asked for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PlacementQuery {
    /// Year of placement.
    pub year: i32,
    /// Kind of placement, by the service's own word.
    pub kind: String,
}

/// A page of placements as a table of text. What its columns mean is known to [`crate::placement`], where files bring
/// the same ones.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct PlacementPage {
    /// Names of the fields, the same on every page.
    pub headings: Vec<String>,
    /// The rows, each with a cell for every heading. A row that could not be taken apart stands in its first cell, so
    /// that it is seen and not lost.
    pub rows: Vec<Vec<String>>,
    /// Its place, from 0.
    pub number: u32,
    /// Pages in all.
    pub pages: u32,
    /// Rows in all.
    pub total: u64,
}

/// The service from which placed candidates are fetched page by page.
pub trait PlacementService: Send + Sync {
    /// One page. Called outside of any transaction; asks again by itself where that may help.
    ///
    /// # Errors
    /// Why there is none.
    fn page<'a>(&'a self, query: &'a PlacementQuery, number: u32) -> Answer<'a, PlacementPage>;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_stands_for_two_problems() {
        let mut words: Vec<&str> = RemoteProblem::SITUATIONS.iter().map(|(code, _)| *code).collect();
        words.sort_unstable();
        assert!(words.windows(2).all(|pair| pair[0] != pair[1]), "{words:?}");
    }
}
