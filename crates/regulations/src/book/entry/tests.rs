use base::time::Date;

use super::*;
use crate::{Mark, NamedText, ProfileTexts};

const SOURCES: &str = "[[source]]\nkey = \"S1\"\ntitle = \"Deneme\"\nshort = \"DY\"\n";
const INSTITUTION: &str = "[institution]\nkey = \"d\"\nname_tr = \"D\"\nname_en = \"D\"\n";
const CITED: &str = "source = \"S1\"\narticle = \"m.1\"\nrule = \"D-1\"\nmark = \"R\"\n";
const OPEN: &str = "rule = \"D-2\"\nmark = \"U\"\n";

/// Two ways of entry and three papers, declared by the state.
const DECLARED: &str = "\
[student_papers]
codes = [\"diploma\", \"photo\", \"receipt\"]
[[entry_kind]]
kind = \"placed\"
tr = \"Yerleşen\"
en = \"Placed\"
arrival = [\"list\"]
placements = [\"YKS\"]
stay = \"degree\"
rule = \"D-1\"
mark = \"U\"
[[entry_kind]]
kind = \"guest\"
tr = \"Konuk\"
en = \"Guest\"
arrival = [\"form\"]
stay = \"guest\"
rule = \"D-1\"
mark = \"U\"
";

fn at(year: i16) -> When {
    When { on: Date::constant(year, 1, 1), entry_year: year }
}

fn parse(national: &str, university: &str) -> Result<Book, BookError> {
    let national = format!("{DECLARED}{national}");
    Book::parse(&ProfileTexts {
        sources: vec![NamedText { name: "sources", text: SOURCES }],
        national: vec![NamedText { name: "national", text: &national }],
        university: vec![
            NamedText { name: "institution", text: INSTITUTION },
            NamedText { name: "entry", text: university },
        ],
    })
}

fn valid(national: &str, university: &str) -> Book {
    parse(national, university).unwrap_or_else(|error| panic!("{error}"))
}

fn paper(entry: &str, paper: &str, more: &str) -> String {
    format!("[[entry_paper]]\nkinds = [\"{entry}\"]\npaper = \"{paper}\"\n{more}")
}

/// The papers of a way of entry with the marks of their rows.
fn listed(book: &Book, entry: &str, when: When) -> Option<String> {
    let list = book.entry_papers(entry, when)?;
    let words = list.iter().map(|(code, row)| format!("{code} {}", row.mark().code()));
    Some(words.collect::<Vec<_>>().join(", "))
}

#[test]
fn a_row_holds_for_every_way_of_entry_that_it_names() {
    let row = format!(
        "[[entry_paper]]\nkinds = [\"placed\", \"guest\"]\npaper = \"photo\"\nwhen = [\"male\", \"fee_due\"]\n\
         stage = \"application\"\noriginal = \"required\"\nmax_age_months = 6\ntr = \"İki adet.\"\nen = \"Two.\"\n{CITED}"
    );
    let book = valid(&row, "");
    for entry in ["placed", "guest"] {
        let list = book.entry_papers(entry, at(2024)).expect("a list");
        let [(code, row)] = list.as_slice() else { panic!("one paper: {list:?}") };
        let expected = EntryPaper {
            stage: Stage::Application,
            original: Some(Original::Required),
            conditions: vec![Condition::Male, Condition::FeeDue],
            max_age_months: Some(6),
            note: Some(Named { tr: "İki adet.".to_owned(), en: "Two.".to_owned() }),
        };
        assert_eq!((*code, row.value), ("photo", Some(&expected)));
        assert_eq!(row.citation.to_string(), "DY m.1 (D-1)");
    }
}

#[test]
fn the_university_prevails_paper_by_paper() {
    let national = paper("placed", "diploma", OPEN) + &paper("placed", "receipt", CITED);
    let since = format!("from = 2022-01-01\n{CITED}");
    let university = paper("placed", "diploma", &since)
        + &paper("placed", "photo", CITED)
        + &paper("placed", "receipt", &format!("repealed = true\nfrom = 2023-01-01\n{CITED}"));
    let book = valid(&national, &university);
    let at = |year| listed(&book, "placed", at(year));
    assert_eq!(at(2021).as_deref(), Some("diploma U, photo R, receipt R"));
    assert_eq!(at(2022).as_deref(), Some("diploma R, photo R, receipt R"));
    assert_eq!(at(2023).as_deref(), Some("diploma R, photo R"));
}

#[test]
fn nothing_asked_is_not_the_same_as_nothing_known() {
    let book = valid(&paper("placed", "photo", CITED), "");
    assert_eq!(listed(&book, "guest", at(2024)), None);
    let book =
        valid(&paper("guest", "photo", OPEN), &paper("guest", "photo", &format!("repealed = true\n{CITED}")));
    assert_eq!(listed(&book, "guest", at(2024)).as_deref(), Some(""));
    assert_eq!(listed(&book, "nobody", at(2024)), None);
}

#[test]
fn facts_are_told_apart_by_way_of_entry_and_part() {
    let national = format!(
        "[[entry_right]]\nkinds = [\"guest\"]\nright = \"diploma\"\nvalue = false\n{OPEN}\
         [[entry_report]]\nkinds = [\"placed\"]\nto = \"military\"\nvalue = true\nmonths = 2\n{CITED}\
         [[entry_report]]\nkinds = [\"guest\"]\nto = \"military\"\nvalue = false\n{CITED}\
         [[entry_field]]\nkinds = [\"guest\"]\nfield = \"ends_on\"\n{CITED}\
         [[entry_field]]\nkinds = [\"guest\"]\nfield = \"identity_no\"\nrequired = false\n{OPEN}\
         [[longest_stay]]\nkinds = [\"guest\"]\nterms = 2\n{CITED}\
         [[entry_fee]]\nkinds = [\"guest\"]\nvalue = \"home_institution\"\n{CITED}\
         [[number_group]]\nkinds = [\"guest\"]\nvalue = \"guest\"\n{OPEN}\
         [[entry_yoksis]]\nkinds = [\"placed\"]\nvalue = \"1\"\n{CITED}\
         [[temporary_registration]]\nkinds = [\"placed\"]\npaper = \"diploma\"\nallowed = true\n\
         from = 2024-01-01\nto = 2025-01-01\nuntil = 2024-12-31\nuntil_open_school = 2025-01-31\n{CITED}"
    );
    let university =
        format!("[[entry_right]]\nkinds = [\"guest\"]\nright = \"diploma\"\nvalue = true\n{CITED}");
    let book = valid(&national, &university);
    let now = at(2024);
    assert_eq!(book.entry_kinds().collect::<Vec<_>>(), ["guest", "placed"]);
    let rule = book.entry_rule("placed", now).value.expect("a rule");
    assert_eq!((rule.stay, rule.placements.as_slice()), (Stay::Degree, &["YKS".to_owned()][..]));
    assert_eq!(rule.name.name(base::lang::Lang::En), "Placed");
    assert_eq!(book.entry_right("guest", EntryRight::Diploma, now).verified(), Some(true));
    assert_eq!(book.entry_right("guest", EntryRight::Ranking, now).citation.rule, "entry_right");
    let report = |entry| book.entry_report(entry, Report::Military, now).verified();
    assert_eq!(report("placed"), Some(ReportRule { applies: true, within: Some(Span::Months(2)) }));
    assert_eq!(report("guest"), Some(ReportRule { applies: false, within: None }));
    let fields: Vec<_> = book
        .entry_fields("guest", now)
        .into_iter()
        .map(|(field, row)| (field, row.value, row.mark()))
        .collect();
    assert_eq!(
        fields,
        [(EntryField::IdentityNo, Some(false), Mark::U), (EntryField::EndsOn, Some(true), Mark::R)]
    );
    assert!(book.entry_fields("placed", now).is_empty());
    assert_eq!(book.longest_stay("guest", now).verified(), Some(Span::Terms(2)));
    assert_eq!(book.entry_fee("guest", now).verified(), Some(FeeBasis::HomeInstitution));
    assert_eq!(book.number_group("guest", now).verified(), None, "nobody has read it");
    assert_eq!(book.number_group("guest", now).value, Some("guest"));
    assert_eq!(book.yoksis_entry("placed", now).verified(), Some("1"));
    let temporary = |year| book.temporary_registration("placed", "diploma", at(year)).verified();
    let expected = TemporaryRegistration {
        allowed: true,
        until: Some(Date::constant(2024, 12, 31)),
        until_open_school: Some(Date::constant(2025, 1, 31)),
    };
    assert_eq!((temporary(2024), temporary(2025)), (Some(expected), None));
}

#[test]
fn mistakes_are_named_by_text_line_and_key() {
    let rule = |more: &str| {
        format!("[[entry_kind]]\nkind = \"new\"\ntr = \"Y\"\nen = \"N\"\n{more}rule = \"D\"\nmark = \"U\"\n")
    };
    let cases = [
        (
            paper("plaecd", "photo", OPEN),
            "entry, 2. satır, entry_paper.kinds: “plaecd” adlı giriş türü yok; önce [[entry_kind]] ile tanımlanmalı",
        ),
        (
            paper("placed", "foto", OPEN),
            "entry, 3. satır, entry_paper.paper: “foto” adlı evrak yok; önce [student_papers] listesine yazılmalı",
        ),
        (
            paper("placed", "Fotoğraf", OPEN),
            "entry, 3. satır, entry_paper.paper: küçük harf (a-z), rakam ve _ ile yazılmış bir kod olmalı",
        ),
        (
            paper("placed\", \"placed", "photo", OPEN),
            "entry, 2. satır, entry_paper.kinds: “placed” iki kez yazılmış",
        ),
        (
            format!("[[entry_paper]]\nkinds = []\npaper = \"photo\"\n{OPEN}"),
            "entry, 1. satır, entry_paper.kinds: eksik",
        ),
        (
            format!("[[entry_paper]]\nkinds = [\"placed\"]\n{OPEN}"),
            "entry, 1. satır, entry_paper.paper: eksik",
        ),
        (
            paper("placed", "photo", &format!("when = [\"men\"]\n{OPEN}")),
            "entry, 4. satır, entry_paper.when: “men” geçersiz; şunlardan biri olmalı: male, citizen,",
        ),
        (
            paper("placed", "photo", &format!("when = [\"male\", \"male\"]\n{OPEN}")),
            "entry, 4. satır, entry_paper.when: “male” iki kez yazılmış",
        ),
        (
            paper("placed", "photo", &format!("max_age_months = 0\n{OPEN}")),
            "entry, 4. satır, entry_paper.max_age_months: 1 ya da daha büyük bir tam sayı olmalı",
        ),
        (
            paper("placed", "photo", "tr = \"Aslı.\"\nrule = \"D\"\nmark = \"U\"\n"),
            "entry, 1. satır, entry_paper.en: eksik",
        ),
        (
            paper("placed", "photo", &format!("repealed = true\noriginal = \"required\"\n{CITED}")),
            "entry, 5. satır, entry_paper.original: tanınmayan anahtar",
        ),
        (
            paper("placed", "photo", OPEN) + &paper("placed", "photo", OPEN),
            "entry, 6. satır, entry_paper: 1. ve 2. satırların geçerlilik tarihleri çakışıyor",
        ),
        (
            format!("[[entry_right]]\nkinds = [\"guest\"]\nright = \"diploma\"\n{CITED}"),
            "entry, 1. satır, entry_right.value: eksik",
        ),
        (
            format!("[[longest_stay]]\nkinds = [\"guest\"]\nterms = 2\nmonths = 12\n{CITED}"),
            "entry, 1. satır, longest_stay: süre ya gün ya ay ya da yarıyıl olarak yazılır; ikisi birden yazılmış",
        ),
        (rule("stay = \"degree\"\n"), "entry, 1. satır, entry_kind.arrival: eksik"),
        (rule("arrival = [\"form\"]\n"), "entry, 1. satır, entry_kind.stay: eksik"),
        (rule("arrival = [\"form\"]\nstay = \"linked\"\n"), "entry, 1. satır, entry_kind.link: eksik"),
        (
            rule("arrival = [\"form\"]\nstay = \"guest\"\nlink = \"minor\"\n"),
            "entry, 7. satır, entry_kind.link: ana öğrenciliğe bağ, yalnız “linked” olan giriş türüne yazılır",
        ),
        (
            rule("arrival = [\"form\"]\nstay = \"degree\"\nplacements = [\"YKS\"]\n"),
            "entry, 7. satır, entry_kind.placements: yerleştirme türü, yalnız listeyle gelinen",
        ),
        (
            "[student_papers]\ncodes = [\"photo\"]\n".to_owned(),
            "entry, 2. satır, student_papers.codes: “photo” iki kez yazılmış",
        ),
    ];
    for (text, expected) in cases {
        let Err(error) = parse("", &text) else { panic!("accepted:\n{text}") };
        assert!(error.to_string().starts_with(expected), "\n{text}\nsaid:     {error}\nexpected: {expected}");
    }
}

#[test]
fn a_university_may_declare_a_way_of_entry_and_a_paper_of_its_own() {
    let own = format!(
        "[student_papers]\ncodes = [\"oath\"]\n[[entry_kind]]\nkind = \"own\"\ntr = \"Ö\"\nen = \"O\"\n\
         arrival = [\"form\"]\nstay = \"linked\"\nlink = \"minor\"\n{CITED}{}",
        paper("own", "oath", CITED)
    );
    let book = valid("", &own);
    assert_eq!(listed(&book, "own", at(2024)).as_deref(), Some("oath R"));
    assert_eq!(book.student_papers().last(), Some("oath"));
}
