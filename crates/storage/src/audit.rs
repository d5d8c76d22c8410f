//! Who did or saw what, when and why; append-only.

use std::collections::BTreeSet;

use base::{
    ids::{AccountId, PersonId},
    time::Timestamp,
};

use crate::{
    args,
    db::{Reader, Tx, Value},
    error::Result,
    permit::Permit,
};

/// One row of the audit log.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AuditRow {
    /// When it happened.
    pub at: Timestamp,
    /// Who; none for what nobody signed in did.
    pub account: Option<AccountId>,
    /// What, as a word such as `read_student`.
    pub action: String,
    /// Whose data it touched, where it was one person's.
    pub person: Option<PersonId>,
    /// Kind of the object: `enrolment`, `document`, `account`, `list` …
    pub object_kind: &'static str,
    /// Row id of the object.
    pub object: Option<i64>,
    /// Codes that tell more: field names, filters, numbers of papers; never a personal value.
    pub detail: String,
    /// Person ids that a list showed, as `,3,17,`.
    pub shown: Option<String>,
    /// Reason typed by the actor.
    pub reason: Option<String>,
    /// Request id.
    pub request: String,
}

impl AuditRow {
    /// The row of an act under its permit, about nothing yet: whoever writes it adds whom and what it touched.
    pub fn by(permit: &Permit, action: impl Into<String>) -> Self {
        Self {
            at: permit.at(),
            account: Some(permit.account()),
            action: action.into(),
            person: None,
            object_kind: "",
            object: None,
            detail: String::new(),
            shown: None,
            reason: None,
            request: permit.request().to_owned(),
        }
    }
}

/// Person ids in the form that [`AuditRow::shown`] keeps and the student's own view searches; each once, however many
/// rows of a list are about the same person.
pub fn shown_list(people: impl IntoIterator<Item = PersonId>) -> String {
    let people: BTreeSet<PersonId> = people.into_iter().collect();
    let mut out = String::from(",");
    for person in people {
        out.push_str(&person.to_string());
        out.push(',');
    }
    out
}

/// Every act that is written here, by the word of its rows. Each has words in both languages on the page of the log; in
/// debug builds an act that is not in the list is refused, so that none is written that nobody can read.
pub const ACTS: &[&str] = &[
    "acknowledge_handbook",
    "add_account",
    "add_token",
    "appoint",
    "assign_advisors",
    "assign_role",
    "attend_session",
    "backup",
    "cancel_batch",
    "cancel_document",
    "cancel_placement_fetch",
    "cancel_registrations",
    "change_account",
    "change_candidate",
    "change_contact",
    "change_identity",
    "change_orientation",
    "change_password",
    "change_password_failed",
    "change_photo",
    "change_session",
    "change_settings",
    "change_status",
    "change_window",
    "close_account",
    "complete_registration",
    "confirm_password",
    "confirm_password_failed",
    "confirm_token",
    "confirm_token_failed",
    "correct_candidate",
    "decide_photo",
    "dismiss_placement_row",
    "end_appointment",
    "end_session",
    "enter_candidate",
    "enter_pack_form",
    "enter_window",
    "export_candidates",
    "export_registered",
    "export_students",
    "extend_candidate",
    "find_students",
    "give_feedback",
    "import_placement",
    "import_records",
    "invite_students",
    "issue_document",
    "issue_link",
    "keep_handbook",
    "keep_own_contact",
    "keep_papers",
    "lapse_candidate",
    "list_accounts",
    "list_registered",
    "lock_account",
    "make_day_pack",
    "make_orientation",
    "mend_placement_row",
    "name_programme",
    "name_unit",
    "open_start",
    "plan_session",
    "preview_batch",
    "preview_placement",
    "preview_registrations",
    "print_document_again",
    "propose_photo",
    "read_audit",
    "read_batch",
    "read_candidate",
    "read_candidates",
    "read_document",
    "read_notice",
    "read_orientation",
    "read_photo_proposal",
    "read_placement",
    "read_registrations",
    "read_student",
    "register_candidate",
    "register_provisionally",
    "remove_attendance",
    "remove_session",
    "renounce_candidate",
    "restore",
    "restore_candidate",
    "return_originals",
    "reveal_identity",
    "reverse_entry",
    "revoke_token",
    "save_mapping",
    "set_password",
    "set_programme_code",
    "set_unit_code",
    "show_account",
    "sign_in",
    "sign_in_failed",
    "sign_out",
    "start_batch",
    "start_placement_fetch",
    "start_registrations",
    "store_document",
    "supersede_document",
    "take_attendance",
    "tick_paper",
    "undo_registration",
    "undo_registrations",
    "unlock_account",
    "verify_document",
    "withdraw_role",
    "withdraw_window",
    "write_note",
];

/// Every key of a detail's `key=value`; the codes of the files of records are keys too. As [`ACTS`].
pub const KEYS: &[&str] = &[
    "action",
    "added",
    "candidates",
    "changed",
    "channel",
    "class",
    "code",
    "comfortable",
    "conflicts",
    "document",
    "done",
    "entries",
    "entry",
    "faulty",
    "form",
    "from",
    "handbook",
    "job",
    "kind",
    "lang",
    "note",
    "number",
    "office",
    "others",
    "outcome",
    "papers",
    "programme",
    "proof",
    "q",
    "role",
    "row",
    "same",
    "scan",
    "scope",
    "seq",
    "session",
    "staff",
    "status",
    "students",
    "surname",
    "system",
    "taken_at",
    "theme",
    "to",
    "token",
    "unit",
    "user",
    "window",
    "withdrawn",
    "year",
];

/// Whether people can read a row: its act and the keys of its detail are known.
fn is_worded(row: &AuditRow) -> bool {
    let is_known = |key: &str| {
        KEYS.contains(&key) || crate::records::RecordsFile::ALL.iter().any(|file| file.code() == key)
    };
    ACTS.contains(&row.action.as_str())
        && row
            .detail
            .split_whitespace()
            .filter_map(|piece| piece.split_once('='))
            .all(|(key, _)| is_known(key))
}

/// Writes one row.
///
/// # Errors
/// The engine's refusal.
pub fn append(tx: &Tx<'_>, row: &AuditRow) -> Result<()> {
    debug_assert!(
        is_worded(row),
        "add the act `{}` and the keys of “{}” to storage::audit and their words to audit.ftl",
        row.action,
        row.detail
    );
    tx.execute(
        "INSERT INTO audit_log (at, account_id, action, person_id, object_kind, object_id, detail, shown, reason, request)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        args![
            row.at,
            row.account,
            row.action,
            row.person,
            row.object_kind,
            row.object,
            row.detail,
            row.shown,
            row.reason,
            row.request
        ],
    )?;
    Ok(())
}

/// Writes many rows with one statement.
///
/// # Errors
/// The engine's refusal.
pub fn append_all(tx: &Tx<'_>, rows: &[AuditRow]) -> Result<()> {
    let columns = [
        "at",
        "account_id",
        "action",
        "person_id",
        "object_kind",
        "object_id",
        "detail",
        "shown",
        "reason",
        "request",
    ];
    tx.bulk("audit_log", &columns, |put| {
        rows.iter().try_for_each(|row| {
            debug_assert!(is_worded(row), "add the act `{}` and the keys of “{}”", row.action, row.detail);
            put.row(args![
                row.at,
                row.account,
                row.action,
                row.person,
                row.object_kind,
                row.object,
                row.detail,
                row.shown,
                row.reason,
                row.request
            ])
        })
    })?;
    Ok(())
}

/// A row as the auditor reads it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AuditLine {
    /// Row number, the cursor of the list.
    pub id: i64,
    /// When.
    pub at: Timestamp,
    /// Name of the account.
    pub who: String,
    /// What.
    pub action: String,
    /// Whose data, where it was one person's.
    pub person: Option<PersonId>,
    /// Whose data, as a name; empty where no single person.
    pub whom: String,
    /// Student number, where the row is about one enrolment or a paper of one; otherwise empty.
    pub student_number: String,
    /// What the row is about, where it is an account (its name), a unit or a programme (its code); otherwise empty.
    pub object_name: String,
    /// Kind of the object.
    pub object_kind: String,
    /// Row id of the object.
    pub object: Option<i64>,
    /// Codes that tell more.
    pub detail: String,
    /// How many people a list showed.
    pub shown: usize,
    /// Reason typed.
    pub reason: Option<String>,
}

/// What of the log is asked for.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct AuditFilter {
    /// Only rows about this person, lists that showed him or her included.
    pub person: Option<PersonId>,
    /// Leaves those lists out, for pages that are opened often.
    pub without_lists: bool,
    /// Only what this account did.
    pub account: Option<AccountId>,
    /// Nothing that this account did.
    pub but_not_by: Option<AccountId>,
    /// Only this action; all when empty.
    pub action: String,
    /// Rows before this row number.
    pub before: Option<i64>,
    /// Rows from this row number on.
    pub from: Option<i64>,
    /// Rows at the most.
    pub limit: u32,
}

/// Number of the newest row; 0 in an empty log.
///
/// # Errors
/// The engine's refusal.
pub fn newest(db: &Reader<'_>) -> Result<i64> {
    db.count("SELECT coalesce(max(id), 0) FROM audit_log", &[])
}

/// Actions that are most of the log; the index of actions leaves them out.
const FREQUENT: [&str; 2] = ["find_students", "read_student"];

/// The newest rows first.
///
/// # Errors
/// The engine's refusal.
pub fn list(db: &Reader<'_>, filter: &AuditFilter) -> Result<Vec<AuditLine>> {
    let mut args = vec![Value::Int(filter.before.unwrap_or(i64::MAX)), Value::Int(i64::from(filter.limit))];
    let mut conditions = String::from("a.id < $1");
    let mut and = |condition: &str, value| {
        args.push(value);
        conditions.push_str(" AND ");
        conditions.push_str(&condition.replace('?', &format!("${}", args.len())));
    };
    if let Some(from) = filter.from {
        and("a.id >= ?", Value::Int(from));
    }
    if let Some(account) = filter.account {
        and("a.account_id = ?", Value::Int(account.get()));
    }
    if let Some(account) = filter.but_not_by {
        and("(a.account_id IS NULL OR a.account_id <> ?)", Value::Int(account.get()));
    }
    if !filter.action.is_empty() {
        and("a.action = ?", Value::Text(&filter.action));
        if !FREQUENT.contains(&filter.action.as_str()) {
            // Lets both engines use the index of the rarer actions.
            conditions.push_str(" AND a.action <> 'find_students' AND a.action <> 'read_student'");
        }
    }
    let pattern = filter.person.map(|person| format!("%,{person},%")).unwrap_or_default();
    let rows = match filter.person {
        None => format!("SELECT a.id FROM audit_log a WHERE {conditions} ORDER BY a.id DESC LIMIT $2"),
        Some(person) if filter.without_lists => {
            args.push(Value::Int(person.get()));
            let own = args.len();
            format!(
                "SELECT a.id FROM audit_log a WHERE {conditions} AND a.person_id = ${own} ORDER BY a.id DESC LIMIT $2"
            )
        }
        Some(person) => {
            // Rows about the person come from their index, lists that showed him or her from the index of lists.
            args.push(Value::Int(person.get()));
            let own = args.len();
            args.push(Value::Text(&pattern));
            let shown = args.len();
            format!(
                "SELECT id FROM (SELECT a.id FROM audit_log a WHERE {conditions} AND a.person_id = ${own} ORDER BY a.id DESC LIMIT $2) one
                 UNION
                 SELECT id FROM (SELECT a.id FROM audit_log a WHERE {conditions} AND a.shown IS NOT NULL AND a.shown LIKE ${shown}
                   ORDER BY a.id DESC LIMIT $2) listed
                 ORDER BY id DESC LIMIT $2"
            )
        }
    };
    let sql = format!(
        "SELECT a.id, a.at, coalesce(c.display_name, ''), a.action, a.person_id, coalesce(p.given_name || ' ' || p.surname, ''),
                coalesce(e.number, ''), coalesce(o.display_name, u.code, g.code, ''), a.object_kind, a.object_id, a.detail, a.shown, a.reason
         FROM audit_log a LEFT JOIN account c ON c.id = a.account_id LEFT JOIN person p ON p.id = a.person_id
         LEFT JOIN document d ON d.id = a.object_id AND a.object_kind = 'document'
         LEFT JOIN enrolment e ON e.id = CASE a.object_kind WHEN 'enrolment' THEN a.object_id ELSE d.enrolment_id END
         LEFT JOIN account o ON o.id = a.object_id AND a.object_kind = 'account'
         LEFT JOIN unit u ON u.id = a.object_id AND a.object_kind = 'unit'
         LEFT JOIN programme g ON g.id = a.object_id AND a.object_kind = 'programme'
         WHERE a.id IN ({rows}) ORDER BY a.id DESC"
    );
    db.query(&sql, &args, |r| {
        Ok(AuditLine {
            id: r.int(0)?,
            at: r.time(1)?,
            who: r.text(2)?,
            action: r.text(3)?,
            person: r.opt_id(4)?,
            whom: r.text(5)?,
            student_number: r.text(6)?,
            object_name: r.text(7)?,
            object_kind: r.text(8)?,
            object: r.opt_int(9)?,
            detail: r.text(10)?,
            shown: r.opt_str(11)?.map_or(0, |s| s.matches(',').count().saturating_sub(1)),
            reason: r.opt_text(12)?,
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_with_two_rows_is_shown_once() {
        assert_eq!(shown_list([17, 3, 17].map(PersonId::new)), ",3,17,");
        assert_eq!(shown_list([]), ",");
    }
}
