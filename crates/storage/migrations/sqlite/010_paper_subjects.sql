-- Papers that are about no student: the registration list of a day is about a unit, which is the one that issues it,
-- and a day; the notice of an orientation is about that, and its sign-in sheet about a session of it. A paper has an
-- enrolment and its person, or a day, or an orientation.
-- The same columns stand in ../postgres/010_paper_subjects.sql.
--
-- SQLite cannot take NOT NULL from a column, so the table is made anew and its rows are carried over. Other rows name
-- papers meanwhile (`job_item.document_id`, `document.superseded_by`); that is looked at when all of this is committed,
-- and counts as whole again once every row is back, which the two indexes of this migration keep from being slow.
PRAGMA defer_foreign_keys = ON;
CREATE INDEX job_item_document ON job_item (document_id);
CREATE INDEX document_superseded ON document (superseded_by);

CREATE TABLE document_before AS SELECT * FROM document;
DROP TABLE document;
CREATE TABLE document (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  unit_id INTEGER NOT NULL REFERENCES unit (id),
  year INTEGER NOT NULL,
  serial INTEGER NOT NULL,
  kind TEXT NOT NULL,
  lang TEXT NOT NULL CHECK (lang IN ('tr','en')),
  enrolment_id INTEGER REFERENCES enrolment (id),
  person_id INTEGER REFERENCES person (id),
  code TEXT NOT NULL UNIQUE,
  status TEXT NOT NULL CHECK (status IN ('preparing','valid','superseded','cancelled')),
  issued_on TEXT /*date*/ NOT NULL,
  issued_at INTEGER /*time*/ NOT NULL,
  issued_by INTEGER NOT NULL REFERENCES account (id),
  holder TEXT NOT NULL,
  purpose TEXT,
  photo_file_id INTEGER REFERENCES stored_file (id),
  file_id INTEGER REFERENCES stored_file (id),
  sha256 BLOB,
  superseded_by INTEGER REFERENCES document (id),
  ended_at INTEGER /*time*/,
  ended_by INTEGER REFERENCES account (id),
  ended_reason TEXT,
  job_id INTEGER,
  payload TEXT NOT NULL,
  -- The day of a paper that is about its unit.
  subject_day TEXT /*date*/,
  -- The orientation of a paper that is about one, and the session where it is about that alone.
  orientation_id INTEGER REFERENCES orientation (id),
  session_id INTEGER REFERENCES orientation_session (id),
  UNIQUE (unit_id, year, serial),
  CHECK (status NOT IN ('valid','superseded') OR (file_id IS NOT NULL AND sha256 IS NOT NULL)),
  CHECK (status <> 'cancelled' OR ended_reason IS NOT NULL),
  CHECK ((enrolment_id IS NULL) = (person_id IS NULL)),
  CHECK ((enrolment_id IS NOT NULL) + (subject_day IS NOT NULL) + (orientation_id IS NOT NULL) = 1),
  CHECK (session_id IS NULL OR orientation_id IS NOT NULL)
) STRICT;
CREATE INDEX document_superseded ON document (superseded_by);
INSERT INTO document (id, unit_id, year, serial, kind, lang, enrolment_id, person_id, code, status, issued_on, issued_at, issued_by,
    holder, purpose, photo_file_id, file_id, sha256, superseded_by, ended_at, ended_by, ended_reason, job_id, payload)
  SELECT id, unit_id, year, serial, kind, lang, enrolment_id, person_id, code, status, issued_on, issued_at, issued_by,
    holder, purpose, photo_file_id, file_id, sha256, superseded_by, ended_at, ended_by, ended_reason, job_id, payload
  FROM document_before ORDER BY id;
DROP TABLE document_before;
DROP INDEX document_superseded;
DROP INDEX job_item_document;

CREATE INDEX document_enrolment ON document (enrolment_id, id);
CREATE INDEX document_preparing ON document (id) WHERE status = 'preparing';
CREATE INDEX document_job ON document (job_id, id) WHERE job_id IS NOT NULL;
CREATE INDEX document_issued_on ON document (issued_on);
CREATE INDEX document_subject_day ON document (unit_id, subject_day) WHERE subject_day IS NOT NULL;
CREATE INDEX document_orientation ON document (orientation_id, session_id) WHERE orientation_id IS NOT NULL;

CREATE TRIGGER document_no_delete BEFORE DELETE ON document
BEGIN SELECT RAISE(ABORT, 'kunye:document_is_never_deleted'); END;
CREATE TRIGGER document_only_its_state BEFORE UPDATE ON document
WHEN NEW.unit_id <> OLD.unit_id OR NEW.year <> OLD.year OR NEW.serial <> OLD.serial OR NEW.kind <> OLD.kind OR NEW.lang <> OLD.lang
  OR NEW.person_id IS NOT OLD.person_id OR NEW.holder <> OLD.holder OR NEW.issued_at <> OLD.issued_at
  OR NEW.enrolment_id IS NOT OLD.enrolment_id OR NEW.subject_day IS NOT OLD.subject_day
  OR NEW.orientation_id IS NOT OLD.orientation_id OR NEW.session_id IS NOT OLD.session_id
  OR NEW.code <> OLD.code OR NEW.payload <> OLD.payload OR NEW.issued_on <> OLD.issued_on
  OR (OLD.sha256 IS NOT NULL AND (NEW.sha256 IS NULL OR NEW.sha256 <> OLD.sha256))
  OR (OLD.status IN ('cancelled') AND NEW.status <> OLD.status)
  OR (OLD.status IN ('valid','superseded') AND NEW.status = 'preparing')
BEGIN SELECT RAISE(ABORT, 'kunye:document_is_frozen'); END;
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
