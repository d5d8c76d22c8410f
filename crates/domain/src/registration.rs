//! Registration: somebody with a place becomes a student.
//!
//! A candidate stands apart from students until the desk registers him or her, provisionally or finally. What the
//! desk may do is computed here from facts; the office's record of it lies with the services.
//!
//! Not modelled: who may apply at all, and the ranking of candidates; both are over when a candidate stands at the desk.

mod day_list;
mod desk;
mod details;
mod numbers;

pub use day_list::{DayList, DayRow, ProgrammeCount};
pub use desk::{Assessment, Clearances, DeskFacts, OtherStudy, WindowFacts, assess, former_becomes};
pub use details::EntryDetails;
pub use numbers::{NumberScheme, SchemeError, SeriesFacts};

vocabulary! {
    /// Where a candidate stands.
    CandidateState {
        /// Yerleşti, has not come yet.
        Waiting => "waiting",
        /// Geçici kayıtlı: registered, owes something until a day.
        Provisional => "provisional",
        /// Kesin kayıtlı.
        Registered => "registered",
        /// Kayıttan vazgeçti.
        Renounced => "renounced",
        /// The provisional registration ran out.
        Lapsed => "lapsed",
    }
}

impl CandidateState {
    /// Whether the desk knows a way from this state to `next`.
    ///
    /// A registration undone within the day leads back to waiting.
    pub const fn may_become(self, next: Self) -> bool {
        matches!(
            (self, next),
            (Self::Waiting, Self::Provisional | Self::Registered | Self::Renounced)
                | (Self::Provisional, Self::Registered | Self::Renounced | Self::Lapsed | Self::Waiting)
                | (Self::Registered, Self::Renounced | Self::Waiting)
                | (Self::Renounced | Self::Lapsed, Self::Waiting)
        )
    }
}

vocabulary! {
    /// What another office answered about a candidate.
    Clearance {
        /// Nothing stands against a registration.
        Clear => "clear",
        /// Something does.
        Obstacle => "obstacle",
        /// Nobody has answered.
        Unknown => "unknown",
    }
}

vocabulary! {
    /// What became of the fee at registration.
    FeeState {
        /// Paid, with its receipt.
        Paid => "paid",
        /// Exempt, with the reason.
        Exempt => "exempt",
        /// Nothing is due.
        NotDue => "not_due",
        /// Due and not paid yet; leaves a registration provisional.
        Owed => "owed",
    }
}

vocabulary! {
    /// Where a placement list came from.
    ListOrigin {
        /// A file that somebody loaded.
        File => "file",
        /// The ministry's placement service.
        Service => "service",
        /// One candidate, by a form.
        Form => "form",
    }
}

vocabulary! {
    /// What may be done in a dated window.
    WindowKind {
        /// Registration at the desk.
        Registration => "registration",
        /// Registration through e-Devlet.
        ERegistration => "e_registration",
        /// Bringing what a provisional registration still lacks.
        MissingPapers => "missing_papers",
        /// Proposing a photo by the student.
        PhotoProposal => "photo_proposal",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_step_of_a_candidate_is_on_the_table() {
        let mut table = String::new();
        for from in CandidateState::ALL {
            for to in CandidateState::ALL {
                let may = if from.may_become(*to) { "yes" } else { "-" };
                table.push_str(&format!("{:>11} -> {:<11} {may}\n", from.code(), to.code()));
            }
        }
        insta::assert_snapshot!(table);
    }
}
