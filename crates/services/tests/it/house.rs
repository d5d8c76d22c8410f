//! A test's office on each engine, and units, people and enrolments to put into it.

use std::{sync::Arc, time::Duration};

use base::{
    ids::{CurriculumId, EnrolmentId, PersonId, ProgrammeId},
    time::{Clock, Date},
};
use domain::{
    enrolments::{EnrolmentStatus, EntryKind},
    ledger::{Draft, Ground, GroundKind, LedgerKind, Subject},
    people::{Identity, Sex},
};
use serde_json::{Value, json};
use services::{Office, authz};
use storage::{
    Permit,
    db::Engine,
    enrolments::{self, NewEnrolment},
    ledger,
    records::{
        RecordsFile,
        institution::{self, Fields, Keys},
    },
};
use testkit::{FixedClock, TestOffice};

/// An office with the handles that a test turns.
pub(crate) struct House {
    pub(crate) office: Office,
    pub(crate) clock: MovingClock,
    pub(crate) engine: &'static str,
    _kit: TestOffice,
}

/// The office's clock, moved by spans.
pub(crate) struct MovingClock(Arc<FixedClock>);

impl MovingClock {
    pub(crate) fn advance(&self, by: Duration) {
        self.0.set(self.0.now().checked_add(by).expect("in range"));
    }
}

/// A faculty with a department and a programme of each, and another faculty.
const UNITS: [(i64, Option<i64>, &str, &str); 4] = [
    (1, None, "university", "ORN"),
    (2, Some(1), "faculty", "FEN"),
    (3, Some(2), "department", "BIL"),
    (4, Some(1), "faculty", "IKT"),
];

impl House {
    /// One house on SQLite and, where the test run has a server, one on PostgreSQL.
    pub(crate) async fn all() -> Vec<Self> {
        let house = |kit: TestOffice| Self {
            office: kit.office.clone(),
            clock: MovingClock(kit.clock.clone()),
            engine: match kit.office.db.engine() {
                Engine::Sqlite => "sqlite",
                Engine::Postgres => "postgres",
            },
            _kit: kit,
        };
        TestOffice::all().await.into_iter().map(house).collect()
    }

    /// Puts the units and two programmes into the office, `BIL1` in the department and `IKT1` in the other faculty.
    pub(crate) async fn furnish(&self) {
        let permit = permit(&self.office);
        self.office.db
            .write(move |tx| {
                let mut keys = Keys::default();
                let units: Vec<_> = UNITS
                    .iter()
                    .map(|(key, parent, kind, code)| {
                        row(*key, &json!({ "parent_id": parent, "kind": kind, "code": code, "name_tr": code, "name_en": code }))
                    })
                    .collect();
                institution::insert(tx, &permit, RecordsFile::Units, &units, &keys)?;
                keys.load(tx, RecordsFile::Units)?;
                institution::insert_parents(tx, &permit, &units, &keys)?;
                institution::rebuild_closure(tx, &permit)?;
                let programmes = [(1, 3, "BIL1"), (2, 4, "IKT1")].map(|(key, unit, code)| {
                    let level = json!({
                        "unit_id": unit, "code": code, "name_tr": code, "name_en": code, "level": "bachelor", "terms": 8,
                        "language": "tr",
                    });
                    row(key, &level)
                });
                institution::insert(tx, &permit, RecordsFile::Programs, &programmes, &keys)?;
                keys.load(tx, RecordsFile::Programs)?;
                let curricula = [1, 2]
                    .map(|key| row(key, &json!({ "program_id": key, "version": 1, "effective_year": 2020 })));
                institution::insert(tx, &permit, RecordsFile::Curricula, &curricula, &keys)
            })
            .await
            .expect("units");
    }

    /// Registers an invented person.
    pub(crate) async fn person(&self, given_name: &str, surname: &str) -> PersonId {
        let permit = permit(&self.office);
        let who = Identity {
            identity_no: None,
            given_name: given_name.to_owned(),
            surname: surname.to_owned(),
            sex: Sex::Female,
            birth_date: Date::constant(2005, 3, 14),
            birth_place: "Örnekköy".to_owned(),
            nationality: "TR".to_owned(),
        };
        self.office.db.write(move |tx| storage::people::insert(tx, &permit, &who)).await.expect("person")
    }

    /// Enrols a person in programme 1 or 2 of [`House::furnish`].
    pub(crate) async fn enrol(
        &self,
        person: PersonId,
        number: &str,
        programme: i64,
        status: EnrolmentStatus,
    ) -> EnrolmentId {
        let permit = permit(&self.office);
        let entered_on = Date::constant(2024, 9, 16);
        let new = NewEnrolment {
            person,
            number: number.to_owned(),
            programme: ProgrammeId::new(programme),
            curriculum: CurriculumId::new(programme),
            entry_kind: EntryKind::Yks,
            entry_year: 2024,
            entered_on,
            class_year: 2,
            advisor: None,
            ends_on: None,
        };
        let id =
            self.office.db.write(move |tx| enrolments::insert(tx, &permit, &new)).await.expect("enrolment");
        self.becomes(id, entered_on, LedgerKind::Enrolled, status).await;
        id
    }

    /// Writes a status entry for an enrolment.
    pub(crate) async fn becomes(&self, id: EnrolmentId, on: Date, kind: LedgerKind, status: EnrolmentStatus) {
        let permit = permit(&self.office);
        let random = self.office.random.clone();
        let draft = Draft {
            subject: Subject::from(id),
            kind,
            effective_on: on,
            status_after: Some(status),
            ground: Ground {
                kind: GroundKind::BoardDecision,
                reference: "2026/14-03".to_owned(),
                dated: None,
            },
            payload: json!({}),
            text: None,
            reverses: None,
        };
        let settled = self.office.db.write(move |tx| {
            ledger::append(tx, &permit, &draft, random.as_ref())?;
            ledger::settle_status(tx, &permit, id)
        });
        settled.await.expect("status");
    }
}

fn row(key: i64, fields: &Value) -> (String, Fields) {
    (key.to_string(), fields.as_object().cloned().unwrap_or_default())
}

fn permit(office: &Office) -> Permit {
    authz::for_own_account(authz::SYSTEM_ACCOUNT, office.now(), "test")
}
