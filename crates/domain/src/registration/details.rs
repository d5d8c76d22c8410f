//! What a placement list or a form tells of a way of entry, beside who the candidate is.

use std::collections::BTreeMap;

use regulations::{Condition, EntryField};
use serde::{Deserialize, Serialize};

/// Fields by the codes of [`EntryField`], and answers to conditions by the codes of [`Condition`].
///
/// Stored as JSON; a code that a later rule book no longer has is kept and ignored.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct EntryDetails {
    /// Values as they are shown.
    #[serde(default)]
    pub fields: BTreeMap<String, String>,
    /// What a list or a person said of conditions that papers ask about.
    #[serde(default)]
    pub stated: BTreeMap<String, bool>,
}

impl EntryDetails {
    /// The value of a field; none where it is blank.
    pub fn field(&self, field: EntryField) -> Option<&str> {
        self.fields.get(field.code()).map(|value| value.trim()).filter(|value| !value.is_empty())
    }

    /// Puts a value into a field; a blank one takes it away.
    pub fn set(&mut self, field: EntryField, value: &str) {
        let value = value.trim();
        if value.is_empty() {
            self.fields.remove(field.code());
        } else {
            self.fields.insert(field.code().to_owned(), value.to_owned());
        }
    }

    /// Records an answer to a condition.
    pub fn state(&mut self, condition: Condition, holds: bool) {
        self.stated.insert(condition.code().to_owned(), holds);
    }

    /// The answers, for the list of papers.
    pub fn conditions(&self) -> BTreeMap<Condition, bool> {
        let known = |condition: &Condition| Some((*condition, *self.stated.get(condition.code())?));
        Condition::ALL.iter().filter_map(known).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn details_survive_their_storage_and_unknown_codes_do_no_harm() {
        let mut details = EntryDetails::default();
        details.set(EntryField::Score, " 412,51234 ");
        details.set(EntryField::School, " ");
        details.state(Condition::ExtraPoints, true);
        let stored = serde_json::to_string(&details).expect("JSON");
        let mut back: EntryDetails = serde_json::from_str(&stored).expect("details");
        assert_eq!(back, details);
        assert_eq!(
            (back.field(EntryField::Score), back.field(EntryField::School)),
            (Some("412,51234"), None)
        );
        back.stated.insert("of_later_times".to_owned(), true);
        assert_eq!(back.conditions(), BTreeMap::from([(Condition::ExtraPoints, true)]));
        assert_eq!(serde_json::from_str::<EntryDetails>("{}").expect("empty"), EntryDetails::default());
    }
}
