//! What the office has to do with a first day: sealed slips, usual and none, and the decision about a photo.

use askama::Template;
use base::lang::Lang;

use super::check_page;
use crate::{
    components::{
        Fact, Link, Note, State,
        form::{Choice, Field, FieldError},
        samples::Samples,
    },
    qr,
    texts::{Languages, Texts},
    views::{
        photos::PhotoPage,
        slips::{SlipLine, SlipsPage},
    },
};

fn slip(number: &str, name: &str) -> SlipLine {
    let url =
        format!("https://kunye.example.invalid/etkinlestir/{number}ewHcOkT9acTnI2Epr5hngciZJbn_vfX1D6XiDB");
    SlipLine {
        name: name.to_owned(),
        number: number.to_owned(),
        user: number.to_owned(),
        code: qr::svg(&url).expect("a code"),
        url,
        until: "27.11.2026 10.04".to_owned(),
    }
}

fn pages(t: &Texts, full: bool) -> Vec<(&'static str, String)> {
    let s = Samples { lang: t.lang() };
    let (frame, shell) = (s.frame("Kapalı zarf fişleri", "/kayit/zarflar"), s.shell("/kayit"));
    let crumbs = || vec![Link::new("Kayıt masası", "/kayit"), Link::new("Fişler", "")];
    let all = [
        slip("260010001", "Işıl ÇINAR"),
        slip("260010002", "Muhammed Abdülkadir Şükrü KARAOSMANOĞULLARINDAN"),
    ];
    let slips = SlipsPage {
        t,
        frame: &frame,
        shell: &shell,
        crumbs: crumbs(),
        slips: all.into_iter().filter(|_| full).collect(),
    };
    let wrong = if full { "Neden kabul edilmediğini yazın." } else { "" };
    let photo = PhotoPage {
        t,
        frame: &frame,
        shell: &shell,
        crumbs: crumbs(),
        lead: "Işıl ÇINAR · 260010001".into(),
        notes: if full { vec![Note::new(State::Ask, "Bu arada değişti", "")] } else { Vec::new() },
        errors: if full { vec![FieldError::at("reason", wrong)] } else { Vec::new() },
        tokens: s.tokens(),
        action: "/fotograflar/1".into(),
        picture: "/fotograflar/1/resim".into(),
        facts: vec![Fact::link("Numara", "260010001", "/ogrenci/260010001")],
        decision: Field::new("decision", "Karar"),
        choices: vec![Choice::new("take", "Kabul et").chosen(true), Choice::new("refuse", "Kabul etme")],
        reason: Field::new("reason", "Neden").error(wrong).optional(),
    };
    vec![("slips", slips.render().expect("page")), ("photo", photo.render().expect("page"))]
}

#[test]
fn they_keep_the_rules_in_both_languages() {
    let languages = Languages::load(&[]).expect("texts");
    for lang in Lang::ALL {
        let t = languages.of(lang);
        for (name, html) in pages(t, true).into_iter().chain(pages(t, false)) {
            check_page(name, &html);
        }
        assert_eq!(t.missing(), Vec::<String>::new(), "{}", lang.code());
    }
}
