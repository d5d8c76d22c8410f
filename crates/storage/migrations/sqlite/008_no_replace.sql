-- What is append-only is not written over either: `INSERT OR REPLACE` and `UPDATE OR REPLACE` take the row away that is
-- in the way, and SQLite fires no DELETE trigger for it unless the connection asked for that (`recursive_triggers`),
-- which whoever gets at the file with another program does not.
--
-- A trigger cannot see which of the words was used. So a second row under a primary key or under any other unique key is
-- refused before it is written, whatever the words. Under a primary key, which the program never gives itself, that is
-- the rule of the table. Under another unique key it is an ordinary collision, which the program tells by the name of the
-- constraint: `kunye-key:` before that name, the one that PostgreSQL uses, keeps it so (`storage::error`).
-- A row that leaves its primary key would do the same; those that may be updated at all keep theirs.
--
-- PostgreSQL has no REPLACE: ../postgres/008_no_replace.sql has nothing to do.

CREATE TRIGGER audit_log_not_replaced BEFORE INSERT ON audit_log
WHEN EXISTS (SELECT 1 FROM audit_log WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'kunye:audit_is_append_only'); END;

CREATE TRIGGER person_registered_not_replaced BEFORE INSERT ON person_registered
WHEN EXISTS (SELECT 1 FROM person_registered WHERE person_id = NEW.person_id)
BEGIN SELECT RAISE(ABORT, 'kunye:registered_identity_is_frozen'); END;

CREATE TRIGGER ledger_entry_not_replaced BEFORE INSERT ON ledger_entry
BEGIN SELECT CASE
  WHEN EXISTS (SELECT 1 FROM ledger_entry WHERE id = NEW.id)
    THEN RAISE(ABORT, 'kunye:ledger_is_append_only')
  WHEN EXISTS (SELECT 1 FROM ledger_entry WHERE subject_kind = NEW.subject_kind AND subject_id = NEW.subject_id AND seq = NEW.seq)
    THEN RAISE(ABORT, 'kunye-key:ledger_entry_subject_kind_subject_id_seq_key')
  WHEN EXISTS (SELECT 1 FROM ledger_entry WHERE reverses_id = NEW.reverses_id)
    THEN RAISE(ABORT, 'kunye-key:ledger_entry_reverses_id_key')
END; END;
CREATE TRIGGER ledger_text_not_replaced BEFORE INSERT ON ledger_text
WHEN EXISTS (SELECT 1 FROM ledger_text WHERE entry_id = NEW.entry_id)
BEGIN SELECT RAISE(ABORT, 'kunye:ledger_is_append_only'); END;
CREATE TRIGGER ledger_head_not_replaced BEFORE INSERT ON ledger_head
WHEN EXISTS (SELECT 1 FROM ledger_head WHERE subject_kind = NEW.subject_kind AND subject_id = NEW.subject_id)
BEGIN SELECT RAISE(ABORT, 'kunye:ledger_is_append_only'); END;
CREATE TRIGGER ledger_head_stays BEFORE UPDATE ON ledger_head
WHEN NEW.subject_kind <> OLD.subject_kind OR NEW.subject_id <> OLD.subject_id
BEGIN SELECT RAISE(ABORT, 'kunye:ledger_is_append_only'); END;
CREATE TRIGGER ledger_root_not_replaced BEFORE INSERT ON ledger_root
WHEN EXISTS (SELECT 1 FROM ledger_root WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'kunye:ledger_is_append_only'); END;

CREATE TRIGGER enrolment_not_replaced BEFORE INSERT ON enrolment
BEGIN SELECT CASE
  WHEN EXISTS (SELECT 1 FROM enrolment WHERE id = NEW.id)
    THEN RAISE(ABORT, 'kunye:enrolment_is_never_deleted')
  WHEN EXISTS (SELECT 1 FROM enrolment WHERE number = NEW.number)
    THEN RAISE(ABORT, 'kunye-key:enrolment_number_key')
END; END;
CREATE TRIGGER enrolment_stays BEFORE UPDATE ON enrolment
WHEN NEW.id <> OLD.id
BEGIN SELECT RAISE(ABORT, 'kunye:enrolment_is_never_deleted'); END;
CREATE TRIGGER enrolment_number_stays_unique BEFORE UPDATE ON enrolment
WHEN NEW.number <> OLD.number AND EXISTS (SELECT 1 FROM enrolment WHERE number = NEW.number)
BEGIN SELECT RAISE(ABORT, 'kunye-key:enrolment_number_key'); END;

CREATE TRIGGER document_not_replaced BEFORE INSERT ON document
BEGIN SELECT CASE
  WHEN EXISTS (SELECT 1 FROM document WHERE id = NEW.id)
    THEN RAISE(ABORT, 'kunye:document_is_never_deleted')
  WHEN EXISTS (SELECT 1 FROM document WHERE unit_id = NEW.unit_id AND year = NEW.year AND serial = NEW.serial)
    THEN RAISE(ABORT, 'kunye-key:document_unit_id_year_serial_key')
  WHEN EXISTS (SELECT 1 FROM document WHERE code = NEW.code)
    THEN RAISE(ABORT, 'kunye-key:document_code_key')
END; END;
CREATE TRIGGER document_stays BEFORE UPDATE ON document
WHEN NEW.id <> OLD.id
BEGIN SELECT RAISE(ABORT, 'kunye:document_is_never_deleted'); END;
