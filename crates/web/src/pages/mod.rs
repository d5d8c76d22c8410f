//! The pages: one module per capability, a function per method. Every route stands in [`routes`].

pub mod account;
pub mod account_forms;
pub mod accounts;
pub mod audit;
pub mod bulk_registration;
pub mod dated_forms;
pub mod day_list;
pub mod day_pack;
pub mod documents;
pub mod first_day;
pub mod gallery;
pub mod in_unit;
pub mod institution;
pub mod notice;
pub mod orientation;
pub mod orientation_forms;
pub mod orientation_papers;
pub mod own_orientation;
pub mod placement;
pub mod plain_form;
pub mod programme_forms;
pub mod registration;
pub mod registration_figures;
pub mod settings;
pub mod sign_in;
pub mod start;
pub mod student;
pub mod student_account;
pub mod student_forms;
pub mod students;
pub mod unit_forms;
pub mod windows;

use std::sync::Arc;

use axum::{
    Router,
    extract::DefaultBodyLimit,
    routing::{get, post},
};
use services::{Action, Actor};

use crate::site::Site;

/// A work of the left navigation.
pub struct Work {
    /// Path without the slash.
    pub path: &'static str,
    /// Last part of its name's key, `nav-…`.
    pub name: &'static str,
    /// Symbol.
    pub icon: &'static str,
    /// Whether this actor has it.
    pub offered: fn(&Actor) -> bool,
}

/// The works, in the order of the navigation.
pub const NAV: &[Work] = &[
    Work { path: "", name: "start", icon: "list", offered: |_| true },
    Work { path: "ogrenciler", name: "ogrenciler", icon: "cap", offered: |a| a.may(Action::FindStudents) },
    Work { path: "kayit", name: "kayit", icon: "desk", offered: |a| a.may(Action::ReadCandidates) },
    Work {
        path: "belgeler",
        name: "belgeler",
        icon: "doc",
        offered: |a| {
            a.may(Action::IssueDocument) || a.may(Action::ExportStudents) && a.may(Action::ReadDocument)
        },
    },
    Work { path: "fotograflar", name: "fotograflar", icon: "photo", offered: |a| a.may(Action::ChangePhoto) },
    Work {
        path: "oryantasyon",
        name: "oryantasyon",
        icon: "users",
        offered: |a| a.may(Action::ManageOrientation),
    },
    Work {
        path: "tarihler",
        name: "tarihler",
        icon: "calendar",
        offered: |a| a.may(Action::ChangeWindows) || a.may(Action::RegisterCandidates),
    },
    Work { path: "birimler", name: "birimler", icon: "unit", offered: |a| a.may(Action::ReadInstitution) },
    Work { path: "denetim", name: "denetim", icon: "log", offered: |a| a.may(Action::ReadAudit) },
    Work { path: "hesaplar", name: "hesaplar", icon: "set", offered: |a| a.may(Action::ManageAccounts) },
];

/// A page of a work that has several.
pub struct Way {
    /// Path of the work in the navigation.
    pub work: &'static str,
    /// Its address.
    pub path: &'static str,
    /// Last part of its name's key, `way-…`.
    pub name: &'static str,
    /// Whether this actor has it.
    pub offered: fn(&Actor) -> bool,
}

/// The pages of the works that have several, in the order of a day: every page of such a work draws them below the bar.
pub const WAYS: &[Way] = &[
    kayit("/kayit", "desk", |a| a.may(Action::ReadCandidates)),
    kayit("/kayit/e-kayit", "bulk", |a| a.may(Action::RegisterCandidates)),
    kayit("/kayit/geciken", "overdue", |a| a.may(Action::ReadCandidates)),
    kayit("/kayit/yeni", "new", |a| a.may(Action::ImportPlacement)),
    kayit("/kayit/listeler", "lists", |a| a.may(Action::ImportPlacement)),
    kayit("/kayit/durum", "figures", |a| a.may(Action::ReadCandidates)),
    kayit("/kayit/liste-yazdir", "registered", |a| a.may(Action::ReadCandidates)),
    kayit("/kayit/danisman", "advisors", |a| a.may(Action::RegisterCandidates)),
    kayit("/kayit/gun-listesi", "day-list", |a| a.may(Action::IssueDocument)),
    kayit("/kayit/zarflar", "slips", |a| a.may(Action::IssueStudentLink)),
    kayit("/kayit/paket", "pack", |a| a.may(Action::RegisterCandidates)),
];

const fn kayit(path: &'static str, name: &'static str, offered: fn(&Actor) -> bool) -> Way {
    Way { work: registration::WORK, path, name, offered }
}

/// The works of whoever has nothing here but the own record.
pub const OWN_NAV: &[Work] = &[
    Work { path: "", name: "own", icon: "cap", offered: |a| a.may(Action::ReadOwnAudit) },
    Work { path: "", name: "begin", icon: "list", offered: |a| !a.may(Action::ReadOwnAudit) },
    Work { path: "ilk-gun", name: "ilk-gun", icon: "calendar", offered: |a| a.may(Action::KeepOwnRecord) },
    Work {
        path: "oryantasyon/benim",
        name: "own-orientation",
        icon: "users",
        offered: |a| a.may(Action::KeepOwnRecord),
    },
    Work { path: "belgeler", name: "own-papers", icon: "doc", offered: |a| a.may(Action::ReadDocument) },
    Work {
        path: "hesabim/bakanlar",
        name: "own-looks",
        icon: "eye",
        offered: |a| a.may(Action::ReadOwnAudit),
    },
];

/// Every page and the act it posts.
pub fn routes() -> Router<Arc<Site>> {
    Router::new()
        .route("/", get(start::get))
        .route("/giris", get(sign_in::form).post(sign_in::sign_in))
        .route("/cikis", post(sign_in::sign_out))
        .route("/etkinlestir/{token}", get(sign_in::link).post(sign_in::use_link))
        .route("/parola-sor", get(sign_in::confirm_form).post(sign_in::confirm))
        .route("/tercih", post(settings::save))
        .route("/hesabim", get(account::get))
        .route("/hesabim/parola", get(account::password).post(account::save_password))
        .route("/hesabim/oturum/{handle}", post(account::end_session))
        .route("/hesabim/oturumlar", post(account::end_other_sessions))
        .route("/hesabim/anahtar", get(account::token).post(account::add_token))
        .route("/hesabim/anahtar/{id}/iptal", post(account::revoke_token))
        .route("/hesabim/bakanlar", get(audit::own))
        .route("/hesaplar", get(accounts::list))
        .route("/hesaplar/yeni", get(account_forms::new).post(account_forms::create))
        .route("/hesaplar/{id}", get(accounts::get))
        .route("/hesaplar/{id}/ad", get(account_forms::rename).post(account_forms::save_rename))
        .route("/hesaplar/{id}/rol", get(account_forms::role).post(account_forms::save_role))
        .route("/hesaplar/{id}/rol/{role}", get(account_forms::role_end).post(account_forms::save_role_end))
        .route("/hesaplar/{id}/kilitle", get(account_forms::lock).post(account_forms::save_lock))
        .route("/hesaplar/{id}/kilit-ac", get(account_forms::unlock).post(account_forms::save_unlock))
        .route("/hesaplar/{id}/kapat", get(account_forms::close).post(account_forms::save_close))
        .route("/hesaplar/{id}/baglanti", get(account_forms::link).post(account_forms::issue_link))
        .route("/hesaplar/{id}/anahtar/{token}", get(account_forms::token).post(account_forms::revoke_token))
        .route("/denetim", get(audit::list))
        .route("/birimler", get(institution::list))
        .route("/birimler/{kod}", get(institution::unit))
        .route("/birimler/{kod}/ad", get(unit_forms::rename).post(unit_forms::save_rename))
        .route("/birimler/{kod}/kod", get(unit_forms::code).post(unit_forms::save_code))
        .route("/birimler/{kod}/gorev", get(unit_forms::appoint).post(unit_forms::save_appoint))
        .route("/birimler/{kod}/gorev/{id}", get(unit_forms::end).post(unit_forms::save_end))
        .route("/programlar/{kod}", get(institution::programme))
        .route("/programlar/{kod}/ad", get(programme_forms::rename).post(programme_forms::save_rename))
        .route("/programlar/{kod}/kod", get(programme_forms::code).post(programme_forms::save_code))
        .route("/ogrenciler", get(students::list))
        .route("/ogrenciler/{file}", get(students::export))
        .route("/gise", post(students::counter))
        .route("/gise/ara", post(students::counter_hits))
        .route("/ogrenci/{no}", get(student::get))
        .route("/ogrenci/{no}/zaman", get(student::timeline))
        .route("/ogrenci/{no}/kimlik-goster", post(student::reveal))
        .route("/ogrenci/{no}/foto", get(student::photo))
        .route("/ogrenci/{no}/not", post(student_forms::add_note))
        .route("/ogrenci/{no}/iletisim", get(student_forms::contact).post(student_forms::save_contact))
        .route("/ogrenci/{no}/kimlik", get(student_forms::identity).post(student_forms::save_identity))
        .route("/ogrenci/{no}/durum", get(student_forms::status).post(student_forms::save_status))
        .route("/ogrenci/{no}/geri-al/{entry}", get(student_forms::reverse).post(student_forms::save_reverse))
        .route("/ogrenci/{no}/evrak", get(student_forms::paper).post(student_forms::save_paper))
        .route("/ogrenci/{no}/evrak/{file}", get(student_forms::scan))
        .route("/ogrenci/{no}/fotograf", get(student_forms::photo).post(student_forms::save_photo))
        .route("/ogrenci/{no}/hesap", get(student_account::form).post(student_account::issue))
        .route("/ogrenci/{no}/bagla", get(student_forms::link).post(student_forms::save_link))
        .route("/ogrenci/{no}/belge/{kind}", get(documents::ask).post(documents::issue))
        .route("/ilk-gun", get(first_day::get))
        .route("/ilk-gun/aydinlatma", post(first_day::notice))
        .route("/ilk-gun/iletisim", get(first_day::contact).post(first_day::save_contact))
        .route("/ilk-gun/fotograf", get(first_day::photo).post(first_day::save_photo))
        .route("/fotograflar", get(first_day::photos))
        .route("/fotograflar/{id}", get(first_day::decide).post(first_day::save_decision))
        .route("/fotograflar/{id}/resim", get(first_day::picture))
        .route("/kayit/paket", get(day_pack::list))
        .route("/kayit/paket/yeni", get(day_pack::form).post(day_pack::make))
        .route("/kayit/paket/{id}", get(day_pack::get))
        .route("/kayit/paket/{id}/{no}", get(day_pack::enter::enter_form).post(day_pack::enter::save_form))
        .route("/kayit/gun-listesi", get(day_list::form).post(day_list::issue))
        .route("/kayit/zarflar", get(first_day::slips).post(first_day::make_slips))
        .route("/tarihler", get(windows::list))
        .route("/tarihler/yeni", get(windows::new).post(windows::create))
        .route("/tarihler/{id}", get(windows::change).post(windows::save_change))
        .route("/tarihler/{id}/gecmis", get(windows::history))
        .route("/tarihler/{id}/geri-cek", get(windows::withdraw).post(windows::save_withdraw))
        .route("/oryantasyon", get(orientation::list))
        .route("/oryantasyon/yeni", get(orientation_forms::new).post(orientation_forms::create))
        .route("/oryantasyon/benim", get(own_orientation::get))
        .route("/oryantasyon/benim/{id}/okudum", post(own_orientation::acknowledge))
        .route(
            "/oryantasyon/benim/{id}/gorus",
            get(own_orientation::feedback).post(own_orientation::save_feedback),
        )
        .route("/oryantasyon/katil/{token}", get(own_orientation::session).post(own_orientation::attend))
        .route("/oryantasyon/oturum/{id}", get(orientation::session).post(orientation::save_ticks))
        .route("/oryantasyon/oturum/{id}/numara", post(orientation::save_number))
        .route("/oryantasyon/oturum/{id}/karekod", get(orientation::code))
        .route("/oryantasyon/oturum/{id}/karekod.svg", get(orientation::code_picture))
        .route(
            "/oryantasyon/oturum/{id}/imza",
            get(orientation_papers::sheet).post(orientation_papers::issue_sheet),
        )
        .route(
            "/oryantasyon/oturum/{id}/degistir",
            get(orientation_forms::change).post(orientation_forms::save_change),
        )
        .route(
            "/oryantasyon/oturum/{id}/sil",
            get(orientation_forms::remove).post(orientation_forms::save_remove),
        )
        .route("/oryantasyon/{id}", get(orientation::get))
        .route("/oryantasyon/{id}/ad", get(orientation_forms::rename).post(orientation_forms::save_rename))
        .route("/oryantasyon/{id}/oturum", get(orientation_forms::plan).post(orientation_forms::save_plan))
        .route("/oryantasyon/{id}/davet", post(orientation::invite))
        .route("/oryantasyon/{id}/davetliler", get(orientation::invitees))
        .route(
            "/oryantasyon/{id}/duyuru",
            get(orientation_papers::notice).post(orientation_papers::issue_notice),
        )
        .route(
            "/oryantasyon/{id}/el-kitabi",
            get(orientation_forms::handbook).post(orientation_forms::save_handbook),
        )
        .route("/oryantasyon/{id}/el-kitabi/dosya", get(own_orientation::handbook))
        .route("/belgeler", get(documents::list))
        .route("/belgeler/toplu", post(documents::batch_form))
        .route("/belgeler/toplu/onizle", post(documents::batch_preview))
        .route("/belgeler/toplu/baslat", post(documents::batch_start))
        .route("/belge/{id}", get(documents::get))
        .route("/belge/{id}/pdf", get(documents::pdf))
        .route("/belge/{id}/iptal", get(documents::cancel).post(documents::save_cancel))
        .route("/is/{id}", get(documents::job))
        .route("/is/{id}/kart", get(documents::job_card))
        .route("/is/{id}/durdur", post(documents::job_cancel))
        .route("/is/{id}/{file}", get(documents::job_result))
        .route("/kayit", get(registration::list))
        .route("/kayit/ara", post(registration::find))
        .route("/kayit/siradaki", get(registration::next))
        .route("/kayit/geciken", get(registration::overdue))
        .route("/kayit/liste-yazdir", get(registration::printing::list))
        .route("/kayit/kart.csv", get(registration::printing::cards))
        .route("/kayit/danisman", get(registration::advisors::form).post(registration::advisors::assign))
        .route("/kayit/listeler", get(placement::list))
        .route(
            "/kayit/listeler/yukle",
            get(placement::load).post(placement::upload).layer(DefaultBodyLimit::max(placement::MAX_FILE)),
        )
        .route("/kayit/listeler/onizleme/{id}", get(placement::preview).post(placement::apply))
        .route("/kayit/listeler/onizleme/{id}/hatali.csv", get(placement::faulty_of_upload))
        .route("/kayit/listeler/onizleme/{id}/uyarilar.csv", get(placement::noted_of_upload))
        .route("/kayit/listeler/onizleme/{id}/sil", post(placement::forget))
        .route("/kayit/listeler/onizleme/{id}/sutunlar", get(placement::mapping).post(placement::save_map))
        .route("/kayit/listeler/yoksis", get(placement::fetch::form).post(placement::fetch::start))
        .route("/kayit/listeler/yoksis/{id}", get(placement::fetch::run))
        .route("/kayit/listeler/yoksis/{id}/kart", get(placement::fetch::run_card))
        .route("/kayit/listeler/yoksis/{id}/durdur", post(placement::fetch::cancel))
        .route("/kayit/listeler/{id}", get(placement::get))
        .route("/kayit/listeler/{id}/hatali.csv", get(placement::faulty_of_list))
        .route("/kayit/listeler/{id}/satir/{row}", get(placement::dismiss).post(placement::save_dismiss))
        .route(
            "/kayit/listeler/{id}/satir/{row}/duzelt",
            get(placement::mend::form).post(placement::mend::save),
        )
        .route("/kayit/yeni", get(placement::enter::form).post(placement::enter::save))
        .route("/kayit/e-kayit", get(bulk_registration::preview))
        .route("/kayit/e-kayit/baslat", post(bulk_registration::start))
        .route("/kayit/e-kayit/{id}", get(bulk_registration::run))
        .route("/kayit/e-kayit/{id}/kart", get(bulk_registration::run_card))
        .route("/kayit/e-kayit/{id}/durdur", post(bulk_registration::cancel))
        .route("/kayit/e-kayit/{id}/geri-al", get(bulk_registration::undo).post(bulk_registration::save_undo))
        .route("/kayit/e-kayit/{id}/{file}", get(bulk_registration::numbers))
        .route("/kayit/durum", get(registration_figures::page))
        .route("/kayit/durum/parca", get(registration_figures::fragment))
        .route("/kayit/durum/ozet", get(registration_figures::summary))
        .route("/kayit/durum/gelmeyenler", get(registration_figures::absentees))
        .route("/kayit/durum/{file}", get(registration_figures::export))
        .route("/kayit/{id}", get(registration::candidate::get).post(registration::candidate::register))
        .route("/kayit/{id}/kimlik", get(placement::change::form).post(placement::change::save))
        .route("/kayit/{id}/evrak", post(registration::papers::save))
        .route(
            "/kayit/{id}/vazgecme",
            get(registration::acts::renounce).post(registration::acts::save_renounce),
        )
        .route("/kayit/{id}/geri-al", get(registration::acts::undo).post(registration::acts::save_undo))
        .route(
            "/kayit/{id}/bilgi",
            get(registration::corrections::correct).post(registration::corrections::save_correct),
        )
        .route(
            "/kayit/{id}/iade",
            get(registration::corrections::give_back).post(registration::corrections::save_give_back),
        )
        .route(
            "/kayit/{id}/yeniden",
            get(registration::corrections::restore).post(registration::corrections::save_restore),
        )
        .route("/kayit/{id}/karar", get(registration::acts::decide).post(registration::acts::save_decide))
        .route(
            "/kayit/{id}/danisman",
            get(registration::acts::advisor).post(registration::acts::save_advisor),
        )
        .route("/aydinlatma", get(notice::get))
        .route("/dogrula", get(documents::verify_form))
        .route("/dogrula/{code}", get(documents::verify))
        .route("/bilesenler", get(gallery::get))
        .fallback(unknown)
}

/// Any address that is none of ours.
async fn unknown() -> crate::fault::Answer {
    Err(services::ServiceError::NotFound.into())
}
