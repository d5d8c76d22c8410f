//! The start page of every role, in both languages.

use domain::accounts::Role;

use crate::browser::{Browser, Campus};

async fn in_english(browser: &mut Browser<'_>) {
    browser.post("/tercih", &[("dil", "en"), ("geri", "/")]).await.leads_to("/");
    browser.get("/").await.is(200).says("lang=\"en\"");
}

/// A role, and what its start page says and does not say.
struct Case {
    user: &'static str,
    role: Role,
    unit: Option<&'static str>,
    said: &'static [&'static str],
    unsaid: &'static [&'static str],
}

const fn case(
    user: &'static str,
    role: Role,
    unit: Option<&'static str>,
    said: &'static [&'static str],
    unsaid: &'static [&'static str],
) -> Case {
    Case { user, role, unit, said, unsaid }
}

#[tokio::test]
async fn every_role_has_a_start_page_with_what_it_may_see() {
    let campus = Campus::sqlite().await;
    let cases = [
        case(
            "memur",
            Role::Clerk,
            Some("MÜH"),
            &["data-counter", "aktif öğrenci", "bugün verilen belge", "Son verilen belgeler", "Süren işler"],
            &["Denetim"],
        ),
        case("sef", Role::Chief, Some("MÜH"), &["data-counter", "eksik işaretli evrak"], &["kilitli hesap"]),
        case("sekreter", Role::UnitSecretary, Some("MÜH"), &["data-counter", "süren toplu iş"], &[]),
        case(
            "dekan",
            Role::UnitHead,
            Some("MÜH"),
            &["data-counter", "aktif öğrenci", "Sizi bekleyen iş yok"],
            &["eksik evrak"],
        ),
        case(
            "kurul",
            Role::BoardMember,
            Some("MÜH"),
            &["Sizi bekleyen iş yok", "Size iletilen bir iş"],
            &["data-counter", "aktif öğrenci"],
        ),
        case(
            "bolumbaskani",
            Role::DepartmentHead,
            Some("BLM"),
            &["data-counter", "aktif öğrenci"],
            &["bugün verilen belge"],
        ),
        case(
            "bolumsekreteri",
            Role::DepartmentSecretary,
            Some("BLM"),
            &["data-counter"],
            &["bugün verilen belge"],
        ),
        case(
            "danisman",
            Role::Advisor,
            None,
            &["data-counter", "Danışmanı olduğum öğrenciler", "240010001"],
            &["240010003", "bugün verilen"],
        ),
        case("ogretim", Role::Instructor, None, &["Sizi bekleyen iş yok"], &["data-counter"]),
        case("oidb", Role::Registrar, None, &["data-counter", "aktif öğrenci", "eksik işaretli evrak"], &[]),
        case(
            "denetci",
            Role::Auditor,
            None,
            &["data-counter", "Denetim kaydının son satırları", "Giriş"],
            &["eksik evrak"],
        ),
        case(
            "yonetici",
            Role::Administrator,
            None,
            &["açık hesap", "parola bekleyen hesap", "Kilitli hesaplar"],
            &["data-counter", "aktif öğrenci"],
        ),
    ];
    for Case { user, role, unit, said, unsaid } in cases {
        campus.account(user, role, unit).await;
        let mut browser = campus.signed_in(user).await;
        let mut page = browser.get("/").await.is(200).says(&format!("Deneme {user}"));
        for text in said {
            page = page.says(text);
        }
        for text in unsaid {
            page = page.does_not_say(text);
        }
        in_english(&mut browser).await;
    }
    campus.has_all_words();
}

#[tokio::test]
async fn students_and_graduates_see_their_own_record_and_who_looked_at_it() {
    let campus = Campus::sqlite().await;
    campus.account("memur", Role::Clerk, Some("MÜH")).await;
    let mut clerk = campus.signed_in("memur").await;
    clerk.get("/ogrenci/240010001").await.is(200);
    clerk.get("/ogrenciler?q=%C4%B1%C5%9F%C4%B1k").await.is(200);
    campus.kit.office.reads.flush().await;

    let user = campus.student("240010001").await;
    let mut student = campus.signed_in(&user).await;
    let page = student.get("/").await.is(200).says("Işın IŞIK").says("240010001").says("250020001");
    page.says("Deneme memur").says("class=\"rahat\"").does_not_say("data-counter");
    student.get("/hesabim/bakanlar").await.is(200).says("Öğrenci sayfası").says("Öğrenci arama");
    student.get("/hesabim").await.is(200).says("Kaydıma kim baktı").does_not_say("Program anahtarları");
    student.get("/ogrenci/240010001").await.is(200);
    student.get("/ogrenci/240010002").await.is(404);
    student.get("/denetim").await.is(403);
    in_english(&mut student).await;

    let user = campus.student("200010004").await;
    let mut graduate = campus.signed_in(&user).await;
    graduate
        .get("/")
        .await
        .is(200)
        .says("Gülin ÖZÇELİK")
        .says("Mezun")
        .says("Hesap açma")
        .does_not_say("Öğrenci sayfası");
    in_english(&mut graduate).await;
    clerk.get("/hesabim/bakanlar").await.is(403);
    campus.has_all_words();
}

#[tokio::test]
async fn a_missing_paper_stands_on_the_worklist() {
    let campus = Campus::sqlite().await;
    campus.account("memur", Role::Clerk, Some("MÜH")).await;
    let mut clerk = campus.signed_in("memur").await;
    clerk.get("/").await.is(200).says("Sizi bekleyen iş yok");
    clerk.get("/ogrenci/240010001/evrak").await.is(200);
    let form = [("kind", "school_diploma"), ("state", "missing"), ("description", "")];
    clerk.post("/ogrenci/240010001/evrak", &form).await.leads_to("/ogrenci/240010001#evrak");
    campus.wait(30);
    clerk
        .get("/")
        .await
        .is(200)
        .says("Eksik evrak: Lise diploması")
        .says("Işın IŞIK")
        .says("/ogrenci/240010001#evrak");
    campus.account("dekan", Role::UnitHead, Some("MÜH")).await;
    let mut dean = campus.signed_in("dekan").await;
    dean.get("/").await.is(200).does_not_say("Lise diploması");
    campus.has_all_words();
}
