//! The pages of the registration desk, usual, wrong and empty.

use askama::Template;
use base::lang::Lang;

use super::check_page;
use crate::{
    components::{
        Button, Link, Tag,
        form::{Choice, Field},
        record::{Action, Findings, Plate},
        samples::Samples,
    },
    texts::{Languages, Texts},
    views::{
        registration::{
            AdvisedRow, AdvisorForm, AdvisorsPage, CandidatePage, CandidateRow, DeskPage, Enrolled,
            FeeChoice, PaperTick, PapersForm, RegisterForm, RegisteredPage, RegisteredRow,
        },
        students::Filter,
    },
};

fn filters<'a>(s: Samples) -> Vec<Filter<'a>> {
    let day = Field::new("gun", s.say("Gün", "Day")).value("24.08.2026").max(10).width("w-day");
    vec![
        Filter {
            field: Field::new("program", s.say("Program", "Programme")).optional(),
            choices: s.choices(),
        },
        Filter { field: day, choices: Vec::new() },
    ]
}

/// The queue; the list of those whose day is over has a decision for each.
fn desk(t: &Texts, full: bool, decides: bool) -> askama::Result<String> {
    let s = Samples { lang: t.lang() };
    let (frame, shell) = (s.frame("Kayıt masası", "/kayit"), s.shell("/kayit"));
    let row = |name: &'static str, state| CandidateRow {
        name: name.into(),
        href: "/kayit/7".into(),
        identity: "99*******43".into(),
        programme: s.say("Bilgisayar Mühendisliği", "Computer Engineering"),
        entry: "YKS 2026".into(),
        e_registered: "e-Kayıt: 24.08.2026".into(),
        state,
        note: "son gün 29.12.2026".into(),
        buttons: if decides {
            vec![Button::link(s.say("Uzat", "Extend"), "/kayit/7/karar").small().about(name)]
        } else {
            Vec::new()
        },
    };
    let rows = vec![
        row("Işıl ÇINAR", Tag::info(s.say("Bekliyor", "Waiting"))),
        row("Muhammed Abdurrahman Çağrıbey AĞAOĞLU ŞENGÜLDÜZOĞLU", Tag::ask(s.say("Geçici", "Provisional"))),
    ];
    DeskPage {
        t,
        frame: &frame,
        shell: &shell,
        crumbs: if decides { s.crumbs() } else { Vec::new() },
        lead: s.say("Numarayı yazın.", "Type the number."),
        buttons: vec![Button::link(s.say("Günün listesi", "Of the day"), "/kayit/liste-yazdir")],
        search: if decides { "".into() } else { "/kayit/ara".into() },
        tokens: s.tokens(),
        figures: if full { s.figures() } else { Vec::new() },
        filters: filters(s),
        kept: vec![("birim", "MÜH".into())],
        chips: if full { s.chips() } else { Vec::new() },
        clear: "/kayit".into(),
        rows: if full { rows } else { Vec::new() },
        more: if full { "/kayit?sonra=7".into() } else { "".into() },
        empty: s.empty(),
        decides,
    }
    .render()
}

fn papers(t: &Texts, s: Samples, may: bool, wrong: bool) -> PapersForm<'static> {
    let error = if wrong { s.say("Muafiyetin nedenini yazın.", "Type the reason.") } else { "".into() };
    let tick = |code: &'static str, state| PaperTick {
        is_fixed: false,
        code,
        name: s.say("Fotoğraf", "Photograph"),
        note: s.say("Kayıtta istenir", "Asked for at registration"),
        by: "Selma Tunalı · 24.08.2026".into(),
        grounds: s.grounds(),
        state,
        choices: s.choices(),
        due: Field::new(format!("son-{code}"), t.get("desk-paper-due").to_owned()).optional().max(10),
        reason: Field::new(format!("neden-{code}"), t.get("desk-paper-reason").to_owned())
            .error(error.clone())
            .optional(),
    };
    PapersForm {
        action: if may { "/kayit/7/evrak".into() } else { "".into() },
        tokens: s.tokens(),
        lines: vec![
            tick("photograph", Tag::no(s.say("Eksik", "Missing"))),
            tick("school_diploma", Tag::ok(s.say("Alındı", "Received"))),
        ],
        has_missing: true,
        has_questions: true,
        others: s.choices(),
        note: s.say("Liste kural kitabında yok.", "There is no list."),
    }
}

fn register(t: &Texts, s: Samples, open: bool) -> RegisterForm<'static> {
    let field = |name: &'static str, key: &str| Field::new(name, t.get(key).to_owned()).optional();
    RegisterForm {
        title: s.say("Kayıt", "Registration"),
        action: "/kayit/7".into(),
        tokens: s.tokens(),
        version: "3".to_owned(),
        fees: [("paid", "d"), ("owed", "b")]
            .into_iter()
            .map(|(value, key)| FeeChoice { value, label: value.into(), key, chosen: value == "paid" })
            .collect(),
        fee: field("fee_state", "desk-fee").hint(t.get("fee-basis-programme").to_owned()),
        fee_ground: s.grounds().into_iter().next(),
        binds: s.facts(),
        confirm: Some(field("onay", "desk-confirm").value("1")),
        receipt: field("fee_receipt", "desk-receipt").max(100),
        amount: field("fee_amount", "desk-amount"),
        paid_on: field("fee_on", "desk-paid-on"),
        notice: field("notice_read", "desk-notice"),
        notice_text: Some(Link::new(t.get("notice-read").to_owned(), "/aydinlatma")),
        until: Some(field("until", "desk-until-label")),
        decision: Some(field("decision", "desk-decision-label")),
        final_word: if open { s.say("Kesin kayıt", "Register") } else { "".into() },
        provisional_word: s.say("Geçici kayıt", "Register provisionally"),
        why: if open { Vec::new() } else { s.notes() },
    }
}

/// A candidate who waits, one who was registered, one whom this reader may only look at.
fn candidate(t: &Texts, open: bool, may: bool, wrong: bool) -> askama::Result<String> {
    let s = Samples { lang: t.lang() };
    let (frame, shell) = (s.frame("Işıl ÇINAR", "/kayit/7"), s.shell("/kayit"));
    // The sample's papers and acts have letters of their own.
    let quiet = |actions: Vec<Action<'static>>| -> Vec<Action<'static>> {
        let quiet = |button: Button<'static>| button.key("");
        actions
            .into_iter()
            .map(|action| Action { buttons: action.buttons.into_iter().map(quiet).collect(), ..action })
            .collect()
    };
    CandidatePage {
        t,
        frame: &frame,
        shell: &shell,
        crumbs: s.crumbs(),
        plate: Plate { reveal: None, ..s.plate() },
        notes: if wrong { s.notes() } else { Vec::new() },
        errors: Vec::new(),
        papers: papers(t, s, may, wrong),
        leads_on: !open,
        findings: Findings { title: s.say("Denetimler", "Checks"), ..s.findings() },
        register: (open && may).then(|| register(t, s, !wrong)),
        outcome: (!open).then(|| Enrolled { facts: s.facts(), actions: quiet(s.actions()) }),
        actions: quiet(s.actions()),
        next: "/kayit/siradaki?sonra=7".into(),
        back: "/kayit".into(),
    }
    .render()
}

fn registered(t: &Texts, full: bool) -> askama::Result<String> {
    let s = Samples { lang: t.lang() };
    let (frame, shell) = (s.frame("Günün kayıt listesi", "/kayit/liste-yazdir"), s.shell("/kayit"));
    let row = |photo: &'static str| RegisteredRow {
        photo: photo.into(),
        number: "260010001".into(),
        name: "Işıl ÇINAR".into(),
        href: "/ogrenci/260010001".into(),
        programme: "BLM-L".into(),
        status: Tag::ok(s.say("Aktif", "Active")),
        at: "10.42".into(),
    };
    RegisteredPage {
        t,
        frame: &frame,
        shell: &shell,
        crumbs: s.crumbs(),
        lead: "24.08.2026".into(),
        filters: filters(s),
        kept: vec![("birim", "MÜH".into())],
        chips: if full { s.chips() } else { Vec::new() },
        file: if full { "/kayit/kart.csv".into() } else { "".into() },
        rows: if full { vec![row(""), row("/ogrenci/260010001/foto")] } else { Vec::new() },
        empty: s.empty(),
    }
    .render()
}

fn advisors(t: &Texts, planned: Option<bool>) -> askama::Result<String> {
    let s = Samples { lang: t.lang() };
    let (frame, shell) = (s.frame("Yeni öğrencilere danışman", "/kayit/danisman"), s.shell("/kayit"));
    let row = |then: &'static str| AdvisedRow {
        number: "260010001".into(),
        name: "Işıl ÇINAR".into(),
        href: "/ogrenci/260010001".into(),
        now: "".into(),
        then: then.into(),
    };
    AdvisorsPage {
        t,
        frame: &frame,
        shell: &shell,
        crumbs: s.crumbs(),
        notes: Vec::new(),
        errors: Vec::new(),
        filters: vec![Filter { field: Field::new("program", "Program"), choices: s.choices() }],
        plan: planned.map(|planned| AdvisorForm {
            action: "/kayit/danisman".into(),
            tokens: s.tokens(),
            hidden: vec![("yil", "2026".into())],
            staff: Field::new("staff", s.say("Danışmanlar", "Advisors")),
            choices: vec![Choice::new("1", "İnci AKÇAY").chosen(true)],
            replace: Field::new("replace", s.say("Yeniden dağıt", "Anew")),
            ground_ref: Field::new("ground_ref", s.say("Sayı", "Number")),
            ground_on: Field::new("ground_on", s.say("Gün", "Day")),
            summary: "1".into(),
            rows: if planned { vec![row("İnci AKÇAY"), row("")] } else { Vec::new() },
            planned,
        }),
    }
    .render()
}

#[test]
fn every_page_is_sound_in_both_languages() {
    let texts = Languages::load(&[]).expect("texts");
    for lang in Lang::ALL {
        let t = texts.of(lang);
        for (name, html) in [
            ("desk", desk(t, true, false)),
            ("desk-empty", desk(t, false, false)),
            ("overdue", desk(t, true, true)),
            ("candidate", candidate(t, true, true, false)),
            ("candidate-wrong", candidate(t, true, true, true)),
            ("candidate-done", candidate(t, false, true, false)),
            ("candidate-seen", candidate(t, true, false, false)),
            ("registered", registered(t, true)),
            ("registered-empty", registered(t, false)),
            ("advisors", advisors(t, Some(true))),
            ("advisors-nobody", advisors(t, Some(false))),
            ("advisors-none", advisors(t, None)),
        ] {
            check_page(name, &html.expect("page renders"));
        }
    }
}
