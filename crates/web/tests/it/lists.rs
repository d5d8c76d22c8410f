//! Lists: their columns, the files taken out of them, and the unit that somebody works in.

use domain::accounts::Role;
use storage::records::RecordsFile;
use testkit::RecordsFolder;

use crate::browser::{Browser, Campus, Page};

/// A campus of two faculties: EEM is one of its own.
async fn two_faculties() -> Campus {
    let records = RecordsFolder::small();
    records.replace(RecordsFile::Units, "4,2,department,EEM,", "4,1,faculty,EEM,");
    Campus::with_records(&records).await
}

/// The heads of the list, in order.
fn heads(page: &Page) -> Vec<String> {
    let head = page.between("<thead><tr>", "</tr></thead>");
    let cells = head.split("<th scope=\"col\"").skip(1);
    let words = |cell: &str| -> String {
        let text = cell.split('<').filter_map(|piece| piece.split_once('>')).map(|(_, words)| words);
        text.collect::<String>().trim().to_owned()
    };
    cells.map(|cell| words(&format!("<th{cell}"))).collect()
}

async fn show(browser: &mut Browser<'_>, columns: &[&str]) -> Page {
    let mut fields = vec![("liste", "students"), ("geri", "/ogrenciler")];
    fields.extend(columns.iter().map(|column| ("sutun", *column)));
    browser.post("/tercih", &fields).await.leads_to("/ogrenciler");
    browser.get("/ogrenciler").await.is(200)
}

#[tokio::test]
async fn chosen_columns_are_remembered_and_shape_the_files() {
    let campus = Campus::sqlite().await;
    campus.account("memur", Role::Clerk, Some("MÜH")).await;
    let mut clerk = campus.signed_in("memur").await;
    let usual = clerk.get("/ogrenciler").await.is(200);
    assert_eq!(heads(&usual), ["Numara", "Ad soyad", "Program", "Sınıf", "Durum", "AKTS", "AGNO"]);
    let page = show(&mut clerk, &["number", "name", "advisor", "unit", "programme_code", "nonsense"]).await;
    assert_eq!(heads(&page), ["Numara", "Ad soyad", "Program kodu", "Birim", "Danışman"]);
    let page = page.says("Doç. Dr. Çınar IRMAK").says("Mühendislik Fakültesi").says("BLM-L");
    page.says("name=\"sutun\" value=\"advisor\" checked").does_not_say("value=\"agno\" checked");

    // The account keeps them, so they are there on another device.
    let mut elsewhere = campus.signed_in("memur").await;
    assert_eq!(heads(&elsewhere.get("/ogrenciler").await.is(200)).len(), 5);

    let csv = clerk.get("/ogrenciler/liste.csv?sutunlar=gorunen&durum=active").await.is(200).html;
    let mut lines = csv.trim_start_matches('\u{feff}').lines();
    assert_eq!(lines.next(), Some("Numara;Ad;Soyadı;Program kodu;Birim;Danışman"));
    assert!(csv.contains("240010001;Işın;IŞIK;BLM-L;Mühendislik Fakültesi;Doç. Dr. Çınar IRMAK"), "{csv}");
    let csv = clerk.get("/ogrenciler/liste.csv?durum=active").await.is(200).html;
    let head = csv.trim_start_matches('\u{feff}').lines().next().unwrap_or_default().to_owned();
    assert_eq!(head, "Numara;Ad;Soyadı;Program;Program kodu;Birim;Sınıf;Durum;Giriş yılı;Danışman;AKTS;AGNO");
    assert!(csv.contains(";2;Aktif öğrenci;2024;Doç. Dr. Çınar IRMAK;"), "{csv}");

    // Number and name cannot be left out; the usual columns come back at a press.
    assert_eq!(heads(&show(&mut clerk, &["number", "name"]).await), ["Numara", "Ad soyad"]);
    let back =
        [("liste", "students"), ("olagan", "1"), ("sutun", "advisor"), ("geri", "/ogrenciler?sira=no")];
    clerk.post("/tercih", &back).await.leads_to("/ogrenciler?sira=no");
    assert_eq!(heads(&clerk.get("/ogrenciler").await.is(200)), heads(&usual));
    campus.has_all_words();
}

#[tokio::test]
async fn a_new_search_keeps_the_order_of_the_list() {
    let campus = Campus::sqlite().await;
    campus.account("memur", Role::Clerk, Some("MÜH")).await;
    let mut clerk = campus.signed_in("memur").await;
    let page = clerk.get("/ogrenciler?sira=no&durum=active").await.is(200);
    let page = page.says("<input type=\"hidden\" name=\"sira\" value=\"no\">");
    page.says("/ogrenciler/liste.xlsx?durum=active&#38;sira=no&#38;sutunlar=gorunen");
    campus.account("bolumsekreteri", Role::DepartmentSecretary, Some("BLM")).await;
    let mut secretary = campus.signed_in("bolumsekreteri").await;
    secretary.get("/ogrenciler").await.is(200).does_not_say("liste.xlsx").says("name=\"sutun\"");
}

#[tokio::test]
async fn whoever_has_several_units_works_in_one_of_them() {
    let campus = two_faculties().await;
    campus.account("oidb", Role::Registrar, None).await;
    let mut registrar = campus.signed_in("oidb").await;
    let all = registrar.get("/ogrenciler").await.is(200).says("5 öğrenci").says("Bütün birimler");
    let eem = all.between("Mühendislik Fakültesi</button>", "\">Elektrik");
    let eem = eem.rsplit("value=\"").next().expect("an id").to_owned();

    // Choosing in the bar leads back to the list, in the unit chosen.
    let choice = [("unit", eem.as_str()), ("geri", "/ogrenciler?durum=active&birim=M%C3%9CH&sonra=3.x")];
    registrar.post("/tercih", &choice).await.leads_to("/ogrenciler?durum=active");
    registrar.get("/ogrenciler?durum=active").await.leads_to("/ogrenciler?durum=active&birim=EEM");
    let page = registrar.get("/ogrenciler?birim=EEM").await.is(200).says("1 öğrenci").says("250020001");
    let page = page.does_not_say("240010001").says("href=\"/ogrenciler?birim=hepsi\"");
    page.says("/ogrenciler/liste.csv?birim=EEM");
    let csv = registrar.get("/ogrenciler/liste.csv?birim=EEM").await.is(200).html;
    assert!(csv.contains("250020001") && !csv.contains("240010001"), "{csv}");

    // Taken away for once, and asked for another unit; a programme is found wherever it is.
    registrar.get("/ogrenciler?birim=hepsi").await.is(200).says("5 öğrenci");
    registrar.get("/ogrenciler?birim=M%C3%9CH").await.is(200).says("4 öğrenci");
    registrar.get("/ogrenciler?birim=BLM").await.is(200).says("4 öğrenci");
    registrar.get("/ogrenciler?program=1").await.is(200).says("4 öğrenci");

    // The counter looks everywhere.
    registrar.post("/gise", &[("q", "in")]).await.leads_to("/ogrenciler?q=in&birim=hepsi");
    registrar.post("/gise/ara", &[("q", "şentürk")]).await.is(200).says("240010003");

    // Figures and papers are those of the unit.
    registrar.get("/").await.is(200).says("<b>1</b><span>aktif öğrenci</span>");
    registrar.get("/belgeler").await.leads_to("/belgeler?birim=EEM");
    registrar
        .get("/belgeler?birim=EEM&durum=valid")
        .await
        .is(200)
        .says("href=\"/belgeler?durum=valid&#38;birim=hepsi\"");

    // The account remembers it; and forgets it again.
    let mut tomorrow = campus.signed_in("oidb").await;
    tomorrow.get("/ogrenciler").await.leads_to("/ogrenciler?birim=EEM");
    tomorrow.get("/birimler").await.is(200).says("Elektrik, Elektronik Bölümü");
    tomorrow.post("/tercih", &[("unit", "0"), ("geri", "/")]).await.leads_to("/");
    tomorrow.get("/ogrenciler").await.is(200).says("5 öğrenci");
    tomorrow.post("/tercih", &[("unit", "4711"), ("geri", "/")]).await.leads_to("/");
    tomorrow.get("/ogrenciler").await.is(200);
    campus.has_all_words();
}

#[tokio::test]
async fn whoever_has_one_unit_is_asked_for_none() {
    let campus = two_faculties().await;
    campus.account("memur", Role::Clerk, Some("MÜH")).await;
    let mut clerk = campus.signed_in("memur").await;
    let page = clerk.get("/ogrenciler").await.is(200).says("4 öğrenci").says("Mühendislik Fakültesi");
    page.does_not_say("name=\"unit\"").does_not_say("id=\"birim\"");
    // A link that somebody else sent shows what lies within the own scope, and a search from there stays in it.
    let page = clerk.get("/ogrenciler?birim=EEM").await.is(200).says("0 öğrenci");
    page.says("<input type=\"hidden\" name=\"birim\" value=\"EEM\">").says("href=\"/ogrenciler\"");
    clerk.post("/gise", &[("q", "in")]).await.leads_to("/ogrenciler?q=in");
    campus.has_all_words();
}
