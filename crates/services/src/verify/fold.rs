//! Following entries from value to value, to where a row should stand.

use serde_json::{Map, Value as Json};

/// A column's value as words, none where it is empty.
pub(super) type Value = Option<String>;

/// What entries have told of a row's columns so far.
pub(super) struct Fold<const N: usize> {
    names: [&'static str; N],
    /// None where nothing is told, or what was told is erased.
    told: [Option<Value>; N],
}

impl<const N: usize> Fold<N> {
    /// Nothing is told yet.
    pub(super) fn new(names: [&'static str; N]) -> Self {
        Self { names, told: [const { None }; N] }
    }

    /// These values are told.
    pub(super) fn of(names: [&'static str; N], values: [Value; N]) -> Self {
        Self { names, told: values.map(Some) }
    }

    /// An entry says that these values became those; answers the columns that had another value before, as told.
    pub(super) fn follow(
        &mut self,
        before: &Map<String, Json>,
        after: &Map<String, Json>,
    ) -> Vec<&'static str> {
        let mut contradicted = Vec::new();
        for (name, told) in self.names.iter().zip(&mut self.told) {
            if let (Some(told), Some(before)) = (&*told, before.get(*name))
                && *told != words(before)
            {
                contradicted.push(*name);
            }
            if let Some(after) = after.get(*name) {
                *told = Some(words(after));
            }
        }
        contradicted
    }

    /// What was told of these columns no longer holds, and nobody tells what does.
    pub(super) fn forget(&mut self, names: &[String]) {
        for (name, told) in self.names.iter().zip(&mut self.told) {
            if names.iter().any(|forgotten| forgotten == name) {
                *told = None;
            }
        }
    }

    /// Columns whose value is not the one told.
    pub(super) fn differing(&self, stands: &[Value; N]) -> Vec<&'static str> {
        let told = self.names.iter().zip(&self.told).zip(stands);
        told.filter(|((_, told), stands)| told.as_ref().is_some_and(|told| told != *stands))
            .map(|((name, _), _)| *name)
            .collect()
    }
}

/// The object in a payload or a text; an empty one where there is none.
pub(super) fn object(text: &str) -> Map<String, Json> {
    serde_json::from_str(text).unwrap_or_default()
}

fn words(value: &Json) -> Value {
    match value {
        Json::Null => None,
        Json::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stands(number: &str, advisor: Option<&str>) -> [Value; 2] {
        [Some(number.to_owned()), advisor.map(str::to_owned)]
    }

    #[test]
    fn values_are_followed_to_where_they_lead() {
        let mut fold = Fold::new(["class_year", "advisor_id"]);
        assert_eq!(fold.differing(&stands("3", None)), [""; 0], "nothing is told");
        assert_eq!(fold.follow(&Map::new(), &object(r#"{"class_year":1,"advisor_id":null}"#)), [""; 0]);
        assert_eq!(fold.differing(&stands("1", None)), [""; 0]);
        assert_eq!(fold.differing(&stands("2", Some("7"))), ["class_year", "advisor_id"]);
        assert_eq!(fold.follow(&object(r#"{"class_year":1}"#), &object(r#"{"class_year":2}"#)), [""; 0]);
        assert_eq!(fold.differing(&stands("2", None)), [""; 0]);
        // Between 2 and 3 somebody changed it without an entry.
        assert_eq!(
            fold.follow(&object(r#"{"class_year":3}"#), &object(r#"{"class_year":4}"#)),
            ["class_year"]
        );
        fold.forget(&["class_year".to_owned()]);
        assert_eq!(fold.differing(&stands("9", Some("7"))), ["advisor_id"]);
    }

    #[test]
    fn what_is_no_object_tells_nothing() {
        for text in ["", "[]", "null", "{"] {
            assert_eq!(object(text), Map::new(), "{text}");
        }
    }
}
