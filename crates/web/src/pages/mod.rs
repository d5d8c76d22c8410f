//! The pages: one module per capability, a function per method. Every route stands in [`routes`].

pub mod account;
pub mod account_forms;
pub mod accounts;
pub mod audit;
pub mod dated_forms;
pub mod documents;
pub mod gallery;
pub mod in_unit;
pub mod institution;
pub mod plain_form;
pub mod programme_forms;
pub mod settings;
pub mod sign_in;
pub mod start;
pub mod student;
pub mod student_account;
pub mod student_forms;
pub mod students;
pub mod unit_forms;

use std::sync::Arc;

use axum::{
    Router,
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
    Work {
        path: "belgeler",
        name: "belgeler",
        icon: "doc",
        offered: |a| {
            a.may(Action::IssueDocument) || a.may(Action::ExportStudents) && a.may(Action::ReadDocument)
        },
    },
    Work { path: "birimler", name: "birimler", icon: "unit", offered: |a| a.may(Action::ReadInstitution) },
    Work { path: "denetim", name: "denetim", icon: "log", offered: |a| a.may(Action::ReadAudit) },
    Work { path: "hesaplar", name: "hesaplar", icon: "set", offered: |a| a.may(Action::ManageAccounts) },
];

/// The same for whoever has nothing here but the own record.
pub const OWN_NAV: &[Work] = &[
    Work { path: "", name: "own", icon: "cap", offered: |a| a.may(Action::ReadOwnAudit) },
    Work { path: "", name: "begin", icon: "list", offered: |a| !a.may(Action::ReadOwnAudit) },
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
        .route("/dogrula", get(documents::verify_form))
        .route("/dogrula/{code}", get(documents::verify))
        .route("/bilesenler", get(gallery::get))
        .fallback(unknown)
}

/// Any address that is none of ours.
async fn unknown() -> crate::fault::Answer {
    Err(services::ServiceError::NotFound.into())
}
