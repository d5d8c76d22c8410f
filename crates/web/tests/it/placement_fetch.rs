//! Placements from the ministry's service on the pages and in the API: order, progress, worklist, mending, failures.
#![expect(clippy::expect_used, reason = "a test whose office cannot be set up has failed")]

use domain::accounts::Role;
use serde_json::{Value, json};
use services::{placement::fetch::run_fetches, ports::RemoteProblem};
use testkit::placement_server::placement_row;

use crate::{api_house::House, browser::Campus};

const PATH: &str = "/kayit/listeler/yoksis";
const ORDER: [(&str, &str); 2] = [("kind", "YKS"), ("year", "2026")];

/// A sound row and one whose identity number cannot be.
fn rows() -> Vec<Value> {
    let mut wrong = placement_row("99000000043", "CAN", "ÖZ", "109900013");
    wrong["dogumTarihi"] = json!("05/05/2007");
    vec![placement_row("98765432150", "NUR", "ÇİÇEK", "109900013"), wrong]
}

#[tokio::test]
async fn a_list_is_fetched_and_its_faulty_row_is_mended_by_hand() {
    let campus = Campus::sqlite().await;
    campus.kit.placements.set(Ok(rows()));
    campus.account("memur", Role::Clerk, Some("MÜH")).await;
    campus.account("oteki", Role::Clerk, Some("MÜH")).await;
    campus.account("baskan", Role::DepartmentHead, Some("BLM")).await;
    let mut browser = campus.signed_in("memur").await;
    browser.get("/kayit/listeler").await.is(200).says("YÖKSİS’ten al");
    browser.get(PATH).await.is(200).says("YKS_EK").says("Yalnız denetle");
    browser.post(PATH, &[("kind", "LGS"), ("year", "2026")]).await.is(422).says("Listeden seçin");
    browser.get(PATH).await;

    // Looked at alone first.
    let dry = browser.post(PATH, &[ORDER[0], ORDER[1], ("dry_run", "1")]).await.is(303).location;
    browser.get(&dry).await.is(200).says("Sırada").says("Durdur");
    run_fetches(&campus.kit.office).await.expect("run");
    browser.get(&dry).await.is(200).says("Henüz hiçbir şey yazılmadı").says("yeni aday");
    browser.get("/kayit/listeler").await.says("Henüz liste alınmadı");

    browser.get(PATH).await.is(200).says("Yalnız denetle");
    let run = browser.post(PATH, &ORDER).await.is(303).location;
    run_fetches(&campus.kit.office).await.expect("run");
    let page = browser.get(&run).await.is(200).says("1 satır hatalı, düzeltilmeyi bekliyor");
    page.says("Hatalı satırlara git").does_not_say("99000000043");
    browser.get(&format!("{run}/kart")).await.is(200);
    let mut other = campus.signed_in("oteki").await;
    other.get(&run).await.is(404);
    let mut head = campus.signed_in("baskan").await;
    head.get(PATH).await.is(403);

    let lists = browser.get("/kayit/listeler").await.is(200).says("YÖKSİS YKS 2026");
    let list = worklist(&lists.html);
    browser.get(&list).await.is(200).says("CAN ÖZ").says("denetim hanesi tutmuyor").says("Elle düzelt");
    let form = format!("{list}/satir/2/duzelt");
    other.get(&form).await.is(404);
    let page = browser.get(&form).await.is(200).says("value=\"99000000043\"").says("value=\"Can\"");
    page.says("value=\"05.05.2007\"");
    let typed = [
        ("programme", "BLM-L"),
        ("given_name", "Can"),
        ("surname", "ÖZ"),
        ("sex", "male"),
        ("birth_date", "05.05.2007"),
        ("school", "Örnek Lisesi, 2025"),
        ("score", "SAY 312,45678"),
        ("identity_no", "99000000043"),
    ];
    browser.post(&form, &typed).await.is(422).says("value=\"99000000043\"");
    let mut typed = typed.to_vec();
    typed.pop();
    typed.push(("identity_no", "99000000042"));
    browser.get(&form).await;
    browser.post(&form, &typed).await.leads_to(&list);
    browser
        .get(&list)
        .await
        .is(200)
        .says("Aday kaydedildi, satır listeden düştü.")
        .says("Bekleyen hatalı satır yok");
    browser.get(&form).await.is(404);
    browser.get("/kayit").await.is(200).says("Can ÖZ").says("Nur ÇİÇEK");
    browser.post("/tercih", &[("dil", "en"), ("geri", "/")]).await.leads_to("/");
    browser.get(&run).await.is(200).says("1 row is faulty and waits to be mended");
    browser.get(PATH).await.is(200).says("Only check");
    campus.has_all_words();
}

/// The address of the only list on the page.
fn worklist(html: &str) -> String {
    let links = html.split("href=\"/kayit/listeler/").skip(1).filter_map(|rest| rest.split('"').next());
    let id = links.into_iter().find(|id| id.bytes().all(|b| b.is_ascii_digit())).expect("a list");
    format!("/kayit/listeler/{id}")
}

#[tokio::test]
async fn a_service_that_fails_is_told_with_the_way_by_file() {
    let campus = Campus::sqlite().await;
    campus.account("memur", Role::Clerk, Some("MÜH")).await;
    let mut browser = campus.signed_in("memur").await;
    for (problem, sentence) in [
        (RemoteProblem::Unreachable, "YÖKSİS’e ulaşılamadı"),
        (RemoteProblem::Refused, "kabul edilmedi"),
        (RemoteProblem::BusyFor { seconds: 90 }, "90 saniye sonra"),
        (RemoteProblem::FieldsMissing { fields: "tcKimlikNo".to_owned() }, "tcKimlikNo"),
    ] {
        campus.kit.placements.set(Err(problem));
        browser.get(PATH).await.is(200);
        let run = browser.post(PATH, &ORDER).await.is(303).location;
        run_fetches(&campus.kit.office).await.expect("run");
        let page =
            browser.get(&run).await.is(200).says("Liste alınamadı, hiçbir şey yazılmadı").says(sentence);
        page.says("Liste bu arada dosyadan da yüklenebilir.").says("href=\"/kayit/listeler/yukle\"");
    }
    campus.kit.placements.set(Ok(Vec::new()));
    browser.get(PATH).await;
    let run = browser.post(PATH, &ORDER).await.is(303).location;
    browser.get(&run).await.is(200);
    browser.post(&format!("{run}/durdur"), &[]).await.leads_to(&run);
    run_fetches(&campus.kit.office).await.expect("run");
    browser.get(&run).await.is(200).says("Yeniden al");
    campus.has_all_words();
}

#[tokio::test]
async fn without_an_account_the_page_says_how_it_is_set() {
    let campus = Campus::without_placements().await;
    campus.account("memur", Role::Clerk, Some("MÜH")).await;
    let mut browser = campus.signed_in("memur").await;
    let page = browser.get(PATH).await.is(200).says("YÖKSİS bağlantısı kurulu değil").says("yoksis_account");
    page.says("href=\"/kayit/listeler/yukle\"");
    browser.post(PATH, &ORDER).await.is(200).says("YÖKSİS bağlantısı kurulu değil");
    browser.get("/kayit/listeler").await.is(200).says("YÖKSİS bağlantısı kurulu değil");
    campus.has_all_words();
}

#[tokio::test]
async fn programs_fetch_and_mend_by_the_same_rules() {
    for house in House::all().await {
        house.kit.placements.set(Ok(rows()));
        let clerk = house.clerk().await;
        let order = |word: &str| json!({ "placement": word, "year": 2026 });
        let path = "/placement-fetches";
        house.post(&clerk, path, order("LGS")).await.expect(422);
        let started = house.post(&clerk, path, order("YKS")).await.expect(202);
        let at = started.header("location").replacen("/api/v1", "", 1);
        assert_eq!(house.get(&clerk, &at).await.expect(200).json()["state"], "waiting");
        run_fetches(&house.kit.office).await.expect("run");
        let done = house.get(&clerk, &at).await.expect(200).json();
        assert_eq!(
            (&done["state"], &done["figures"]["new"], &done["figures"]["faulty"]),
            (&json!("done"), &json!(1), &json!(1))
        );
        let list = done["list"].as_i64().expect("a list");
        let open = house.get(&clerk, &format!("/placements/{list}/rows")).await.expect(200).json();
        assert_eq!(open["items"][0]["row"], 2);
        let mut row = json!({
            "programme": "BLM-L", "given_name": "Can", "surname": "Öz", "sex": "male", "birth_date": "2007-05-05",
            "fields": [{ "field": "identity_no", "value": "99000000043" }, { "field": "school", "value": "Örnek Lisesi" },
                       { "field": "score", "value": "SAY 312,45678" }],
        });
        let mend = format!("/placements/{list}/rows/2/candidate");
        house.post(&clerk, &mend, row.clone()).await.expect(422);
        row["fields"][0]["value"] = json!("99000000042");
        house.post(&clerk, &mend, row.clone()).await.expect(201);
        house.post(&clerk, &mend, row).await.expect(404);

        house.kit.placements.set(Err(RemoteProblem::Down { status: 503 }));
        let failed = house
            .post(&clerk, path, order("yks"))
            .await
            .expect(202)
            .header("location")
            .replacen("/api/v1", "", 1);
        run_fetches(&house.kit.office).await.expect("run");
        let told = house.get(&clerk, &failed).await.expect(200).json();
        assert_eq!((&told["state"], &told["problem"]["code"]), (&json!("failed"), &json!("down")));
        house.delete(&clerk, &failed).await.expect(204);
        let all = house.get(&clerk, path).await.expect(200).json();
        assert_eq!(all["items"].as_array().map(Vec::len), Some(2));
        house.get(&clerk, &format!("{path}/999")).await.expect(404);
    }
}
