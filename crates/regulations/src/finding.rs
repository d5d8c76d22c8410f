//! What a rule answers: never a bare yes or no.

use serde::{Deserialize, Serialize};

use crate::{Citation, Mark};

/// The outcome of one rule.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// The condition is met.
    Satisfied,
    /// The condition is not met, and the act cannot be done.
    Refuses,
    /// The act can be done, but somebody should look.
    Warns,
    /// The rule says nothing about this case.
    NotApplicable,
    /// The rule cannot be computed: it rests on an unverified value, or on what only people know.
    NeedsHuman,
}

/// One rule's answer, with the values it used and what it rests on.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Finding {
    /// The outcome.
    pub verdict: Verdict,
    /// Key of the sentence that tells it, in kebab case.
    pub code: String,
    /// Name and text of each value that the sentence shows, in the order of use.
    pub values: Vec<(String, String)>,
    /// What the rule rests on.
    pub citation: Option<Citation>,
}

impl Finding {
    /// A finding without values and citation yet.
    pub fn new(verdict: Verdict, code: impl Into<String>) -> Self {
        Self { verdict, code: code.into(), values: Vec::new(), citation: None }
    }

    /// The same, showing a value.
    #[must_use]
    pub fn value(mut self, name: impl Into<String>, text: impl Into<String>) -> Self {
        self.values.push((name.into(), text.into()));
        self
    }

    /// The same, resting on `citation`.
    ///
    /// A refusal that rests on an unverified value becomes [`Verdict::NeedsHuman`], and so does a satisfied
    /// condition: the program neither refuses nor grants on a guess.
    #[must_use]
    pub fn citing(mut self, citation: &Citation) -> Self {
        if citation.mark == Mark::U && matches!(self.verdict, Verdict::Refuses | Verdict::Satisfied) {
            self.verdict = Verdict::NeedsHuman;
        }
        self.citation = Some(citation.clone());
        self
    }
}

/// The answers of all rules asked about one act.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Findings(Vec<Finding>);

impl Findings {
    /// No rule asked yet.
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// Adds an answer.
    pub fn push(&mut self, finding: Finding) {
        self.0.push(finding);
    }

    /// The answers in the order in which the rules were asked.
    pub fn iter(&self) -> std::slice::Iter<'_, Finding> {
        self.0.iter()
    }

    /// Whether no rule was asked.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The answers with this outcome.
    pub fn with(&self, verdict: Verdict) -> impl Iterator<Item = &Finding> {
        self.0.iter().filter(move |f| f.verdict == verdict)
    }

    /// Whether some rule forbids the act.
    pub fn refuses(&self) -> bool {
        self.with(Verdict::Refuses).next().is_some()
    }

    /// Whether a person has to decide at least one rule.
    pub fn needs_human(&self) -> bool {
        self.with(Verdict::NeedsHuman).next().is_some()
    }

    /// Whether the program may do the act by itself: nothing refuses and nothing needs a person.
    pub fn allows(&self) -> bool {
        !self.refuses() && !self.needs_human()
    }
}

impl From<Vec<Finding>> for Findings {
    fn from(findings: Vec<Finding>) -> Self {
        Self(findings)
    }
}
impl FromIterator<Finding> for Findings {
    fn from_iter<I: IntoIterator<Item = Finding>>(findings: I) -> Self {
        Self(findings.into_iter().collect())
    }
}
impl Extend<Finding> for Findings {
    fn extend<I: IntoIterator<Item = Finding>>(&mut self, findings: I) {
        self.0.extend(findings);
    }
}
impl IntoIterator for Findings {
    type Item = Finding;
    type IntoIter = std::vec::IntoIter<Finding>;
    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}
impl<'a> IntoIterator for &'a Findings {
    type Item = &'a Finding;
    type IntoIter = std::slice::Iter<'a, Finding>;
    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn citation(mark: Mark) -> Citation {
        Citation { mark, ..Citation::missing("KEY-24") }
    }

    #[test]
    fn nobody_is_refused_or_granted_on_a_guess() {
        for verdict in [Verdict::Refuses, Verdict::Satisfied] {
            assert_eq!(Finding::new(verdict, "x").citing(&citation(Mark::U)).verdict, Verdict::NeedsHuman);
            assert_eq!(Finding::new(verdict, "x").citing(&citation(Mark::R)).verdict, verdict);
        }
        for verdict in [Verdict::Warns, Verdict::NotApplicable, Verdict::NeedsHuman] {
            assert_eq!(Finding::new(verdict, "x").citing(&citation(Mark::U)).verdict, verdict);
        }
    }

    #[test]
    fn findings_are_stored_and_read_back() {
        let findings: Findings = [
            Finding::new(Verdict::Satisfied, "active").value("status", "aktif"),
            Finding::new(Verdict::NeedsHuman, "agno-withheld").citing(&citation(Mark::U)),
        ]
        .into_iter()
        .collect();
        assert!(!findings.refuses() && findings.needs_human() && !findings.allows() && !findings.is_empty());
        let json = serde_json::to_string(&findings).expect("json");
        assert!(json.contains(r#""verdict":"needs_human""#), "{json}");
        assert_eq!(serde_json::from_str::<Findings>(&json).expect("json"), findings);
        assert!(Findings::new().allows());
    }
}
