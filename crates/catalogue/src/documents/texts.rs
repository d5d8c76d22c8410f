//! The printed words of a kind, read from its `.ftl` files.

use std::collections::BTreeMap;

use base::lang::Lang;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use unic_langid::LanguageIdentifier;

/// The words of one kind in both languages: labels stand alone, sentences take values.
pub struct Texts {
    tr: Words,
    en: Words,
}

struct Words {
    bundle: FluentBundle<FluentResource>,
    labels: BTreeMap<String, String>,
    keys: Vec<String>,
}

impl Texts {
    /// Reads the sources of both languages; a later file may not repeat a key of an earlier one.
    ///
    /// # Panics
    /// If a source is no valid Fluent. The sources are part of the program, and a test reads them all.
    pub fn read(tr: &[&str], en: &[&str]) -> Self {
        Self { tr: Words::read(Lang::Tr, tr), en: Words::read(Lang::En, en) }
    }

    /// The words that need no values, by key, as the template reads them.
    pub fn labels(&self, lang: Lang) -> &BTreeMap<String, String> {
        &self.words(lang).labels
    }

    /// One word that needs no values; an unknown key gives the empty text.
    pub fn label(&self, lang: Lang, key: &str) -> &str {
        self.words(lang).labels.get(key).map_or("", String::as_str)
    }

    /// A sentence with its values filled in; an unknown key gives the key itself, so that it is seen.
    pub fn sentence(&self, lang: Lang, key: &str, values: &[(&str, &str)]) -> String {
        let bundle = &self.words(lang).bundle;
        let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else {
            return key.to_owned();
        };
        let args: FluentArgs<'_> = values.iter().copied().collect();
        bundle.format_pattern(pattern, Some(&args), &mut Vec::new()).into_owned()
    }

    /// All keys in order, sentences included.
    pub fn keys(&self, lang: Lang) -> impl Iterator<Item = &str> {
        self.words(lang).keys.iter().map(String::as_str)
    }

    const fn words(&self, lang: Lang) -> &Words {
        match lang {
            Lang::Tr => &self.tr,
            Lang::En => &self.en,
        }
    }
}

impl Words {
    fn read(lang: Lang, sources: &[&str]) -> Self {
        let language: LanguageIdentifier = lang.code().parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![language]);
        // The marks that isolate text directions would be printed as boxes.
        bundle.set_use_isolating(false);
        let mut keys = Vec::new();
        for source in sources {
            let resource = match FluentResource::try_new((*source).to_owned()) {
                Ok(resource) => resource,
                Err((_, errors)) => panic!("unreadable text: {errors:?}"),
            };
            keys.extend(source.lines().filter_map(message_key).map(str::to_owned));
            if let Err(errors) = bundle.add_resource(resource) {
                panic!("repeated text: {errors:?}");
            }
        }
        keys.sort_unstable();
        let labels = keys.iter().filter_map(|key| Some((key.clone(), plain(&bundle, key)?))).collect();
        Self { bundle, labels, keys }
    }
}

/// The text of a message that needs no values.
fn plain(bundle: &FluentBundle<FluentResource>, key: &str) -> Option<String> {
    let pattern = bundle.get_message(key)?.value()?;
    let mut errors = Vec::new();
    let text = bundle.format_pattern(pattern, None, &mut errors).into_owned();
    errors.is_empty().then_some(text)
}

/// The key of the message that begins on this line.
fn message_key(line: &str) -> Option<&str> {
    let (key, _) = line.split_once('=')?;
    let key = key.trim_end();
    let is_key = key.starts_with(|c: char| c.is_ascii_lowercase())
        && key.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    is_key.then_some(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_stand_alone_and_sentences_take_values() {
        let texts = Texts::read(
            &["date = Tarih\nuntil = { $date } gününe kadar"],
            &["date = Date\nuntil = until { $date }"],
        );
        assert_eq!(texts.label(Lang::Tr, "date"), "Tarih");
        assert_eq!(texts.labels(Lang::En).len(), 1);
        assert_eq!(texts.sentence(Lang::Tr, "until", &[("date", "23.11.2026")]), "23.11.2026 gününe kadar");
        assert_eq!(texts.sentence(Lang::En, "nothing", &[]), "nothing");
    }
}
