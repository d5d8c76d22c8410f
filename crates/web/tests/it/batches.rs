//! Papers for a list, and papers whose successor was taken back, as the pages tell of them.

use base::ids::DocumentId;
use domain::accounts::Role;
use services::documents::batch::run_batches;

use crate::browser::{Browser, Campus};

const ISSUE: &str = "/ogrenci/240010001/belge/student_certificate";

/// Issues a certificate; answers with the address of its page.
async fn issue(desk: &mut Browser<'_>) -> String {
    desk.get(ISSUE).await.is(200);
    desk.post(ISSUE, &[("lang", "tr")]).await.is(303).location
}

#[tokio::test]
async fn a_list_tells_who_gets_a_paper_who_has_one_and_who_does_not() {
    let campus = Campus::sqlite().await;
    campus.account("memur", Role::Clerk, Some("MÜH")).await;
    let mut desk = campus.signed_in("memur").await;
    issue(&mut desk).await;

    let mut list = vec![("kind", "student_certificate"), ("lang", "tr")];
    list.extend(["240010001", "240010003", "200010004", "999"].map(|number| ("no", number)));
    let preview = desk.post("/belgeler/toplu/onizle", &list).await.is(200).says("Öğrenci belgesi (TR)");
    let group = |title: &str| preview.between(title, "</table>");
    let ready = group("Düzenlenecekler");
    assert!(ready.contains("IŞIK") && ready.contains("yenisi onun yerini alır"), "{ready}");
    assert!(ready.contains("ŞENTÜRK ÜNLÜ") && !ready.contains("ÖZÇELİK"), "{ready}");
    let refused = group("Düzenlenemeyecekler");
    assert!(refused.contains("Gülin ÖZÇELİK") && refused.contains("mezun olmuş"), "{refused}");
    assert!(group("Bulunamayanlar").contains("999"));

    let started = desk.post("/belgeler/toplu/baslat", &list).await.is(303);
    run_batches(&campus.kit.office).await.expect("the worker");
    let job = desk.get(&started.location).await.is(200);
    let job = job.says("Öğrenci belgesi (TR)").says("2 düzenlendi, 2 düzenlenemedi");
    job.says("200010004 Gülin ÖZÇELİK").says("999");
    let kept = desk.get("/belgeler").await.is(200);
    kept.says("Öğrenci belgesi (TR) · Bitti · 2 düzenlendi, 2 düzenlenemedi");
    campus.has_all_words();
}

#[tokio::test]
async fn a_paper_whose_successor_was_cancelled_is_not_sent_on_to_it() {
    let campus = Campus::sqlite().await;
    campus.account("memur", Role::Clerk, Some("MÜH")).await;
    let mut desk = campus.signed_in("memur").await;
    let (first, second) = (issue(&mut desk).await, issue(&mut desk).await);
    desk.get(&first).await.is(200).says("Güncel belgeyi aç").says(&second);
    let cancel = format!("{second}/iptal");
    desk.get(&cancel).await.is(200);
    desk.post(&cancel, &[("reason", "Yanlış düzenlendi")]).await.is(303);

    let page = desk.get(&first).await.is(200).does_not_say("Güncel belgeyi aç");
    page.does_not_say("güncel olan sonrakidir").says("Bu belgenin yerine verilen belge de iptal edildi");
    let id = first.rsplit('/').next().and_then(|id| id.parse().ok()).map(DocumentId::new).expect("an id");
    let paper = campus.kit.office.db.read(move |db| storage::documents::fetch(db, id)).await;
    let code = paper.expect("a read").expect("the paper").code;
    let answer = campus.browser().get(&format!("/dogrula/{code}")).await.is(200);
    answer.says("artık geçerli değil").says("iptal edilmiştir").does_not_say("yerini yenisi aldı");
    issue(&mut desk).await;
    desk.get(&first).await.is(200).says("Güncel belgeyi aç");
    campus.has_all_words();
}
