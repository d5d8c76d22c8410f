//! axe-core on every page that the table of routes knows, in both languages, each as a role that may see it.

use std::{collections::BTreeMap, path::Path, time::Duration};

use fantoccini::Locator;
use serde_json::Value;

use crate::{
    chromium::Browser,
    running::{Running, run_well},
};

/// Every route against every role; a test of the router keeps it.
const ROUTES: &str = include_str!("../../../../docs/generated/routes.md");

/// Routes that answer with a file, a part of a page or the way to another page.
const NO_PAGES: &[&str] = &[
    "/belge/{id}/pdf",
    "/fotograflar/{id}/resim",
    "/is/{id}/kart",
    "/is/{id}/{file}",
    "/kayit/durum/ozet",
    "/kayit/durum/parca",
    "/kayit/durum/{file}",
    "/kayit/e-kayit/{id}/kart",
    "/kayit/e-kayit/{id}/{file}",
    "/kayit/kart.csv",
    "/kayit/listeler/onizleme/{id}/hatali.csv",
    "/kayit/listeler/yoksis/{id}/kart",
    "/kayit/listeler/{id}/hatali.csv",
    "/kayit/siradaki",
    "/ogrenci/{no}/evrak/{file}",
    "/ogrenci/{no}/foto",
    "/ogrenciler/{file}",
    "/oryantasyon/oturum/{id}/karekod.svg",
    "/oryantasyon/{id}/el-kitabi/dosya",
];

/// Runs of a service that the demo has not been told of; their card is that of every other run.
const NOT_IN_THE_DEMO: &[&str] = &["/kayit/listeler/yoksis/{id}"];

/// Who looks, by the name in the table; the first who may see a page looks at it.
const READERS: &[(&str, &str)] = &[
    ("clerk", "memur"),
    ("registrar", "oidb"),
    ("administrator", "yonetici"),
    ("auditor", "denetci"),
    ("student", "ogrenci"),
    ("chief", "sef"),
    ("unit-secretary", "sekreter"),
    ("unit-head", "dekan"),
    ("board-member", "kurul"),
    ("department-head", "bolumbaskani"),
    ("department-secretary", "bolumsekreteri"),
    ("advisor", "danisman"),
    ("instructor", "ogretim"),
    ("applicant", "aday"),
    ("graduate", "mezun"),
];

/// Pages that look different with a filter, an answer or another reader.
const ALSO: &[(&str, &str)] = &[
    ("memur", "/ogrenciler?q=isik"),
    ("memur", "/ogrenciler?durum=graduated"),
    ("memur", "/yok-boyle-bir-sayfa"),
    ("denetci", "/ogrenci/{no}"),
    ("danisman", "/ogrenciler"),
    ("ogrenci", "/hesabim"),
    ("ogrenci", "/belgeler"),
    ("oidb", "/kayit/durum"),
    // The demo alone has it.
    ("oidb", "/bilesenler"),
];

/// A list with a sound row and a faulty one, in line 3.
const LIST: &str = "T.C. Kimlik No;Adı;Soyadı;Cinsiyet;Doğum Tarihi;ÖSYM Program Kodu
98765432150;NUR;ÇİÇEK;Kadın;17.03.2008;109900013
99000000043;CAN;ÖZ;Erkek;05.05.2007;109900013
";

/// A picture of one point.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x02\0\0\0\x90wS\xde\0\0\0\x0cIDATx\x9cc\xf8\xff\xff?\0\x05\xfe\x02\xfe\r\xefF\xb8\0\0\0\0IEND\xaeB`\x82";

/// What each route's places stand for in the demo, made where the demo has none.
struct Places(BTreeMap<&'static str, String>);

impl Places {
    /// The address of a route.
    fn address(&self, route: &str) -> String {
        let words: Vec<&str> = route.split('/').skip(1).collect();
        let id = match words.as_slice() {
            ["belge", ..] => "document",
            ["birimler", ..] => "appointment",
            ["fotograflar", ..] => "photo",
            ["hesaplar", ..] => "account",
            ["hesabim", ..] => "token",
            ["is", ..] => "job",
            ["kayit", "e-kayit", ..] => "run",
            ["kayit", "listeler", "onizleme", ..] => "upload",
            ["kayit", "listeler", ..] => "list",
            ["kayit", "paket", ..] => "pack",
            ["kayit", _, "geri-al" | "danisman"] => "registered",
            ["kayit", _, "karar"] => "provisional",
            ["kayit", ..] => "waiting",
            ["oryantasyon", "oturum", ..] => "session",
            ["oryantasyon", ..] => "orientation",
            ["tarihler", ..] => "window",
            _ => "no",
        };
        let kind = if words.first() == Some(&"programlar") { "BLM-L" } else { "M%C3%9CH" };
        let token = if words.first() == Some(&"etkinlestir") { "yok" } else { self.0["token"].as_str() };
        let door = self.0.get("door").map_or("yok", String::as_str);
        route
            .replace("/katil/{token}", &format!("/katil/{door}"))
            .replace("/paket/{id}/{no}", "/paket/{id}/1")
            .replace("{no}", &self.0["no"])
            .replace("{kind}", "transcript")
            .replace("{kod}", kind)
            .replace("{code}", &self.0["code"])
            .replace("{row}", &self.0["row"])
            .replace("{role}", &self.0["role"])
            .replace("{entry}", &self.0["entry"])
            .replace("{token}", token)
            .replace("{id}", &self.0[id])
    }
}

/// Asks the API, which must say yes.
fn ask(office: &Running, method: &str, path: &str, token: &str, body: &str) -> Value {
    let (status, text) = office.api(method, &format!("/api/v1{path}"), token, body).expect("an answer");
    assert!((200..300).contains(&status), "{method} {path} {status}: {text}");
    serde_json::from_str(&text).unwrap_or(Value::Null)
}

fn word(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// Chooses a file on a page's form and sends it; answers the path that follows.
async fn send_file(browser: &Browser, page: &str, file: &Path) -> String {
    let input = browser.client.find(Locator::Css("input[type=file]")).await.expect("a field for a file");
    input.send_keys(&file.to_string_lossy()).await.expect("a file");
    let send = browser.client.find(Locator::Css("main form[enctype] button")).await.expect("a button");
    send.click().await.expect("sent");
    browser.moved_from(page).await
}

/// Makes what the demo does not have, and finds what it has.
async fn places(office: &Running, browser: &Browser) -> Places {
    let token = |user: &str| run_well(&office.dir, &["token", "add", "--user", user]).trim().to_owned();
    let (clerk, registrar, administrator) = (token("memur"), token("oidb"), token("yonetici"));
    let clerk_asks = |method: &str, path: &str, body: &str| ask(office, method, path, &clerk, body);
    let mut found = BTreeMap::new();

    let no = word(&clerk_asks("GET", "/students?status=active&limit=1", "")["items"][0]["number"]);
    let paper = format!(r#"{{"student":"{no}","kind":"student_certificate"}}"#);
    let paper = clerk_asks("POST", "/documents", &paper);
    found.insert("document", word(&paper["id"]));
    found.insert("code", word(&paper["code"]));
    let order = format!(r#"{{"kind":"transcript","numbers":["{no}"]}}"#);
    found.insert("job", word(&clerk_asks("POST", "/document-batches", &order)["job"]));
    let entries = clerk_asks("GET", &format!("/students/{no}/ledger"), "");
    found.insert("entry", word(&entries["items"][0]["id"]));
    found.insert("no", no);

    found.insert("run", word(&clerk_asks("POST", "/bulk-registrations", r#"{"fee":"not_due"}"#)["id"]));
    for (name, state) in
        [("waiting", "waiting"), ("provisional", "provisional"), ("registered", "registered")]
    {
        let some = clerk_asks("GET", &format!("/candidates?state={state}&limit=1"), "");
        found.insert(name, word(&some["items"][0]["id"]));
    }
    let orientation = word(&clerk_asks("GET", "/orientations", "")["items"][0]["id"]);
    let opened = clerk_asks("GET", &format!("/orientations/{orientation}"), "");
    found.insert("session", word(&opened["programme"][0]["session"]["id"]));
    found.insert("orientation", orientation);
    let windows = ask(office, "GET", "/windows", &registrar, "");
    found.insert("window", word(&windows["items"][0]["id"]));
    let unit = ask(office, "GET", "/units/M%C3%9CH", &registrar, "");
    found.insert("appointment", word(&unit["appointments"][0]["id"]));
    let document = format!("/documents/{}", found["document"]);
    let today = word(&clerk_asks("GET", &document, "")["issued_on"]);
    let pack = format!(r#"{{"unit":"MÜH","day":"{today}","forms":3}}"#);
    found.insert("pack", word(&clerk_asks("POST", "/day-packs", &pack)["id"]));

    let accounts = ask(office, "GET", "/accounts?q=memur&limit=1", &administrator, "");
    let account = word(&accounts["items"][0]["id"]);
    let opened = ask(office, "GET", &format!("/accounts/{account}"), &administrator, "");
    found.insert("role", word(&opened["account"]["roles"][0]["id"]));
    found.insert("token", word(&opened["tokens"][0]["id"]));
    found.insert("account", account);

    // Lists and photos are sent by a form of the page.
    let list = office.dir.join("liste.csv");
    std::fs::write(&list, LIST).expect("a list");
    let load = "/kayit/listeler/yukle";
    let mut at = Vec::new();
    browser.sign_in(office, "memur").await;
    for _ in 0..2 {
        browser.go(&format!("{}{load}", office.url)).await;
        at.push(send_file(browser, load, &list).await);
    }
    let upload = at[0].trim_start_matches("/kayit/listeler/onizleme/").to_owned();
    found.insert("upload", upload);
    let sound = browser
        .client
        .find(Locator::Css("form:has([name=sound_rows]) button"))
        .await
        .expect("the sound rows alone");
    sound.click().await.expect("applied");
    let taken = browser.moved_from(&at[1]).await;
    found.insert("list", taken.trim_start_matches("/kayit/listeler/").to_owned());
    found.insert("row", "3".to_owned());
    browser.go(&format!("{}/oryantasyon/oturum/{}/karekod", office.url, found["session"])).await;
    let text = browser.text().await;
    let door = text.split_whitespace().find_map(|word| word.split_once("/oryantasyon/katil/"));
    found.insert("door", door.expect("an address at the door").1.to_owned());
    browser.client.delete_all_cookies().await.expect("cookies");

    let photo = office.dir.join("ben.png");
    std::fs::write(&photo, PNG).expect("a photo");
    browser.sign_in(office, "ogrenci").await;
    browser.go(&format!("{}/ilk-gun/fotograf", office.url)).await;
    send_file(browser, "/ilk-gun/fotograf", &photo).await;
    browser.client.delete_all_cookies().await.expect("cookies");
    let proposals = clerk_asks("GET", "/photo-proposals", "");
    found.insert("photo", word(&proposals["items"][0]["id"]));
    Places(found)
}

/// Reader and address of every page, in the order of the readers.
fn pages(places: &Places) -> Vec<(&'static str, Vec<String>)> {
    let table = ROUTES.split("## Operations").next().unwrap_or_default();
    let rows = table.lines().filter(|line| line.starts_with('|'));
    let rows: Vec<Vec<&str>> = rows.map(|line| line.split('|').map(str::trim).collect()).collect();
    let column = |name: &str| rows[0].iter().position(|cell| *cell == name).expect("a column");
    let mut found: Vec<(&str, Vec<String>)> =
        READERS.iter().map(|(_, user)| (*user, vec!["/".to_owned()])).collect();
    let mut left: Vec<&str> = NO_PAGES.to_vec();
    for row in rows.iter().filter(|row| row[2] == "get") {
        let route = row[1].trim_matches('`');
        if let Some(place) = left.iter().position(|known| *known == route) {
            left.remove(place);
            continue;
        }
        // What everybody sees without having signed in is looked at in the test itself.
        let is_also = ALSO.iter().any(|(_, page)| *page == route);
        if row[column("-")] == "200" || NOT_IN_THE_DEMO.contains(&route) || is_also {
            continue;
        }
        let reader = READERS.iter().position(|(name, _)| row[column(name)] == "200");
        let reader =
            reader.unwrap_or_else(|| panic!("nobody sees {route}: NO_PAGES, or a page that cannot be seen"));
        found[reader].1.push(places.address(route));
    }
    assert!(left.is_empty(), "no routes any more: {left:?}");
    for (user, page) in ALSO {
        let reader = READERS.iter().position(|(_, known)| known == user).expect("a reader");
        found[reader].1.push(page.replace("{no}", &places.0["no"]));
    }
    found
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn axe_finds_nothing_on_any_page_in_both_languages() {
    let folder = tempfile::tempdir().expect("folder");
    let office = Running::demo(folder.path(), 300);
    let browser = Browser::open(1366, 900).await;
    let places = places(&office, &browser).await;
    let mut wrong = Vec::new();
    for page in ["/giris", "/dogrula", "/dogrula?kod=00000-00000-00000-00000-000000", "/etkinlestir/yok"] {
        browser.go(&format!("{}{page}", office.url)).await;
        wrong.extend(browser.violations().await.into_iter().map(|v| format!("{page}: {v}")));
    }
    for (user, pages) in pages(&places) {
        browser.client.delete_all_cookies().await.expect("cookies");
        browser.sign_in(&office, user).await;
        for lang in ["tr", "en"] {
            // The language is a button of the user menu's form.
            browser.go(&format!("{}/", office.url)).await;
            let script = format!(
                "document.querySelector('form[action=\"/tercih\"] button[name=\"dil\"][value=\"{lang}\"]').click()"
            );
            browser.client.execute(&script, Vec::new()).await.expect("language");
            tokio::time::sleep(Duration::from_millis(150)).await;
            for page in &pages {
                browser.go(&format!("{}{page}", office.url)).await;
                let html = browser.client.find(Locator::Css("html")).await.expect("html");
                let spoken = html.attr("lang").await.expect("lang");
                assert_eq!(spoken.as_deref(), Some(lang), "{user} {page}");
                wrong.extend(
                    browser.violations().await.into_iter().map(|v| format!("{user} {page} {lang}: {v}")),
                );
            }
        }
    }
    browser.close().await;
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
