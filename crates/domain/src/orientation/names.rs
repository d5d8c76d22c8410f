//! Taking names, numbers and addresses out of what people write.

use std::collections::HashSet;

use base::text::fold_ascii;

/// Stands where something was taken out.
const TAKEN_OUT: &str = "[…]";
/// Digits that make a number of somebody: of a student, of a telephone, of an identity card.
const LONG_NUMBER: usize = 5;
/// Letters of a name at the least before an ending is looked for behind it.
const SHORTEST_STEM: usize = 3;
/// Endings that a name has one behind the other, at the most: `Selda-lar-dan`.
const MOST_ENDINGS: usize = 2;

/// What Turkish puts behind a name, folded; many people leave the apostrophe out.
const ENDINGS: &[&str] = &[
    "a", "e", "i", "u", "m", "n", "in", "un", "im", "um", "ya", "ye", "yi", "yu", "da", "de", "ta", "te",
    "la", "le", "si", "su", "ca", "ce", "dan", "den", "tan", "ten", "nin", "nun", "yla", "yle", "lar", "ler",
    "gil", "cim", "cum", "cigim", "cugum",
];

/// The parts of names that are not to be read.
pub(super) struct Names(HashSet<String>);

impl Names {
    /// The parts of whole names, each on its own.
    pub(super) fn of<'a>(people: impl IntoIterator<Item = &'a str>) -> Self {
        let parts = people.into_iter().flat_map(|name| name.split(|c: char| !c.is_alphabetic()));
        Self(parts.filter(|part| part.chars().count() > 1).map(fold_ascii).collect())
    }

    /// Words without names, without long numbers and without e-mail addresses. Many a name is a word, too, and is taken
    /// out with it: a word lost tells less than a name kept.
    pub(super) fn take_out(&self, words: &str) -> String {
        let without_addresses: String = words
            .split_inclusive(char::is_whitespace)
            .map(|word| match word.contains('@') {
                true => word.replace(word.trim_end(), TAKEN_OUT),
                false => word.to_owned(),
            })
            .collect();
        let mut out = String::with_capacity(words.len());
        let mut rest = without_addresses.as_str();
        while let Some(first) = rest.chars().next() {
            let end = if first.is_alphabetic() {
                run(rest, char::is_alphabetic)
            } else if first.is_ascii_digit() || first == '+' {
                run(rest, |c| c.is_ascii_digit() || matches!(c, '+' | '-' | '(' | ')' | '.' | '/' | ' '))
            } else {
                first.len_utf8()
            };
            let (piece, after) = rest.split_at(end);
            let word = piece.trim_end_matches([' ', '.', '-', '(', '/']);
            let is_hidden = if first.is_alphabetic() {
                self.names(word)
            } else {
                word.chars().filter(char::is_ascii_digit).count() >= LONG_NUMBER
            };
            out.push_str(if is_hidden { TAKEN_OUT } else { word });
            out.push_str(&piece[word.len()..]);
            rest = after;
        }
        out
    }

    /// Whether a word is a name, or one with an ending behind it.
    fn names(&self, word: &str) -> bool {
        let word = fold_ascii(word);
        self.0.contains(&word)
            || word.char_indices().skip(SHORTEST_STEM).any(|(at, _)| {
                let (stem, ending) = word.split_at(at);
                self.0.contains(stem) && is_ending(ending, MOST_ENDINGS)
            })
    }
}

/// Whether letters are an ending, or several.
fn is_ending(letters: &str, most: usize) -> bool {
    let goes_on = |rest: &str| rest.is_empty() || (most > 1 && is_ending(rest, most - 1));
    ENDINGS.iter().any(|ending| letters.strip_prefix(ending).is_some_and(goes_on))
}

/// How far a text goes on with such letters.
fn run(text: &str, goes_on: impl Fn(char) -> bool) -> usize {
    text.char_indices().find(|(_, c)| !goes_on(*c)).map_or(text.len(), |(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_named() {
        let names = Names::of(["Işıl IŞIK", "Deniz Nur ÇINAR-ÖRNEK", "SELDA GÖKMEN"]);
        for (written, read) in [
            ("Işıl'a ve ÇINAR hocaya teşekkürler", "[…]'a ve […] hocaya teşekkürler"),
            ("Isil cok iyiydi.", "[…] cok iyiydi."),
            // On a phone nobody writes capitals and apostrophes.
            ("selda gökmen kabaydı", "[…] […] kabaydı"),
            ("Seldanın ve gökmenlerden, selda’yla", "[…] ve […], […]’yla"),
            // A word that is a name of somebody here goes with it; one that only begins like a name stays.
            ("salon deniz gibiydi, denizci başkaydı", "salon […] gibiydi, denizci başkaydı"),
            (
                "Bana 0555 123 45 67 ya da a.b@example.invalid adresinden ulaşın",
                "Bana […] ya da […] adresinden ulaşın",
            ),
            ("Numaram 240010001.", "Numaram […]."),
            (
                "10.00 yerine 11.00 olsun, 2 saat çok; 3+1 yeter",
                "10.00 yerine 11.00 olsun, 2 saat çok; 3+1 yeter",
            ),
            ("Nur\nÖRNEK\t!", "[…]\n[…]\t!"),
            ("", ""),
        ] {
            assert_eq!(names.take_out(written), read);
        }
    }
}
