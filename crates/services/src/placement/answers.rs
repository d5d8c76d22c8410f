//! What other offices answered about a candidate, by the codes of the placement service.
//!
//! A code that no source explains is nobody's answer: it is kept in words and asks a person, and is never taken for yes
//! or no.

use domain::registration::Clearance;

use super::rows::flag;

/// The ministry of education on graduation from school: 1 is confirmed, 0 is not.
///
/// # Legal basis
/// KYT-03; source O4 `mebDurum`.
pub(super) fn school(code: &str) -> Clearance {
    match flag(code) {
        Some(true) => Clearance::Clear,
        Some(false) => Clearance::Obstacle,
        None => Clearance::Unknown,
    }
}

/// The military offices: 101 sees no obstacle, 102 sends to the branch.
///
/// # Legal basis
/// KYT-04; source O4 `asalDurum`.
pub(super) fn military(code: &str) -> Clearance {
    match code {
        "101" => Clearance::Clear,
        "102" => Clearance::Obstacle,
        _ => Clearance::Unknown,
    }
}

/// The register of studies elsewhere: 1 is registered somewhere. A programme that is named beside a no contradicts it.
///
/// # Legal basis
/// KYT-02; source O4 `obsKontrol`, `okuduguProgram`.
pub(super) fn elsewhere(code: &str, programme: &str) -> Clearance {
    match flag(code) {
        Some(true) => Clearance::Obstacle,
        Some(false) if named(programme).is_empty() => Clearance::Clear,
        _ => Clearance::Unknown,
    }
}

/// The programme in which somebody is registered; nothing where the service fills the field without naming one.
pub(super) fn named(programme: &str) -> &str {
    match programme {
        "0" | "O" | "o" | "null" => "",
        other => other,
    }
}

/// What an office said, in its own words, and its code where nobody here knows it.
pub(super) fn words(who: &str, said: &str, code: &str, answer: Clearance) -> Option<String> {
    let is_strange = answer == Clearance::Unknown && !code.is_empty();
    match (said.is_empty(), is_strange) {
        (true, false) => None,
        (true, true) => Some(format!("{who}: ({code})")),
        (false, false) => Some(format!("{who}: {said}")),
        (false, true) => Some(format!("{who}: {said} ({code})")),
    }
}

#[cfg(test)]
mod tests {
    use Clearance::{Clear, Obstacle, Unknown};

    use super::*;

    #[test]
    fn a_code_that_no_source_explains_asks_a_person() {
        for (code, answer) in [("1", Clear), ("0", Obstacle), ("", Unknown), ("2", Unknown), ("-1", Unknown)]
        {
            assert_eq!(school(code), answer, "mebDurum {code}");
        }
        for (code, answer) in
            [("101", Clear), ("102", Obstacle), ("", Unknown), ("103", Unknown), ("1", Unknown)]
        {
            assert_eq!(military(code), answer, "asalDurum {code}");
        }
        for (code, programme, answer) in [
            ("1", "160001", Obstacle),
            ("1", "", Obstacle),
            ("0", "0", Clear),
            ("0", "O", Clear),
            ("0", "", Clear),
            ("0", "160001", Unknown),
            ("", "", Unknown),
            ("", "160001", Unknown),
            ("7", "0", Unknown),
        ] {
            assert_eq!(elsewhere(code, programme), answer, "obsKontrol {code}, okuduguProgram {programme}");
        }
    }

    #[test]
    fn a_strange_code_is_told_with_the_words_beside_it() {
        assert_eq!(words("ASAL", "Yoklama", "103", Unknown).as_deref(), Some("ASAL: Yoklama (103)"));
        assert_eq!(words("MEB", "", "2", Unknown).as_deref(), Some("MEB: (2)"));
        assert_eq!(words("MEB", "Mezun", "1", Clear).as_deref(), Some("MEB: Mezun"));
        assert_eq!(words("MEB", "", "", Unknown), None);
    }
}
