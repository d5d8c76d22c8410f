//! What is wrong with a placement list, in the reader's language; pages, API and console tell it alike.
//!
//! Situations are codes and values of [`services::placement`]; the tests here show that each has words.

use domain::enrolments::EntryKind;
use services::placement::{Field, PlacementProblem, RowFault};

use crate::texts::Texts;

/// The words of a column.
pub fn column<'a>(t: &'a Texts, code: &'a str) -> &'a str {
    if Field::from_code(code).is_some() { t.variant("placement-field", code) } else { code }
}

/// What is wrong with a file.
pub fn problem(t: &Texts, problem: &PlacementProblem) -> String {
    sentence(t, problem.code(), problem.args().iter().map(|(name, value)| (*name, value.as_str())))
}

/// What is wrong with a row, with its column and without its number.
pub fn row_fault(t: &Texts, fault: &RowFault) -> String {
    let values = fault.values.iter().map(|(name, value)| (name.as_ref(), value.as_str()));
    let text = sentence(t, &fault.code, values);
    match &fault.column {
        Some(code) => t.fmt("placement-at-column", &[("column", column(t, code)), ("text", &text)]),
        None => text,
    }
}

fn sentence<'v>(t: &Texts, code: &str, values: impl Iterator<Item = (&'v str, &'v str)>) -> String {
    let told: Vec<(&str, String)> = values
        .map(|(name, value)| {
            let is_column = matches!(name, "column" | "columns" | "one" | "other");
            let words =
                |codes: &str| codes.split(", ").map(|code| column(t, code)).collect::<Vec<_>>().join(", ");
            let word = match name {
                _ if is_column => words(value),
                "kind" if EntryKind::from_code(value).is_some() => t.variant("entry", value).to_owned(),
                _ => value.to_owned(),
            };
            (name, word)
        })
        .collect();
    let args: Vec<(&str, &str)> = told.iter().map(|(name, value)| (*name, value.as_str())).collect();
    t.fmt(&format!("placement-fault-{code}"), &args)
}

#[cfg(test)]
mod tests {
    use base::lang::Lang;

    use super::*;
    use crate::texts::Languages;

    #[test]
    fn every_situation_and_column_has_words_in_both_languages() {
        let languages = Languages::load(&[]).expect("texts");
        for t in Lang::ALL.map(|lang| languages.of(lang)) {
            for (code, values) in PlacementProblem::SITUATIONS {
                let said = sentence(t, code, values.iter().map(|name| (*name, "…")));
                assert!(t.has(&format!("placement-fault-{code}")), "{code} in {}", t.code());
                assert!(!said.contains('$'), "{code} in {}: {said}", t.code());
            }
            for field in Field::ALL {
                assert!(!column(t, field.code()).is_empty(), "{} in {}", field.code(), t.code());
            }
        }
    }

    #[test]
    fn columns_are_named_and_not_coded() {
        let languages = Languages::load(&[]).expect("texts");
        let missing = PlacementProblem::MissingColumns { columns: "identity_no, sex".to_owned() };
        let said = problem(languages.of(Lang::Tr), &missing);
        assert!(said.contains("Kimlik no, Cinsiyet"), "{said}");
    }
}
