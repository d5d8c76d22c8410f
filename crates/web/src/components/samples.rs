//! Invented people and papers for the gallery page; nothing else shows them.

use base::lang::Lang;

use super::form::{Choice, Field, FieldError, KeptFile, Tokens};
use super::frame::{Chooser, Frame, NavItem, Shell};
use super::list::{ColumnPicker, Files, ListTools};
use super::record::{
    Action, Finding, Findings, JobCard, JobState, MarkRow, Outcome, Plate, TermMarks, TimelineItem, Verdict,
};
use super::{
    Button, Chip, Column, Direction, Empty, Fact, Figure, Ground, Link, Note, State, Str, Tab, Tag, Value,
    Weight, Why,
};

/// Samples in one language.
#[derive(Clone, Copy, Debug)]
pub struct Samples {
    /// The language of the samples' words.
    pub lang: Lang,
}

impl Samples {
    /// `tr` or `en`, as the language says.
    pub fn say(self, tr: &'static str, en: &'static str) -> Str<'static> {
        match self.lang {
            Lang::Tr => tr.into(),
            Lang::En => en.into(),
        }
    }

    /// What every page has.
    pub fn frame(self, title: &'static str, here: &'static str) -> Frame<'static> {
        Frame {
            title: title.into(),
            csrf: "ornek".into(),
            here: here.into(),
            institution: self.say("Örnek Üniversitesi", "Örnek University"),
            printed: "23.11.2026 14.05 · S. Tunalı".into(),
            ..Frame::default()
        }
    }

    /// Bar and navigation of a clerk; `current` is the address of the work being read.
    pub fn shell(self, current: &str) -> Shell<'static> {
        let works = [
            ("list", self.say("İş listem", "My work"), "/", "14"),
            ("cap", self.say("Öğrenciler", "Students"), "/ogrenciler", ""),
            ("doc", self.say("Belgeler", "Documents"), "/belgeler", "6"),
            ("inbox", self.say("Toplu işler", "Batches"), "/isler", "1"),
            ("users", self.say("Hesaplar", "Accounts"), "/hesaplar", ""),
            ("log", self.say("Kayıtlar", "Audit"), "/kayitlar", ""),
            ("law", self.say("Kurallar", "Rules"), "/kurallar", ""),
            ("set", self.say("Ayarlar", "Settings"), "/ayarlar", ""),
        ];
        Shell {
            user: "S. Tunalı".into(),
            user_note: self
                .say("Selma Tunalı, öğrenci işleri personeli", "Selma Tunalı, student affairs clerk"),
            context: vec![
                Chooser {
                    field: "birim",
                    label: self.say("Birim", "Unit"),
                    current: self.say("İktisadi ve İdari Bilimler F.", "Economics and Admin. Sciences"),
                    choices: vec![
                        Choice::new(
                            "12",
                            self.say(
                                "İktisadi ve İdari Bilimler Fakültesi",
                                "Economics and Administrative Sciences",
                            ),
                        )
                        .chosen(true),
                        Choice::new(
                            "15",
                            self.say("Sağlık Bilimleri Fakültesi", "Faculty of Health Sciences"),
                        ),
                    ],
                },
                Chooser {
                    field: "donem",
                    label: self.say("Dönem", "Term"),
                    current: self.say("2026-27 Güz", "2026-27 Autumn"),
                    choices: vec![
                        Choice::new("20261", self.say("2026-27 Güz", "2026-27 Autumn")).chosen(true),
                        Choice::new("20252", self.say("2025-26 Bahar", "2025-26 Spring")),
                    ],
                },
            ],
            nav: works
                .into_iter()
                .map(|(icon, label, href, count)| NavItem {
                    icon,
                    label,
                    href: href.into(),
                    count: count.into(),
                    current: href == current,
                })
                .collect(),
            query: "".into(),
            counter: true,
            counter_in_page: false,
            links: vec![
                Link::new(self.say("Hesabım", "My account"), "/hesabim"),
                Link::new(self.say("Kaydıma kim baktı", "Who has read my record"), "/hesabim/erisim"),
            ],
            ways: vec![
                Link::new(self.say("Masa", "Desk"), "/kayit"),
                Link::new(self.say("e-Kayıt", "e-Registration"), "/kayit/e-kayit"),
                Link::new(self.say("Durum", "Figures"), "/kayit/durum"),
            ],
            way: "/kayit/e-kayit".into(),
            notice: None,
        }
    }

    /// Columns to choose and files to take out.
    pub fn list_tools(self) -> ListTools<'static> {
        let choices = [
            ("programme", self.say("Program", "Programme"), true),
            ("class", self.say("Sınıf", "Year"), true),
            ("advisor", self.say("Danışman", "Advisor"), false),
        ];
        let files = [
            (self.say("Görünen sütunlar", "Columns shown"), "gorunen"),
            (self.say("Bütün sütunlar", "All columns"), "hepsi"),
        ];
        ListTools {
            picker: Some(ColumnPicker {
                list: "students",
                fixed: vec!["number", "name"],
                choices: choices
                    .into_iter()
                    .map(|(code, label, is_shown)| Choice::new(code, label).chosen(is_shown))
                    .collect(),
            }),
            files: files
                .into_iter()
                .map(|(label, columns)| Files {
                    label,
                    links: vec![
                        Link::new("XLSX", format!("/ogrenciler/liste.xlsx?sutunlar={columns}")),
                        Link::new("CSV", format!("/ogrenciler/liste.csv?sutunlar={columns}")),
                    ],
                })
                .collect(),
            files_note: self.say("Süzgece uyan 449 öğrencinin hepsi", "All 449 students of this filter"),
        }
    }

    /// Every state with a word.
    pub fn tags(self) -> Vec<Tag<'static>> {
        vec![
            Tag::ok(self.say("Aktif öğrenci", "Active student")),
            Tag::no(self.say("İptal edildi", "Cancelled")),
            Tag::ask(self.say("İmza bekliyor", "Awaiting signature")),
            Tag::na(self.say("Yerini yenisi aldı", "Superseded")),
            Tag::info(self.say("Bilgi", "Information")),
            Tag::time(self.say("14.10 Çar", "Wed 14.10")),
        ]
    }

    /// One ground that opens and one that is only named.
    pub fn grounds(self) -> Vec<Ground<'static>> {
        vec![
            Ground::linked("EÖS Yön. m.24/1", "/kurallar/KEY-40"),
            Ground::named(
                self.say("YK kararı 05.02.2026, 2026/04-11", "Board decision 05.02.2026, 2026/04-11"),
            ),
        ]
    }

    /// A figure that opens to its arithmetic.
    pub fn why(self, id: &'static str, value: &'static str) -> Why<'static> {
        Why {
            value: value.into(),
            id: id.into(),
            title: self.say("Bu sayı nasıl bulundu", "How this figure was found"),
            lines: vec![
                self.say(
                    "Katsayı × AKTS toplamı: 58,50 + 64,00 + 48,00 = 170,50",
                    "Coefficient × ECTS: 58.50 + 64.00 + 48.00 = 170.50",
                ),
                self.say("Nota giren AKTS: 30 + 30 + 30 = 90", "ECTS counted: 30 + 30 + 30 = 90"),
                self.say("170,50 / 90 = 1,894 → 1,89", "170.50 / 90 = 1.894 → 1.89"),
            ],
            ground: Some(Ground::linked("EÖS Yön. m.18/1", "/kurallar/KEY-02")),
        }
    }

    /// Buttons of every weight.
    pub fn buttons(self) -> Vec<Button<'static>> {
        vec![
            Button::link(self.say("Belgeyi ver", "Issue document"), "#dugmeler")
                .weight(Weight::Main)
                .key("v"),
            Button::link(self.say("Listeyi indir", "Download list"), "#dugmeler").icon("download"),
            Button::link(self.say("Vazgeç", "Cancel"), "#dugmeler").weight(Weight::Quiet),
            Button::post(self.say("Belgeyi iptal et", "Cancel document"), "/bilesenler")
                .weight(Weight::Danger),
            Button::link(self.say("Aç", "Open"), "#dugmeler").small(),
            Button::link(self.say("Bas", "Print"), "#dugmeler").small().key("b").icon("print"),
        ]
    }

    /// A message of every state.
    pub fn notes(self) -> Vec<Note<'static>> {
        vec![
            Note::new(
                State::Ok,
                self.say("Öğrenci belgesi 2026/4417 verildi", "Student certificate 2026/4417 issued"),
                self.say(
                    "Kopyası saklandı, doğrulama kodu belgenin altında.",
                    "A copy is kept; the code stands at its foot.",
                ),
            )
            .with_link(self.say("Belgeyi aç", "Open the document"), "#notlar-uyarilar"),
            Note::new(
                State::Info,
                self.say("Ekle-sil haftası 09.10.2026’da biter", "Add-drop week ends on 09.10.2026"),
                "",
            ),
            Note::new(
                State::Ask,
                self.say("İki bilgi doğrulanmamış", "Two facts are not verified"),
                self.say(
                    "Yuvarlama kuralı kurul kararıyla kesinleşene dek AGNO belgeye yazılmaz.",
                    "Until the board settles the rounding rule, the GPA is left out of the paper.",
                ),
            ),
            Note::new(
                State::No,
                self.say("Kayıt değişmedi", "Nothing was changed"),
                self.say(
                    "Aynı kaydı S. Tunalı 14.02’de değiştirdi. Sayfayı yenileyip yeniden deneyin.",
                    "S. Tunalı changed the same record at 14.02. Reload the page and try again.",
                ),
            ),
        ]
    }

    /// A list with nothing in it.
    pub fn empty(self) -> Empty<'static> {
        Empty {
            icon: "inbox",
            title: self.say("Bekleyen iş yok", "Nothing is waiting"),
            text: self.say(
                "Yeni bir iş geldiğinde burada, süresine göre sıralı görünür.",
                "New work appears here, the most urgent first.",
            ),
            button: Some(Button::link(self.say("Öğrenci ara", "Find a student"), "/ogrenciler")),
        }
    }

    /// Numbers of a day.
    pub fn figures(self) -> Vec<Figure<'static>> {
        [
            ("34", self.say("öğrenci sayfası açıldı", "student pages opened"), ""),
            ("21", self.say("belge verildi, 6’sı imzada", "documents issued, 6 for signature"), "/belgeler"),
            ("1.204", self.say("kayıt içeri alındı", "records imported"), "/isler"),
            ("3", self.say("çakışma karar bekliyor", "conflicts to decide"), "/isler"),
        ]
        .into_iter()
        .map(|(number, label, href)| Figure { number: number.into(), label, href: href.into() })
        .collect()
    }

    /// Chips: chosen, not chosen, removable.
    pub fn chips(self) -> Vec<Chip<'static>> {
        let chip = |label, count: &'static str, current, removable| Chip {
            label,
            count: count.into(),
            href: "#cipler".into(),
            current,
            removable,
        };
        vec![
            chip(self.say("Hepsi", "All"), "", true, false),
            chip(self.say("Belge", "Documents"), "6", false, false),
            chip(self.say("İçeri alma", "Imports"), "3", false, false),
            chip(self.say("Durum: aktif", "Status: active"), "", true, true),
        ]
    }

    /// Sections of a page.
    pub fn tabs(self) -> Vec<Tab<'static>> {
        [
            (self.say("Gişe", "Counter"), "#renkler", "", true),
            (self.say("Notlar", "Grades"), "#dugmeler", "", false),
            (self.say("Evrak", "Papers"), "#formlar", "17", false),
        ]
        .into_iter()
        .map(|(label, href, count, current)| Tab { label, href: href.into(), count: count.into(), current })
        .collect()
    }

    /// Labels and values of every kind.
    pub fn facts(self) -> Vec<Fact<'static>> {
        vec![
            Fact::text(
                self.say("Program", "Programme"),
                self.say("İktisat (lisans, örgün)", "Economics (BA)"),
            ),
            Fact::why("AGNO", self.why("ornek-kv", "1,89")),
            Fact::tag(self.say("Durum", "Status"), Tag::ok(self.say("Aktif", "Active")))
                .with_ground(Ground::linked("YK 2026/04-11", "/kurallar")),
            Fact::link(self.say("E-posta", "E-mail"), "aras.yildiran@example.invalid", "#bilgiler"),
            Fact::text(self.say("İl dışı adres", "Second address"), ""),
            Fact::text(self.say("Danışman", "Adviser"), "Dr. N. Özbey")
                .with_note(self.say("15.09.2025’ten beri", "since 15.09.2025")),
        ]
    }

    /// The head of a student page.
    pub fn plate(self) -> Plate<'static> {
        Plate {
            number: "2412040187".into(),
            name: "Aras Yıldıran".into(),
            programme: self.say(
                "İktisat (lisans, örgün) · 2. sınıf, 4. yarıyıl",
                "Economics (BA, daytime) · year 2, semester 4",
            ),
            identity: self.say("T.C. kimlik no ••••••••• 26", "National identity no ••••••••• 26"),
            reveal: Some(Button::post(
                self.say("göster ve kaydet", "show, and record it"),
                "/ogrenci/2412040187/kimlik",
            )),
            photo: "".into(),
            initials: "AY".into(),
            facts: vec![
                Fact::why("AGNO", self.why("plaka-agno", "1,89")),
                Fact::text(self.say("AKTS (kazanılan)", "ECTS (earned)"), "80 / 240"),
                Fact::new(
                    self.say("Azami süre", "Maximum period"),
                    Value::Why(Why { id: "plaka-sure".into(), ..self.why("", "4 / 14") }),
                ),
                Fact::text(self.say("Danışman", "Adviser"), "Dr. N. Özbey"),
                Fact::tag(
                    self.say("Katkı payı", "Contribution"),
                    Tag::na(self.say("Denetlenmedi", "Not checked")),
                ),
                Fact::tag(self.say("Engel", "Holds"), Tag::no(self.say("Kütüphane, 1", "Library, 1"))),
                Fact::text(self.say("Giriş", "Entry"), self.say("2024 ÖSYM", "2024 ÖSYM")),
                Fact::text(self.say("Cep", "Mobile"), "05•• ••• •• 41"),
            ],
            status: Tag::ok(self.say("Aktif öğrenci", "Active student")),
            since: self.say("21.09.2026’dan beri", "since 21.09.2026"),
            ground: Some(Ground::linked(
                self.say("YK kararı 05.02.2026, 2026/04-11", "Board decision 05.02.2026, 2026/04-11"),
                "#zaman",
            )),
            remark: self.say(
                "2025-26 Bahar dondurulmuştu, azami süreden sayılmadı",
                "Spring 2025-26 was on leave and is not counted",
            ),
        }
    }

    /// What can and cannot be done.
    pub fn actions(self) -> Vec<Action<'static>> {
        let print = self.say("Bas", "Print");
        let certificate = self.say("Öğrenci belgesi", "Student certificate");
        let transcript = self.say("Transkript", "Transcript");
        vec![
            Action {
                state: State::Ok,
                title: certificate.clone(),
                note: self.say("Bugün verilebilir, ücretsiz.", "Can be issued today, free of charge."),
                buttons: vec![
                    Button::post(print.clone(), "/belge").small().key("b").about(certificate.clone()),
                    Button::post("EN", "/belge").small().about(certificate),
                ],
                ..Action::default()
            },
            Action {
                state: State::Ask,
                title: transcript.clone(),
                note: self.say(
                    "AGNO yazılmadan basılır: yuvarlama kuralı doğrulanmamış.",
                    "Printed without the GPA: the rounding rule is not verified.",
                ),
                grounds: vec![Ground::linked("EÖS Yön. m.18/1", "/kurallar/KEY-02")],
                buttons: vec![Button::post(print, "/belge").small().key("t").about(transcript)],
                ..Action::default()
            },
            Action {
                state: State::No,
                title: self.say("Mezuniyet belgesi", "Graduation certificate"),
                note: self
                    .say("Mezuniyet kararı yok, 80 / 240 AKTS.", "No graduation decision, 80 / 240 ECTS."),
                grounds: vec![Ground::linked("EÖS Yön. m.30", "/kurallar/KEY-70")],
                ..Action::default()
            },
            Action {
                state: State::No,
                title: self.say("Kayıt sildirme", "Withdrawal"),
                note: self.say("Kütüphanede 1 kitap açık.", "One library book is out."),
                grounds: vec![Ground::named(self.say("Yönerge m.5", "Directive art. 5"))],
                next: Some(Link::new(
                    self.say("Önce ilişik kesme adımları", "Clearance steps first"),
                    "#islemler",
                )),
                ..Action::default()
            },
            Action {
                state: State::Na,
                title: self.say("Askerlik durum belgesi", "Military status certificate"),
                note: self.say("Tecil kaydı henüz alınmadı.", "The deferment record has not arrived."),
                ..Action::default()
            },
        ]
    }

    /// A rule of every verdict.
    pub fn findings(self) -> Findings<'static> {
        let rule = |verdict, title, compared, note, ground: &'static str| Finding {
            verdict,
            title,
            compared,
            note,
            grounds: vec![Ground::linked(ground, "/kurallar")],
        };
        Findings {
            title: self.say("Bulgular: öğrenci belgesi", "Findings: student certificate"),
            items: vec![
                rule(
                    Verdict::Met,
                    self.say("Öğrencilik", "Enrolment"),
                    self.say("aktif", "active"),
                    "".into(),
                    "EÖS Yön. m.4/1",
                ),
                rule(
                    Verdict::NotMet,
                    self.say("Ders kaydı", "Course registration"),
                    "0 < 1".into(),
                    self.say("Bu dönem ders seçilmemiş.", "No course was chosen this term."),
                    "EÖS Yön. m.12/2",
                ),
                rule(
                    Verdict::Warns,
                    self.say("Azami süre", "Maximum period"),
                    "12 ≤ 14".into(),
                    self.say("İki yarıyıl kaldı.", "Two semesters are left."),
                    "2547 m.44/c",
                ),
                rule(
                    Verdict::NeedsPerson,
                    self.say("AGNO", "GPA"),
                    "1,894".into(),
                    self.say("Yuvarlama kuralı doğrulanmamış.", "The rounding rule is not verified."),
                    "EÖS Yön. m.18/1",
                ),
                rule(
                    Verdict::NotApplicable,
                    self.say("Askerlik", "Military service"),
                    "".into(),
                    self.say("Sevk yok.", "No call-up."),
                    "7179 m.20",
                ),
                rule(
                    Verdict::NotChecked,
                    self.say("Katkı payı", "Contribution"),
                    "".into(),
                    self.say("Banka listesi gelmedi.", "The bank list has not arrived."),
                    "2547 m.46",
                ),
            ],
            summary: self.say(
                "1 karşılanıyor, 1 karşılanmıyor, 1 kişi değerlendirir, 1 denetlenmedi.",
                "1 met, 1 not met, 1 for a person, 1 not checked.",
            ),
        }
    }

    /// A stream with a status change and an entry undone.
    pub fn timeline(self) -> Vec<TimelineItem<'static>> {
        let item = |date: &'static str, title, text, note, status| TimelineItem {
            date: date.into(),
            title,
            text,
            note,
            status,
            ..TimelineItem::default()
        };
        let decision = || vec![Ground::linked("YK 05.02.2026, 2026/04-11", "#zaman")];
        vec![
            item(
                "12.10.2026",
                self.say("Belge", "Document"),
                self.say("öğrenci belgesi 2026/4417", "student certificate 2026/4417"),
                self.say("S. Tunalı, gişe", "S. Tunalı, counter"),
                false,
            ),
            TimelineItem {
                grounds: decision(),
                ..item(
                    "21.09.2026",
                    self.say("Durum: aktif", "Status: active"),
                    self.say("dondurma bitti", "leave ended"),
                    "".into(),
                    true,
                )
            },
            TimelineItem {
                reversed: true,
                ..item(
                    "10.02.2026",
                    self.say("Durum: kayıt silindi", "Status: withdrawn"),
                    self.say("yanlış numara", "wrong number"),
                    self.say("S. Tunalı · 10.02.2026’da geri alındı", "S. Tunalı · undone on 10.02.2026"),
                    true,
                )
            },
            TimelineItem {
                grounds: decision(),
                ..item(
                    "09.02.2026",
                    self.say("Durum: kayıt donduruldu", "Status: on leave"),
                    self.say("1 yarıyıl, sağlık", "one semester, health"),
                    self.say("öğrenciye ve danışmana bildirildi", "student and adviser informed"),
                    true,
                )
            },
            TimelineItem {
                grounds: vec![Ground::named(self.say("ÖSYM yerleştirme 2024", "ÖSYM placement 2024"))],
                ..item(
                    "02.09.2024",
                    self.say("Kesin kayıt", "Registration"),
                    "".into(),
                    self.say("devralınan kayıt, students.csv satır 187", "taken over, students.csv row 187"),
                    true,
                )
            },
        ]
    }

    /// The marks of one term; `id` also makes the explanations unique.
    pub fn term(self, id: &'static str) -> TermMarks<'static> {
        let row = |code: &'static str,
                   name,
                   ects: &'static str,
                   letter: &'static str,
                   outcome,
                   points: &'static str| MarkRow {
            code: code.into(),
            name,
            ects: ects.into(),
            letter: letter.into(),
            outcome,
            points: points.into(),
            note: "".into(),
        };
        let of = |what: &str| -> Str<'static> { format!("{id}-{what}").into() };
        TermMarks {
            id: id.into(),
            title: self.say("2025-26 Güz", "2025-26 Autumn"),
            aside: self.say("3. yarıyıl", "semester 3"),
            rows: vec![
                row(
                    "İKT 201",
                    self.say("Makro İktisat I", "Macroeconomics I"),
                    "6",
                    "CC",
                    Outcome::Passed,
                    "12,00",
                ),
                row("İKT 203", self.say("İstatistik I", "Statistics I"), "6", "DC", Outcome::Passed, "9,00"),
                MarkRow {
                    note: self.say("tekrar, önceki notu FF", "repeat, formerly FF"),
                    ..row(
                        "İKT 104",
                        self.say("Matematik II", "Mathematics II"),
                        "6",
                        "CB",
                        Outcome::Passed,
                        "15,00",
                    )
                },
                row(
                    "HUK 201",
                    self.say("Ticaret Hukuku", "Commercial Law"),
                    "4",
                    "FD",
                    Outcome::Failed,
                    "2,00",
                ),
                row("YDİ 201", self.say("İngilizce III", "English III"), "3", "M", Outcome::Exempt, ""),
                row(
                    "İKT 211",
                    self.say("Çevre İktisadı (seçmeli)", "Environmental Economics (elective)"),
                    "5",
                    "",
                    Outcome::Pending,
                    "",
                ),
            ],
            ano: Some(Why { id: of("ano"), ..self.why("", "1,60") }),
            agno: Some(Why { id: of("agno"), ..self.why("", "1,89") }),
            ects: "30".into(),
            points: "38,00".into(),
            remark: "".into(),
        }
    }

    /// Long work in every state.
    pub fn jobs(self) -> Vec<JobCard<'static>> {
        let cancel =
            Button::post(self.say("Durdur", "Cancel"), "/isler/12/durdur").weight(Weight::Danger).small();
        let result =
            Button::link(self.say("Sonucu indir (ZIP)", "Download result (ZIP)"), "/isler/12/sonuc").small();
        let card = |id: &'static str, state, done, counts| JobCard {
            id: id.into(),
            title: match self.lang {
                Lang::Tr => format!("Öğrenci belgesi, İktisat {}. sınıf", &id[3..]),
                Lang::En => format!("Student certificates, Economics year {}", &id[3..]),
            }
            .into(),
            note: self.say("S. Tunalı, 23.11.2026 14.02", "S. Tunalı, 23.11.2026 14.02"),
            state,
            done,
            total: 310,
            counts,
            ..JobCard::default()
        };
        vec![
            JobCard {
                total: 0,
                buttons: vec![cancel.clone()],
                ..card("is-1", JobState::Waiting, 0, self.say("Sıradaki 2. iş", "Second in the queue"))
            },
            JobCard {
                time: self.say("yaklaşık 1 dakika kaldı", "about a minute left"),
                waits: self.say(
                    "Diskte yer kalmadı; yer açılınca sürer.",
                    "The disk is full; it goes on once there is room.",
                ),
                buttons: vec![cancel],
                ..card("is-2", JobState::Running, 124, "124 / 310".into())
            },
            JobCard {
                time: self.say("48 saniye sürdü", "took 48 seconds"),
                failures: vec![
                    (
                        "2412040233".into(),
                        self.say("Bu dönem ders kaydı yok (EÖS Yön. m.12/2)", "Not registered this term"),
                    ),
                    ("2412040250".into(), self.say("Kayıt dondurulmuş", "On leave")),
                ],
                failures_title: self.say("2 belge verilemedi", "2 documents were not issued"),
                buttons: vec![result],
                ..card("is-3", JobState::Done, 310, "308 / 310".into())
            },
            card("is-4", JobState::Failed, 57, "57 / 310".into()),
            card("is-5", JobState::Cancelled, 200, "200 / 310".into()),
        ]
    }

    /// Sorted, sortable and silent columns.
    pub fn columns(self) -> Vec<Column<'static>> {
        vec![
            Column::new(self.say("Numara", "Number")).sortable("#tablolar", None),
            Column::new(self.say("Ad soyad", "Name")).sortable("#tablolar", Some(Direction::Ascending)),
            Column::number("AKTS").sortable("#tablolar", None),
            Column::new(self.say("Durum", "Status")),
            Column::quiet(self.say("İşlem", "Action")),
        ]
    }

    /// Fields as they look before anything is typed.
    pub fn field(self, name: &'static str) -> Field<'static> {
        match name {
            "ad" => Field::new("ad", self.say("Kâğıtta kime verileceği", "Addressed to"))
                .hint(self.say("Örnek: İlgili makama", "Example: To whom it may concern"))
                .optional(),
            "tckn" => Field::new("tckn", self.say("T.C. kimlik no", "National identity number"))
                .value("12345678901")
                .width("w-m")
                .max(11)
                .error(self.say(
                    "11 hane yazdınız, son hane tutmuyor. Kimlik kartından yeniden okuyun.",
                    "The last digit does not fit. Please read it from the card again.",
                )),
            "tarih" => Field::new("tarih", self.say("Rapor tarihi", "Date of report"))
                .hint(self.say("Örnek: 23.10.2026", "Example: 23.10.2026"))
                .value("32.10.2026")
                .error(self.say(
                    "Tarihi gg.aa.yyyy biçiminde yazın; “32.10.2026” diye bir gün yok.",
                    "There is no day 32.10.2026. Write the date as dd.mm.yyyy.",
                )),
            "dil" => Field::new("belge-dili", self.say("Belgenin dili", "Language of the document")),
            "adet" => Field::new("adet", self.say("Nüsha", "Copies")),
            "onay" => Field::new(
                "onay",
                self.say("Öğrencinin kimliğini gördüm", "I have seen the student's identity card"),
            ),
            "sube" => Field::new("sube", self.say("Eklenecekler", "To be added")).optional(),
            "rapor" => Field::new("rapor", self.say("Sağlık raporu", "Medical report"))
                .hint(self.say("PDF ya da fotoğraf, en çok 10 MB", "PDF or photo, at most 10 MB"))
                .optional(),
            "aciklama" => Field::new("aciklama", self.say("Açıklama", "Remarks")).optional(),
            "parola" => Field::new("parola", self.say("Parola", "Password")).autocomplete("current-password"),
            _ => Field::new("numara", self.say("Öğrenci numarası", "Student number"))
                .value("2412040187")
                .read_only(),
        }
    }

    /// Choices, one of them chosen.
    pub fn choices(self) -> Vec<Choice<'static>> {
        vec![
            Choice::new("tr", "Türkçe")
                .chosen(true)
                .note(self.say("Resmî kurumlar için", "For public bodies")),
            Choice::new("en", "English").note(self.say("Yurt dışı için", "For use abroad")),
        ]
    }

    /// A file already received.
    pub fn kept(self) -> Vec<KeptFile<'static>> {
        vec![KeptFile {
            name: "rapor.pdf".into(),
            note: self.say("412 KB, alındı", "412 KB, received"),
            remove: "/bilesenler".into(),
        }]
    }

    /// The summary of the two fields with an error.
    pub fn errors(self) -> Vec<FieldError<'static>> {
        vec![
            FieldError::at(
                "tckn",
                self.say("T.C. kimlik numarasını düzeltin", "Correct the identity number"),
            ),
            FieldError::at("tarih", self.say("Rapor tarihini düzeltin", "Correct the date of the report")),
        ]
    }

    /// Tokens of a form.
    pub fn tokens(self) -> Tokens<'static> {
        Tokens { csrf: "ornek".into(), once: "01J00000000000000000000000".into() }
    }

    /// A path through the pages.
    pub fn crumbs(self) -> Vec<Link<'static>> {
        vec![
            Link::new(self.say("Öğrenciler", "Students"), "/ogrenciler"),
            Link::new("Aras Yıldıran", "/ogrenci/2412040187"),
            Link::new(self.say("Kimlik düzeltme", "Correct identity"), ""),
        ]
    }
}
