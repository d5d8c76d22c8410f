//! The closed vocabularies as the API writes them: the same words as in the database, listed in the schema.

use base::lang::Lang;
use domain::{
    accounts::{AccountStatus, LinkPurpose, Role},
    documents::DocumentStatus,
    enrolments::{EnrolmentStatus, EntryKind, LinkKind},
    ledger::{GroundKind, LedgerKind, SubjectKind},
    orientation::AttendanceChannel,
    papers::{Coverage, PaperKind, PaperStanding, PaperState},
    people::Sex,
    programmes::{CourseKind, Level, Season, TermStanding},
    registration::{CandidateState, Clearance, FeeState, ListOrigin, WindowKind},
    units::{CodeSystem, Office, UnitKind},
};
use regulations::{Condition, EntryField, Original, Stage};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};
use services::{
    Action,
    accounts::{IdentityProof, TokenScope},
    windows::WindowState,
};
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{
        RefOr,
        schema::{ObjectBuilder, Schema, Type},
    },
};

use super::complaint::Complaint;

macro_rules! words {
    ($($(#[$doc:meta])* $name:ident => $of:ty),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        pub struct $name(pub $of);

        impl $name {
            /// Reads a word that did not come through serde.
            ///
            /// # Errors
            /// A word outside the vocabulary.
            pub fn read(word: &str) -> Result<Self, Complaint> {
                let all = || <$of>::ALL.iter().map(|known| known.code()).collect::<Vec<_>>().join(", ");
                <$of>::ALL.iter().find(|known| known.code() == word).copied().map(Self).ok_or_else(|| Complaint::Choice(all()))
            }
        }

        impl From<$of> for $name {
            fn from(word: $of) -> Self {
                Self(word)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.0.code())
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                Self::read(&String::deserialize(deserializer)?).map_err(D::Error::custom)
            }
        }

        impl PartialSchema for $name {
            fn schema() -> RefOr<Schema> {
                ObjectBuilder::new()
                    .schema_type(Type::String)
                    .enum_values(Some(<$of>::ALL.iter().map(|known| known.code())))
                    .into()
            }
        }
        impl ToSchema for $name {}
    )*};
}

words! {
    /// Language of a paper.
    LangWord => Lang,
    /// Status of an enrolment.
    StatusWord => EnrolmentStatus,
    /// How an enrolment began.
    EntryWord => EntryKind,
    /// Why an enrolment hangs on another one.
    LinkWord => LinkKind,
    /// Kind of a ground.
    GroundWord => GroundKind,
    /// Kind of a ledger entry.
    LedgerWord => LedgerKind,
    /// Whose chain an entry stands in.
    SubjectWord => SubjectKind,
    /// Kind of a paper handed in.
    PaperWord => PaperKind,
    /// What the office has of a paper.
    PaperStateWord => PaperState,
    /// Where a paper stands.
    PaperStandingWord => PaperStanding,
    /// What a list of papers can say of what is missing.
    CoverageWord => Coverage,
    /// For whom alone a paper is asked.
    ConditionWord => Condition,
    /// Which form of a paper the office takes.
    OriginalWord => Original,
    /// When a paper is asked for.
    StageWord => Stage,
    /// Where a candidate stands.
    CandidateStateWord => CandidateState,
    /// What another office answered about a candidate.
    ClearanceWord => Clearance,
    /// What is written down at entry.
    EntryFieldWord => EntryField,
    /// A column that is looked for in a placement list.
    ListColumnWord => services::placement::Field,
    /// Where a placement list came from.
    ListOriginWord => ListOrigin,
    /// What became of the fee at registration.
    FeeStateWord => FeeState,
    /// Sex as in the population register.
    SexWord => Sex,
    /// Compulsory or elective.
    CourseWord => CourseKind,
    /// Level of study.
    LevelWord => Level,
    /// Part of the academic year.
    SeasonWord => Season,
    /// What an enrolment did in a term.
    StandingWord => TermStanding,
    /// State of an issued paper.
    DocumentStatusWord => DocumentStatus,
    /// Kind of a unit.
    UnitWord => UnitKind,
    /// Outside system that knows a unit or programme by a code.
    CodeSystemWord => CodeSystem,
    /// An office in a unit.
    OfficeWord => Office,
    /// A role.
    RoleWord => Role,
    /// Whether an account may sign in.
    AccountStatusWord => AccountStatus,
    /// What a one-time link lets its holder do.
    LinkPurposeWord => LinkPurpose,
    /// What a token may do.
    TokenScopeWord => TokenScope,
    /// What the clerk looked at before handing over a link.
    IdentityProofWord => IdentityProof,
    /// What may be done in a dated window.
    WindowWord => WindowKind,
    /// Where a dated window stands.
    WindowStateWord => WindowState,
    /// How attendance was noted.
    AttendanceWord => AttendanceChannel,
    /// Something that people do; a small, closed set.
    ActionWord => Action,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_read_and_written_and_others_are_refused_with_the_choices() {
        let word: StatusWord = serde_json::from_str(r#""on_leave""#).expect("a status");
        assert_eq!(serde_json::to_string(&word).expect("json"), r#""on_leave""#);
        let Err(Complaint::Choice(choices)) = SexWord::read("x") else { panic!("no such sex") };
        assert_eq!(choices, "female, male");
    }
}
