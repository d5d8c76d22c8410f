use base::time::Date;
use proptest::prelude::*;

use super::*;

const SOURCES: &str =
    "[[source]]\nkey = \"S1\"\ntitle = \"Deneme Yönetmeliği\"\nshort = \"DY\"\nread_on = 2026-01-02\n";
const INSTITUTION: &str = "[institution]\nkey = \"d\"\nname_tr = \"D\"\nname_en = \"D\"\n";
const CITED: &str = "source = \"S1\"\narticle = \"m.1\"\nrule = \"D-1\"\nmark = \"R\"\n";

fn at(year: i16) -> When {
    When { on: Date::constant(year, 1, 1), entry_year: 2020 }
}

fn parse(national: &str, university: &str) -> Result<Book, BookError> {
    let texts = ProfileTexts {
        sources: vec![NamedText { name: "sources", text: SOURCES }],
        national: vec![NamedText { name: "national", text: national }],
        university: vec![
            NamedText { name: "institution", text: INSTITUTION },
            NamedText { name: "grades", text: university },
        ],
    };
    Book::parse(&texts)
}

fn refusal(university: &str) -> String {
    match parse("", university) {
        Ok(_) => panic!("accepted:\n{university}"),
        Err(error) => error.to_string(),
    }
}

#[test]
fn the_university_prevails_over_the_state_at_the_same_moment() {
    let national = format!("[[repeat_rule]]\nvalue = \"last\"\n{CITED}");
    let university =
        format!("[[repeat_rule]]\nvalue = \"best\"\nfrom = 2022-01-01\nto = 2024-01-01\n{CITED}");
    let book = parse(&national, &university).expect("valid");
    assert_eq!(book.repeat_rule(at(2021)).verified(), Some(RepeatRule::Last));
    assert_eq!(book.repeat_rule(at(2022)).verified(), Some(RepeatRule::Best));
    assert_eq!(book.repeat_rule(at(2024)).verified(), Some(RepeatRule::Last));
    assert_eq!(book.sources()["S1"].read_on, Some(Date::constant(2026, 1, 2)));
}

#[test]
fn a_repealed_rule_is_a_dated_nothing() {
    let university = format!(
        "[[pass_score]]\nrepealed = true\nfrom = 2022-01-01\n{CITED}\n[[pass_score]]\nvalue = \"55,5\"\nto = 2022-01-01\n{CITED}"
    );
    let book = parse("", &university).expect("valid");
    let after = book.pass_score(at(2023));
    assert!(after.is_verified() && after.value.is_none());
    assert_eq!(book.pass_score(at(2021)).verified().map(Score::tr).as_deref(), Some("55,5"));
}

#[test]
fn the_rule_of_the_kind_comes_before_the_general_one_of_the_same_body() {
    let signing = |kind: &str, office: &str| {
        format!("[[signing]]\ndocument = \"{kind}\"\noffices = [\"{office}\"]\n{CITED}")
    };
    let national = signing("transcript", "rector") + &signing("diploma", "rector");
    let university = signing("*", "dean") + &signing("transcript", "secretary");
    let book = parse(&national, &university).expect("valid");
    let signs = |kind: &str| book.signing_offices(kind, at(2022)).verified().map(|s| s.offices.join(","));
    assert_eq!(signs("transcript").as_deref(), Some("secretary"));
    assert_eq!(signs("diploma").as_deref(), Some("dean"));
    assert_eq!(signs("student_certificate").as_deref(), Some("dean"));
}

#[test]
fn mistakes_are_named_by_text_line_and_key() {
    let cases = [
        ("[[rounding]]\nvalue = half_up\n", "grades, 2. satır, TOML: TOML olarak okunamadı: "),
        (
            "[[rounding]]\nvalue = \"half_up\"\ndecimal = 2\nrule = \"D\"\nmark = \"U\"\n",
            "grades, 1. satır, rounding.decimals: eksik",
        ),
        (
            "[[repeat_rule]]\nvalue = \"lsat\"\nrule = \"D\"\nmark = \"U\"\n",
            "grades, 2. satır, repeat_rule.value: “lsat” geçersiz; şunlardan biri olmalı: last, best",
        ),
        (
            "[[repeat_rule]]\nvalue = \"last\"\nrule = \"D\"\nmark = \"U\"\nnot = 1\n",
            "grades, 5. satır, repeat_rule.not: tanınmayan anahtar",
        ),
        ("[[repeat_rules]]\nvalue = \"last\"\n", "grades, 1. satır, repeat_rules: tanınmayan anahtar"),
        ("[repeat_rule]\nvalue = \"last\"\n", "grades, 1. satır, repeat_rule: [[tablo]] listesi olmalı"),
        ("[[repeat_rule]]\nvalue = \"last\"\nrule = \"D\"\n", "grades, 1. satır, repeat_rule.mark: eksik"),
        ("[[repeat_rule]]\nvalue = \"last\"\nmark = \"U\"\n", "grades, 1. satır, repeat_rule.rule: eksik"),
        (
            "[[repeat_rule]]\nvalue = \"last\"\nrule = \"D\"\nmark = \"R\"\n",
            "grades, 1. satır, repeat_rule.source: “R” işaretli bir değerin kaynağı ve maddesi yazılmalı",
        ),
        (
            "[[repeat_rule]]\nvalue = \"last\"\nrule = \"D\"\nmark = \"R\"\nsource = \"S9\"\n",
            "grades, 5. satır, repeat_rule.source: “S9” kaynağı kaynak listesinde yok",
        ),
        (
            "[[repeat_rule]]\nsource = \"S1\"\narticle = \"m.1\"\nrule = \"D\"\nmark = \"R\"\n",
            "grades, 1. satır, repeat_rule.value: eksik",
        ),
        ("[[pass_score]]\nvalue = 55,5\n", "grades, 2. satır, TOML: TOML olarak okunamadı: "),
        (
            "[[pass_score]]\nvalue = \"101\"\nrule = \"D\"\nmark = \"U\"\n",
            "grades, 2. satır, pass_score.value: Puan en çok 100 olabilir; “101” yazılmış.",
        ),
        (
            "[[pass_score]]\nvalue = true\nrule = \"D\"\nmark = \"U\"\n",
            "grades, 2. satır, pass_score.value: sayı olmalı",
        ),
        (
            "[[pass_score]]\nfrom = 2022-01-01\nto = 2022-01-01\nrule = \"D\"\nmark = \"U\"\n",
            "grades, 1. satır, pass_score: bitiş, başlangıçtan sonra olmalı",
        ),
        (
            "[[pass_score]]\nfrom = \"2022-13-01\"\nrule = \"D\"\nmark = \"U\"\n",
            "grades, 2. satır, pass_score.from: “2022-13-01” bir tarih değil",
        ),
        (
            "[[pass_score]]\nfrom = 2022-01-01T10:00:00\nrule = \"D\"\nmark = \"U\"\n",
            "grades, 2. satır, pass_score.from: “2022-01-01T10:00:00” bir tarih değil",
        ),
        (
            "[[pass_score]]\nrule = \"D\"\nmark = \"U\"\n\n[[pass_score]]\nfrom = 2022-01-01\nrule = \"D\"\nmark = \"U\"\n",
            "grades, 5. satır, pass_score: 1. ve 2. satırların geçerlilik tarihleri çakışıyor",
        ),
    ];
    for (text, expected) in cases {
        let said = refusal(text);
        assert!(said.starts_with(expected), "\n{text}\nsaid:     {said}\nexpected: {expected}");
    }
}

#[test]
fn letters_that_make_no_scale_are_refused() {
    let scale = |letters: &str| format!("[[grade_scale]]\n{CITED}letters = [\n{letters}\n]\n");
    let named = "tr = \"x\", en = \"x\" }";
    let cases = [
        (String::new(), "grade_scale: ölçekte hiç harf yok"),
        (
            format!(
                "{{ letter = \"AA\", coefficient = 4, pass = \"yes\", {named},\n{{ letter = \"aa\", coefficient = 4, pass = \"yes\", {named},"
            ),
            "grade_scale: “AA” harfi iki kez yazılmış",
        ),
        (
            format!("{{ letter = \"AA\", coefficient = 4, min = 90, max = 80, pass = \"yes\", {named},"),
            "grade_scale: “AA” harfinin en düşük puanı en yüksek puanından büyük",
        ),
        (
            format!(
                "{{ letter = \"AA\", coefficient = 4, min = 90, max = 100, pass = \"yes\", {named},\n{{ letter = \"BA\", coefficient = 3.5, min = 85, max = 90, pass = \"yes\", {named},"
            ),
            "grade_scale: “AA” ile “BA” harflerinin puan aralıkları çakışıyor",
        ),
        (
            format!("{{ letter = \"AA\", pass = \"yes\", {named},"),
            "grade_scale: “AA” ortalamaya katılıyor ama katsayısı yok",
        ),
        (
            format!("{{ letter = \"G\", coefficient = 1, pass = \"yes\", in_average = false, {named},"),
            "grade_scale: “G” ortalamaya katılmıyor ama katsayısı var",
        ),
        (
            format!("{{ letter = \"S\", pass = \"no\", in_average = false, is_final = false, {named},"),
            "grade_scale: “S” kesin not değil; geçer, kredili ya da ortalamaya katılan olamaz",
        ),
        (
            format!("{{ letter = \"AA\", coefficient = 4, min = 90, pass = \"yes\", {named},"),
            "grade_scale.letters.max: eksik",
        ),
        (
            format!("{{ letter = \"A A\", coefficient = 4, pass = \"yes\", {named},"),
            "grade_scale.letters.letter: “A A” harf notu olamaz; içinde “ ” var.",
        ),
        (
            format!("{{ letter = \"AA\", coefficient = \"4,005\", pass = \"yes\", {named},"),
            "grade_scale.letters.coefficient: Katsayı en çok 2 ondalık basamak alır; “4,005” yazılmış.",
        ),
    ];
    for (letters, expected) in cases {
        let said = refusal(&scale(&letters));
        assert!(said.ends_with(expected), "\nsaid:     {said}\nexpected: {expected}");
    }
    let third_line = refusal(&scale(&format!(
        "{{ letter = \"AA\", coefficient = 4, pass = \"yes\", {named},\n{{ letter = \"BA\", coefficient = -1, pass = \"yes\", {named},"
    )));
    assert_eq!(
        third_line,
        "grades, 8. satır, grade_scale.letters.coefficient: Katsayı eksi olamaz; “-1” yazılmış."
    );
}

#[test]
fn a_rule_book_without_an_institution_is_refused() {
    let texts =
        ProfileTexts { university: vec![NamedText { name: "u", text: "" }], ..ProfileTexts::default() };
    assert_eq!(
        Book::parse(&texts).expect_err("no institution").to_string(),
        "u, 1. satır, institution: eksik"
    );
    assert!(Book::parse(&ProfileTexts::default()).is_err());
}

proptest! {
    #[test]
    fn a_damaged_text_is_refused_or_read_but_never_crashes(cut in 0usize..4000, len in 0usize..40, put in "[a-z0-9\"=\\[\\]{}.,\n ğ-]{0,12}") {
        for name in crate::PROFILES {
            let whole = crate::profile(name).expect("built in");
            let damaged: Vec<String> = whole.university.iter().map(|named| {
                let chars: Vec<char> = named.text.chars().collect();
                let from = cut.min(chars.len());
                let to = (from + len).min(chars.len());
                chars[..from].iter().copied().chain(put.chars()).chain(chars[to..].iter().copied()).collect()
            }).collect();
            let university = damaged.iter().map(|text| NamedText { name: "u", text }).collect();
            if let Err(error) = Book::parse(&ProfileTexts { university, ..whole }) {
                prop_assert!(error.line >= 1 && !error.key.is_empty(), "{}", error);
            }
        }
    }
}
