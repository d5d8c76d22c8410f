//! The public page that says whether a paper is genuine.

use askama::Template;

use crate::components::form::{Field, FieldError, Tokens};
use crate::components::frame::Frame;
use crate::components::{Fact, State, Str};
use crate::texts::Texts;

/// What the records say about a code.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Standing {
    /// Genuine and valid.
    Valid,
    /// Genuine, replaced by a newer one.
    Superseded,
    /// Genuine, replaced by a newer one that was withdrawn in its turn.
    SuccessorCancelled,
    /// Genuine, withdrawn.
    Cancelled,
    /// No such document.
    Unknown,
    /// Not looked up: too many tries.
    Throttled,
}

impl Standing {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Valid,
        Self::Superseded,
        Self::SuccessorCancelled,
        Self::Cancelled,
        Self::Unknown,
        Self::Throttled,
    ];

    /// Part of the text keys `verify-…`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Valid => "valid",
            Self::Superseded => "superseded",
            Self::SuccessorCancelled => "successor-cancelled",
            Self::Cancelled => "cancelled",
            Self::Unknown => "unknown",
            Self::Throttled => "throttled",
        }
    }

    const fn text_key(self) -> &'static str {
        match self {
            Self::Valid => "verify-valid-text",
            Self::Superseded => "verify-superseded-text",
            Self::SuccessorCancelled => "verify-successor-cancelled-text",
            Self::Cancelled => "verify-cancelled-text",
            Self::Unknown => "verify-unknown-text",
            Self::Throttled => "verify-throttled-text",
        }
    }

    const fn state(self) -> State {
        match self {
            Self::Valid => State::Ok,
            Self::Superseded | Self::SuccessorCancelled | Self::Throttled => State::Ask,
            Self::Cancelled | Self::Unknown => State::No,
        }
    }

    const fn icon(self) -> &'static str {
        match self {
            Self::Valid => "shield",
            Self::Superseded | Self::SuccessorCancelled => "shield-ask",
            Self::Cancelled | Self::Unknown => "shield-no",
            Self::Throttled => "clock",
        }
    }
}

/// What is shown of a genuine document.
#[derive(Clone, Debug, Default)]
pub struct Document<'a> {
    /// Kind, as "Öğrenci belgesi".
    pub kind: Str<'a>,
    /// Number, as "2026/4417".
    pub number: Str<'a>,
    /// Day of issue.
    pub date: Str<'a>,
    /// Unit that issued it.
    pub unit: Str<'a>,
    /// Name with all but the initials covered; empty for a paper about no person.
    pub holder: Str<'a>,
    /// The day of a paper that is about its unit.
    pub day: Str<'a>,
    /// Day on which it was superseded or cancelled; empty while valid.
    pub changed: Str<'a>,
}

/// The answer about one code.
#[derive(Clone, Debug)]
pub struct Answer<'a> {
    /// What the records say.
    pub standing: Standing,
    /// The document; `None` when unknown or not looked up.
    pub document: Option<Document<'a>>,
    /// Time of the look-up.
    pub checked: Str<'a>,
}

/// `/dogrula` and `/dogrula/<code>`. The form sends `kod` by GET.
#[derive(Template)]
#[template(path = "pages/verify/verify.html")]
pub struct VerifyPage<'a> {
    /// Words.
    pub t: &'a Texts,
    /// What every page has.
    pub frame: &'a Frame<'a>,
    /// The code as typed.
    pub code: Str<'a>,
    /// What is wrong with the code as typed; empty for nothing.
    pub error: Str<'a>,
    /// `None` before a code was sent.
    pub answer: Option<Answer<'a>>,
}

impl VerifyPage<'_> {
    fn tokens(&self) -> Tokens<'_> {
        Tokens::default()
    }

    fn errors(&self) -> Vec<FieldError<'_>> {
        if self.error.is_empty() { Vec::new() } else { vec![FieldError::at("kod", self.error.as_ref())] }
    }

    fn code_field(&self) -> Field<'_> {
        // Below an answer the field is for another document.
        let typed = if self.answer.is_some() { "" } else { self.code.as_ref() };
        Field::new("kod", self.t.get("verify-code"))
            .hint(self.t.get("verify-code-hint"))
            .value(typed)
            .error(self.error.as_ref())
            .max(64)
    }
}

impl Answer<'_> {
    fn facts<'b>(&'b self, t: &'b Texts) -> Vec<Fact<'b>> {
        let Some(document) = &self.document else { return Vec::new() };
        let mut facts = vec![
            Fact::text(t.get("verify-kind"), document.kind.as_ref()),
            Fact::text(t.get("verify-number"), document.number.as_ref()),
            Fact::text(t.get("verify-date"), document.date.as_ref()),
            Fact::text(t.get("verify-unit"), document.unit.as_ref()),
            if document.day.is_empty() {
                Fact::text(t.get("verify-holder"), document.holder.as_ref())
                    .with_note(t.get("verify-holder-note"))
            } else {
                Fact::text(t.get("verify-day"), document.day.as_ref())
            },
        ];
        if !document.changed.is_empty() {
            facts.push(Fact::text(t.get("verify-since"), document.changed.as_ref()));
        }
        facts
    }
}
