//! Placement lists on the pages and in the API: load, preview, mend, take over, map columns, one candidate by a form.
#![expect(clippy::expect_used, reason = "a test whose office cannot be set up has failed")]

use axum::{
    body::Body,
    http::{Method, header},
};
use domain::accounts::Role;
use serde_json::json;

use crate::{
    api_house::{House, request},
    browser::{Browser, Campus, Page},
};

const HEADER: &str = "T.C. Kimlik No;Adı;Soyadı;Cinsiyet;Doğum Tarihi;ÖSYM Program Kodu";
const NUR: &str = "98765432150;NUR;ÇİÇEK;Kadın;17.03.2008;109900013";
const WRONG: &str = "99000000043;CAN;ÖZ;Erkek;05.05.2007;109900013";
const MENDED: &str = "99000000042;CAN;ÖZ;Erkek;05.05.2007;109900013";
const LOAD: &str = "/kayit/listeler/yukle";

async fn load(browser: &mut Browser<'_>, content: &[u8]) -> Page {
    browser.get(LOAD).await.is(200);
    browser.upload(LOAD, &[("kind", "yks"), ("year", "2026")], ("file", "C:\\yks.csv", content)).await
}

#[tokio::test]
async fn a_list_is_looked_at_mended_and_taken_over() {
    let campus = Campus::sqlite().await;
    campus.account("memur", Role::Clerk, Some("MÜH")).await;
    let mut browser = campus.signed_in("memur").await;
    browser.get("/kayit/listeler").await.is(200).says("Henüz liste alınmadı");
    browser.get(LOAD).await.is(200).says("Liste yükle").says("YKS ek yerleştirme");

    // Without a file the form comes back.
    let empty = load(&mut browser, b"").await;
    empty.is(422).says("Dosya seçilmedi");

    let text = format!("{HEADER}\n{NUR}\n{WRONG}\n");
    let page = load(&mut browser, text.as_bytes()).await;
    assert_eq!(page.status, 303);
    let preview = page.location;
    let page = browser.get(&preview).await.is(200).says("yks.csv").says("1 satır hatalı");
    let page = page.says("denetim hanesi tutmuyor").says("Nur ÇİÇEK").says("Yalnız sağlam satırları al");
    page.does_not_say("99000000043");
    let file = browser.get(&format!("{preview}/hatali.csv")).await.is(200);
    assert!(file.html.contains(WRONG) && file.html.contains("Künye açıklaması"), "{}", file.html);

    // Faulty rows keep the list out until sound rows alone are asked for.
    browser.get(&preview).await;
    browser.post(&preview, &[]).await.leads_to(&preview);
    browser.get("/kayit/listeler").await.says("Henüz liste alınmadı");
    browser.get(&preview).await;
    let done = browser.post(&preview, &[("sound_rows", "1")]).await;
    assert_eq!(done.status, 303);
    let list = done.location;
    browser.get(&list).await.is(200).says("Liste alındı.").says("Hatalı satırlar düzeltilmeyi bekliyor");
    browser.get(&preview).await.is(404);

    // The mended file settles the row.
    let back = browser.get(&format!("{list}/hatali.csv")).await.is(200).html;
    let page = load(&mut browser, back.replace(WRONG, MENDED).as_bytes()).await;
    browser.get(&page.location).await.is(200).says("Henüz hiçbir şey yazılmadı").says("Can ÖZ");
    browser.post(&page.location, &[]).await.is(303);
    browser.get(&list).await.is(200).says("Bekleyen hatalı satır yok");
    browser.get("/kayit/listeler").await.is(200).says("yks.csv");
    campus.has_all_words();
}

#[tokio::test]
async fn unknown_headings_are_mapped_and_the_mapping_is_kept() {
    let campus = Campus::sqlite().await;
    campus.account("memur", Role::Clerk, Some("MÜH")).await;
    let mut browser = campus.signed_in("memur").await;
    let text = format!("{}\n{NUR}\n", HEADER.replace("Adı;Soyadı", "Kişi 1;Kişi 2"));
    let preview = load(&mut browser, text.as_bytes()).await.location;
    let page = browser.get(&preview).await.is(200).says("Şu sütunlar bulunamadı: Adı, Soyadı");
    page.says("Sütunları eşle");
    let form = format!("{preview}/sutunlar");
    browser.get(&form).await.is(200).says("Kişi 1").says("Okul kodu");
    browser.post(&form, &[("given_name", "Kişi 1")]).await.is(422);
    let columns = [("mapping_name", "Bölüm listesi"), ("given_name", "Kişi 1"), ("surname", "Kişi 2")];
    browser.post(&form, &columns).await.leads_to(&preview);
    browser.get(&preview).await.is(200).says("Nur ÇİÇEK");
    browser.post(&format!("{preview}/sil"), &[]).await.leads_to("/kayit/listeler");
    browser.get(&preview).await.is(404);
    browser.get(LOAD).await.is(200).says("Bölüm listesi");

    // Of a file that is none nothing can be mapped.
    let preview = load(&mut browser, b"%PDF-1.7 \x00\x01").await.location;
    browser.get(&preview).await.is(200).says("Dosya bir liste değil").does_not_say("Sütunları eşle");
    campus.has_all_words();
}

#[tokio::test]
async fn a_row_is_taken_off_with_its_reason_and_others_see_no_upload() {
    let campus = Campus::sqlite().await;
    campus.account("memur", Role::Clerk, Some("MÜH")).await;
    campus.account("oteki", Role::Clerk, Some("MÜH")).await;
    campus.account("baskan", Role::DepartmentHead, Some("BLM")).await;
    let mut browser = campus.signed_in("memur").await;
    let preview = load(&mut browser, format!("{HEADER}\n{NUR}\n{WRONG}\n").as_bytes()).await.location;
    let mut other = campus.signed_in("oteki").await;
    other.get(&preview).await.is(404);
    browser.get(&preview).await;
    let list = browser.post(&preview, &[("sound_rows", "1")]).await.location;
    other.get(&list).await.is(404);
    let row = format!("{list}/satir/3");
    browser.get(&row).await.is(200).says("3. satır alınmayacak");
    browser.post(&row, &[("reason", "")]).await.is(422).says("boş bırakılamaz");
    browser.post(&row, &[("reason", "Başka üniversite")]).await.leads_to(&list);
    browser.get(&list).await.says("Satır listeden düşüldü.").says("Bekleyen hatalı satır yok");
    let mut head = campus.signed_in("baskan").await;
    head.get("/kayit/listeler").await.is(403);
    head.get("/kayit/yeni").await.is(403);
    campus.has_all_words();
}

#[tokio::test]
async fn one_candidate_is_entered_by_the_form_of_the_way_of_entry() {
    let campus = Campus::sqlite().await;
    campus.account("memur", Role::Clerk, Some("MÜH")).await;
    let mut browser = campus.signed_in("memur").await;
    browser
        .get("/kayit/yeni")
        .await
        .is(200)
        .says("Erasmus+ ile gelen")
        .says("Öğrenci affı")
        .says("DGS ek yerleştirme")
        .says("Konuk, son günü bellidir. En çok 2 yarıyıl.")
        .says("Buradaki önceki öğrencilik kesin kayıtla kapanır.")
        .says("yıl (2) + program (3) + sıra (4)")
        .says("Askerlik şubesi (2 ay içinde)");
    let page = browser.get("/kayit/yeni?giris=transfer_external").await.is(200);
    let once = page.between("name=\"once\" value=\"", "\"");
    page.says("Geldiği kurum").says("Bilgisayar Mühendisliği (BLM-L)").does_not_say("Anlaşma");
    let mut fields = vec![
        ("kind", "transfer_external"),
        ("year", "2026"),
        ("programme", "BLM-L"),
        ("identity_no", "98765432150"),
        ("given_name", "nur"),
        ("surname", "çiçek"),
        ("sex", "female"),
        ("birth_date", "17.03.2005"),
        ("home_institution", "Örnek Komşu Üniversitesi"),
        ("home_programme", "Fizik"),
        ("class_year", "2"),
        ("once", once.as_str()),
    ];
    let page = browser.post("/kayit/yeni", &fields).await.is(422);
    page.says("“Kabul kararı: kurul, tarih, sayı” boş bırakılamaz.").says("Örnek Komşu Üniversitesi");
    fields.push(("decision", "MÜH YKK 20.11.2026 2026/31-4"));
    let done = browser.post("/kayit/yeni", &fields).await.is(303);
    browser.post("/kayit/yeni", &fields).await.leads_to(&done.location);
    browser.get(&done.location).await.is(200).says("Aday kaydedildi.").says("Nur ÇİÇEK");
    campus.has_all_words();
}

#[tokio::test]
async fn the_api_takes_a_list_and_says_what_is_wrong() {
    for house in House::all().await {
        let clerk = house.clerk().await;
        let send = async |query: &str, text: &str| {
            let request = request(Method::POST, &clerk, &format!("/placements?{query}"))
                .header(header::CONTENT_TYPE, "text/csv");
            house.send(request.body(Body::from(text.to_owned())).expect("a request")).await
        };
        let text = format!("{HEADER}\n{NUR}\n{WRONG}\n");
        let dry = send("kind=yks&year=2026&dry_run=true", &text).await.expect(200).json();
        assert_eq!((&dry["applied"], &dry["new"], &dry["faulty"]), (&json!(false), &json!(1), &json!(1)));
        assert_eq!(dry["faults"][0]["code"], "identity_check_digit");
        assert_eq!(
            (&dry["faults"][0]["row"], &dry["faults"][0]["column"]),
            (&json!(3), &json!("identity_no"))
        );
        let refused = send("kind=yks&year=2026", &text).await.expect(200).json();
        assert_eq!(refused["applied"], false);
        let done = send("kind=yks&year=2026&sound_rows=true&name=yks.csv", &text).await.expect(200).json();
        assert_eq!((&done["applied"], &done["new"]), (&json!(true), &json!(1)));
        let list = done["list"].as_i64().expect("a list");
        let bad = send("kind=yks&year=2026", "").await.expect(200).json();
        assert_eq!(bad["faults"][0]["code"], "empty_file");
        send("kind=minor&year=2026", &text).await.expect(422);
        send("kind=yks&yil=2026", &text).await.expect(422);

        let lists = house.get(&clerk, "/placements").await.expect(200).json();
        assert_eq!((&lists["items"][0]["name"], &lists["items"][0]["open"]), (&json!("yks.csv"), &json!(1)));
        let rows = format!("/placements/{list}/rows");
        let open = house.get(&clerk, &rows).await.expect(200).json();
        assert_eq!((&open["items"][0]["row"], &open["headings"][1]), (&json!(3), &json!("Adı")));
        let dismissal = format!("{rows}/3/dismissal");
        house.post(&clerk, &dismissal, json!({ "reason": "Başka üniversite" })).await.expect(204);
        house.get(&clerk, "/placements/99/rows").await.expect(404);

        let mut form = json!({
            "kind": "special_student", "year": 2026, "programme": "BLM-L", "given_name": "ece", "surname": "ışık",
            "sex": "female", "birth_date": "2005-03-17",
            "fields": [{ "field": "identity_no", "value": "12345678950" }],
        });
        let refused = house.post(&clerk, "/candidates", form.clone()).await.expect(422);
        assert!(refused.errors().contains(&"decision: required".to_owned()), "{:?}", refused.errors());
        let fields = ["home_institution", "home_programme", "decision"]
            .map(|field| json!({ "field": field, "value": "Örnek" }));
        let fields = [
            vec![form["fields"][0].clone(), json!({ "field": "ends_on", "value": "2027-06-30" })],
            fields.to_vec(),
        ];
        form["fields"] = fields.concat().into();
        let made = house.post(&clerk, "/candidates", form.clone()).await.expect(201).json();
        let path = format!("/candidates/{}", made["id"]);
        house.get(&clerk, &path).await.expect(200);
        let twice = house.post(&clerk, "/candidates", form).await.expect(422);
        assert_eq!(twice.errors(), ["programme: placed-already"]);
    }
}

/// A list with these rows below the headings.
fn of(rows: &[&str]) -> Vec<u8> {
    format!("{HEADER}\n{}\n", rows.join("\n")).into_bytes()
}

#[tokio::test]
async fn every_fault_of_a_row_is_said_on_the_page_and_in_the_file() {
    let campus = Campus::sqlite().await;
    campus.account("memur", Role::Clerk, Some("MÜH")).await;
    let mut browser = campus.signed_in("memur").await;
    let other = NUR.replace("109900013", "109900023");
    for (rows, said) in [
        (vec![WRONG], "Kimlik no: Kimlik numarası hatalı: denetim hanesi tutmuyor."),
        (vec!["98765432150;NUR;ÇİÇEK;Kadın;17.03.2008;999999999"], "“999999999” kodlu bir program yok."),
        (vec![NUR, NUR], "Aynı aday aynı programla 2. satırda da var."),
        (vec![NUR, &other], "Aynı aday 2. satırda başka bir programa yerleşmiş."),
        (
            vec!["98765432150;=HYPERLINK(1);ÇİÇEK;Kadın;17.03.2008;109900013"],
            "Adı: Formül yazılmış: “=HYPERLINK(1)”.",
        ),
        (vec!["98765432150;NUR;ÇİÇEK;Kadın;31.02.2008;109900013"], "“31.02.2008” bir tarih değil."),
        (vec!["98765432150;NUR;ÇİÇEK;Kadın;17.03.2008"], "Satırda 5 alan var, 6 olmalı."),
    ] {
        let preview = load(&mut browser, &of(&rows)).await.location;
        browser.get(&preview).await.is(200).says("Yalnız sağlam satırları al").says(said);
        let file = browser.get(&format!("{preview}/hatali.csv")).await.is(200).says(said).html;
        // No cell of it starts a formula, and what is loaded unmended is told again.
        assert!(!file.split([';', '\n']).any(|cell| cell.starts_with(['=', '+', '-', '@'])), "{file}");
        if rows.len() == 1 && !said.contains("alan var") {
            let again = load(&mut browser, file.as_bytes()).await.location;
            browser.get(&again).await.is(200).says("1 satır hatalı").says(said);
        }
    }
    campus.has_all_words();
}

#[tokio::test]
async fn every_fault_of_the_file_stops_all_and_is_said() {
    let campus = Campus::sqlite().await;
    campus.account("memur", Role::Clerk, Some("MÜH")).await;
    let mut browser = campus.signed_in("memur").await;
    let three = ["10000000146;ALİ", "12345678950;ECE", "98765432150;CAN"];
    let swapped: Vec<String> = three
        .map(|who| who.split_once(';').expect("two"))
        .map(|(number, name)| format!("{name};{number};IŞIK;Kadın;17.03.2008;109900013"))
        .to_vec();
    let swapped: Vec<&str> = swapped.iter().map(String::as_str).collect();
    let (turkish, _, _) = encoding_rs::WINDOWS_1254.encode(HEADER);
    let turkish = [&turkish[..], format!("\n{NUR}\n").as_bytes()].concat();
    let lost = String::from_utf8_lossy(&turkish).into_owned();
    let book = workbook();
    for (file, said) in [
        (b" \r\n".to_vec(), "Dosya boş."),
        (format!("{NUR}\n").into_bytes(), "Başlık satırı yok"),
        (
            of(&[NUR]).into_iter().skip_while(|b| *b != b';').skip(1).collect(),
            "Şu sütunlar bulunamadı: Kimlik no.",
        ),
        (of(&swapped), "“Kimlik no” ile “Adı” sütunları yer değiştirmiş."),
        (lost.into_bytes(), "1. satırda harfler kaybolmuş"),
        (
            of(&[NUR, "10000000146;AL"])[..].strip_suffix(b"\n").expect("an end").to_vec(),
            "Dosya yarıda kesilmiş.",
        ),
        (book[..book.len() - 40].to_vec(), "Dosya yarıda kesilmiş."),
        (bomb(), "Çalışma kitabı açılınca 128 MB’ı aşıyor"),
        (b"%PDF-1.7 \x00".to_vec(), "Dosya bir liste değil."),
    ] {
        let preview = load(&mut browser, &file).await.location;
        let page =
            browser.get(&preview).await.is(200).says("Dosya okunamadı; hiçbir satır alınmaz").says(said);
        page.does_not_say("Listeyi al").does_not_say("Yalnız sağlam");
        browser.get(&format!("{preview}/hatali.csv")).await.is(404);
        browser.get(&preview).await;
        browser.post(&preview, &[("sound_rows", "1")]).await.leads_to(&preview);
    }
    browser.get("/kayit/listeler").await.says("Henüz liste alınmadı");
    // The workbook that was cut above reads as it should when it is whole.
    let preview = load(&mut browser, &book).await.location;
    browser.get(&preview).await.is(200).says("Nur ÇİÇEK");
    campus.has_all_words();
}

fn workbook() -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (row, line) in (0..).zip([HEADER, NUR]) {
        for (column, cell) in (0..).zip(line.split(';')) {
            sheet.write_string(row, column, cell).expect("a cell");
        }
    }
    book.save_to_buffer().expect("a workbook")
}

/// A workbook that unpacks to more than a list can hold.
fn bomb() -> Vec<u8> {
    use std::io::Write;
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    zip.start_file("xl/worksheets/sheet1.xml", zip::write::SimpleFileOptions::default()).expect("a member");
    let block = vec![b' '; 1024 * 1024];
    for _ in 0..140 {
        zip.write_all(&block).expect("written");
    }
    zip.finish().expect("a file").into_inner()
}

#[tokio::test]
async fn a_second_click_answers_like_the_first_and_a_student_is_told_in_a_file() {
    let campus = Campus::sqlite().await;
    campus.account("memur", Role::Clerk, Some("MÜH")).await;
    campus.account("oteki", Role::Clerk, Some("MÜH")).await;
    let mut browser = campus.signed_in("memur").await;
    // Işın IŞIK studies here already.
    let text = of(&[NUR, "11223344550;İLBEY;İNCE;Erkek;02.11.2005;109900013"]);
    let preview = load(&mut browser, &text).await.location;
    browser.get(&preview).await.is(200).says("Üniversitenin öğrencisi: 240010001").says("Bu satırları indir");
    let told = browser.get(&format!("{preview}/uyarilar.csv")).await.is(200).html;
    assert!(told.contains(NUR) && told.contains("Üniversitenin öğrencisi: 240010001"), "{told}");
    assert_eq!(told.trim().lines().count(), 2, "{told}");
    browser.get(&preview).await;
    let done = browser.post(&preview, &[]).await.is(303).location;
    browser.post(&preview, &[]).await.leads_to(&done);
    browser.get(&done).await.is(200);
    // Others see that a list was loaded and by whom, and no way into it.
    let mut other = campus.signed_in("oteki").await;
    let page = other.get("/kayit/listeler").await.is(200).says("yks.csv").says("Deneme memur");
    page.does_not_say(&format!("href=\"{done}\""));
    campus.has_all_words();
}

#[tokio::test]
async fn a_list_that_reads_may_still_be_mapped_and_a_candidate_is_completed() {
    let campus = Campus::sqlite().await;
    campus.account("memur", Role::Clerk, Some("MÜH")).await;
    let mut browser = campus.signed_in("memur").await;
    let text = format!("{HEADER};Cep No\n{NUR};0555 000 00 01\n");
    browser.get(LOAD).await;
    let fields = [("kind", "dgs"), ("year", "2026")];
    let preview = browser.upload(LOAD, &fields, ("file", "dgs.csv", text.as_bytes())).await.location;
    let page = browser.get(&preview).await.is(200).says("Kullanılmayan sütunlar").says("Cep No");
    page.says(&format!("{preview}/sutunlar"));
    let form = format!("{preview}/sutunlar");
    browser.get(&form).await.is(200).says("Cep No");
    let names = HEADER.split(';').collect::<Vec<_>>();
    let columns = ["identity_no", "given_name", "surname", "sex", "birth_date", "programme_code"];
    let mut mapping: Vec<(&str, &str)> = columns.into_iter().zip(names).collect();
    mapping.extend([("mapping_name", "DGS listesi"), ("phone", "Cep No")]);
    browser.post(&form, &mapping).await.leads_to(&preview);
    browser.get(&preview).await.is(200).does_not_say("Kullanılmayan sütunlar");
    browser.post(&preview, &[]).await.is(303);

    // The examination's list does not say the class; the desk completes it.
    let list = browser.get("/kayit?durum=waiting").await.is(200);
    let ids = list.html.split("href=\"/kayit/").skip(1).filter_map(|rest| rest.split(['"', '?']).next());
    let id: i64 = ids.filter_map(|id| id.parse().ok()).next().expect("a candidate");
    let path = format!("/kayit/{id}");
    let list = browser.get(&path).await.is(200).says("Giriş için gereken bilgi yok");
    list.says("Kimlik ve giriş bilgilerini düzelt");
    let form = format!("{path}/kimlik");
    let page = browser.get(&form).await.is(200).says("Yerleştirildiği sınıf").says("98765432150");
    let version = page.between("name=\"version\" value=\"", "\"");
    let mut fields = vec![
        ("version", version.as_str()),
        ("identity_no", "98765432150"),
        ("given_name", "Nur"),
        ("surname", "ÇİÇEK"),
        ("sex", "female"),
        ("birth_date", "17.03.2008"),
        ("previous_degree", "Bilgisayar Programcılığı"),
        ("score", "EA 312,5"),
    ];
    let page = browser.post(&form, &fields).await.is(422);
    page.says("“Yerleştirildiği sınıf” boş bırakılamaz.");
    fields.push(("class_year", "3"));
    browser.post(&form, &fields).await.leads_to(&path);
    browser
        .get(&path)
        .await
        .is(200)
        .says("Aday bilgileri kaydedildi.")
        .does_not_say("Giriş için gereken bilgi yok");
    campus.has_all_words();
}

#[tokio::test]
async fn mappings_and_what_a_way_of_entry_asks_are_there_for_programs() {
    for house in House::all().await {
        let clerk = house.clerk().await;
        let mapping = json!({ "name": "Bölüm listesi", "columns": [{ "field": "given_name", "heading": "Kişi 1" }, { "field": "surname", "heading": "Kişi 2" }] });
        let send = async |method: Method, path: &str, body: &serde_json::Value| {
            let request = request(method, &clerk, path).header(header::CONTENT_TYPE, "application/json");
            house.send(request.body(Body::from(body.to_string())).expect("a request")).await
        };
        send(Method::PUT, "/placement-mappings", &mapping).await.expect(204);
        let wrong = json!({ "name": "x", "columns": [{ "field": "renk", "heading": "Kişi 1" }] });
        send(Method::PUT, "/placement-mappings", &wrong).await.expect(422);
        let saved = house.get(&clerk, "/placement-mappings").await.expect(200).json();
        assert_eq!(saved["items"][0], mapping);
        let text = format!("{}\n{NUR}\n", HEADER.replace("Adı;Soyadı", "Kişi 1;Kişi 2"));
        let path = "/placements?kind=dgs&year=2026&mapping=B%C3%B6l%C3%BCm%20listesi";
        let load = request(Method::POST, &clerk, path).header(header::CONTENT_TYPE, "text/csv");
        let done = house.send(load.body(Body::from(text)).expect("a request")).await.expect(200).json();
        assert_eq!(done["applied"], true, "{done}");

        let listed = house.get(&clerk, "/candidates").await.expect(200).json();
        let path = format!("/candidates/{}/identity", listed["items"][0]["id"]);
        let asked = house.get(&clerk, &path).await.expect(200).json();
        let fields = asked["fields"].as_array().expect("fields");
        let class = fields.iter().find(|field| field["field"] == "class_year").expect("a class");
        assert_eq!((&class["required"], &class["value"]), (&json!(true), &json!("")));
        let form = json!({
            "version": asked["version"], "given_name": "nur", "surname": "çiçek", "sex": "female", "birth_date": "2008-03-17",
            "fields": [
                { "field": "identity_no", "value": "98765432150" }, { "field": "class_year", "value": "3" },
                { "field": "previous_degree", "value": "Örnek" }, { "field": "score", "value": "EA 312,5" },
            ],
        });
        send(Method::PUT, &path, &form).await.expect(204);
        send(Method::PUT, &path, &form).await.expect(409);
    }
}
