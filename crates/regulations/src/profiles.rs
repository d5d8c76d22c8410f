//! The profiles that come with the program.

use crate::{Book, BookError, NamedText, Problem, ProfileTexts};

/// The names of the built-in profiles.
pub const PROFILES: [&str; 2] = ["kastamonu", "ornek"];

macro_rules! texts {
    ($($file:literal),* $(,)?) => {
        vec![$(NamedText {
            name: concat!("regulations/", $file),
            text: include_str!(concat!("../../../regulations/", $file)),
        }),*]
    };
}

/// The texts of a built-in profile.
pub fn profile(name: &str) -> Option<ProfileTexts<'static>> {
    let (sources, university) = match name {
        "kastamonu" => (
            texts!["sources/national.toml", "sources/kastamonu.toml"],
            texts![
                "universities/kastamonu/institution.toml",
                "universities/kastamonu/grades.toml",
                "universities/kastamonu/papers.toml",
                "universities/kastamonu/entry.toml",
            ],
        ),
        "ornek" => (
            texts!["sources/national.toml", "sources/ornek.toml"],
            texts![
                "universities/ornek/institution.toml",
                "universities/ornek/grades.toml",
                "universities/ornek/papers.toml",
                "universities/ornek/entry.toml",
                "universities/ornek/privacy-notice.toml",
            ],
        ),
        _ => return None,
    };
    let national = texts![
        "national/papers.toml",
        "national/entry-kinds.toml",
        "national/entry-papers.toml",
        "national/registration.toml",
        "national/privacy-notice.toml",
    ];
    Some(ProfileTexts { sources, national, university })
}

/// The rule book of a built-in profile.
pub fn book(name: &str) -> Result<Book, BookError> {
    let texts = profile(name).ok_or_else(|| BookError {
        file: String::from("regulations/universities"),
        line: 1,
        key: String::from("institution"),
        problem: Problem::NoSuchProfile(name.to_owned()),
    })?;
    Book::parse(&texts)
}

#[cfg(test)]
mod tests;
