use std::collections::BTreeSet;

use base::lang::Lang;
use storage::{
    audit::{ACTS, KEYS},
    records::RecordsFile,
};

use super::*;
use crate::texts::Languages;

fn languages() -> Languages {
    Languages::load(&[]).expect("texts")
}

/// For every act, details as its use case writes them, or wrote them once.
const WRITTEN: &[(&str, &str, &[&str])] = &[
    ("add_account", "account", &["clerk@3 advisor", "student"]),
    ("add_token", "account", &["token=4 scope=read to=2026-12-31"]),
    ("appoint", "unit", &["unit=MÜH office=dean staff=12 from=2026-01-01"]),
    ("assign_role", "account", &["clerk@3 from=2026-11-23", "student"]),
    ("backup", "database", &[""]),
    ("cancel_batch", "job", &["3/20", "done=3 students=20"]),
    ("cancel_document", "document", &["transcript 2026/000012"]),
    ("change_account", "account", &["user_name display_name"]),
    ("change_contact", "enrolment", &["email phone address"]),
    (
        "change_identity",
        "enrolment",
        &["identity_no given_name surname sex birth_date birth_place nationality"],
    ),
    ("change_password", "account", &[""]),
    ("change_password_failed", "account", &[""]),
    ("change_photo", "enrolment", &["photo"]),
    (
        "change_settings",
        "account",
        &["lang=tr theme=system comfortable=true", "lang=en theme=dark comfortable=false"],
    ),
    ("change_status", "enrolment", &["graduated", "link"]),
    ("close_account", "account", &[""]),
    ("confirm_password", "account", &[""]),
    ("confirm_password_failed", "account", &[""]),
    ("confirm_token", "account", &[""]),
    ("confirm_token_failed", "account", &[""]),
    ("end_appointment", "unit", &["unit=MÜH office=vice_dean staff=12 to=2026-12-01"]),
    ("end_session", "account", &["", "others=2"]),
    ("export_students", "list", &["programme=7 status=active", ""]),
    (
        "find_students",
        "list",
        &[
            "q=4 surname=3 unit=3 programme=7 status=on_leave class=2 entry=2024",
            "q=4 harf surname=3 harf",
            "",
        ],
    ),
    (
        "import_records",
        "job",
        &["entries=14 conflicts=2 units=+3~1 staff=+20~0 curriculum_courses=+40~0 students=+2000~12"],
    ),
    ("issue_document", "document", &["transcript en 2026/000012"]),
    ("issue_link", "account", &["activation", "reset proof=passport"]),
    ("keep_papers", "enrolment", &["school_diploma missing", "scan=12"]),
    ("list_accounts", "list", &["role=clerk unit=MÜH status=locked text", "role= unit= status="]),
    ("lock_account", "account", &[""]),
    ("name_programme", "programme", &["programme=BLM-L from=2026-01-01"]),
    ("name_unit", "unit", &["unit=MÜH from=2026-01-01"]),
    ("open_start", "list", &[""]),
    ("preview_batch", "list", &["transcript 20", "students=20 transcript"]),
    ("print_document_again", "document", &["transcript 2026/000012"]),
    ("read_audit", "audit", &["number=240010001 user=memur action=sign_in", ""]),
    ("read_batch", "job", &["20 zip", "papers=20 pdf", "students=6"]),
    (
        "read_document",
        "document",
        &[
            "transcript 2026/000012",
            "status=valid kind=transcript number=240010001 from=2026-11-01 to=2026-11-23 unit=3 job=4",
        ],
    ),
    ("read_student", "enrolment", &["page"]),
    ("restore", "database", &["taken_at=2026-11-23T09:15:00Z"]),
    ("reveal_identity", "enrolment", &["identity_no"]),
    ("reverse_entry", "enrolment", &["seq=3"]),
    ("revoke_token", "account", &["token=4"]),
    ("dismiss_placement_row", "placement_list", &["row=12"]),
    ("mend_placement_row", "placement_list", &["row=12 candidates=7"]),
    ("start_placement_fetch", "job", &["yks year=2026"]),
    ("cancel_placement_fetch", "job", &[""]),
    ("enter_candidate", "candidate", &["transfer_external year=2026"]),
    ("import_placement", "placement_list", &["yks year=2026 added=120 changed=2 same=30 faulty=1"]),
    ("read_placement", "placement_list", &["faulty=2"]),
    ("save_mapping", "placement_list", &[""]),
    ("set_password", "account", &["reset"]),
    (
        "set_programme_code",
        "programme",
        &[
            "programme=BLM-L system=osym code=109900013 from=2026-01-01",
            "programme=BLM-L system=yoksis to=2026-01-01",
        ],
    ),
    ("set_unit_code", "unit", &["unit=MÜH system=detsis code=71000002 from=2026-01-01"]),
    ("show_account", "account", &[""]),
    ("sign_in", "account", &[""]),
    ("sign_in_failed", "account", &["locked", ""]),
    ("sign_out", "account", &[""]),
    (
        "start_batch",
        "job",
        &[
            "students=20 transcript tr",
            "20 {\"kind\":\"student_certificate\",\"lang\":\"en\",\"purpose\":null,\"photo\":false}",
        ],
    ),
    ("store_document", "document", &["transcript 2026/000012"]),
    ("supersede_document", "document", &["transcript 2026/000012 document=7"]),
    ("unlock_account", "account", &[""]),
    ("verify_document", "document", &["transcript 2026/000012"]),
    ("withdraw_role", "account", &["clerk@3 to=2026-11-23"]),
    ("acknowledge_handbook", "enrolment", &["unit=MÜH year=2026", "unit=MÜH year=2026 handbook=12"]),
    ("attend_session", "enrolment", &["session=4 channel=qr"]),
    ("change_orientation", "orientation", &["unit=MÜH year=2026"]),
    ("change_session", "orientation", &["unit=MÜH year=2026 session=4"]),
    ("change_window", "window", &["window=registration from=2026-08-31 to=2026-09-04"]),
    ("enter_window", "window", &["unit=MÜH window=missing_papers from=2026-08-31 to=2026-09-04"]),
    ("give_feedback", "enrolment", &[""]),
    ("invite_students", "orientation", &["unit=MÜH year=2026 students=120"]),
    ("keep_handbook", "orientation", &["unit=MÜH year=2026 handbook=12"]),
    ("make_orientation", "orientation", &["unit=MÜH year=2026"]),
    ("plan_session", "orientation", &["unit=MÜH year=2026 session=4"]),
    ("read_orientation", "list", &["session=4", ""]),
    ("remove_attendance", "enrolment", &["session=4 channel=list"]),
    ("remove_session", "orientation", &["unit=MÜH year=2026 session=4"]),
    ("take_attendance", "enrolment", &["session=4 channel=number"]),
    ("withdraw_window", "window", &["window=e_registration from=2026-08-31 to=2026-09-04"]),
    ("assign_advisors", "programme", &["programme=7 students=12"]),
    ("complete_registration", "candidate", &["number=260010001"]),
    ("export_registered", "list", &["from=2026-11-23 programme=7", "from=2026-11-23"]),
    ("extend_candidate", "candidate", &["to=2026-12-31"]),
    ("lapse_candidate", "candidate", &["number=260010001"]),
    ("list_registered", "list", &["from=2026-11-23 programme=7", "from=2026-11-23"]),
    ("read_candidate", "candidate", &[""]),
    ("read_candidates", "list", &["q=0 candidates=3,17", "q=5 candidates="]),
    ("register_candidate", "candidate", &["number=260010001"]),
    ("register_provisionally", "candidate", &["number=260010001"]),
    ("renounce_candidate", "candidate", &[""]),
    ("tick_paper", "candidate", &["school_diploma received photograph none"]),
    ("undo_registration", "candidate", &["number=260010001"]),
    ("change_candidate", "candidate", &["transfer_external year=2026 changed=2"]),
    ("correct_candidate", "candidate", &["identity_no"]),
    ("preview_placement", "list", &["yks year=2026 faulty=1"]),
    ("restore_candidate", "candidate", &["renounced", "lapsed"]),
    ("return_originals", "candidate", &["school_diploma"]),
    ("cancel_registrations", "job", &["done=40 candidates=120"]),
    ("decide_photo", "enrolment", &["taken", "refused"]),
    ("enter_pack_form", "candidate", &["number=3 entry=12"]),
    ("export_candidates", "list", &["candidates=120"]),
    ("keep_own_contact", "person", &[""]),
    ("make_day_pack", "day_pack", &["unit=3 students=120"]),
    ("preview_registrations", "list", &["candidates=120"]),
    ("propose_photo", "photo", &[""]),
    ("read_notice", "enrolment", &["2026-1"]),
    ("read_photo_proposal", "photo", &[""]),
    ("read_registrations", "job", &["candidates=3,17"]),
    ("start_registrations", "job", &["candidates=120"]),
    ("undo_registrations", "job", &["candidates=120 job=4"]),
    ("write_note", "enrolment", &["note=5", "withdrawn=5"]),
];

#[test]
fn every_act_written_anywhere_is_said_in_words() {
    let languages = languages();
    let names = AuditNames::default();
    let shown: BTreeSet<&str> = WRITTEN.iter().map(|(act, ..)| *act).collect();
    assert_eq!(shown, ACTS.iter().copied().collect(), "the acts that are written and those shown here");
    for t in Lang::ALL.map(|lang| languages.of(lang)) {
        for (act, object_kind, details) in WRITTEN {
            assert!(t.has(&format!("audit-act-{act}")), "{act} in {}", t.code());
            for written in *details {
                for (key, value) in pieces(written) {
                    let said = value_of(t, &names, object_kind, &key, &value);
                    let said = said.unwrap_or_else(|| panic!("{act}: {key}={value} in {}", t.code()));
                    assert!(
                        key.is_empty() || key_of(t, &key, &said).is_some(),
                        "{act}: the key {key} in {}",
                        t.code()
                    );
                }
                let said = detail(t, &names, object_kind, written);
                assert!(!said.contains(['{', '=', '_', '@']), "{act}: {said}");
            }
        }
        for key in KEYS {
            assert!(t.has(&format!("audit-key-{key}")), "the key {key} in {}", t.code());
        }
        for file in RecordsFile::ALL {
            assert!(
                t.has(&format!("audit-file-{}", file.code())),
                "the file {} in {}",
                file.code(),
                t.code()
            );
        }
        assert_eq!(t.missing(), Vec::<String>::new());
    }
}

#[test]
fn details_of_the_log_are_read_as_words() {
    let languages = languages();
    let t = languages.of(Lang::Tr);
    for (written, words) in [
        ("", ""),
        ("activation", "Etkinleştirme bağlantısı"),
        ("clerk@3 from=2026-11-23", "Öğrenci işleri memuru · başlangıç: 23.11.2026"),
        ("q=4 status=active", "arama: 4 harf · durum: Aktif öğrenci"),
        ("q=4 harf surname=1 harf", "arama: 4 harf · soyadı: 1 harf"),
        ("role= unit= status=locked text", "durum: Kilitli ad"),
        ("reset proof=passport", "Parola yenileme bağlantısı · kimlik: Pasaport"),
        ("transcript 2026/000012 document=7", "Transkript 2026/000012 · belge: 7"),
        ("units=+3~1", "birimler: 3 yeni, 1 değişen"),
        (
            "20 {\"kind\":\"transcript\",\"lang\":\"tr\",\"purpose\":\"staj\",\"photo\":false}",
            "öğrenci sayısı: 20 Transkript Türkçe",
        ),
        ("yeni=şey", "yeni: şey"),
    ] {
        assert_eq!(detail(t, &AuditNames::default(), "account", written), words, "{written}");
    }
    let en = languages.of(Lang::En);
    assert_eq!(
        detail(en, &AuditNames::default(), "list", "q=4 surname=1"),
        "search: 4 letters · surname: 1 letter"
    );
}
