mod bulk_registration;
mod first_day;
mod house;
mod orientation;
mod placement_fetch;
mod registration;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use askama::Template;
use base::lang::Lang;
use services::students::columns::StudentColumn;

use super::accounts::{ActivatePage, Activation, LoginPage, ReauthPage};
use super::errors::{ErrorPage, InsideErrorPage, Told};
use super::gallery::{COLOURS, GalleryPage, ICONS};
use super::notice::NoticePage;
use super::start::{Hit, HitsFragment, Piece, SideCard, StartPage, WorkGroup, WorkItem};
use super::students::{
    EnrolmentRow, Filter, IdentityRow, IssuedRow, LeftTerm, NoteForm, NoteRow, PaperRow, StudentCell,
    StudentPage, StudentRow, StudentsPage,
};
use super::verify::{Answer, Document, Standing, VerifyPage};
use crate::components::form::{Choice, Field, FieldError};
use crate::components::frame::{Look, Theme};
use crate::components::record::Action;
use crate::components::samples::Samples;
use crate::components::{Button, Direction, Empty, Fact, Ground, Link, Note, State, Tag, Value, Weight};
use crate::texts::{Languages, Texts};

fn manifest() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn gallery_dir() -> PathBuf {
    manifest().join("../../target/gallery")
}

/// Every page with sample data, as `(name, html)`.
fn pages(t: &Texts) -> Vec<(String, String)> {
    let s = Samples { lang: t.lang() };
    let mut all: Vec<(String, String)> = Vec::new();
    let mut add = |name: &str, html: askama::Result<String>| {
        all.push((format!("{name}.{}", t.code()), html.expect("page renders")));
    };

    let frame = s.frame("Bileşenler", "/bilesenler");
    add("gallery", GalleryPage { t, frame: &frame, shell: &s.shell("/"), s }.render());

    let frame = s.frame("Giriş", "/giris");
    let login = |errors, note| LoginPage {
        t,
        frame: &frame,
        tokens: s.tokens(),
        next: "/ogrenciler".into(),
        user: "memur".into(),
        errors,
        note,
    };
    add("login", login(Vec::new(), None).render());
    let wrong = s.say(
        "Kullanıcı adı ya da parola uymuyor. 3 hakkınız kaldı.",
        "User name and password do not match. 3 tries left.",
    );
    add("login-wrong", login(vec![FieldError::at("parola", wrong)], None).render());
    let locked = Note::new(
        State::Ask,
        s.say("Giriş 15 dakika durduruldu", "Signing in is paused for 15 minutes"),
        s.say(
            "Parola beş kez yanlış yazıldı. 14.20’de yeniden deneyebilirsiniz.",
            "The password was wrong five times. Try again at 14.20.",
        ),
    );
    add("login-locked", login(Vec::new(), Some(locked)).render());

    let frame = s.frame("Etkinleştirme", "/etkinlestir/ornek");
    let activation = Activation {
        name: "Selma Tunalı".into(),
        user: "stunali".into(),
        password_error: "".into(),
        repeat_error: s.say(
            "İki parola aynı değil. İkisini de yeniden yazın.",
            "The two passwords differ. Type both again.",
        ),
    };
    add("activate", ActivatePage { t, frame: &frame, tokens: s.tokens(), open: Some(activation) }.render());
    add("activate-dead", ActivatePage { t, frame: &frame, tokens: s.tokens(), open: None }.render());

    let frame = s.frame("Kimlik doğrulama", "/dogrulama-adimi");
    add(
        "reauth",
        ReauthPage {
            t,
            frame: &frame,
            shell: &s.shell("/ogrenciler"),
            tokens: s.tokens(),
            reason: s.say(
                "T.C. kimlik numarası gösterilecek ve erişim kaydına yazılacak.",
                "The identity number will be shown, and the access recorded.",
            ),
            user: "stunali".into(),
            next: "/ogrenci/2412040187".into(),
            back: "/ogrenci/2412040187".into(),
            error: "".into(),
        }
        .render(),
    );

    let frame = s.frame("Bulunamadı", "/yok");
    let told = |status, title, text, request: &'static str, links| Told {
        status,
        title,
        text,
        request: request.into(),
        links,
        ..Told::default()
    };
    let shell = s.shell("-");
    let error = |told| ErrorPage { t, frame: &frame, told };
    let refused = Told {
        findings: Some(s.findings()),
        ..told(
            422,
            s.say("Kural buna izin vermiyor", "A rule does not allow this"),
            "".into(),
            "",
            Vec::new(),
        )
    };
    add("error-422", InsideErrorPage { t, frame: &frame, shell: &shell, told: refused }.render());
    add(
        "error-404",
        error(told(
            404,
            s.say("Böyle bir sayfa yok", "There is no such page"),
            s.say(
                "Adres yanlış yazılmış, kayıt kaldırılmış ya da görme yetkiniz dışında olabilir.",
                "The address may be wrong, the record may be gone, or it is not yours to see.",
            ),
            "",
            vec![Link::new(s.say("Öğrenciler", "Students"), "/ogrenciler")],
        ))
        .render(),
    );
    add(
        "error-500",
        error(told(
            500,
            s.say("Bir hata oldu, yazdıklarınız kaydedilmedi", "Something went wrong; nothing was saved"),
            s.say(
                "Birkaç dakika sonra yeniden deneyin. Hata kaydedildi.",
                "Please try again in a few minutes. The fault has been recorded.",
            ),
            "01J9X-4T7QK",
            Vec::new(),
        ))
        .render(),
    );

    let frame = s.frame("Aydınlatma metni", "/aydinlatma");
    let notice = |notes| NoticePage {
        t,
        frame: &frame,
        lead: s.say("Sürüm 2026-1, 03.08.2026", "Version 2026-1, 03.08.2026"),
        ground: Ground::named("Örnek Ü. Kayıt Yönergesi (uydurma) m.33/1 (OR-33)"),
        notes,
        parts: vec![("Haklarınız".to_owned(), "Kanunun 11. maddesine göre isteyebilirsiniz.".to_owned())],
    };
    add("notice", notice(Vec::new()).render());
    add("notice-draft", notice(s.notes()).render());

    let frame = s.frame("Belge doğrulama", "/dogrula");
    let verify =
        |code: &'static str, error, answer| VerifyPage { t, frame: &frame, code: code.into(), error, answer };
    add("verify", verify("", "".into(), None).render());
    let bad = s
        .say("Kod 26 harf ve rakamdan oluşur; 7 yazdınız.", "A code has 26 letters and digits; you typed 7.");
    add("verify-error", verify("7Q2M-4T", bad, None).render());
    for standing in Standing::ALL {
        let known = !matches!(standing, Standing::Unknown | Standing::Throttled);
        let changed = if standing == Standing::Valid { "" } else { "28.10.2026" };
        let document = known.then(|| Document {
            kind: s.say("Öğrenci belgesi (Türkçe)", "Student certificate (Turkish)"),
            number: "2026/4417".into(),
            date: "28.09.2026".into(),
            unit: s.say(
                "Örnek Üniversitesi, İktisadi ve İdari Bilimler Fakültesi",
                "Örnek University, Faculty of Economics",
            ),
            holder: "A••• Y•••••••".into(),
            day: "".into(),
            changed: changed.into(),
        });
        let answer = Answer { standing, document, checked: "23.11.2026 14.05".into() };
        add(
            &format!("verify-{}", standing.code()),
            verify("7Q2M-4TKX-9HBD-WR3N-6V8Z-51AC-0E", "".into(), Some(answer)).render(),
        );
    }

    add("start", start_page(t, s));
    add("start-empty", start_page_empty(t, s));
    add("hits", hits(t, s));
    add("students", students_page(t, s, true));
    add("students-empty", students_page(t, s, false));
    add("student", student_page(t, s));
    add("student-new", student_page_new(t, s));
    for (name, html) in house::pages(t) {
        add(name, html);
    }
    all
}

fn start_page(t: &Texts, s: Samples) -> askama::Result<String> {
    let frame = s.frame("İş listem", "/");
    let mut shell = s.shell("/");
    shell.counter_in_page = true;
    let item = |due, title, who: &'static str, who_note: &'static str, promise, button| WorkItem {
        due,
        title,
        who: who.into(),
        who_note: who_note.into(),
        ground: None,
        promise,
        button: Some(Button::link(button, "#is").small().about(who)),
    };
    StartPage {
        t,
        frame: &frame,
        shell: &shell,
        greeting: s.say("Günaydın Selma Hanım", "Good morning, Ms Tunalı"),
        lead: s.say(
            "12.10.2026 Pazartesi · güz döneminin 4. haftası",
            "Monday 12.10.2026 · week 4 of the autumn term",
        ),
        next: Some(
            Button::link(s.say("Sıradakini al", "Take the next"), "#is").weight(Weight::Main).key("s"),
        ),
        figures: s.figures(),
        registration_summary: Some(bulk_registration::summary(s)),
        waiting: "5".into(),
        kinds: s.chips().into_iter().filter(|chip| !chip.removable).collect(),
        work: vec![
            WorkGroup {
                title: s.say("Geciken, 1", "Late, 1"),
                items: vec![item(
                    Tag::no(s.say("2 iş günü geçti", "2 working days late")),
                    s.say("Öğrenci belgesi imzada, 6 adet", "6 certificates await signature"),
                    "toplu istek",
                    "2026/4431–4436",
                    s.say("Söz: 1 gün", "Promise: 1 day"),
                    s.say("Aç", "Open"),
                )],
            },
            WorkGroup {
                title: s.say("Bugün, 2", "Today, 2"),
                items: vec![
                    WorkItem {
                        ground: Some(Ground::linked("EÖS Yön. m.12/2", "/kurallar")),
                        ..item(
                            Tag::ask(s.say("bugün", "today")),
                            s.say(
                                "İçeri alınan kayıtla Künye’deki kayıt çelişiyor",
                                "Imported record conflicts with Künye",
                            ),
                            "Işıl Çağlayan",
                            "2412040233",
                            "".into(),
                            s.say("Karşılaştır", "Compare"),
                        )
                    },
                    item(
                        Tag::time("16.30"),
                        s.say("Toplu belge işi bitiyor", "Batch of papers is finishing"),
                        "İktisat 2. sınıf",
                        "124 / 310",
                        "".into(),
                        s.say("İzle", "Watch"),
                    ),
                ],
            },
        ],
        empty: s.empty(),
        more: Some(Link::new(s.say("Bu haftanın kalan 2 işi", "The other 2 of this week"), "#is")),
        side: vec![
            SideCard {
                id: "son-belgeler".into(),
                title: s.say("Son verilen belgeler", "Last documents"),
                facts: vec![
                    Fact::link(
                        "2026/4417",
                        s.say("Öğrenci belgesi, Aras Yıldıran", "Certificate, Aras Yıldıran"),
                        "#is",
                    ),
                    Fact::link(
                        "2026/4416",
                        s.say("Transkript, Işıl Çağlayan", "Transcript, Işıl Çağlayan"),
                        "#is",
                    ),
                ],
                empty: "".into(),
                more: Some(Link::new(s.say("Tümü", "All"), "/belgeler")),
            },
            SideCard {
                id: "suren-isler".into(),
                title: s.say("Süren işler", "Running work"),
                facts: Vec::new(),
                empty: s.say("Şu anda süren iş yok.", "Nothing is running now."),
                more: None,
            },
        ],
    }
    .render()
}

fn start_page_empty(t: &Texts, s: Samples) -> askama::Result<String> {
    let mut frame = s.frame("İş listem", "/");
    frame.flash = s.notes().into_iter().next();
    frame.look = Look { comfortable: true, contrast: true, letter_keys: false, theme: Theme::Light };
    let mut shell = s.shell("/");
    shell.counter = false;
    shell.context.iter_mut().for_each(|chooser| chooser.choices.truncate(1));
    StartPage {
        t,
        frame: &frame,
        shell: &shell,
        greeting: s.say("Merhaba", "Hello"),
        lead: "12.10.2026".into(),
        next: None,
        figures: Vec::new(),
        registration_summary: None,
        waiting: "".into(),
        kinds: Vec::new(),
        work: Vec::new(),
        empty: s.empty(),
        more: None,
        side: Vec::new(),
    }
    .render()
}

fn hits(t: &Texts, s: Samples) -> askama::Result<String> {
    let piece = |text: &'static str, found| Piece { text: text.into(), found };
    let hits = vec![
        Hit {
            href: "/ogrenci/2412040233".into(),
            number: "2412040233".into(),
            name: vec![piece("Işı", true), piece("l Çağlayan", false)],
            programme: s.say("İktisat, 2. sınıf", "Economics, year 2"),
            status: Tag::ok(s.say("Aktif", "Active")),
        },
        Hit {
            href: "/ogrenci/2012050133".into(),
            number: "2012050133".into(),
            name: vec![piece("Mert ", false), piece("Işı", true), piece("k", false)],
            programme: s.say("Maliye", "Public Finance"),
            status: Tag::na(s.say("Mezun 2024", "Graduated 2024")),
        },
    ];
    HitsFragment { t, hits, total: 449, all: "/ogrenciler?q=isi".into() }.render()
}

fn students_page(t: &Texts, s: Samples, full: bool) -> askama::Result<String> {
    let frame = s.frame("Öğrenciler", "/ogrenciler?q=isik");
    let shell = s.shell("/ogrenciler");
    let row = |number: &'static str,
               name: &'static str,
               class: &'static str,
               status,
               ects: &'static str,
               agno: &'static str| StudentRow {
        number: number.into(),
        name: name.into(),
        href: format!("/ogrenci/{number}").into(),
        cells: [
            (StudentColumn::Number, Value::Text(number.into()), ""),
            (StudentColumn::Name, Value::Missing, ""),
            (StudentColumn::Programme, Value::Text(s.say("İktisat", "Economics")), ""),
            (StudentColumn::Class, Value::Text(class.into()), t.get("students-class")),
            (StudentColumn::Status, Value::Tag(status), ""),
            (StudentColumn::Ects, Value::Text(ects.into()), t.get("students-ects")),
            (StudentColumn::Agno, Value::Text(agno.into()), t.get("students-agno")),
        ]
        .into_iter()
        .map(|(column, value, label)| StudentCell { value, column, label })
        .collect(),
    };
    let rows = vec![
        row(
            "2412040233",
            "Çağlayan Işıl",
            "2",
            Tag::ask(s.say("Kayıt donduruldu", "On leave")),
            "112",
            "2,64",
        ),
        row("2412040187", "Yıldıran Aras", "2", Tag::ok(s.say("Aktif", "Active")), "80", "1,89"),
        row("2012040051", "Işık Mert", "4", Tag::na(s.say("Mezun", "Graduated")), "240", "3,12"),
        row(
            "2312040098",
            "Işıkhan Öykü Naz",
            "3",
            Tag::no(s.say("Kaydı silindi", "Withdrawn")),
            "64",
            "1,42",
        ),
    ];
    let choices = |first, second| {
        vec![
            Choice::new("", s.say("Hepsi", "All")).chosen(true),
            Choice::new("1", first),
            Choice::new("2", second),
        ]
    };
    StudentsPage {
        t,
        frame: &frame,
        shell: &shell,
        count: if full {
            s.say("449 öğrenci bulundu", "449 students found")
        } else {
            s.say("Öğrenci bulunamadı", "No student found")
        },
        query: "isik".into(),
        surname: "".into(),
        filters: vec![
            Filter {
                field: Field::new("program", t.get("students-programme")),
                choices: choices(s.say("İktisat", "Economics"), s.say("Maliye", "Public Finance")),
            },
            Filter {
                field: Field::new("durum", t.get("students-status")),
                choices: choices(s.say("Aktif", "Active"), s.say("Mezun", "Graduated")),
            },
            Filter {
                field: Field::new("giris", s.say("Giriş yılı", "Entry year")).max(4),
                choices: Vec::new(),
            },
            Filter {
                field: Field::new("sinif", t.get("students-class")),
                choices: choices("1".into(), "2".into()),
            },
        ],
        chips: s.chips().into_iter().filter(|chip| chip.removable).collect(),
        clear: "/ogrenciler".into(),
        kept: vec![("sira", "no".into())],
        columns: StudentsPage::columns(t, &StudentColumn::USUAL, |column| match column {
            StudentColumn::Name => Some(("?sira=".to_owned(), Some(Direction::Ascending))),
            StudentColumn::Number => Some(("?sira=no".to_owned(), None)),
            _ => None,
        }),
        rows: if full { rows } else { Vec::new() },
        more: if full { "/ogrenciler?q=isik&after=50".into() } else { "".into() },
        empty: Empty::new(
            "find",
            s.say("Bu yazıma uyan öğrenci yok", "No student matches"),
            s.say(
                "Süzgeçleri azaltın ya da adın bir parçasını yazın.",
                "Remove a filter or type a part of the name.",
            ),
        ),
        tools: s.list_tools(),
        bulk: vec![
            (s.say("Öğrenci belgesi ver", "Issue certificates"), "/belge/toplu?tur=ogrenci-belgesi".into()),
            (s.say("Transkript ver", "Issue transcripts"), "/belge/toplu?tur=transkript".into()),
        ],
        tokens: s.tokens(),
    }
    .render()
}

fn student_page(t: &Texts, s: Samples) -> askama::Result<String> {
    let frame = s.frame("Aras Yıldıran", "/ogrenci/2412040187");
    let shell = s.shell("/ogrenciler");
    StudentPage {
        t,
        frame: &frame,
        shell: &shell,
        plate: s.plate(),
        notices: s.notes().into_iter().filter(|note| note.state == State::Ask).collect(),
        actions_title: (t.get("student-actions").into(), t.get("student-counter").into()),
        actions_hint: t.get("student-actions-hint").into(),
        actions: s.actions(),
        findings: Some(s.findings()),
        timeline: s.timeline(),
        timeline_total: 46,
        timeline_all: "/ogrenci/2412040187/zaman".into(),
        marks_facts: vec![
            Fact::link(
                s.say("Müfredat", "Curriculum"),
                s.say("İktisat 2022", "Economics 2022"),
                "/mufredat/1",
            ),
            Fact::text(s.say("Kazanılan AKTS", "ECTS earned"), "80 / 240"),
        ],
        terms: vec![s.term("d-20251"), s.term("d-20242"), s.term("d-20241")],
        left: vec![LeftTerm { title: s.say("5. yarıyıl", "Term 5"), rows: s.term("").rows }],
        enrolments: vec![
            EnrolmentRow {
                number: "2412040187".into(),
                href: "".into(),
                current: true,
                programme: s.say("İktisat (lisans, örgün)", "Economics (BA, daytime)"),
                note: s.say("Ana program", "Main programme"),
                entry: s.say("ÖSYM, 02.09.2024", "ÖSYM, 02.09.2024"),
                status: Tag::ok(s.say("Aktif", "Active")),
                since: s.say("21.09.2026’dan beri", "since 21.09.2026"),
            },
            EnrolmentRow {
                number: "2513050012".into(),
                href: "/ogrenci/2513050012".into(),
                current: false,
                programme: s.say("Maliye (lisans, örgün)", "Public Finance (BA, daytime)"),
                note: s.say("Çift ana dal, ana programı 2412040187", "Double major of 2412040187"),
                entry: s.say("ÇAP, 22.09.2025", "Double major, 22.09.2025"),
                status: Tag::ok(s.say("Aktif", "Active")),
                since: "".into(),
            },
        ],
        papers: vec![
            PaperRow {
                name: s.say("Öğrenim ücreti dekontu", "Fee receipt"),
                href: "".into(),
                note: s.say("Son gün kayıt günü: 02.09.2024 · aslı", "Due on 02.09.2024 · original"),
                grounds: vec![Ground::named(
                    s.say("Kayıt Yönergesi m.11/1", "Registration Directive m.11/1"),
                )],
                state: Tag::no(s.say("Eksik", "Missing")),
            },
            PaperRow {
                name: s.say("Sağlık raporu (3 hafta)", "Medical report"),
                href: "/evrak/2".into(),
                note: s.say("12.10.2026 · 302.08 · taranmış", "12.10.2026 · 302.08 · scanned"),
                grounds: Vec::new(),
                state: Tag::ask(s.say("Değerlendirilecek", "To be judged")),
            },
            PaperRow {
                name: s.say("Lise diploması (aslı)", "School diploma (original)"),
                href: "/evrak/3".into(),
                note: s.say("02.09.2024 · 302.01 · raf 1, kutu 07", "02.09.2024 · 302.01 · shelf 1, box 07"),
                grounds: Vec::new(),
                state: Tag::ok(s.say("Dosyada", "On file")),
            },
        ],
        papers_note: s.say(
            "02.09.2024 günü “YKS” girişinde istenen evrakla karşılaştırıldı.",
            "Compared with what “YKS” asked for on 02.09.2024.",
        ),
        papers_empty: Empty::default(),
        issued: vec![
            IssuedRow {
                kind: s.say("Öğrenci belgesi (Türkçe)", "Student certificate (Turkish)"),
                number: "2026/4417".into(),
                href: "/belge/4417".into(),
                date: "28.09.2026".into(),
                by: "S. Tunalı".into(),
                state: Tag::ok(s.say("Geçerli", "Valid")),
                buttons: vec![
                    Button::link(s.say("Yeniden bas", "Reprint"), "/belge/4417.pdf")
                        .small()
                        .about("2026/4417"),
                ],
            },
            IssuedRow {
                kind: s.say("Transkript (İngilizce)", "Transcript (English)"),
                number: "2026/0388".into(),
                href: "/belge/388".into(),
                date: "14.01.2026".into(),
                by: "S. Tunalı".into(),
                state: Tag::na(s.say("Yerini yenisi aldı", "Superseded")),
                buttons: Vec::new(),
            },
        ],
        identity: vec![
            IdentityRow {
                label: s.say("Ad", "Given name"),
                registered: "Aras".into(),
                ..IdentityRow::default()
            },
            IdentityRow {
                label: s.say("Soyadı", "Surname"),
                registered: "Yıldız".into(),
                now: "Yıldıran".into(),
                note: s.say("S. Tunalı, 03.03.2026.", "S. Tunalı, 03.03.2026."),
                ground: Some(Ground::named(s.say("Mahkeme kararı 2026/118", "Court ruling 2026/118"))),
            },
            IdentityRow { label: s.say("Baba adı", "Father's name"), ..IdentityRow::default() },
        ],
        contact: s
            .facts()
            .into_iter()
            .filter(|fact| {
                fact.label.contains("posta") || fact.label.contains("mail") || fact.label.contains("adres")
            })
            .collect(),
        notes: Some(vec![NoteRow {
            text: s.say(
                "Diploma için ad değişikliğini bekliyor.",
                "Waits for the change of name before the diploma.",
            ),
            by: "S. Tunalı, 05.03.2026".into(),
        }]),
        note_form: Some(NoteForm {
            action: "/ogrenci/2412040187/not".into(),
            tokens: s.tokens(),
            field: Field::new("not", s.say("Yeni not", "New note")).max(500),
        }),
    }
    .render()
}

fn student_page_new(t: &Texts, s: Samples) -> askama::Result<String> {
    let frame = s.frame("Aras Yıldıran", "/ogrenci/2412040187");
    let shell = s.shell("/ogrenciler");
    StudentPage {
        t,
        frame: &frame,
        shell: &shell,
        plate: crate::components::record::Plate {
            facts: Vec::new(),
            ground: None,
            reveal: None,
            ..s.plate()
        },
        notices: Vec::new(),
        actions_title: (t.get("student-can-give").into(), t.get("student-can-give").into()),
        actions_hint: "".into(),
        actions: s.actions().into_iter().map(|a| Action { buttons: Vec::new(), ..a }).collect(),
        findings: None,
        timeline: Vec::new(),
        timeline_total: 0,
        timeline_all: "".into(),
        marks_facts: Vec::new(),
        terms: Vec::new(),
        left: Vec::new(),
        enrolments: Vec::new(),
        papers: Vec::new(),
        papers_note: "".into(),
        papers_empty: Empty::new(
            "folder",
            t.get("student-papers-elsewhere"),
            t.get("student-papers-elsewhere-text"),
        ),
        issued: Vec::new(),
        identity: Vec::new(),
        contact: Vec::new(),
        notes: None,
        note_form: None,
    }
    .render()
}

/// Opening and closing tags in order; enough to find a tag left open, which no browser reports.
fn check_nesting(name: &str, html: &str) {
    const VOID: &[&str] = &["meta", "link", "input", "img", "hr", "br", "wbr", "rect", "use", "!doctype"];
    let mut open: Vec<String> = Vec::new();
    for piece in html.split('<').skip(1) {
        let Some((tag, _)) = piece.split_once('>') else { panic!("{name}: unclosed tag {piece}") };
        if let Some(closing) = tag.strip_prefix('/') {
            assert_eq!(open.pop().as_deref(), Some(closing), "{name}: before {piece}");
        } else {
            let word: String = tag.chars().take_while(|c| !c.is_whitespace() && *c != '/').collect();
            if !VOID.contains(&word.as_str()) && !tag.ends_with('/') {
                open.push(word);
            }
        }
    }
    assert!(open.is_empty(), "{name}: {open:?}");
}

/// Values of one attribute, in order.
fn attribute<'a>(html: &'a str, name: &str) -> Vec<&'a str> {
    html.split(&format!(" {name}=\""))
        .skip(1)
        .filter_map(|piece| piece.split_once('"').map(|(value, _)| value))
        .collect()
}

fn check_page(name: &str, html: &str) {
    check_nesting(name, html);
    for forbidden in [" style=", "javascript:", "onclick=", "<script>", "<style"] {
        assert!(!html.contains(forbidden), "{name}: {forbidden}");
    }
    let mut seen = BTreeSet::new();
    for id in attribute(html, "id") {
        assert!(seen.insert(id), "{name}: the id “{id}” stands twice");
    }
    for reference in
        ["for", "aria-labelledby", "aria-controls", "popovertarget", "data-date-for", "data-show"]
    {
        for id in attribute(html, reference).into_iter().flat_map(str::split_whitespace) {
            assert!(seen.contains(id), "{name}: {reference}=\"{id}\" leads nowhere");
        }
    }
    for ids in attribute(html, "aria-describedby") {
        assert!(ids.split_whitespace().all(|id| seen.contains(id)), "{name}: described by “{ids}”");
    }
    for piece in html.split("<use href=\"/static/icons.svg").skip(1) {
        let symbol = piece.split(['#', '"']).nth(1).unwrap_or("");
        assert!(ICONS.contains(&symbol), "{name}: no symbol “{symbol}”");
    }
    assert!(html.matches("class=\"btn main").count() <= 1, "{name}: more than one main button");
    if html.starts_with("<!doctype") {
        assert_eq!(html.matches("<h1").count(), 1, "{name}: one h1");
        assert!(html.contains("<main"), "{name}");
    }
    for form in html.split("<form").skip(1).filter(|form| form.contains("method=\"post\"")) {
        let end = form.find("</form>").unwrap_or(form.len());
        assert!(form[..end].contains("name=\"csrf\""), "{name}: a form without csrf");
    }
    assert!(html.len() < 90 * 1024, "{name}: {} bytes", html.len());
}

#[test]
fn every_page_renders_in_both_languages_and_keeps_the_rules() {
    let languages = Languages::load(&[]).expect("texts");
    std::fs::create_dir_all(gallery_dir()).expect("gallery folder");
    for lang in Lang::ALL {
        let t = languages.of(lang);
        for (name, html) in pages(t) {
            check_page(&name, &html);
            std::fs::write(gallery_dir().join(format!("{name}.html")), html).expect("written");
        }
        assert_eq!(t.missing(), Vec::<String>::new(), "keys without a text in {}", lang.code());
    }
}

#[test]
fn the_reader_s_settings_reach_the_page() {
    let languages = Languages::load(&[]).expect("texts");
    let s = Samples { lang: Lang::Tr };
    let html = start_page_empty(languages.of(Lang::Tr), s).expect("page");
    for part in [
        "data-theme=\"light\"",
        "data-contrast=\"more\"",
        "data-keys=\"off\"",
        "class=\"rahat\"",
        "lang=\"tr\"",
    ] {
        assert!(html.contains(part), "{part}");
    }
    assert!(!html.contains("data-counter"), "a role without the counter has no field");
}

#[test]
fn what_people_typed_is_escaped() {
    let languages = Languages::load(&[]).expect("texts");
    let t = languages.of(Lang::Tr);
    let evil = "\"><script>alert(1)</script>";
    let frame = Samples { lang: Lang::Tr }.frame("Giriş", "/giris");
    let page = LoginPage {
        t,
        frame: &frame,
        tokens: Samples { lang: Lang::Tr }.tokens(),
        next: evil.into(),
        user: evil.into(),
        errors: vec![FieldError::at("parola", evil)],
        note: None,
    };
    assert!(!page.render().expect("page").contains("<script>"));
}

#[test]
fn symbols_and_colours_of_the_gallery_are_those_of_the_files() {
    let icons = std::fs::read_to_string(manifest().join("static/icons.svg")).expect("icons");
    assert_eq!(attribute(&icons, "id"), ICONS);
    let tokens = std::fs::read_to_string(manifest().join("static/tokens.css")).expect("tokens");
    for colour in COLOURS {
        assert!(tokens.contains(&format!("--{colour}:")), "{colour}");
    }
}

/// Classes that templates use and `components.css` does not know, and the other way round.
#[test]
fn no_class_without_a_rule() {
    let css = std::fs::read_to_string(manifest().join("static/components.css")).expect("css");
    let languages = Languages::load(&[]).expect("texts");
    let mut used: BTreeMap<String, String> = BTreeMap::new();
    for lang in Lang::ALL {
        for (name, html) in pages(languages.of(lang)) {
            for class in attribute(&html, "class").into_iter().flat_map(str::split_whitespace) {
                used.entry(class.to_owned()).or_insert_with(|| name.clone());
            }
        }
    }
    let without: Vec<_> = used
        .iter()
        .filter(|(class, _)| {
            !["ok", "no", "ask", "na", "info", "rows", "plain", "rahat", "in", "off"]
                .contains(&class.as_str())
        })
        .filter(|(class, _)| !css.contains(&format!(".{class}")))
        .collect();
    assert!(without.is_empty(), "{without:?}");
}
