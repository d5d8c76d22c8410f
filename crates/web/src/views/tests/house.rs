//! Samples of the pages that are made of cards, lists and forms: accounts, units, the audit log.

use askama::Template;

use crate::components::form::{Choice, Field, FieldError};
use crate::components::samples::Samples;
use crate::components::{Button, Column, Empty, Fact, Figure, Link, Note, State, Tag, Weight};
use crate::texts::Texts;
use crate::views::cards::{Card, CardsPage, Cell, LinkPage, ListPage, Part, Table, TokenPage};
use crate::views::forms::{FormPage, Input};
use crate::views::students::Filter;

/// The pages with sample data, as `(name, html)`.
pub(super) fn pages(t: &Texts) -> Vec<(&'static str, askama::Result<String>)> {
    let s = Samples { lang: t.lang() };
    vec![
        ("cards", cards(t, s)),
        ("cards-counter", cards_with_counter(t, s)),
        ("cards-plain", plain_cards(t, s)),
        ("list", list(t, s, true)),
        ("list-empty", list(t, s, false)),
        ("link", link(t, s)),
        ("token", token(t, s)),
        ("form", form(t, s, false)),
        ("form-wrong", form(t, s, true)),
    ]
}

fn table<'a>(s: Samples, full: bool) -> Table<'a> {
    let row = |name: &'static str, from: &'static str, to: &'static str, tag| {
        vec![
            Cell::link(name, "/hesaplar/2").note("İİBF"),
            Cell::text(from).class("nw"),
            Cell::links(if to.is_empty() { Vec::new() } else { s.crumbs() }),
            Cell::tag(tag),
            Cell::buttons(vec![Button::link(s.say("Bitir", "End"), "/hesaplar/2/rol/1").small().about(name)]),
        ]
    };
    Table {
        columns: vec![
            Column::new(s.say("Rol", "Role")),
            Column::new(s.say("Başlangıç", "From")),
            Column::new(s.say("Bitiş", "Until")),
            Column::new(s.say("Durum", "State")),
            Column::quiet(s.say("İşlem", "Action")),
        ],
        rows: if full {
            vec![
                row("Selma Tunalı", "01.09.2024", "", Tag::ok(s.say("Yürürlükte", "In force"))),
                row("Nihal Özbey", "01.09.2020", "01.09.2024", Tag::na(s.say("Sona erdi", "Ended"))),
            ]
        } else {
            Vec::new()
        },
        empty: s.empty(),
        ..Table::default()
    }
}

fn cards(t: &Texts, s: Samples) -> askama::Result<String> {
    let frame = s.frame("İktisadi ve İdari Bilimler Fakültesi", "/birimler/%C4%B0%C4%B0BF");
    let shell = s.shell("/birimler");
    let main = vec![
        Card::new("gorevler", s.say("Görevler", "Offices"), Part::Table(table(s, true)))
            .button(Button::link(s.say("Görevlendir", "Appoint"), "/birimler/X/gorev").icon("plus")),
        Card::new("adlar", s.say("Tarihli adlar", "Dated names"), Part::Table(table(s, false)))
            .aside(s.say("Tümü", "All"), "/birimler"),
    ];
    let side = vec![
        Card::new("kodlar", s.say("Kodlar", "Codes"), Part::Facts(s.facts())),
        Card::new("gorunum", s.say("Görünüm", "Look"), Part::Settings),
        Card::new("islemler", s.say("Yapılabilecekler", "What can be done"), Part::Actions(s.actions())),
        Card {
            id: "notlar".into(),
            title: s.say("Notlar", "Notes"),
            parts: vec![
                Part::Note(Note::new(
                    State::Info,
                    s.say("Bilgiler eski mi?", "Out of date?"),
                    s.say("Başvurun.", "Ask."),
                )),
                Part::Empty(s.empty()),
            ],
            ..Card::default()
        },
    ];
    CardsPage {
        t,
        frame: &frame,
        shell: &shell,
        counter: false,
        crumbs: s.crumbs(),
        heading: s.say("İktisadi ve İdari Bilimler Fakültesi", "Faculty of Economics"),
        lead: "İİBF".into(),
        buttons: vec![Button::link(s.say("Öğrencileri", "Students"), "/ogrenciler").weight(Weight::Main)],
        notes: s.notes(),
        figures: s.figures(),
        tabs: s
            .tabs()
            .into_iter()
            .map(|tab| crate::components::Tab { href: "/programlar/IKT?surum=1".into(), ..tab })
            .collect(),
        main,
        side,
    }
    .render()
}

fn cards_with_counter(t: &Texts, s: Samples) -> askama::Result<String> {
    let frame = s.frame("İş listem", "/");
    let mut shell = s.shell("/");
    shell.counter_in_page = true;
    CardsPage {
        t,
        frame: &frame,
        shell: &shell,
        counter: true,
        crumbs: Vec::new(),
        heading: s.say("Günaydın, Nihal Özbey", "Good morning, Nihal Özbey"),
        lead: "".into(),
        buttons: Vec::new(),
        notes: Vec::new(),
        figures: vec![Figure { number: "41".into(), label: s.say("danışan", "advisees"), href: "".into() }],
        tabs: Vec::new(),
        main: vec![Card::new(
            "danismanlik",
            s.say("Öğrencilerim", "My students"),
            Part::Table(table(s, true)),
        )],
        side: Vec::new(),
    }
    .render()
}

fn plain_cards(t: &Texts, s: Samples) -> askama::Result<String> {
    let frame = s.frame("Hesabım", "/hesabim");
    let shell = s.shell("/");
    CardsPage {
        t,
        frame: &frame,
        shell: &shell,
        counter: false,
        crumbs: Vec::new(),
        heading: s.say("Hesabım", "My account"),
        lead: "".into(),
        buttons: Vec::new(),
        notes: Vec::new(),
        figures: Vec::new(),
        tabs: Vec::new(),
        main: vec![
            Card::new("ben", s.say("Bilgilerim", "About me"), Part::Facts(s.facts()))
                .button(Button::post(s.say("Diğerlerini sonlandır", "End the others"), "/hesabim/oturumlar")),
        ],
        side: Vec::new(),
    }
    .render()
}

fn list(t: &Texts, s: Samples, full: bool) -> askama::Result<String> {
    let frame = s.frame("Hesaplar", "/hesaplar");
    let shell = s.shell("/hesaplar");
    let wrong = if full { "" } else { "Bu numarada öğrenci yok." };
    ListPage {
        t,
        frame: &frame,
        shell: &shell,
        crumbs: if full { Vec::new() } else { s.crumbs() },
        lead: s.say("Kim nereye girebiliyor", "Who may sign in"),
        buttons: vec![
            Button::link(s.say("Yeni hesap", "New account"), "/hesaplar/yeni")
                .icon("plus")
                .weight(Weight::Main),
        ],
        action: "/hesaplar".into(),
        errors: if full { Vec::new() } else { vec![FieldError::at("metin", wrong)] },
        filters: vec![
            Filter {
                field: Field::new("metin", s.say("Ad", "Name")).value("selma").error(wrong).max(80),
                choices: Vec::new(),
            },
            Filter {
                field: Field::new("durum", s.say("Durum", "State")),
                choices: vec![
                    Choice::new("", s.say("Hepsi", "All")),
                    Choice::new("locked", s.say("Kilitli", "Locked")).chosen(true),
                ],
            },
        ],
        chips: if full { s.chips().into_iter().filter(|chip| chip.removable).collect() } else { Vec::new() },
        clear: "/hesaplar".into(),
        table: table(s, full),
        more: if full { "/hesaplar?sonra=12".into() } else { "".into() },
    }
    .render()
}

fn link(t: &Texts, s: Samples) -> askama::Result<String> {
    let frame = s.frame("Etkinleştirme bağlantısı", "/hesaplar/2/baglanti");
    let shell = s.shell("/hesaplar");
    LinkPage {
        t,
        frame: &frame,
        shell: &shell,
        crumbs: s.crumbs(),
        name: "Selma Tunalı".into(),
        user: "stunali".into(),
        url: "https://kunye.ornek.example.invalid/etkinlestir/Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmFyYmE"
            .into(),
        until: "26.11.2026 14.05".into(),
        back: Link::new("Selma Tunalı", "/hesaplar/2"),
    }
    .render()
}

fn token(t: &Texts, s: Samples) -> askama::Result<String> {
    let frame = s.frame("Anahtarınız hazır", "/hesabim/anahtar");
    let shell = s.shell("/");
    TokenPage {
        t,
        frame: &frame,
        shell: &shell,
        crumbs: s.crumbs(),
        name: s.say("Bölüm sayfası", "Department page"),
        facts: vec![Fact::text(s.say("Son günü", "Last day"), "30.06.2027")],
        token: "kny_Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmFyYmE".into(),
        back: Link::new(s.say("Hesabım", "My account"), "/hesabim"),
    }
    .render()
}

fn form(t: &Texts, s: Samples, wrong: bool) -> askama::Result<String> {
    let frame = s.frame("Yeni hesap", "/hesaplar/yeni");
    let shell = s.shell("/hesaplar");
    let error = if wrong {
        s.say("Bu alan boş bırakılamaz.", "This field cannot be left empty.")
    } else {
        "".into()
    };
    let field = |name: &'static str, tr: &'static str, en: &'static str| {
        Field::new(name, s.say(tr, en)).error(error.clone())
    };
    let choices = || vec![Choice::new("", "–"), Choice::new("clerk", s.say("Memur", "Clerk")).chosen(true)];
    FormPage {
        t,
        frame: &frame,
        shell: &shell,
        crumbs: s.crumbs(),
        lead: s.say("Hesap parolasız açılır.", "The account is opened without a password."),
        notes: if wrong { s.notes() } else { Vec::new() },
        facts: if wrong { s.facts() } else { Vec::new() },
        action: "/hesaplar/yeni".into(),
        tokens: s.tokens(),
        hidden: vec![("version".into(), "3".into())],
        errors: if wrong {
            vec![FieldError::at("ad", error.clone()), FieldError::whole(error.clone())]
        } else {
            Vec::new()
        },
        inputs: vec![
            Input::Text(
                field("ad", "Ad soyad", "Name")
                    .hint(s.say("Örnek: Selma Tunalı", "Example: Selma Tunalı"))
                    .focus(),
            ),
            Input::Number(field("no", "Numara", "Number")),
            Input::Date(field("tarih", "Başlangıç", "From").optional()),
            Input::Area(field("neden", "Açıklama", "Explanation")),
            Input::Password(field("parola", "Parola", "Password").autocomplete("new-password")),
            Input::Heading(s.say("Rol", "Role")),
            Input::Select(field("rol", "Rol", "Role"), choices()),
            Input::Radios(field("kimlik", "Kimlik belgesi", "Identity paper"), choices()),
            Input::Checks(field("evrak", "Evrak", "Papers"), choices()),
            Input::File(field("dosya", "Dosya", "File"), "application/pdf"),
            Input::Check(field("onay", "Onaylıyorum", "I agree")),
        ],
        submit: s.say("Kaydet", "Save"),
        danger: wrong,
        back: "/hesaplar".into(),
    }
    .render()
}

/// An empty list says so kindly, and a page without a narrow column has no empty one.
#[test]
fn what_is_empty_is_not_drawn() {
    let languages = crate::texts::Languages::load(&[]).expect("texts");
    let t = languages.of(base::lang::Lang::Tr);
    let s = Samples { lang: base::lang::Lang::Tr };
    let html = cards_with_counter(t, s).expect("page");
    assert!(!html.contains("cols c21"));
    assert!(list(t, s, false).expect("page").contains(Empty::default().title.as_ref()));
    assert!(!list(t, s, true).expect("page").contains("role=\"alert\""));
}
