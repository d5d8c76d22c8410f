//! The words of every page, read once from `texts/tr/*.ftl` and `texts/en/*.ftl`.
//!
//! Messages without arguments are resolved at start, so a page pays one hash lookup per word. It must
//! never contain a sentence itself, and nothing here knows what a page looks like.
//!
//! A key that does not exist is shown as the key and remembered in [`Texts::missing`]; tests render
//! every page and require that list to be empty.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Mutex;

use base::lang::Lang;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

/// One `.ftl` file: its language, the name that errors mention, and its content.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    /// The language the file speaks.
    pub lang: Lang,
    /// Path or name, for error messages.
    pub name: &'a str,
    /// The whole file.
    pub text: &'a str,
}

/// The `.ftl` files of a crate by their names, in both languages; for a module that lies in the crate's `src`.
#[macro_export]
macro_rules! text_sources {
    ($($name:literal),* $(,)?) => {
        &[
            $(
                $crate::texts::Source {
                    lang: base::lang::Lang::Tr,
                    name: concat!("texts/tr/", $name, ".ftl"),
                    text: include_str!(concat!("../texts/tr/", $name, ".ftl")),
                },
                $crate::texts::Source {
                    lang: base::lang::Lang::En,
                    name: concat!("texts/en/", $name, ".ftl"),
                    text: include_str!(concat!("../texts/en/", $name, ".ftl")),
                },
            )*
        ]
    };
}

/// The files of this crate, in both languages.
pub const OWN: &[Source<'static>] = text_sources![
    "accounts",
    "api",
    "audit",
    "bulk_registration",
    "day_list",
    "day_pack",
    "documents",
    "errors",
    "fields",
    "first_day",
    "gallery",
    "institution",
    "notice",
    "orientation",
    "placement",
    "registration",
    "remote",
    "shell",
    "start",
    "students",
    "ui",
    "verify",
    "windows",
    "words",
];

/// Why the texts could not be read; each variant names the file or the key to mend.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    /// The file is not valid Fluent syntax.
    #[error("{file}: metin dosyası okunamadı: {reason}")]
    Syntax {
        /// File that failed.
        file: String,
        /// What the parser said.
        reason: String,
    },
    /// Two files of one language define the same key.
    #[error("{file}: “{key}” anahtarı ikinci kez tanımlanmış")]
    Twice {
        /// The file read later.
        file: String,
        /// The key both define.
        key: String,
    },
}

/// All texts of one language.
pub struct Texts {
    lang: Lang,
    plain: HashMap<String, String>,
    bundle: FluentBundle<FluentResource>,
    missing: Mutex<BTreeSet<String>>,
}

impl Texts {
    /// Reads the files of `lang` among `sources`; files of the other language are passed over.
    ///
    /// # Errors
    /// A file with a syntax error, or a key that two files define.
    pub fn from_sources(lang: Lang, sources: &[Source<'_>]) -> Result<Self, TextError> {
        let mut bundle = FluentBundle::new_concurrent(vec![identifier(lang)]);
        bundle.set_use_isolating(false);
        bundle.set_formatter(Some(match lang {
            Lang::Tr => |value, _| grouped(value, '.'),
            Lang::En => |value, _| grouped(value, ','),
        }));
        let mut keys = BTreeMap::new();
        for source in sources.iter().filter(|source| source.lang == lang) {
            let resource = FluentResource::try_new(source.text.to_owned()).map_err(|(_, errors)| {
                TextError::Syntax { file: source.name.to_owned(), reason: format!("{errors:?}") }
            })?;
            for key in keys_of(source.text) {
                if keys.insert(key.to_owned(), source.name).is_some() {
                    return Err(TextError::Twice { file: source.name.to_owned(), key: key.to_owned() });
                }
            }
            bundle.add_resource(resource).map_err(|errors| TextError::Syntax {
                file: source.name.to_owned(),
                reason: format!("{errors:?}"),
            })?;
        }
        let plain = keys.keys().filter_map(|key| Some((key.clone(), resolve_plain(&bundle, key)?))).collect();
        Ok(Self { lang, plain, bundle, missing: Mutex::default() })
    }

    /// The language these texts speak.
    pub fn lang(&self) -> Lang {
        self.lang
    }

    /// `tr` or `en`, for the `lang` attribute of the page.
    pub fn code(&self) -> &'static str {
        self.lang.code()
    }

    /// The text of `key`; a key that does not exist is returned itself and remembered.
    pub fn get<'a>(&'a self, key: &'a str) -> &'a str {
        match self.plain.get(key) {
            Some(text) => text,
            None => {
                self.note_missing(key);
                key
            }
        }
    }

    /// The text of `group-code`, for words chosen by a code of the program: roles, states, kinds.
    pub fn variant(&self, group: &str, code: &str) -> &str {
        let key = format!("{group}-{code}");
        match self.plain.get(&key) {
            Some(text) => text,
            None => {
                self.note_missing(&key);
                ""
            }
        }
    }

    /// The text of `key` with its `{ $name }` places filled. Values are written as they are.
    pub fn fmt(&self, key: &str, args: &[(&str, &str)]) -> String {
        let mut filled = FluentArgs::with_capacity(args.len());
        for (name, value) in args {
            filled.set(*name, FluentValue::from(*value));
        }
        self.format(key, &filled)
    }

    /// The text of `key` with the whole number `$n`: it chooses the plural form and is written with
    /// the thousands separator of the language.
    pub fn count(&self, key: &str, n: usize) -> String {
        let mut filled = FluentArgs::with_capacity(1);
        filled.set("n", FluentValue::from(n));
        self.format(key, &filled)
    }

    /// Whether `key` exists, for callers that can do without it.
    pub fn has(&self, key: &str) -> bool {
        self.bundle.has_message(key)
    }

    /// The keys that were asked for and do not exist, in order.
    pub fn missing(&self) -> Vec<String> {
        self.missing.lock().map(|keys| keys.iter().cloned().collect()).unwrap_or_default()
    }

    fn format(&self, key: &str, args: &FluentArgs<'_>) -> String {
        let Some(pattern) = self.bundle.get_message(key).and_then(|message| message.value()) else {
            self.note_missing(key);
            return key.to_owned();
        };
        let mut errors = Vec::new();
        let text = self.bundle.format_pattern(pattern, Some(args), &mut errors).into_owned();
        if !errors.is_empty() {
            self.note_missing(&format!("{key}: {errors:?}"));
        }
        text
    }

    fn note_missing(&self, key: &str) {
        if let Ok(mut keys) = self.missing.lock() {
            keys.insert(key.to_owned());
        }
    }
}

/// Both languages together, loaded once at start.
pub struct Languages {
    tr: Texts,
    en: Texts,
}

impl Languages {
    /// The texts of this crate together with `more`, such as the files of the catalogue's kinds.
    ///
    /// # Errors
    /// As [`Texts::from_sources`].
    pub fn load(more: &[Source<'_>]) -> Result<Self, TextError> {
        let all: Vec<Source<'_>> = OWN.iter().chain(more).copied().collect();
        Ok(Self { tr: Texts::from_sources(Lang::Tr, &all)?, en: Texts::from_sources(Lang::En, &all)? })
    }

    /// The texts of `lang`.
    pub fn of(&self, lang: Lang) -> &Texts {
        match lang {
            Lang::Tr => &self.tr,
            Lang::En => &self.en,
        }
    }
}

fn identifier(lang: Lang) -> LanguageIdentifier {
    lang.code().parse().unwrap_or_default()
}

/// Message keys start a line of their own; attributes and continued lines are indented.
fn keys_of(source: &str) -> impl Iterator<Item = &str> {
    source.lines().filter_map(|line| {
        let (key, _) = line.split_once('=')?;
        let key = key.trim_end();
        let is_key = key.starts_with(|c: char| c.is_ascii_lowercase())
            && key.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '_'));
        is_key.then_some(key)
    })
}

fn resolve_plain(bundle: &FluentBundle<FluentResource>, key: &str) -> Option<String> {
    let pattern = bundle.get_message(key)?.value()?;
    let mut errors = Vec::new();
    let text = bundle.format_pattern(pattern, None, &mut errors).into_owned();
    errors.is_empty().then_some(text)
}

fn grouped(value: &FluentValue<'_>, separator: char) -> Option<String> {
    let FluentValue::Number(number) = value else { return None };
    let digits = number.as_string();
    if !digits.chars().all(|c| c.is_ascii_digit()) {
        return None;
    }
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place) % 3 == 0 {
            text.push(separator);
        }
        text.push(digit);
    }
    Some(text)
}

#[cfg(test)]
mod tests;
