//! Candidates with a place, put into an office without a list file.

use base::{
    identity::Tckn,
    ids::{CandidateId, ProgrammeId},
    time::{Date, Timestamp},
};
use domain::{
    enrolments::EntryKind,
    people::Sex,
    registration::{Clearances, EntryDetails, ListOrigin, WindowKind},
};
use regulations::EntryField;
use services::authz;
use storage::{
    Db,
    candidates::CandidateData,
    placements::{self, NewList},
    windows::{self, NewWindow},
};

/// A candidate placed by YKS in 2026 against whom nothing stands; `serial` makes the identity number.
pub fn candidate(serial: u32, given_name: &str, surname: &str, programme: ProgrammeId) -> CandidateData {
    let digits: Vec<u8> = format!("4{serial:08}").bytes().map(|b| b - b'0').collect();
    let mut details = EntryDetails::default();
    details.set(EntryField::Score, "412,51234");
    details.set(EntryField::School, "Örnekköy Anadolu Lisesi");
    let number = Tckn::complete(digits.try_into().expect("nine digits")).expect("an identity number");
    CandidateData {
        entry_kind: EntryKind::Yks,
        year: 2026,
        programme,
        identity_no: Some(number.reveal().to_owned()),
        passport: None,
        given_name: given_name.to_owned(),
        surname: surname.to_owned(),
        father_name: "Ümit".to_owned(),
        mother_name: "İnci".to_owned(),
        sex: Sex::Female,
        birth_date: Date::constant(2008, 3, 14),
        birth_place: "Örnekköy".to_owned(),
        nationality: "TR".to_owned(),
        email: String::new(),
        phone: String::new(),
        address: String::new(),
        details,
        clearances: Clearances::CLEAR,
        clearance_words: String::new(),
        e_registered_at: None,
        needs_preparatory: false,
        ends_on: None,
        main: None,
    }
}

/// The programme with a code.
pub async fn programme(db: &Db, code: &'static str) -> ProgrammeId {
    let day = Date::constant(2026, 11, 23);
    let found = db.read(move |db| storage::institution::programmes::find(db, code, day)).await;
    found.expect("programmes").expect("a programme").id
}

/// Puts candidates into the office, as one list of their first one's way of entry.
pub async fn place(db: &Db, now: Timestamp, rows: Vec<CandidateData>) -> Vec<CandidateId> {
    let permit = authz::for_own_account(authz::SYSTEM_ACCOUNT, now, "test");
    let placed = db.write(move |tx| {
        let count = i64::try_from(rows.len()).unwrap_or(i64::MAX);
        let list = NewList {
            entry_kind: rows.first().map_or(EntryKind::Yks, |row| row.entry_kind),
            year: 2026,
            origin: ListOrigin::File,
            name: "yerlestirme.csv".to_owned(),
            sha256: None,
            rows: count,
            added: count,
            changed: 0,
            same: 0,
            faulty: 0,
            sound_only: false,
        };
        let list = placements::insert(tx, &permit, &list)?;
        let rows: Vec<_> = (2..).zip(rows).map(|(row, data)| (row, data, [0; 32])).collect();
        storage::candidates::insert(tx, &permit, list, &rows)
    });
    placed.await.expect("candidates")
}

/// Opens a window of registration for everybody, with both days in it.
pub async fn open_window(db: &Db, now: Timestamp, kind: WindowKind, opens_on: Date, closes_on: Date) {
    let permit = authz::for_own_account(authz::SYSTEM_ACCOUNT, now, "test");
    let new = NewWindow {
        kind,
        unit: None,
        term: None,
        entry_kind: None,
        opens_on,
        closes_on,
        source: "Kayıt ilanı 2026/1".to_owned(),
    };
    db.write(move |tx| windows::insert(tx, &permit, &new)).await.expect("a window");
}
