//! Turkish text: case, folding for search, ordering of lists, masking of names and numbers.
//!
//! `I` is the capital of `ı` and `İ` the capital of `i`; nothing else in Künye may change the case
//! of a text, least of all SQL. Stored search keys are made by [`fold_tr`] and [`fold_ascii`],
//! stored order by [`sort_key`]; a change to any of the three needs the stored keys rebuilt.

use std::borrow::Cow;

/// Letters whose presence shows that a word was typed with a Turkish keyboard on purpose.
const TURKISH_ONLY: &str = "ıİşŞğĞçÇöÖüÜâÂîÎûÛ";

/// Small words that stay in lower case inside a title ("İktisadi ve İdari Bilimler").
const SMALL_WORDS: [&str; 3] = ["ve", "ile", "veya"];

/// The letter that `base` becomes under a combining mark, for the letters of Turkish alone.
fn under_mark(base: char, mark: char) -> Option<char> {
    Some(match (base, mark) {
        ('I', '\u{307}') => 'İ',
        // What a lower-casing that knows no Turkish makes of `İ`.
        ('i' | 'ı', '\u{307}') => 'i',
        ('c', '\u{327}') => 'ç',
        ('C', '\u{327}') => 'Ç',
        ('s', '\u{327}' | '\u{326}') => 'ş',
        ('S', '\u{327}' | '\u{326}') => 'Ş',
        ('g', '\u{306}') => 'ğ',
        ('G', '\u{306}') => 'Ğ',
        ('o', '\u{308}') => 'ö',
        ('O', '\u{308}') => 'Ö',
        ('u', '\u{308}') => 'ü',
        ('U', '\u{308}') => 'Ü',
        ('a', '\u{302}') => 'â',
        ('A', '\u{302}') => 'Â',
        ('i', '\u{302}') => 'î',
        ('I', '\u{302}') => 'Î',
        ('u', '\u{302}') => 'û',
        ('U', '\u{302}') => 'Û',
        _ => return None,
    })
}

fn is_combining(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

/// Characters that pasted text carries without showing them.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

/// Signs that names of people and places are written with, beside letters and blanks.
const NAME_SIGNS: &str = "-‐'’‘`´.,/()";

/// Letters that are blank: fillers of Korean and Khmer writing.
fn is_blank_letter(c: char) -> bool {
    matches!(c, '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{3164}' | '\u{ffa0}')
}

/// The first character that no name of a person or a place is written with: digits and signs, and what nobody sees, such
/// as control characters, changes of the writing direction, private and unassigned code points. Letters of every
/// script, with the marks of Latin, Greek and Cyrillic, and blanks are well.
pub fn first_not_in_a_name(text: &str) -> Option<char> {
    text.chars().find(|&c| {
        let is_letter = c.is_alphabetic() && !is_blank_letter(c);
        !(is_letter || is_combining(c) || c == ' ' || NAME_SIGNS.contains(c))
    })
}

/// `text` with Turkish letters in one piece and without invisible characters.
fn composed(text: &str) -> Cow<'_, str> {
    if text.is_ascii() || !text.chars().any(|c| is_combining(c) || is_invisible(c)) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars().filter(|c| !is_invisible(*c)) {
        if !is_combining(c) {
            out.push(c);
            continue;
        }
        match out.chars().next_back() {
            // A mark with nothing under it is rubbish.
            None => {}
            Some(base) if base.is_whitespace() => {}
            Some(base) => match under_mark(base, c) {
                Some(letter) => {
                    out.pop();
                    out.push(letter);
                }
                None => out.push(c),
            },
        }
    }
    Cow::Owned(out)
}

#[expect(clippy::disallowed_methods, reason = "the one place where small letters are made, I and İ apart")]
fn push_lower(out: &mut String, c: char) {
    match c {
        'I' => out.push('ı'),
        'İ' => out.push('i'),
        _ if c.is_ascii() => out.push(c.to_ascii_lowercase()),
        _ => out.extend(c.to_lowercase()),
    }
}

#[expect(clippy::disallowed_methods, reason = "the one place where capitals are made, i and ı apart")]
fn push_upper(out: &mut String, c: char) {
    match c {
        'i' => out.push('İ'),
        'ı' => out.push('I'),
        _ if c.is_ascii() => out.push(c.to_ascii_uppercase()),
        _ => out.extend(c.to_uppercase()),
    }
}

/// Turkish small letters: `IŞIK İNCE` becomes `ışık ince`.
pub fn lower_tr(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in composed(text).chars() {
        push_lower(&mut out, c);
    }
    out
}

/// Turkish capitals: `ışık ince` becomes `IŞIK İNCE`.
pub fn upper_tr(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in composed(text).chars() {
        push_upper(&mut out, c);
    }
    out
}

/// Capitals of a code that other countries write too, a passport or a country: `ab12i` becomes `AB12I`. Its `i` is no
/// Turkish one; what is not ASCII stays.
pub fn upper_code(code: &str) -> String {
    code.to_ascii_uppercase()
}

/// Each word with a Turkish capital and small letters after it.
///
/// A letter after an apostrophe stays small (`Ankara'da`); `ve`, `ile` and `veya` stay small except as the
/// first word.
pub fn title_tr(text: &str) -> String {
    let lower = lower_tr(text);
    let mut out = String::with_capacity(lower.len());
    let mut first = true;
    for piece in lower.split_inclusive(char::is_whitespace) {
        let word = piece.trim_end();
        if !first && SMALL_WORDS.contains(&word) {
            out.push_str(piece);
            continue;
        }
        first &= word.is_empty();
        let mut inside = false;
        for c in piece.chars() {
            if inside {
                out.push(c);
            } else {
                push_upper(&mut out, c);
            }
            inside = c.is_alphanumeric() || is_combining(c) || matches!(c, '\'' | '’');
        }
    }
    out
}

/// The key for Turkish-exact search: Turkish small letters, diacritics kept, outer blanks removed and
/// inner blanks made one.
///
/// ```text
/// "  IŞIK   İnce " -> "ışık ince"
/// ```
pub fn fold_tr(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in composed(text).split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        for c in word.chars() {
            push_lower(&mut out, if c == '’' { '\'' } else { c });
        }
    }
    // Lower-casing may leave a mark that now belongs to its letter; a second folding must change nothing.
    match composed(&out) {
        Cow::Borrowed(_) => out,
        Cow::Owned(again) => again,
    }
}

/// The base letters of a small Latin letter, or nothing if it is none with diacritics.
fn base_letters(c: char) -> Option<&'static str> {
    Some(match c {
        'â' | 'á' | 'à' | 'ä' | 'ã' | 'å' | 'ā' | 'ă' | 'ą' => "a",
        'æ' => "ae",
        'ç' | 'ć' | 'č' | 'ĉ' | 'ċ' => "c",
        'ď' | 'đ' | 'ð' => "d",
        'é' | 'è' | 'ê' | 'ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' | 'ə' => "e",
        'ğ' | 'ĝ' | 'ġ' | 'ģ' | 'ǧ' => "g",
        'ĥ' | 'ħ' => "h",
        'ı' | 'î' | 'í' | 'ì' | 'ï' | 'ĩ' | 'ī' | 'ĭ' | 'į' => "i",
        'ĵ' => "j",
        'ķ' => "k",
        'ĺ' | 'ļ' | 'ľ' | 'ł' => "l",
        'ñ' | 'ń' | 'ņ' | 'ň' => "n",
        'ö' | 'ó' | 'ò' | 'ô' | 'õ' | 'ø' | 'ō' | 'ŏ' | 'ő' => "o",
        'œ' => "oe",
        'ŕ' | 'ŗ' | 'ř' => "r",
        'ş' | 'ś' | 'ŝ' | 'š' | 'ș' => "s",
        'ß' => "ss",
        'ţ' | 'ť' | 'ŧ' | 'ț' => "t",
        'þ' => "th",
        'ü' | 'û' | 'ú' | 'ù' | 'ũ' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' => "u",
        'ŵ' => "w",
        'ý' | 'ÿ' | 'ŷ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        _ => return None,
    })
}

/// The key for search without Turkish letters: [`fold_tr`], then every Latin letter without its
/// diacritics, so that `IŞIK`, `Işık` and `isik` are one.
pub fn fold_ascii(text: &str) -> String {
    let folded = fold_tr(text);
    if folded.is_ascii() {
        return folded;
    }
    let mut out = String::with_capacity(folded.len());
    for c in folded.chars().filter(|c| !is_combining(*c)) {
        match base_letters(c) {
            Some(base) => out.push_str(base),
            None => out.push(c),
        }
    }
    out
}

/// A key in ASCII whose order byte by byte is the Turkish alphabet's.
///
/// `a b c ç d e f g ğ h ı i j k l m n o ö p q r s ş t u ü v w x y z`; a blank comes before everything,
/// then punctuation, then digits, then letters, then other scripts. A letter with a foreign diacritic or a circumflex
/// stands at its base letter and only breaks ties. Texts with equal keys differ in nothing but case and blanks.
///
/// SQLite's `BINARY` and PostgreSQL's `"C"` collation both sort it rightly.
pub fn sort_key(text: &str) -> String {
    use std::fmt::Write as _;

    let folded = fold_tr(text);
    let mut key = String::with_capacity(folded.len() + 4);
    let mut ties = String::new();
    for (position, c) in folded.chars().enumerate() {
        let mut exact = true;
        match c {
            'a'..='z' | '0'..='9' | '#'..='/' => key.push(c),
            ' ' => key.push('!'),
            // `~` follows every other byte of a key: `ç` comes after `c` with whatever follows it.
            'ç' => key.push_str("c~"),
            'ğ' => key.push_str("g~"),
            'ı' => key.push_str("h~"),
            'ö' => key.push_str("o~"),
            'ş' => key.push_str("s~"),
            'ü' => key.push_str("u~"),
            _ if is_combining(c) => exact = false,
            _ => {
                if let Some(base) = base_letters(c) {
                    key.push_str(base);
                    exact = false;
                } else {
                    let class = if c.is_alphanumeric() { '|' } else { '"' };
                    // Writing into a String cannot fail.
                    let _ = write!(key, "{class}{:06x}", u32::from(c));
                }
            }
        }
        if !exact {
            let _ = write!(ties, "{position:03x}{:06x}", u32::from(c));
        }
    }
    if !ties.is_empty() {
        // The blank is lower than the `!` that stands for a blank of the text.
        key.push(' ');
        key.push_str(&ties);
    }
    key
}

/// One word of a search, already folded the way it must be compared.
///
/// A word typed with a Turkish letter is meant exactly (`İnce` does not find `Dinçer`); a word typed in plain
/// ASCII finds every Turkish spelling of it (`ince` does).
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum SearchTerm {
    /// Compared with the [`fold_tr`] key alone.
    Turkish(String),
    /// Compared with the [`fold_ascii`] key.
    Ascii(String),
}

impl SearchTerm {
    /// One term per word of what was typed; all of them must match.
    pub fn parse(typed: &str) -> Vec<Self> {
        composed(typed).split_whitespace().map(Self::whole).collect()
    }

    /// The whole text as one term, inner blanks included, as for a surname of two words.
    pub fn whole(typed: &str) -> Self {
        let typed = composed(typed);
        if typed.chars().any(|c| TURKISH_ONLY.contains(c)) {
            Self::Turkish(fold_tr(&typed))
        } else {
            Self::Ascii(fold_ascii(&typed))
        }
    }

    /// The folded text that is looked for.
    pub fn text(&self) -> &str {
        match self {
            Self::Turkish(text) | Self::Ascii(text) => text,
        }
    }

    /// Whether the term occurs anywhere in a text whose two keys are given.
    pub fn matches(&self, folded_tr: &str, folded_ascii: &str) -> bool {
        match self {
            Self::Turkish(text) => folded_tr.contains(text.as_str()),
            Self::Ascii(text) => folded_ascii.contains(text.as_str()),
        }
    }

    /// Whether a text whose two keys are given begins with the term.
    pub fn begins(&self, folded_tr: &str, folded_ascii: &str) -> bool {
        match self {
            Self::Turkish(text) => folded_tr.starts_with(text.as_str()),
            Self::Ascii(text) => folded_ascii.starts_with(text.as_str()),
        }
    }

    /// The pattern for `LIKE … ESCAPE '\'` that finds the term as a fragment.
    pub fn like_pattern(&self) -> String {
        format!("%{}%", escape_like(self.text()))
    }
}

/// `text` with the signs that `LIKE` gives a meaning to made literal by a backslash.
pub fn escape_like(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    for c in text.chars() {
        if matches!(c, '%' | '_' | '\\') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// A name for public notices: the surname's first letter with five stars, every other word's with two.
///
/// The stars do not count the letters, so that a short list cannot be guessed back.
///
/// # Legal basis
/// KVK-10 (common practice: number and masked name, never the identity number).
pub fn mask_name(name: &str) -> String {
    let name = composed(name);
    let mut words = name.split_whitespace().peekable();
    let mut out = String::with_capacity(name.len());
    while let Some(word) = words.next() {
        out.extend(word.chars().next());
        out.push_str(if words.peek().is_some() { "** " } else { "*****" });
    }
    out
}

/// The first and last `keep` characters around five stars; five stars alone where too little would be hidden.
fn mask_middle(text: &str, keep: usize) -> String {
    const STARS: &str = "*****";
    let chars: Vec<char> = text.chars().collect();
    if chars.len() < keep * 2 + 3 {
        return STARS.to_owned();
    }
    let (head, rest) = chars.split_at(keep);
    let tail = &rest[rest.len() - keep..];
    head.iter().copied().chain(STARS.chars()).chain(tail.iter().copied()).collect()
}

/// An identity or passport number with its middle hidden: `123*****950`.
pub fn mask_identity(number: &str) -> String {
    mask_middle(number.trim(), 3)
}

/// A telephone number of which two digits at each end of the national number are left: `55*****67`.
pub fn mask_phone(number: &str) -> String {
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    mask_middle(&digits[digits.len().saturating_sub(10)..], 2)
}

#[cfg(test)]
mod tests {
    use std::cmp::Ordering;

    use proptest::prelude::*;

    use super::*;

    const ALPHABET: &str = "abcçdefgğhıijklmnoöpqrsştuüvwxyz";

    #[test]
    fn turkish_case_keeps_the_two_letters_i_apart() {
        assert_eq!(lower_tr("IŞIK İNCE ÂLİ"), "ışık ince âli");
        assert_eq!(upper_tr("ışık ince âli hakkâri"), "IŞIK İNCE ÂLİ HAKKÂRİ");
        assert_eq!(title_tr("IŞIL nur ŞİMŞEK-ÖĞÜT"), "Işıl Nur Şimşek-Öğüt");
        assert_eq!(title_tr("iktisadi VE İDARİ bilimler fakültesi"), "İktisadi ve İdari Bilimler Fakültesi");
        assert_eq!(title_tr("ve ankara'da"), "Ve Ankara'da");
    }

    #[test]
    fn names_are_written_with_letters() {
        for name in [
            "Işıl Nur",
            "ŞENTÜRK-ÖĞÜT",
            "O’Brien",
            "D'Arc",
            "Jose\u{301}",
            "Əliyev",
            "Łukasz",
            "Нұрсұлтан",
            "Ελένη",
            "محمد",
            "李小龙",
            "Merkez (Çankırı)",
            "Iğdır/Aralık",
            "Ş. Nur",
        ] {
            assert_eq!(first_not_in_a_name(name), None, "{name}");
        }
        for wrong in [
            '7',
            '=',
            '<',
            '@',
            '"',
            '😀',
            '×',
            '\0',
            '\n',
            '\u{7f}',
            '\u{85}',
            '\u{a0}',
            '\u{ad}',
            '\u{200b}',
            '\u{200e}',
            '\u{202e}',
            '\u{2066}',
            '\u{2069}',
            '\u{feff}',
            '\u{3164}',
            '\u{e000}',
            '\u{f8ff}',
            '\u{10fffd}',
            '\u{378}',
            '\u{48f10}',
            '\u{e0001}',
            '\u{ffff}',
            '\u{fffd}',
        ] {
            assert_eq!(first_not_in_a_name(&format!("Ayşe{wrong}Nur")), Some(wrong), "{wrong:?}");
        }
    }

    #[test]
    fn pieces_of_a_letter_are_put_together() {
        // The last is what a lower-casing that knows no Turkish makes of İnce.
        for spelling in ["I\u{307}nce", "i\u{307}nce", "İnce", "\u{feff}ince", "in\u{ad}ce"] {
            assert_eq!(fold_tr(spelling), "ince", "{spelling:?}");
        }
        assert_eq!(fold_tr("c\u{327}ag\u{306}ri s\u{327}u\u{308} o\u{308} ka\u{302}r"), "çağri şü ö kâr");
        assert_eq!(fold_tr("  Şule\u{a0}\t ÇELİK  ÖZTÜRK\n"), "şule çelik öztürk");
        assert_eq!(fold_tr("d’Arc"), "d'arc");
    }

    #[test]
    fn ascii_folding_knows_the_neighbours_too() {
        assert_eq!(fold_ascii("ÇAĞRI ÖĞÜT Şükrü Hakkâri Î Û"), "cagri ogut sukru hakkari i u");
        assert_eq!(
            fold_ascii("Əliyev Łukasz Straße Søren Ñuñez Œuvre"),
            "eliyev lukasz strasse soren nunez oeuvre"
        );
        assert_eq!(fold_ascii("Jose\u{301}"), "jose");
        assert_eq!(fold_ascii("Иван"), "иван");
    }

    #[test]
    fn every_spelling_of_a_plain_word_is_found_and_a_turkish_word_is_exact() {
        let found = |query: &str, name: &str| {
            let (tr, ascii) = (fold_tr(name), fold_ascii(name));
            SearchTerm::parse(query).iter().all(|t| t.matches(&tr, &ascii))
        };
        for query in ["ışık", "IŞIK", "Işık", "isik", "ISIK", "Isik", "i\u{307}sik"] {
            assert!(found(query, "Işıl IŞIK"), "{query}");
        }
        assert!(found("ince", "İpek İNCE") && found("ince", "DİNÇER") && found("ince", "Ercan Gince"));
        assert!(found("İnce", "İpek İNCE") && !found("İnce", "DİNÇER"));
        assert!(!found("ışik", "IŞIK"));
        assert!(found("ozturk sule", "Şule ÇELİK ÖZTÜRK") && !found("ozturk ali", "Şule ÇELİK ÖZTÜRK"));
        assert_eq!(SearchTerm::parse("  \t"), []);
        assert_eq!(SearchTerm::parse("ISIK"), [SearchTerm::Ascii("isik".into())]);
        assert_eq!(SearchTerm::parse("İnce"), [SearchTerm::Turkish("ince".into())]);
        assert_eq!(SearchTerm::parse("I\u{307}nce"), [SearchTerm::Turkish("ince".into())]);
        let two = SearchTerm::whole(" çelik  öz");
        assert!(two.begins("çelik öztürk", "celik ozturk") && !two.begins("ali çelik öz", "ali celik oz"));
    }

    #[test]
    fn signs_of_like_are_literal() {
        let term = SearchTerm::whole(r"50%_a\b");
        assert_eq!(term.like_pattern(), r"%50\%\_a\\b%");
    }

    #[test]
    fn lists_stand_in_the_order_of_the_turkish_alphabet() {
        let right = [
            "",
            "1. Sınıf",
            "2. Sınıf",
            "Ali",
            "Âli",
            "Ali Can",
            "Alican",
            "Can",
            "Caz",
            "Çam",
            "Dağ",
            "Gül",
            "Ğ",
            "Hızır",
            "Ilgın",
            "Işık",
            "İbrahim",
            "İz",
            "Oğuz",
            "Öğüt",
            "Pınar",
            "Quentin",
            "Rıza",
            "Su",
            "Şule",
            "Ufuk",
            "Ümit",
            "Vural",
            "Walter",
            "Xenia",
            "Yağız",
            "Zehra",
            "Иван",
        ];
        let mut sorted = right;
        sorted.reverse();
        sorted.sort_by_key(|n| sort_key(n));
        assert_eq!(sorted, right);
        assert_ne!(sort_key("Hakkari"), sort_key("Hakkâri"));
        assert_eq!(sort_key("IŞIK  Ali"), sort_key("ışık ali"));
    }

    #[test]
    fn masks_are_those_of_the_catalogue() {
        assert_eq!(mask_name("Ayşe Yılmaz"), "A** Y*****");
        assert_eq!(mask_name("  İpek Nur  Işık "), "İ** N** I*****");
        assert_eq!(mask_name("I\u{307}pek"), "İ*****");
        assert_eq!(mask_name(" "), "");
        assert_eq!(mask_identity("12345678950"), "123*****950");
        assert_eq!(mask_identity("U1234567"), "*****");
        assert_eq!(mask_phone("5551234567"), "55*****67");
        assert_eq!(mask_phone("+90 (555) 123 45 67"), "55*****67");
        assert_eq!(mask_phone("112"), "*****");
    }

    /// Compares letter by letter by the place in the alphabet, written without `sort_key`.
    fn by_alphabet(a: &str, b: &str) -> Ordering {
        let place = |c: char| match c {
            ' ' => 0,
            '0'..='9' => 1 + usize::from(c as u8 - b'0'),
            _ => 20 + ALPHABET.chars().position(|l| l == c).unwrap_or(0),
        };
        a.chars().map(place).cmp(b.chars().map(place))
    }

    fn turkish_text() -> impl Strategy<Value = String> {
        "[a-zçğıöşü0-9]{1,4}( [a-zçğıöşü0-9]{1,4}){0,2}"
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(text in any::<String>()) {
            let (tr, ascii) = (fold_tr(&text), fold_ascii(&text));
            prop_assert_eq!(fold_tr(&tr), tr.clone());
            prop_assert_eq!(fold_ascii(&ascii), ascii.clone());
            prop_assert_eq!(fold_ascii(&tr), ascii);
        }

        #[test]
        fn folding_marks_twice_changes_nothing(text in "[iIıİsScCgGaA\u{302}\u{306}\u{307}\u{308}\u{327}\u{ad} K]{0,12}") {
            let (tr, ascii) = (fold_tr(&text), fold_ascii(&text));
            prop_assert_eq!(fold_tr(&tr), tr.clone());
            prop_assert_eq!(fold_ascii(&ascii), ascii);
        }

        #[test]
        fn capitals_and_back_is_the_same_word(text in "[a-zâçğıîöşüû0-9 .-]{0,20}") {
            prop_assert_eq!(lower_tr(&upper_tr(&text)), text.clone());
            let upper = upper_tr(&text);
            prop_assert_eq!(upper_tr(&lower_tr(&upper)), upper);
        }

        #[test]
        fn the_key_orders_as_the_alphabet_does(a in turkish_text(), b in turkish_text()) {
            prop_assert_eq!(sort_key(&a).cmp(&sort_key(&b)), by_alphabet(&a, &b));
        }

        #[test]
        fn keys_are_ascii_and_equal_only_for_equal_folding(a in any::<String>(), b in "[aâAÂæeß s~|!\"iİIı'-]{0,4}", c in "[aâAÂæeß s~|!\"iİIı'-]{0,4}") {
            prop_assert!(sort_key(&a).is_ascii());
            prop_assert_eq!(sort_key(&b) == sort_key(&c), fold_tr(&b) == fold_tr(&c));
        }

        #[test]
        fn a_fragment_is_found_in_every_spelling(name in "[A-ZÇĞİÖŞÜ][a-zçğıöşü]{3,8} [A-ZÇĞİÖŞÜ]{3,9}", from in 0usize..5, len in 1usize..6) {
            let (tr, ascii) = (fold_tr(&name), fold_ascii(&name));
            let fragment: String = name.chars().skip(from).take(len).collect();
            let spellings = [fragment.clone(), lower_tr(&fragment), upper_tr(&fragment), fold_ascii(&fragment), fold_ascii(&fragment).to_ascii_uppercase()];
            for typed in spellings {
                for term in SearchTerm::parse(&typed) {
                    prop_assert!(term.matches(&tr, &ascii), "{:?} in {:?}", term, name);
                }
            }
        }
    }
}
