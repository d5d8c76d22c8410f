//! The pages of orientation that have a template of their own, usual and empty.

use askama::Template;
use base::lang::Lang;

use super::check_page;
use crate::{
    components::{
        Button, Column, Empty, Fact, Link, Note, State,
        form::{Field, FieldError},
        samples::Samples,
    },
    texts::{Languages, Texts},
    views::orientation::{CodePage, SessionPage, TickRow},
};

fn columns(count: usize) -> Vec<Column<'static>> {
    (1..=count).map(|n| Column::new(format!("Sütun {n}"))).collect()
}

fn rows(full: bool) -> Vec<TickRow<'static>> {
    let row = |number: &'static str, name: &'static str, came: bool| TickRow {
        number: number.into(),
        name: name.into(),
        programme: "BLM-L".into(),
        came,
        note: if came { "10.04 · numarayla".into() } else { "".into() },
    };
    let all = [
        row("260010001", "Işıl ÇINAR", true),
        row("260010002", "Muhammed Abdülkadir Şükrü KARAOSMANOĞULLARINDAN", false),
    ];
    all.into_iter().filter(|_| full).collect()
}

fn pages(t: &Texts, full: bool) -> Vec<(&'static str, String)> {
    let s = Samples { lang: t.lang() };
    let (frame, shell) = (s.frame("Kayıt ve dersler", "/oryantasyon/oturum/1"), s.shell("/oryantasyon"));
    let crumbs = || vec![Link::new("Oryantasyon", "/oryantasyon"), Link::new("Kayıt ve dersler", "")];
    let empty = || Empty::new("users", "Listede öğrenci yok", "Önce yeni öğrencileri davet edin.");
    let wrong = if full { "Bu numarada öğrenci yok." } else { "" };
    let session = SessionPage {
        t,
        frame: &frame,
        shell: &shell,
        crumbs: crumbs(),
        lead: "Mavi Salon · 14.09.2026 10.00–12.00".into(),
        buttons: vec![Button::link("Karekod", "/oryantasyon/oturum/1/karekod").icon("qr")],
        notes: if full {
            vec![Note::new(State::Info, "Yineleme", "Gelmeyenler içindir.")]
        } else {
            Vec::new()
        },
        errors: if full { vec![FieldError::at("number", wrong)] } else { Vec::new() },
        tokens: s.tokens(),
        here: "/oryantasyon/oturum/1".into(),
        door: "/oryantasyon/oturum/1/numara".into(),
        number: Field::new("number", "Öğrenci numarası").error(wrong).focus(),
        latest: if full { vec![Fact::text("260010001", "Işıl ÇINAR")] } else { Vec::new() },
        count: "1 / 2 katıldı".into(),
        columns: columns(4),
        rows: rows(full),
        empty: empty(),
    };
    let code = CodePage {
        t,
        frame: &frame,
        shell: &shell,
        crumbs: crumbs(),
        lead: "Mavi Salon · 14.09.2026 10.00–12.00".into(),
        picture: "/oryantasyon/oturum/1/karekod.svg".into(),
        url: "https://kunye.example.invalid/oryantasyon/katil/00112233445566778899aabbccddeeff".into(),
        open: "14.09.2026 10.00–12.00".into(),
    };
    vec![("session", session.render().expect("page")), ("code", code.render().expect("page"))]
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
