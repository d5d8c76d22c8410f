//! The pages of bulk registration and of the figures, usual, wrong and empty.

use askama::Template;
use base::lang::Lang;

use super::check_page;
use crate::{
    components::{
        Button, Figure, Link, Note, State, Weight,
        form::{Choice, Field, FieldError},
        samples::Samples,
    },
    texts::{Languages, Texts},
    views::{
        bulk_registration::{BulkPage, MadeRow, ProgrammeRow, ReasonRow, RunPage, StartForm},
        registration_figures::{
            AbsenteeRow, AbsenteesPage, FigureLine, FiguresPage, FiguresPart, ProgrammeLine,
            RegistrationSummary, SummaryFragment,
        },
        students::Filter,
    },
};

fn filters<'a>(s: Samples) -> Vec<Filter<'a>> {
    vec![
        Filter {
            field: Field::new("program", s.say("Program", "Programme")).optional(),
            choices: s.choices(),
        },
        Filter {
            field: Field::new("yil", s.say("Yıl", "Year")).value("2026").max(4).width("w-s"),
            choices: Vec::new(),
        },
    ]
}

fn figures<'a>(s: Samples) -> Vec<Figure<'a>> {
    [("5.000", "Yerleşen", "Placed", "/kayit"), ("4.112", "Kesin kayıtlı", "Registered", "")]
        .into_iter()
        .map(|(number, tr, en, href)| Figure {
            number: number.into(),
            label: s.say(tr, en),
            href: href.into(),
        })
        .collect()
}

fn preview(t: &Texts, full: bool, wrong: bool) -> askama::Result<String> {
    let s = Samples { lang: t.lang() };
    let (frame, shell) = (s.frame("e-Kayıt: toplu kayıt", "/kayit/e-kayit"), s.shell("/kayit"));
    let errors = if wrong {
        vec![FieldError::at("fee_receipt", s.say("Bu alanı doldurun.", "Fill in this field."))]
    } else {
        Vec::new()
    };
    let start = StartForm {
        tokens: s.tokens(),
        hidden: vec![("yil".into(), "2026".into())],
        fee: Field::new("fee_state", s.say("Ücret", "Fee")),
        fees: vec![Choice::new("not_due", "–").chosen(true), Choice::new("paid", "+")],
        word: Field::new("fee_receipt", s.say("Dayanağı", "Ground")).hint("2026/9000").optional().max(100),
        errors,
        submit: s.say("4.112 adayı kaydet", "Register 4,112 candidates"),
    };
    let page = BulkPage {
        t,
        frame: &frame,
        shell: &shell,
        crumbs: s.crumbs(),
        filters: filters(s),
        kept: vec![("birim", "MÜH".into())],
        figures: figures(s),
        notes: vec![Note::new(State::Info, s.say("Evrak sonra", "Papers afterwards"), "")],
        start: full.then_some(start),
        programmes: (1..=2)
            .filter(|_| full)
            .map(|n| ProgrammeRow {
                id: n.to_string().into(),
                code: "BLM-L".into(),
                name: "Bilgisayar Mühendisliği".into(),
                total: "120".into(),
                ready: "118".into(),
                rest: "2".into(),
            })
            .collect(),
        reasons: (1..=2)
            .filter(|_| full)
            .map(|_| ReasonRow {
                title: s.say("MEB mezuniyet sorgusu yanıtsız.", "No answer from the ministry."),
                ground: "KYT-03".into(),
                count: "2".into(),
                people: vec![Link::new("Işıl ÇINAR · BLM-L", "/kayit/7")],
                more: s.say("… ve 3 kişi daha", "… and 3 more"),
            })
            .collect(),
        empty: s.empty(),
        runs: if full { s.facts() } else { Vec::new() },
    };
    page.render()
}

fn run(t: &Texts, n: usize, full: bool) -> askama::Result<String> {
    let s = Samples { lang: t.lang() };
    let (frame, shell) = (s.frame("Toplu kayıt", "/kayit/e-kayit/7"), s.shell("/kayit"));
    let page = RunPage {
        t,
        frame: &frame,
        shell: &shell,
        crumbs: s.crumbs(),
        lead: s.say("İş sürer.", "The work goes on."),
        buttons: vec![
            Button::link(s.say("Geri al", "Undo"), "/kayit/e-kayit/7/geri-al").weight(Weight::Danger),
        ],
        job: s.jobs().swap_remove(n),
        made: ["", "geri alındı"]
            .into_iter()
            .filter(|_| full)
            .map(|undone| MadeRow {
                number: "260010001".into(),
                href: "/ogrenci/260010001".into(),
                name: "Muhammed Abdülkadir Şükrü KARAOSMANOĞULLARINDAN".into(),
                programme: "BLM-L".into(),
                undone: undone.into(),
            })
            .collect(),
        more: if full { "/kayit/e-kayit/7?sonra=9".into() } else { "".into() },
    };
    page.render()
}

fn live(t: &Texts, full: bool) -> askama::Result<String> {
    let s = Samples { lang: t.lang() };
    let (frame, shell) = (s.frame("Kayıt durumu", "/kayit/durum"), s.shell("/kayit"));
    let line = |programme: &'static str, is_total| FigureLine {
        programme: programme.into(),
        entry: if is_total { "".into() } else { "YKS 2026".into() },
        until: "24.11.2026".into(),
        cells: vec!["120".into(), "118".into()],
        is_total,
    };
    let page = FiguresPage {
        t,
        frame: &frame,
        shell: &shell,
        crumbs: s.crumbs(),
        filters: filters(s),
        kept: Vec::new(),
        tools: s.list_tools(),
        buttons: vec![Button::link(s.say("Yenile", "Renew"), "/kayit/durum")],
        part: FiguresPart {
            poll: "/kayit/durum/parca".into(),
            stamp: "10.42".into(),
            figures: figures(s),
            rows: if full { vec![line("BLM-L", false), line("Toplam", true)] } else { Vec::new() },
            headings: vec!["Yerleşen", "Kayıtlı"],
            empty: s.empty(),
        },
    };
    page.render()
}

fn absentees(t: &Texts, full: bool) -> askama::Result<String> {
    let s = Samples { lang: t.lang() };
    let (frame, shell) = (s.frame("Kayıt yaptırmayanlar", "/kayit/durum/gelmeyenler"), s.shell("/kayit"));
    let row = AbsenteeRow {
        name: "Işıl ÇINAR".into(),
        href: "/kayit/7".into(),
        programme: "BLM-L".into(),
        entry: "YKS 2026".into(),
    };
    let page = AbsenteesPage {
        t,
        frame: &frame,
        shell: &shell,
        crumbs: s.crumbs(),
        tools: s.list_tools(),
        rows: if full { vec![row] } else { Vec::new() },
        more: if full { "/kayit/durum/gelmeyenler?sonra=9".into() } else { "".into() },
        empty: s.empty(),
    };
    page.render()
}

#[test]
fn every_page_is_sound_in_both_languages() {
    let texts = Languages::load(&[]).expect("texts");
    for lang in Lang::ALL {
        let t = texts.of(lang);
        let mut pages = vec![
            ("bulk", preview(t, true, false)),
            ("bulk-wrong", preview(t, true, true)),
            ("bulk-empty", preview(t, false, false)),
            ("figures", live(t, true)),
            ("figures-empty", live(t, false)),
            ("absentees", absentees(t, true)),
            ("absentees-empty", absentees(t, false)),
        ];
        let s = Samples { lang: t.lang() };
        pages.extend((0..s.jobs().len()).map(|n| ("bulk-run", run(t, n, n % 2 == 0))));
        for (name, html) in pages {
            check_page(name, &html.expect("page renders"));
        }
    }
}

/// The card of the start page.
pub(super) fn summary(s: Samples) -> RegistrationSummary<'static> {
    RegistrationSummary {
        title: s.say("2026 kayıtları", "Registration 2026"),
        stamp: "10.42".into(),
        figures: figures(s),
        table: s.say("Programlara göre", "By programme"),
        headings: vec!["Yerleşen", "Kesin kayıtlı"],
        rows: vec![ProgrammeLine {
            programme: Link::new("BLM-L Bilgisayar Mühendisliği", "/kayit/durum?program=1"),
            cells: vec!["60".into(), "48".into()],
        }],
        poll: "/kayit/durum/ozet".into(),
        all: Link::new(s.say("Programlara göre", "By programme"), "/kayit/durum"),
    }
}

#[test]
fn the_summary_is_ready_to_be_included() {
    let texts = Languages::load(&[]).expect("texts");
    let t = texts.of(Lang::Tr);
    let s = Samples { lang: Lang::Tr };
    let frame = s.frame("Başlangıç", "/");
    let of = |registration_summary| SummaryFragment { t, frame: &frame, registration_summary }.render();
    let shown = of(Some(summary(s))).expect("a card");
    assert!(shown.contains("2026 kayıtları") && shown.contains("hx-get=\"/kayit/durum/ozet\""), "{shown}");
    assert_eq!(of(None).expect("nothing").trim(), "");
}
