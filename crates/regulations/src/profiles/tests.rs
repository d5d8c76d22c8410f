use base::{lang::Lang, number::Score, time::Date};

use super::*;
use crate::{
    Arrival, AverageWeight, EntryRight, FeeBasis, Letter, Passing, RepeatRule, Report, Span, Stay,
    TermAverage, When,
};

const TODAY: When = When { on: Date::constant(2026, 11, 23), entry_year: 2023 };

const OFFICES: [&str; 9] = [
    "rector",
    "dean",
    "vice_dean",
    "director",
    "vice_director",
    "secretary",
    "department_head",
    "department_secretary",
    "registrar",
];

fn read(name: &str) -> Book {
    book(name).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn every_built_in_profile_is_read_and_cites_its_sources() {
    for name in PROFILES {
        let book = read(name);
        assert_eq!(book.institution().key, name);
        for source in book.sources().values() {
            assert!(!source.title.is_empty() && !source.short.is_empty(), "{name} {}", source.key);
        }
    }
    assert_eq!(
        book("yok").expect_err("no such profile").to_string(),
        "regulations/universities, 1. satır, institution: “yok” adlı kurum profili yok"
    );
}

#[test]
fn every_source_of_a_profile_is_cited() {
    for name in PROFILES {
        let texts = profile(name).expect("built in");
        let cited = |key: &str| {
            let citation = format!("source = \"{key}\"");
            texts.national.iter().chain(&texts.university).any(|t| t.text.contains(&citation))
        };
        for key in read(name).sources().keys() {
            assert!(cited(key), "{name}: {key} is listed but never cited");
        }
    }
}

#[test]
fn the_invented_university_leaves_nothing_open() {
    let book = read("ornek");
    assert!(book.institution().invented);
    let scale = book.grade_scale(TODAY).verified().expect("a scale");
    assert!(scale.is_verified());
    let letters: Vec<&str> = scale.letters().iter().map(|l| l.letter.as_str()).collect();
    assert_eq!(letters.join(" "), "AA BA BB CB CC DC DD FD FF NA G K M S");
    assert_eq!(book.average_weight(TODAY).verified(), Some(AverageWeight::Ects));
    assert_eq!(book.term_average(TODAY).verified(), Some(TermAverage::Taken));
    assert_eq!(book.repeat_rule(TODAY).verified(), Some(RepeatRule::Last));
    assert_eq!(book.rounding(TODAY).verified().map(|r| r.decimals), Some(2));
    assert_eq!(
        book.letterhead(Lang::Tr, TODAY).verified().map(|l| l.institution.as_str()),
        Some("ÖRNEK ÜNİVERSİTESİ")
    );
    assert_eq!(book.state_line(Lang::Tr, TODAY).verified(), Some("T.C."));
    assert!(book.state_line(Lang::En, TODAY).is_verified());
    let signing = book.signing_offices("transcript", TODAY).verified().expect("a rule");
    assert_eq!(signing.offices, ["secretary", "dean", "director"]);
    for office in OFFICES {
        assert!(book.office_title(office, "faculty", TODAY).is_verified(), "{office}");
    }
    for term in ["ano", "agno"] {
        assert!(book.definition(term, TODAY).verified().is_some(), "{term}");
    }
    let shown = book.rounding(TODAY).citation.to_string();
    assert_eq!(shown, "Örnek Ü. Yönetmeliği (uydurma) m.25/3 (OR-06)");
}

#[test]
fn scores_of_the_invented_university_give_its_letters() {
    let book = read("ornek");
    let scale = book.grade_scale(TODAY).verified().expect("a scale");
    let letter = |score: &str| {
        let row = scale.of_score(Score::parse(score).expect(score)).expect("every score has a letter");
        row.letter.to_string()
    };
    let cases = [
        ("0", "FF"),
        ("49,99", "FF"),
        ("50", "FD"),
        ("54", "FD"),
        ("55", "DD"),
        ("59,6", "DD"),
        ("60", "DC"),
        ("69", "DC"),
        ("70", "CC"),
        ("75", "CB"),
        ("80", "BB"),
        ("85", "BA"),
        ("89,5", "BA"),
        ("90", "AA"),
        ("100", "AA"),
    ];
    for (score, expected) in cases {
        assert_eq!(letter(score), expected, "{score}");
    }
    // The pass mark is where the lowest passing letter begins.
    let lowest = scale
        .letters()
        .iter()
        .filter(|l| l.passing.passes())
        .filter_map(|l| l.range)
        .map(|(min, _)| min)
        .min();
    assert_eq!(book.pass_score(TODAY).verified(), lowest);
    let dd = scale.row(Letter::parse("DD").expect("DD")).expect("a row");
    assert_eq!((dd.passing, dd.citation.article.as_str()), (Passing::Conditional, "m.24/2"));
}

#[test]
fn kastamonu_is_as_sure_as_what_could_be_read() {
    let book = read("kastamonu");
    assert!(!book.institution().invented);
    assert_eq!(book.average_weight(TODAY).verified(), Some(AverageWeight::Ects));
    let before = When { on: Date::constant(2022, 7, 13), ..TODAY };
    assert_eq!(book.average_weight(before).verified(), Some(AverageWeight::Credit));
    assert_eq!(book.term_average(TODAY).verified(), Some(TermAverage::Assigned));
    assert!(book.definition("agno", TODAY).is_verified());
    assert_eq!(book.definition("agno", TODAY).citation.to_string(), "RG 02.05.2021/31472 m.4/b (KEY-02)");

    let scale = book.grade_scale(TODAY);
    assert!(!scale.is_verified());
    let scale = scale.value.expect("candidates, so that old marks can be loaded");
    assert!(scale.letters().iter().all(|l| !l.citation.mark.is_verified()));
    assert_eq!(book.rounding(TODAY).verified(), None);
    assert_eq!(book.repeat_rule(TODAY).verified(), None);
    assert_eq!(book.repeat_rule(TODAY).citation.to_string(), "KEY-24, doğrulanmadı");
    assert_eq!(book.pass_score(TODAY).value, None);
    assert!(!book.letterhead(Lang::En, TODAY).is_verified());
    assert!(!book.signing_offices("transcript", TODAY).is_verified());
}

#[test]
fn the_notice_is_the_institutions_own_or_says_that_it_is_a_draft() {
    let ornek = read("ornek");
    let own = ornek.privacy_notice(TODAY);
    assert_eq!(own.verified().map(|notice| notice.version.as_str()), Some("2026-1"));
    let kastamonu = read("kastamonu");
    let draft = kastamonu.privacy_notice(TODAY);
    assert!(!draft.is_verified());
    let notice = draft.value.expect("a text to begin with");
    assert_eq!(kastamonu.privacy_notice_of(&notice.version).value, Some(notice));
    assert!(ornek.privacy_notice_of("1999-1").value.is_none());
    for notice in [notice, ornek.privacy_notice_of("2026-1").value.expect("its own")] {
        let said: Vec<String> =
            notice.parts.iter().map(|part| part.filled(Lang::Tr, "Örnek Üniversitesi", "Adres")).collect();
        let said = said.join(" ");
        // What m.10 of the law asks for: who, what for, to whom, how and on what ground, which rights.
        for word in ["sorumlusu", "işlenir", "kanunla yetkili", "Hukuki sebep", "11. maddesine"] {
            assert!(said.contains(word), "{word}: {said}");
        }
        assert!(said.contains("Örnek Üniversitesi") && !said.contains('{'), "{said}");
    }
}

#[test]
fn a_moment_before_every_row_has_no_value() {
    let book = read("ornek");
    let long_ago = When { on: Date::constant(1999, 1, 1), entry_year: 1998 };
    let scale = book.grade_scale(long_ago);
    assert_eq!(
        (scale.value.is_none(), scale.citation.to_string()),
        (true, "grade_scale, doğrulanmadı".into())
    );
}

#[test]
fn titles_follow_the_kind_of_unit() {
    let book = read("kastamonu");
    let title =
        |office, kind| book.office_title(office, kind, TODAY).value.map(|t| t.name(Lang::Tr).to_owned());
    assert_eq!(title("dean", "faculty").as_deref(), Some("Dekan"));
    assert_eq!(title("director", "vocational_school").as_deref(), Some("Müdür"));
    assert_eq!(title("registrar", "university").as_deref(), Some("Öğrenci İşleri Daire Başkanı"));
    assert_eq!(title("secretary", "school").as_deref(), Some("Yüksekokul Sekreteri"));
    assert_eq!(title("janitor", "faculty"), None);
}

#[test]
fn every_way_of_entry_says_how_one_arrives_and_what_follows() {
    for name in PROFILES {
        let book = read(name);
        for entry in book.entry_kinds().filter(|entry| *entry != "records") {
            let said = |what: &str| format!("{name}: {entry}: {what}");
            let rule = book.entry_rule(entry, TODAY).value.unwrap_or_else(|| panic!("{}", said("rule")));
            let form = rule.arrivals.contains(&Arrival::Form);
            assert_eq!(form, entry != "yks", "{}", said("all but one arrive by a form"));
            assert!(book.entry_papers(entry, TODAY).is_some(), "{}", said("papers"));
            assert!(!book.entry_fields(entry, TODAY).is_empty(), "{}", said("fields"));
            assert!(book.entry_fee(entry, TODAY).value.is_some(), "{}", said("fee"));
            assert!(book.number_group(entry, TODAY).value.is_some(), "{}", said("number group"));
            for to in [Report::Military, Report::Yoksis] {
                assert!(book.entry_report(entry, to, TODAY).value.is_some(), "{}", said(to.code()));
            }
            for right in [EntryRight::Diploma, EntryRight::Ranking] {
                assert!(book.entry_right(entry, right, TODAY).value.is_some(), "{}", said(right.code()));
            }
            let fields: Vec<&str> = book.entry_fields(entry, TODAY).iter().map(|(f, _)| f.code()).collect();
            assert_eq!(fields.contains(&"ends_on"), rule.stay == Stay::Guest, "{}", said("end"));
            assert_eq!(fields.contains(&"main_enrolment"), rule.stay == Stay::Linked, "{}", said("main"));
            if rule.stay == Stay::Guest {
                assert_eq!(book.entry_right(entry, EntryRight::Ranking, TODAY).value, Some(false), "{entry}");
                assert_eq!(book.number_group(entry, TODAY).value, Some("guest"), "{}", said("group"));
            }
        }
    }
}

#[test]
fn the_invented_university_leaves_no_way_of_entry_open() {
    let book = read("ornek");
    for entry in book.entry_kinds().filter(|entry| *entry != "records") {
        assert!(book.entry_rule(entry, TODAY).is_verified(), "{entry}");
        for (paper, row) in book.entry_papers(entry, TODAY).expect("a list") {
            assert!(row.is_verified(), "{entry}: {paper}");
        }
        for (field, row) in book.entry_fields(entry, TODAY) {
            assert!(row.is_verified(), "{entry}: {}", field.code());
        }
        assert!(book.entry_fee(entry, TODAY).is_verified(), "{entry}");
        assert!(book.number_group(entry, TODAY).is_verified(), "{entry}");
        for to in [Report::Military, Report::Yoksis] {
            assert!(book.entry_report(entry, to, TODAY).is_verified(), "{entry}: {}", to.code());
        }
        for right in [EntryRight::Diploma, EntryRight::Ranking] {
            assert!(book.entry_right(entry, right, TODAY).is_verified(), "{entry}: {}", right.code());
        }
        if book.entry_rule(entry, TODAY).value.is_some_and(|rule| rule.stay == Stay::Guest) {
            assert_eq!(book.longest_stay(entry, TODAY).verified(), Some(Span::Terms(2)), "{entry}");
        }
    }
}

#[test]
fn what_was_read_of_ways_of_entry_is_there_with_its_article() {
    let book = read("kastamonu");
    let fee = |entry, on| {
        let fee = book.entry_fee(entry, When { on, ..TODAY });
        (fee.value, fee.citation.to_string())
    };
    let double_major = "6569 s. Kanun m.29 (2547 m.46/ç) (MAL-10)".to_owned();
    assert_eq!(fee("double_major", TODAY.on), (Some(FeeBasis::MainEnrolment), double_major));
    let summary = "Katkı payı kararı (özet) 2025-2026 özeti (MAL-14)".to_owned();
    assert_eq!(fee("transfer_central", Date::constant(2025, 8, 1)), (Some(FeeBasis::Programme), summary));
    let open = "MAL-14, doğrulanmadı".to_owned();
    assert_eq!(fee("transfer_central", Date::constant(2025, 7, 31)), (Some(FeeBasis::Programme), open));
    assert_eq!(book.yoksis_entry("yks", TODAY).verified(), Some("1"));
    assert_eq!(book.yoksis_entry("dgs", TODAY).verified(), Some("5"));
    assert_eq!(book.yoksis_entry("erasmus", TODAY).value, None);
    assert_eq!(book.yoksis_entry("dgs_additional", TODAY).value, None, "its code was read nowhere");
    for entry in ["transfer_internal", "transfer_central"] {
        assert_eq!(book.former_enrolment(entry, TODAY).verified(), Some("transferred"), "{entry}");
    }
    assert_eq!(book.former_enrolment("transfer_external", TODAY).value, None);
    assert_eq!(
        book.entry_report("yks", Report::Military, TODAY).verified().and_then(|r| r.within),
        Some(Span::Months(2))
    );
    assert_eq!(
        book.entry_report("special_student", Report::Military, TODAY).verified().map(|r| r.applies),
        Some(false)
    );
    assert_eq!(
        book.entry_report("transfer_internal", Report::Yoksis, TODAY).verified().and_then(|r| r.within),
        Some(Span::Days(15))
    );
    assert!(book.entry_rule("international", TODAY).is_verified(), "the university's own page says it");
    assert!(!read("ornek").entry_rule("international", TODAY).citation.text.is_empty());
    assert!(!book.number_group("yks", TODAY).is_verified(), "the scheme is a question to the university");
    let until = |on| book.temporary_registration("yks", "school_diploma", When { on, ..TODAY }).verified();
    let last = until(Date::constant(2023, 9, 1)).expect("read").until;
    assert_eq!(last, Some(Date::constant(2023, 12, 29)));
    assert_eq!(until(Date::constant(2024, 9, 1)), None, "the day of another year was not read");
}
