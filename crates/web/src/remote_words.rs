//! Why a remote system gave no answer, in the reader's language; pages, API and console tell it alike.

use crate::texts::Texts;

/// The sentence of a problem by its word and values.
pub fn problem<N: AsRef<str>, V: AsRef<str>>(t: &Texts, code: &str, values: &[(N, V)]) -> String {
    let args: Vec<(&str, &str)> =
        values.iter().map(|(name, value)| (name.as_ref(), value.as_ref())).collect();
    t.fmt(&format!("remote-fault-{code}"), &args)
}

#[cfg(test)]
mod tests {
    use base::lang::Lang;
    use services::ports::RemoteProblem;

    use super::*;
    use crate::texts::Languages;

    #[test]
    fn every_problem_has_words_in_both_languages() {
        let languages = Languages::load(&[]).expect("texts");
        for t in Lang::ALL.map(|lang| languages.of(lang)) {
            let own: (&str, &[&str]) = ("not_written", &[]);
            for (code, values) in RemoteProblem::SITUATIONS.iter().chain([&own]) {
                let values: Vec<(&str, &str)> = values.iter().map(|name| (*name, "…")).collect();
                let said = problem(t, code, &values);
                assert!(t.has(&format!("remote-fault-{code}")), "{code} in {}", t.code());
                assert!(!said.contains('$'), "{code} in {}: {said}", t.code());
            }
        }
    }
}
