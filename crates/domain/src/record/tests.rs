use std::collections::BTreeMap;

use base::{
    number::{Credit, Rounding, Score},
    time::Date,
};
use proptest::prelude::*;
use regulations::{NamedText, ProfileTexts, profile};

use super::*;

const WHEN: When = When { on: Date::constant(2026, 11, 23), entry_year: 2022 };

/// The invented university's rules with some words of its texts exchanged.
fn scale_with(exchanges: &[(&str, &str)]) -> Scale {
    let original = profile("ornek").expect("built in");
    let changed: Vec<(&str, String)> = original
        .university
        .iter()
        .map(|named| {
            let text =
                exchanges.iter().fold(named.text.to_owned(), |text, (from, to)| text.replace(from, to));
            (named.name, text)
        })
        .collect();
    for (from, _) in exchanges {
        assert!(original.university.iter().any(|named| named.text.contains(from)), "{from}");
    }
    let university = changed.iter().map(|(name, text)| NamedText { name, text }).collect();
    let book = Book::parse(&ProfileTexts { university, ..original }).unwrap_or_else(|e| panic!("{e}"));
    Scale::resolve(&book, WHEN).expect("a scale")
}

fn ornek() -> Scale {
    scale_with(&[])
}

fn kastamonu() -> Scale {
    Scale::resolve(&regulations::book("kastamonu").expect("valid"), WHEN).expect("candidates")
}

fn attempt(course: i64, term: i64, number: u8, letter: &str, ects: u16) -> Attempt {
    Attempt {
        course: CourseId::new(course),
        term,
        number,
        letter: Letter::parse(letter).ok(),
        midterm: None,
        final_score: Some(Score::ZERO),
        credit: Credit::whole(3),
        ects: Ects::whole(ects),
    }
}

/// One attempt each at courses 1, 2, 3 … in term 1.
fn term(marks: &[(&str, u16)]) -> Vec<Attempt> {
    (1..).zip(marks).map(|(course, (letter, ects))| attempt(course, 1, 1, letter, *ects)).collect()
}

fn shown(average: &Average) -> String {
    average.shown.map_or_else(|| String::from("–"), Rounded::tr)
}

const EXAMPLE_1: [(&str, u16); 6] = [("AA", 6), ("BA", 5), ("CC", 5), ("DC", 4), ("FF", 5), ("BB", 5)];

#[test]
fn example_1_of_the_catalogue() {
    let record = compute(&term(&EXAMPLE_1), &ornek()).expect("computed");
    assert_eq!((record.agno.points, record.agno.weight), (725_000, 3_000));
    assert_eq!(record.agno.fraction, Fraction::new(725, 300));
    assert_eq!(shown(&record.agno), "2,42");
    assert_eq!(record.terms[0].ano, record.agno);
    assert_eq!((record.ects_taken, record.ects_earned.shown()), (Ects::whole(30), Some(Ects::whole(25))));
    let truncated = compute(&term(&EXAMPLE_1), &scale_with(&[("half_up", "truncate")])).expect("computed");
    assert_eq!(shown(&truncated.agno), "2,41");
}

#[test]
fn example_2_of_the_catalogue() {
    let record = compute(&term(&[("BB", 5), ("CB", 6), ("CC", 4)]), &ornek()).expect("computed");
    assert_eq!((shown(&record.agno), record.agno.fraction), ("2,53".into(), Fraction::new(38, 15)));
}

#[test]
fn example_3_a_repeat_replaces_the_earlier_attempt_in_both_sums() {
    let mut attempts = term(&EXAMPLE_1);
    attempts.push(attempt(5, 2, 2, "CC", 5));
    let record = compute(&attempts, &ornek()).expect("computed");
    assert_eq!((shown(&record.agno), record.agno.weight), ("2,75".into(), 3_000));
    // What was true at the end of the first term stays true of it.
    assert_eq!(shown(&record.terms[0].agno), "2,42");
    assert_eq!(shown(&record.terms[1].ano), "2,00");
    assert_eq!(record.terms[1].total_earned.shown(), Some(Ects::whole(30)));
    assert_eq!(record.ects_taken, Ects::whole(30));
    assert_eq!(record.standings[4], Standing::Replaced);
    assert_eq!(record.standings[6], Standing::Stands);
    assert_eq!(record.attempts_of(&record.terms[1]), [6]);
}

#[test]
fn example_4_an_exemption_earns_but_has_no_part_in_the_average() {
    let record = compute(&term(&[("M", 10), ("AA", 10)]), &ornek()).expect("computed");
    assert_eq!((shown(&record.agno), record.ects_earned.shown()), ("4,00".into(), Some(Ects::whole(20))));
}

#[test]
fn one_thousandth_decides_about_graduation() {
    // 199 AKTS of CC and 1 AKTS of DD make exactly 1,995.
    let attempts = term(&[("CC", 199), ("DD", 1)]);
    let half_up = compute(&attempts, &ornek()).expect("computed");
    assert_eq!(half_up.agno.fraction, Fraction::new(1995, 1000));
    assert_eq!(shown(&half_up.agno), "2,00");
    let truncate = compute(&attempts, &scale_with(&[("half_up", "truncate")])).expect("computed");
    assert_eq!(shown(&truncate.agno), "1,99");
}

#[test]
fn the_last_attempt_stands_even_where_it_is_worse_and_the_best_where_the_rule_says_so() {
    let attempts = [attempt(1, 1, 1, "BB", 5), attempt(2, 1, 1, "CC", 5), attempt(1, 2, 2, "FF", 5)];
    let last = compute(&attempts, &ornek()).expect("computed");
    assert_eq!((shown(&last.agno), last.ects_earned.shown()), ("1,00".into(), Some(Ects::whole(5))));
    assert_eq!(last.terms[0].ects_earned.shown(), Some(Ects::whole(10)));
    let best = compute(&attempts, &scale_with(&[("\"last\"", "\"best\"")])).expect("computed");
    assert_eq!((shown(&best.agno), best.ects_earned.shown()), ("2,50".into(), Some(Ects::whole(10))));
    assert_eq!(best.standings, [Standing::Stands, Standing::Stands, Standing::Replaced]);
    // The mark of the term itself is what it was.
    assert_eq!(shown(&best.terms[1].ano), "0,00");
}

#[test]
fn a_second_mark_in_the_same_term_replaces_the_first_in_the_term_too() {
    let attempts = [attempt(1, 1, 2, "CC", 5), attempt(1, 1, 1, "FF", 5), attempt(2, 1, 1, "AA", 5)];
    let record = compute(&attempts, &ornek()).expect("computed");
    assert_eq!(shown(&record.terms[0].ano), "3,00");
    assert_eq!(record.terms[0].ects_taken, Ects::whole(10));
    assert_eq!(record.standings, [Standing::Stands, Standing::Replaced, Standing::Stands]);
}

#[test]
fn open_work_is_taken_but_replaces_nothing() {
    let attempts = [attempt(1, 1, 1, "FF", 5), attempt(1, 2, 2, "S", 6), attempt(2, 2, 1, "", 4)];
    let record = compute(&attempts, &ornek()).expect("computed");
    assert_eq!(shown(&record.agno), "0,00");
    assert_eq!(record.standings, [Standing::Stands, Standing::Open, Standing::Open]);
    assert_eq!((record.ects_taken, record.ects_earned.shown()), (Ects::whole(10), Some(Ects::ZERO)));
    let second = &record.terms[1];
    assert_eq!((shown(&second.ano), second.ano.withheld.is_none()), ("–".into(), true));
    assert_eq!(second.agno, record.agno);
}

#[test]
fn absence_counts_as_zero_and_pass_or_fail_courses_stay_out() {
    let record = compute(&term(&[("NA", 5), ("AA", 5), ("G", 2), ("K", 2)]), &ornek()).expect("computed");
    assert_eq!((shown(&record.agno), record.ects_earned.shown()), ("2,00".into(), Some(Ects::whole(7))));
}

#[test]
fn credits_weigh_where_the_rule_says_so() {
    let mut attempts = term(&[("AA", 10), ("CC", 5)]);
    attempts[0].credit = Credit::whole(1);
    let record =
        compute(&attempts, &scale_with(&[("value = \"ects\"", "value = \"credit\"")])).expect("computed");
    assert_eq!(record.agno.fraction, Fraction::new(10, 4));
    assert_eq!(record.ects_earned.shown(), Some(Ects::whole(15)));
}

#[test]
fn halves_of_akts_are_exact() {
    let mut attempts = term(&[("AA", 0), ("CC", 5)]);
    attempts[0].ects = Ects::parse("2,5").expect("valid");
    let record = compute(&attempts, &ornek()).expect("computed");
    assert_eq!((record.agno.fraction, shown(&record.agno)), (Fraction::new(8, 3), "2,67".into()));
}

#[test]
fn an_empty_record_has_nothing_to_show_and_nothing_to_hide() {
    let record = compute(&[], &kastamonu()).expect("computed");
    assert!(record.terms.is_empty() && record.agno.shown.is_none() && record.agno.withheld.is_none());
    assert!(record.withheld.is_empty() && record.ects_earned.shown() == Some(Ects::ZERO));
}

#[test]
fn a_letter_that_the_scale_lacks_is_named() {
    let mut attempts = term(&EXAMPLE_1);
    attempts[3].letter = Letter::parse("XX").ok();
    let error = compute(&attempts, &ornek()).expect_err("XX");
    assert!(matches!(error, RecordError::UnknownLetter { index: 3, .. }));
    assert_eq!(error.to_string(), "“XX” harfi not ölçeğinde yok (ders kaydı 4, 1. alış).");
    let long_ago = When { on: Date::constant(1999, 1, 1), entry_year: 1998 };
    let none = Scale::resolve(&regulations::book("ornek").expect("valid"), long_ago)
        .map(|_| ())
        .expect_err("no scale");
    assert_eq!(none.to_string(), "Bu tarih için not ölçeği yok (grade_scale, doğrulanmadı).");
}

fn bases(record: &Record) -> Vec<Basis> {
    record.withheld.iter().map(|w| w.basis).collect()
}

#[test]
fn kastamonu_shows_no_figure_and_says_which_value_is_missing() {
    let mut attempts = term(&EXAMPLE_1[..2]);
    attempts.push(attempt(1, 2, 2, "AA", 6));
    let record = compute(&attempts, &kastamonu()).expect("computed");
    let aa = Letter::parse("AA").expect("AA");
    let withheld = record.agno.withheld.clone().expect("withheld");
    assert_eq!((withheld.basis, withheld.citation.rule.as_str()), (Basis::Letter(aa), "KEY 1.5"));
    assert!(record.agno.shown.is_none() && record.agno.fraction.is_none());
    assert_eq!(record.ects_earned.shown(), None);
    assert_eq!(record.ects_earned.provisional, Ects::whole(11));
    let ba = Letter::parse("BA").expect("BA");
    let expected =
        [Basis::Letter(aa), Basis::Letter(ba), Basis::Repeats, Basis::TermCourses, Basis::Rounding];
    assert_eq!(bases(&record), expected);
    // Weights were read, so they are no reason.
    assert!(!bases(&record).contains(&Basis::Weight));
}

#[test]
fn each_unverified_value_withholds_what_rests_on_it_and_no_more() {
    let once = term(&[("AA", 5), ("CC", 5)]);
    let mut repeated = once.clone();
    repeated.push(attempt(2, 2, 2, "BB", 5));
    let unsure = |rule: &str| {
        let cited = |mark| format!("rule = \"{rule}\"\nmark = \"{mark}\"");
        scale_with(&[(&cited("K"), &cited("U"))])
    };

    let no_rounding = unsure("OR-06");
    let record = compute(&once, &no_rounding).expect("computed");
    assert_eq!(bases(&record), [Basis::Rounding]);
    assert_eq!((record.agno.shown, record.agno.fraction), (None, Fraction::new(3, 1)));
    assert!(record.ects_earned.shown().is_some());

    let no_weight = unsure("OR-04");
    let record = compute(&once, &no_weight).expect("computed");
    assert_eq!((bases(&record), record.agno.fraction), (vec![Basis::Weight], None));
    assert!(record.ects_earned.shown().is_some());

    let no_repeats = unsure("OR-05");
    let record = compute(&once, &no_repeats).expect("computed");
    assert_eq!((bases(&record), shown(&record.agno)), (vec![], "3,00".into()));
    let record = compute(&repeated, &no_repeats).expect("computed");
    assert_eq!(bases(&record), [Basis::Repeats]);
    assert_eq!((shown(&record.terms[0].agno), shown(&record.terms[1].ano)), ("3,00".into(), "3,00".into()));
    assert_eq!((shown(&record.agno), record.ects_earned.shown()), ("–".into(), None));

    let no_cc = scale_with(&[("letter = \"CC\",", "letter = \"CC\", mark = \"U\",")]);
    let record = compute(&repeated, &no_cc).expect("computed");
    // Once CC is replaced, nothing rests on it any more.
    assert_eq!((shown(&record.terms[0].agno), shown(&record.agno)), ("–".into(), "3,50".into()));

    let assigned = scale_with(&[("value = \"taken\"", "value = \"assigned\"")]);
    let record = compute(&once, &assigned).expect("computed");
    assert_eq!((shown(&record.terms[0].ano), shown(&record.agno)), ("–".into(), "3,00".into()));
    assert_eq!(bases(&record), [Basis::TermCourses]);
}

/// A fraction in exact arithmetic that knows nothing of the code under test.
type Exact = (i128, i128);

fn plus((a, b): Exact, (c, d): Exact) -> Exact {
    let (mut x, mut y) = (a * d + c * b, b * d);
    let (num, den) = (x, y);
    while y != 0 {
        (x, y) = (y, x % y);
    }
    (num / x.max(1), den / x.max(1))
}

const WORTH: [(&str, i128, bool, bool); 14] = [
    ("AA", 400, true, true),
    ("BA", 350, true, true),
    ("BB", 300, true, true),
    ("CB", 250, true, true),
    ("CC", 200, true, true),
    ("DC", 150, true, true),
    ("DD", 100, true, true),
    ("FD", 50, true, false),
    ("FF", 0, true, false),
    ("NA", 0, true, false),
    ("G", 0, false, true),
    ("K", 0, false, false),
    ("M", 0, false, true),
    ("S", 0, false, false),
];

/// Sum of points, sum of weights and AKTS earned over the attempts of the given terms, the naive way.
fn naive(attempts: &[Attempt], in_terms: impl Fn(i64) -> bool, best: bool) -> (Exact, Exact, Exact) {
    let mut by_course: BTreeMap<i64, Vec<&Attempt>> = BTreeMap::new();
    for attempt in attempts {
        if in_terms(attempt.term) && attempt.letter.is_some_and(|l| l.as_str() != "S") {
            by_course.entry(attempt.course.get()).or_default().push(attempt);
        }
    }
    let worth = |a: &Attempt| {
        let letter = a.letter.map(|l| l.as_str().to_owned()).unwrap_or_default();
        WORTH.iter().copied().find(|w| w.0 == letter).expect("a known letter")
    };
    let (mut points, mut weight, mut earned) = ((0, 1), (0, 1), (0, 1));
    for (_, mut tries) in by_course {
        tries.sort_by_key(|a| (a.term, a.number));
        let stands = if best {
            tries.iter().max_by_key(|a| (worth(a).3, worth(a).1)).copied()
        } else {
            tries.last().copied()
        };
        let stands = stands.expect("at least one");
        let (_, coefficient, in_average, passes) = worth(stands);
        let ects = (i128::from(stands.ects.hundredths()), 100);
        if in_average {
            points = plus(points, (coefficient * ects.0, 100 * ects.1));
            weight = plus(weight, ects);
        }
        if passes {
            earned = plus(earned, ects);
        }
    }
    (points, weight, earned)
}

fn round_half_up((a, b): Exact, (c, d): Exact) -> String {
    // (a/b) / (c/d) in hundredths.
    let (num, den) = (a * d * 100, b * c);
    let hundredths = num / den + i128::from(2 * (num % den) >= den);
    format!("{},{:02}", hundredths / 100, hundredths % 100)
}

fn attempts() -> impl Strategy<Value = Vec<Attempt>> {
    let one = (1i64..12, 1i64..7, 0usize..15, 0i32..=1_200, 1u16..6);
    proptest::collection::vec(one, 0..40).prop_map(|rows| {
        let mut seen: BTreeMap<i64, u8> = BTreeMap::new();
        rows.into_iter()
            .map(|(course, term, letter, hundredths, credit)| {
                let number = seen.entry(course).or_insert(0);
                *number += 1;
                let letter = WORTH.get(letter).and_then(|w| Letter::parse(w.0).ok());
                let ects = Ects::from_hundredths(hundredths).expect("in range");
                let credit = Credit::whole(credit);
                Attempt { letter, ects, credit, ..attempt(course, term, *number, "", 0) }
            })
            .collect()
    })
}

proptest! {
    #[test]
    fn it_agrees_with_the_naive_way(attempts in attempts(), best in any::<bool>()) {
        let scale = if best { scale_with(&[("\"last\"", "\"best\"")]) } else { ornek() };
        let record = compute(&attempts, &scale).expect("computed");
        let agrees = |average: &Average, earned: &Earned, in_terms: &dyn Fn(i64) -> bool| -> Result<(), TestCaseError> {
            let (points, weight, naive_earned) = naive(&attempts, in_terms, best);
            prop_assert_eq!(i128::from(average.points) * points.1, points.0 * 10_000);
            prop_assert_eq!(i128::from(average.weight) * weight.1, weight.0 * 100);
            prop_assert_eq!(i128::from(earned.shown().expect("shown").hundredths()) * naive_earned.1, naive_earned.0 * 100);
            let expected = if weight.0 == 0 { String::from("–") } else { round_half_up(points, weight) };
            prop_assert_eq!(shown(average), expected);
            Ok(())
        };
        for term in &record.terms {
            agrees(&term.ano, &term.ects_earned, &|t| t == term.term)?;
            agrees(&term.agno, &term.total_earned, &|t| t <= term.term)?;
        }
        agrees(&record.agno, &record.ects_earned, &|_| true)?;
        prop_assert!(record.withheld.is_empty());
        // Of every course with a final mark exactly one attempt stands.
        let standing = attempts.iter().zip(&record.standings).filter(|(_, s)| **s == Standing::Stands);
        let mut courses: Vec<i64> = standing.map(|(a, _)| a.course.get()).collect();
        let count = courses.len();
        courses.sort_unstable();
        courses.dedup();
        prop_assert_eq!(courses.len(), count);
    }

    #[test]
    fn the_order_in_which_attempts_come_does_not_matter(attempts in attempts()) {
        let scale = ornek();
        let there = compute(&attempts, &scale).expect("computed");
        let back: Vec<Attempt> = attempts.iter().rev().copied().collect();
        let back = compute(&back, &scale).expect("computed");
        prop_assert_eq!(&there.agno, &back.agno);
        prop_assert_eq!(there.terms.len(), back.terms.len());
        for (a, b) in there.terms.iter().zip(&back.terms) {
            prop_assert_eq!((&a.ano, &a.agno, &a.ects_taken, &a.total_taken), (&b.ano, &b.agno, &b.ects_taken, &b.total_taken));
        }
    }

    #[test]
    fn a_later_term_leaves_earlier_terms_alone(attempts in attempts(), last in 2i64..7) {
        let scale = ornek();
        let whole = compute(&attempts, &scale).expect("computed");
        let before: Vec<Attempt> = attempts.iter().filter(|a| a.term < last).copied().collect();
        let before = compute(&before, &scale).expect("computed");
        for (a, b) in before.terms.iter().zip(&whole.terms) {
            prop_assert_eq!((&a.ano, &a.agno, &a.total_earned), (&b.ano, &b.agno, &b.total_earned));
        }
    }
}

#[test]
fn rounding_is_the_books_and_no_other() {
    let scale = scale_with(&[("decimals = 2", "decimals = 4"), ("half_up", "truncate")]);
    assert_eq!(scale.rounding.value, Some(RoundingRule { how: Rounding::Truncate, decimals: 4 }));
    let record = compute(&term(&EXAMPLE_1), &scale).expect("computed");
    assert_eq!(shown(&record.agno), "2,4166");
}
