//! Invented transcripts.

use base::lang::Lang;

use super::{
    Block, CourseLine, PlannedCourse, RemainingTerm, Remark, Scale, ScaleRow, TermSummary, Totals,
    Transcript, compose, texts,
};
use crate::documents::Sample;
use crate::documents::common::Figure;
use crate::documents::common::samples::{self as common, either};

/// Code, Turkish name, English name, theory, practice, credit, AKTS, letter, coefficient, points.
type Course = (&'static str, &'static str, &'static str, [&'static str; 4], [&'static str; 3]);

const COURSES: [Course; 12] = [
    ("MAT101", "Matematik I", "Calculus I", ["4", "2", "5", "7"], ["BB", "3,00", "21,00"]),
    ("FİZ101", "Fizik I", "Physics I", ["3", "2", "4", "6"], ["CB", "2,50", "15,00"]),
    (
        "BİL101",
        "Bilgisayar Mühendisliğine Giriş",
        "Introduction to Computer Engineering",
        ["2", "2", "3", "5"],
        ["AA", "4,00", "20,00"],
    ),
    (
        "BİL103",
        "Algoritmalar ve Programlama I",
        "Algorithms and Programming I",
        ["3", "2", "4", "6"],
        ["BA", "3,50", "21,00"],
    ),
    (
        "ATA101",
        "Atatürk İlkeleri ve İnkılap Tarihi I",
        "Principles of Atatürk and History of Revolution I",
        ["2", "0", "2", "2"],
        ["CC", "2,00", "4,00"],
    ),
    ("TUR101", "Türk Dili I", "Turkish Language I", ["2", "0", "2", "2"], ["BB", "3,00", "6,00"]),
    (
        "YDL101",
        "Yabancı Dil I (İngilizce)",
        "Foreign Language I (English)",
        ["3", "0", "3", "2"],
        ["DC", "1,50", "3,00"],
    ),
    ("MAT102", "Matematik II", "Calculus II", ["4", "2", "5", "7"], ["DD", "1,00", "7,00"]),
    (
        "BİL104",
        "Nesneye Yönelik Programlama",
        "Object-Oriented Programming",
        ["3", "2", "4", "6"],
        ["BA", "3,50", "21,00"],
    ),
    ("BİL106", "Ayrık Matematik", "Discrete Mathematics", ["3", "0", "3", "5"], ["FD", "0,50", "2,50"]),
    (
        "İST202",
        "Olasılık ve İstatistik",
        "Probability and Statistics",
        ["3", "0", "3", "5"],
        ["CC", "2,00", "10,00"],
    ),
    (
        "ELK204",
        "Elektronik Devreler ve Laboratuvarı",
        "Electronic Circuits and Laboratory",
        ["2", "2", "3", "5"],
        ["BB", "3,00", "15,00"],
    ),
];

fn line(lang: Lang, n: usize) -> CourseLine {
    let (code, tr, en, [theory, practice, credit, ects], [letter, coefficient, points]) =
        COURSES[n % COURSES.len()];
    CourseLine {
        code: code.to_owned(),
        name: either(lang, tr, en),
        theory: theory.to_owned(),
        practice: practice.to_owned(),
        credit: credit.to_owned(),
        ects: ects.to_owned(),
        letter: letter.to_owned(),
        coefficient: decimal(lang, coefficient),
        points: decimal(lang, points),
        remarks: Vec::new(),
    }
}

/// Turkish figures have a decimal comma, English ones a point.
fn decimal(lang: Lang, text: &str) -> String {
    either(lang, text, &text.replace(',', "."))
}

fn shown(lang: Lang, text: &str) -> Figure {
    Figure::Shown(decimal(lang, text))
}

fn term(lang: Lang, n: usize, courses: usize) -> Block {
    let year = 2022 + n / 2;
    let (tr, en) = if n.is_multiple_of(2) {
        ("Güz Yarıyılı", "Autumn Term")
    } else {
        ("Bahar Yarıyılı", "Spring Term")
    };
    Block {
        title: format!("{year}-{} {}", year + 1, either(lang, tr, en)),
        place: Some(either(lang, &format!("{}. yarıyıl", n + 1), &format!("term {}", n + 1))),
        courses: (0..courses).map(|i| line(lang, n * courses + i)).collect(),
        summary: Some(TermSummary {
            ects_taken: "30".to_owned(),
            ects_earned: "25".to_owned(),
            points: shown(lang, "86,50"),
            ano: shown(lang, "2,88"),
            agno: shown(lang, "2,74"),
        }),
    }
}

fn scale(lang: Lang) -> Scale {
    let rows = [
        ("AA", "4,00", "90 – 100", "Pekiyi", "Excellent"),
        ("BA", "3,50", "85 – 89", "İyi – Pekiyi", "Very good"),
        ("BB", "3,00", "80 – 84", "İyi", "Good"),
        ("CB", "2,50", "70 – 79", "Orta – İyi", "Fairly good"),
        ("CC", "2,00", "60 – 69", "Orta", "Satisfactory"),
        ("DC", "1,50", "55 – 59", "Koşullu geçer", "Conditional pass"),
        ("DD", "1,00", "50 – 54", "Koşullu geçer", "Conditional pass"),
        ("FD", "0,50", "40 – 49", "Başarısız", "Fail"),
        ("FF", "0,00", "0 – 39", "Başarısız", "Fail"),
        ("NA", "0,00", "–", "Devamsız", "Failed for non-attendance"),
        ("G", "", "–", "Geçti", "Pass"),
        ("K", "", "–", "Kaldı", "Fail"),
        ("M", "", "–", "Muaf", "Exempt"),
    ];
    let texts = texts();
    let word = |key| texts.label(lang, key).to_owned();
    let basis = either(
        lang,
        "Örnek Üniversitesi Ön Lisans ve Lisans Eğitim-Öğretim ve Sınav Yönetmeliği, m. 18.",
        "Example University Regulation on Associate and Bachelor's Degree Education and Examinations, art. 18.",
    );
    Scale {
        rows: rows
            .map(|(letter, coefficient, score, tr, en)| ScaleRow {
                letter: letter.to_owned(),
                coefficient: decimal(lang, coefficient),
                score: shown(lang, score),
                meaning: either(lang, tr, en),
            })
            .into(),
        sentences: vec![
            word("explain-points"),
            word("explain-ano"),
            word("explain-agno"),
            texts.sentence(lang, "scale-basis", &[("basis", &basis)]),
        ],
    }
}

fn eight_terms(lang: Lang) -> Transcript {
    Transcript {
        person: common::person(),
        study: common::study(texts(), lang),
        graduation: None,
        blocks: (0..8).map(|n| term(lang, n, 6)).collect(),
        totals: Totals {
            ects_taken: "240".to_owned(),
            ects_earned: "231".to_owned(),
            points: shown(lang, "657,50"),
            agno: shown(lang, "2,74"),
            hundred: Some(shown(lang, "70,60")),
        },
        remaining: Vec::new(),
        scale: scale(lang),
    }
}

/// A term of the curriculum of which nothing was taken yet; the later ones have electives, the last one nothing else.
fn untaken(lang: Lang, n: usize) -> RemainingTerm {
    let planned = |i: usize| {
        let CourseLine { code, name, theory, practice, credit, ects, .. } = line(lang, i);
        PlannedCourse { code, name, hours: format!("{theory}+{practice}"), credit, ects }
    };
    RemainingTerm {
        title: either(lang, &format!("{}. yarıyıl", n + 1), &format!("term {}", n + 1)),
        courses: if n < 7 { (0..5).map(|i| planned(5 * n + i)).collect() } else { Vec::new() },
        electives: if n < 4 { Vec::new() } else { (0..3).map(|i| planned(3 * n + i)).collect() },
    }
}

/// The first `taken` of eight terms, the rest still to come; the last of them has no marks yet.
fn unfinished(lang: Lang, taken: usize) -> Transcript {
    let mut paper = eight_terms(lang);
    paper.blocks.truncate(taken);
    if let Some(block) = paper.blocks.last_mut() {
        for course in &mut block.courses {
            (course.letter, course.coefficient, course.points) = Default::default();
        }
        let nothing = || Figure::Shown("–".to_owned());
        block.summary = Some(TermSummary {
            ects_taken: "30".to_owned(),
            ects_earned: "–".to_owned(),
            points: nothing(),
            ano: nothing(),
            agno: nothing(),
        });
    }
    paper.remaining = (taken..8).map(|n| untaken(lang, n)).collect();
    paper
}

/// Recognised courses, long names, twelve repeats and a summer school.
fn crowded(lang: Lang) -> Transcript {
    let mut paper = eight_terms(lang);
    paper.person = common::long_person();
    paper.study = common::long_study(texts(), lang);
    paper.graduation = Some("30.06.2026".to_owned());
    for (n, block) in paper.blocks.iter_mut().enumerate() {
        for course in block.courses.iter_mut().skip(4) {
            course.remarks = vec![if n < 6 { Remark::Replaced } else { Remark::Repeat }];
        }
        block
            .courses
            .extend((0..n % 3).map(|i| CourseLine { remarks: vec![Remark::Repeat], ..line(lang, n + i) }));
    }
    if let Some(course) = paper.blocks.first_mut().and_then(|block| block.courses.first_mut()) {
        course.name = either(
            lang,
            "Yükseköğretimde Karşılaştırmalı Yönetim Uygulamaları, Örgütsel Değişim ve Ölçme-Değerlendirme Yöntemleri Semineri II",
            "Seminar on Comparative Management Practices, Organisational Change and Methods of Measurement and Evaluation II",
        );
    }
    let recognised = (0..5).map(|n| CourseLine {
        letter: "M".to_owned(),
        coefficient: String::new(),
        points: String::new(),
        remarks: vec![Remark::Exempt, Remark::Outside],
        ..line(lang, n)
    });
    paper.blocks.insert(
        0,
        Block {
            title: either(lang, "Muafiyet ve intibakla tanınan dersler", "Courses recognised by exemption"),
            place: Some(either(
                lang,
                "Yönetim Kurulu kararı 12.10.2022, 2022/41-07",
                "Board decision of 12.10.2022, 2022/41-07",
            )),
            courses: recognised.collect(),
            summary: None,
        },
    );
    let summer = Block {
        title: either(lang, "2023-2024 Yaz Okulu", "2023-2024 Summer School"),
        place: None,
        ..term(lang, 3, 2)
    };
    paper.blocks.insert(5, summer);
    paper
}

/// A transfer student with more recognised courses than a page holds.
fn transferred(lang: Lang) -> Transcript {
    let mut paper = eight_terms(lang);
    paper.blocks.truncate(2);
    let mut recognised = term(lang, 0, 48);
    recognised.title = either(lang, "İntibakla tanınan dersler", "Courses recognised by transfer");
    recognised.place = None;
    recognised.summary = None;
    paper.blocks.insert(0, recognised);
    paper
}

/// A transcript whose averages rest on rules nobody has confirmed.
fn withheld(lang: Lang) -> Transcript {
    let rounding = Figure::Withheld(either(
        lang,
        "ortalamaların yuvarlama kuralı üniversite profilinde doğrulanmamıştır.",
        "the rounding rule of averages has not been confirmed in the university's profile.",
    ));
    let ranges = Figure::Withheld(either(
        lang,
        "notların puan aralıkları üniversite profilinde doğrulanmamıştır.",
        "the score ranges of the grades have not been confirmed in the university's profile.",
    ));
    let mut paper = eight_terms(lang);
    paper.blocks.truncate(3);
    paper.remaining = (3..8).map(|n| untaken(lang, n)).collect();
    for sums in paper.blocks.iter_mut().filter_map(|block| block.summary.as_mut()) {
        sums.ano = rounding.clone();
        sums.agno = rounding.clone();
    }
    paper.totals.ects_taken = "90".to_owned();
    paper.totals.ects_earned = "75".to_owned();
    paper.totals.points = shown(lang, "259,50");
    paper.totals.agno = rounding.clone();
    paper.totals.hundred = Some(rounding);
    for row in &mut paper.scale.rows {
        row.score = ranges.clone();
    }
    paper
}

pub(super) fn all() -> Vec<Sample> {
    let sample = |name, lang, paper: Transcript| {
        let frame = common::frame(texts(), lang, "2026/1483");
        let data = compose(lang, &frame, &paper).ok()?;
        Some(Sample { name, lang, data, address: common::ADDRESS.to_owned() })
    };
    [
        sample("plain", Lang::Tr, eight_terms(Lang::Tr)),
        sample("english", Lang::En, eight_terms(Lang::En)),
        sample(
            "short",
            Lang::Tr,
            Transcript { blocks: eight_terms(Lang::Tr).blocks[..2].to_vec(), ..eight_terms(Lang::Tr) },
        ),
        sample("first-year", Lang::Tr, unfinished(Lang::Tr, 2)),
        sample("english-third-year", Lang::En, unfinished(Lang::En, 6)),
        sample("crowded", Lang::Tr, crowded(Lang::Tr)),
        sample("english-crowded", Lang::En, crowded(Lang::En)),
        sample("transferred", Lang::Tr, transferred(Lang::Tr)),
        sample("withheld", Lang::Tr, withheld(Lang::Tr)),
    ]
    .into_iter()
    .flatten()
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_reason_is_given_once_with_the_figures_it_concerns() {
        let paper = withheld(Lang::Tr);
        let reasons = paper.withheld();
        let figures: Vec<_> = reasons.iter().map(|(_, figures)| figures.as_slice()).collect();
        assert_eq!(figures, [["ano", "agno", "hundred"].as_slice(), ["scale-score"].as_slice()]);
        assert!(eight_terms(Lang::Tr).withheld().is_empty());
    }

    #[test]
    fn only_marks_that_occur_are_explained() {
        assert_eq!(eight_terms(Lang::Tr).remarks().count(), 0);
        assert_eq!(crowded(Lang::En).remarks().collect::<Vec<_>>(), Remark::ALL);
    }
}
