-- The house: institution, people, enrolments, ledger, accounts, audit, papers, jobs.
-- The same tables stand in ../postgres/001_house.sql; a test compares them column by column.

-- Settings of the installation ------------------------------------------------------------------
CREATE TABLE setting (
  key TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Institution --------------------------------------------------------------------------------------
CREATE TABLE unit (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  parent_id INTEGER REFERENCES unit (id),
  kind TEXT NOT NULL CHECK (kind IN ('university','faculty','school','vocational_school','institute','conservatory','department')),
  code TEXT NOT NULL UNIQUE,
  source_key TEXT UNIQUE
) STRICT;

CREATE TABLE unit_name (
  unit_id INTEGER NOT NULL REFERENCES unit (id),
  name_tr TEXT NOT NULL,
  name_en TEXT NOT NULL,
  valid_from TEXT /*date*/ NOT NULL,
  valid_to TEXT /*date*/,
  PRIMARY KEY (unit_id, valid_from)
) STRICT, WITHOUT ROWID;

CREATE TABLE unit_code (
  unit_id INTEGER NOT NULL REFERENCES unit (id),
  system TEXT NOT NULL CHECK (system IN ('yoksis','osym','detsis')),
  code TEXT NOT NULL,
  valid_from TEXT /*date*/ NOT NULL,
  valid_to TEXT /*date*/,
  PRIMARY KEY (unit_id, system, valid_from)
) STRICT, WITHOUT ROWID;

-- Every unit with itself and each unit above it, so that a scope is one lookup.
CREATE TABLE unit_closure (
  descendant_id INTEGER NOT NULL REFERENCES unit (id),
  ancestor_id INTEGER NOT NULL REFERENCES unit (id),
  depth INTEGER NOT NULL,
  PRIMARY KEY (descendant_id, ancestor_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE staff (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  identity_no TEXT UNIQUE,
  given_name TEXT NOT NULL,
  surname TEXT NOT NULL,
  sort_key TEXT NOT NULL,
  unit_id INTEGER NOT NULL REFERENCES unit (id),
  email TEXT,
  source_key TEXT UNIQUE
) STRICT;

CREATE TABLE staff_title (
  staff_id INTEGER NOT NULL REFERENCES staff (id),
  title TEXT NOT NULL,
  valid_from TEXT /*date*/ NOT NULL,
  valid_to TEXT /*date*/,
  PRIMARY KEY (staff_id, valid_from)
) STRICT, WITHOUT ROWID;

CREATE TABLE appointment (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  staff_id INTEGER NOT NULL REFERENCES staff (id),
  unit_id INTEGER NOT NULL REFERENCES unit (id),
  office TEXT NOT NULL,
  starts_on TEXT /*date*/ NOT NULL,
  ends_on TEXT /*date*/,
  UNIQUE (staff_id, unit_id, office, starts_on)
) STRICT;
CREATE INDEX appointment_unit ON appointment (unit_id, office, starts_on);

CREATE TABLE programme (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  unit_id INTEGER NOT NULL REFERENCES unit (id),
  code TEXT NOT NULL UNIQUE,
  level TEXT NOT NULL CHECK (level IN ('associate','bachelor','master','doctorate')),
  terms INTEGER NOT NULL CHECK (terms BETWEEN 1 AND 14),
  language TEXT NOT NULL,
  source_key TEXT UNIQUE
) STRICT;

CREATE TABLE programme_name (
  programme_id INTEGER NOT NULL REFERENCES programme (id),
  name_tr TEXT NOT NULL,
  name_en TEXT NOT NULL,
  valid_from TEXT /*date*/ NOT NULL,
  valid_to TEXT /*date*/,
  PRIMARY KEY (programme_id, valid_from)
) STRICT, WITHOUT ROWID;

CREATE TABLE programme_code (
  programme_id INTEGER NOT NULL REFERENCES programme (id),
  system TEXT NOT NULL CHECK (system IN ('yoksis','osym','detsis')),
  code TEXT NOT NULL,
  valid_from TEXT /*date*/ NOT NULL,
  valid_to TEXT /*date*/,
  PRIMARY KEY (programme_id, system, valid_from)
) STRICT, WITHOUT ROWID;

-- AKTS and credits in hundredths.
CREATE TABLE course (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  unit_id INTEGER NOT NULL REFERENCES unit (id),
  code TEXT NOT NULL,
  name_tr TEXT NOT NULL,
  name_en TEXT NOT NULL,
  theory INTEGER NOT NULL CHECK (theory BETWEEN 0 AND 60),
  practice INTEGER NOT NULL CHECK (practice BETWEEN 0 AND 60),
  credit INTEGER NOT NULL CHECK (credit >= 0),
  ects INTEGER NOT NULL CHECK (ects >= 0),
  source_key TEXT UNIQUE
) STRICT;
CREATE INDEX course_code ON course (code);

CREATE TABLE curriculum (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  programme_id INTEGER NOT NULL REFERENCES programme (id),
  version INTEGER NOT NULL,
  effective_year INTEGER NOT NULL,
  source_key TEXT UNIQUE,
  UNIQUE (programme_id, version)
) STRICT;

CREATE TABLE curriculum_course (
  curriculum_id INTEGER NOT NULL REFERENCES curriculum (id),
  term_no INTEGER NOT NULL,
  position INTEGER NOT NULL,
  course_id INTEGER NOT NULL REFERENCES course (id),
  kind TEXT NOT NULL CHECK (kind IN ('compulsory','elective')),
  PRIMARY KEY (curriculum_id, term_no, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE term (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  academic_year TEXT NOT NULL,
  season TEXT NOT NULL CHECK (season IN ('autumn','spring','summer')),
  name_tr TEXT NOT NULL,
  starts_on TEXT /*date*/ NOT NULL,
  ends_on TEXT /*date*/ NOT NULL,
  source_key TEXT UNIQUE,
  UNIQUE (academic_year, season)
) STRICT;

CREATE TABLE section (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  term_id INTEGER NOT NULL REFERENCES term (id),
  course_id INTEGER NOT NULL REFERENCES course (id),
  section_no INTEGER NOT NULL,
  staff_id INTEGER REFERENCES staff (id),
  quota INTEGER NOT NULL CHECK (quota >= 0),
  source_key TEXT UNIQUE,
  UNIQUE (term_id, course_id, section_no)
) STRICT;

-- Accounts ---------------------------------------------------------------------------------------
CREATE TABLE account (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  user_name TEXT NOT NULL,
  display_name TEXT NOT NULL,
  sort_key TEXT NOT NULL DEFAULT '',
  fold_tr TEXT NOT NULL DEFAULT '',
  fold_ascii TEXT NOT NULL DEFAULT '',
  person_id INTEGER UNIQUE,
  staff_id INTEGER,
  password_hash TEXT,
  status TEXT NOT NULL CHECK (status IN ('invited','active','locked','closed')),
  lang TEXT NOT NULL DEFAULT 'tr' CHECK (lang IN ('tr','en')),
  theme TEXT NOT NULL DEFAULT 'system' CHECK (theme IN ('system','light','dark')),
  comfortable INTEGER /*bool*/ NOT NULL DEFAULT 0,
  created_at INTEGER /*time*/ NOT NULL,
  version INTEGER NOT NULL DEFAULT 1,
  UNIQUE (user_name)
) STRICT;
CREATE INDEX account_sort ON account (sort_key, id);

CREATE TABLE account_role (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account_id INTEGER NOT NULL REFERENCES account (id),
  role TEXT NOT NULL,
  unit_id INTEGER REFERENCES unit (id),
  starts_on TEXT /*date*/ NOT NULL,
  ends_on TEXT /*date*/
) STRICT;
CREATE INDEX account_role_account ON account_role (account_id);

CREATE TABLE session (
  token_hash BLOB NOT NULL PRIMARY KEY,
  account_id INTEGER NOT NULL REFERENCES account (id),
  csrf TEXT NOT NULL,
  created_at INTEGER /*time*/ NOT NULL,
  seen_at INTEGER /*time*/ NOT NULL,
  confirmed_at INTEGER /*time*/ NOT NULL,
  unit_id INTEGER REFERENCES unit (id),
  term_id INTEGER REFERENCES term (id)
) STRICT, WITHOUT ROWID;
CREATE INDEX session_account ON session (account_id);

CREATE TABLE one_time_link (
  token_hash BLOB NOT NULL PRIMARY KEY,
  account_id INTEGER NOT NULL REFERENCES account (id),
  purpose TEXT NOT NULL CHECK (purpose IN ('activation','reset')),
  issued_at INTEGER /*time*/ NOT NULL,
  issued_by INTEGER NOT NULL REFERENCES account (id),
  expires_at INTEGER /*time*/ NOT NULL,
  used_at INTEGER /*time*/
) STRICT, WITHOUT ROWID;
CREATE INDEX one_time_link_account ON one_time_link (account_id);

CREATE TABLE api_token (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  token_hash BLOB NOT NULL UNIQUE,
  account_id INTEGER NOT NULL REFERENCES account (id),
  name TEXT NOT NULL,
  scope TEXT NOT NULL CHECK (scope IN ('read','write')),
  created_at INTEGER /*time*/ NOT NULL,
  expires_on TEXT /*date*/ NOT NULL,
  confirmed_at INTEGER /*time*/,
  revoked_at INTEGER /*time*/
) STRICT;
CREATE INDEX api_token_account ON api_token (account_id);

-- Counts attempts per key (user name, address, verification page) in a window, for all instances.
CREATE TABLE throttle (
  key TEXT NOT NULL PRIMARY KEY,
  window_start INTEGER /*time*/ NOT NULL,
  hits INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Forms carry a key, so that a double click answers with the first result.
CREATE TABLE idempotency (
  account_id INTEGER NOT NULL REFERENCES account (id),
  key TEXT NOT NULL,
  result TEXT NOT NULL,
  made_at INTEGER /*time*/ NOT NULL,
  PRIMARY KEY (account_id, key)
) STRICT, WITHOUT ROWID;

-- Audit ------------------------------------------------------------------------------------------
CREATE TABLE audit_log (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER /*time*/ NOT NULL,
  account_id INTEGER REFERENCES account (id),
  action TEXT NOT NULL,
  person_id INTEGER,
  object_kind TEXT NOT NULL,
  object_id INTEGER,
  detail TEXT NOT NULL,
  shown TEXT,
  reason TEXT,
  request TEXT NOT NULL
) STRICT;
CREATE INDEX audit_log_person ON audit_log (person_id, id) WHERE person_id IS NOT NULL;
CREATE INDEX audit_log_account ON audit_log (account_id, id);
CREATE TRIGGER audit_log_no_update BEFORE UPDATE ON audit_log
BEGIN SELECT RAISE(ABORT, 'kunye:audit_is_append_only'); END;
CREATE TRIGGER audit_log_no_delete BEFORE DELETE ON audit_log
BEGIN SELECT RAISE(ABORT, 'kunye:audit_is_append_only'); END;

-- Files ------------------------------------------------------------------------------------------
CREATE TABLE stored_file (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  sha256 BLOB NOT NULL,
  size INTEGER NOT NULL,
  mime TEXT NOT NULL CHECK (mime IN ('application/pdf','image/jpeg','image/png','application/zip')),
  purpose TEXT NOT NULL,
  created_at INTEGER /*time*/ NOT NULL,
  created_by INTEGER NOT NULL REFERENCES account (id)
) STRICT;
CREATE INDEX stored_file_sha256 ON stored_file (sha256);

-- People -------------------------------------------------------------------------------------------
CREATE TABLE person (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  identity_no TEXT UNIQUE,
  given_name TEXT NOT NULL,
  surname TEXT NOT NULL,
  sex TEXT NOT NULL CHECK (sex IN ('female','male')),
  birth_date TEXT /*date*/ NOT NULL,
  birth_place TEXT NOT NULL,
  nationality TEXT NOT NULL,
  photo_file_id INTEGER REFERENCES stored_file (id),
  version INTEGER NOT NULL DEFAULT 1
) STRICT;

-- Identity as it was on the day of registration; frozen.
CREATE TABLE person_registered (
  person_id INTEGER NOT NULL PRIMARY KEY REFERENCES person (id),
  identity_no TEXT,
  given_name TEXT NOT NULL,
  surname TEXT NOT NULL,
  sex TEXT NOT NULL,
  birth_date TEXT /*date*/ NOT NULL,
  birth_place TEXT NOT NULL,
  nationality TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TRIGGER person_registered_no_update BEFORE UPDATE ON person_registered
BEGIN SELECT RAISE(ABORT, 'kunye:registered_identity_is_frozen'); END;
CREATE TRIGGER person_registered_no_delete BEFORE DELETE ON person_registered
BEGIN SELECT RAISE(ABORT, 'kunye:registered_identity_is_frozen'); END;

CREATE TABLE contact (
  person_id INTEGER NOT NULL PRIMARY KEY REFERENCES person (id),
  email TEXT,
  phone TEXT,
  address TEXT,
  version INTEGER NOT NULL DEFAULT 1
) STRICT, WITHOUT ROWID;

-- Ledger -------------------------------------------------------------------------------------------
CREATE TABLE ledger_entry (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  subject_kind TEXT NOT NULL CHECK (subject_kind IN ('enrolment','person')),
  subject_id INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  kind TEXT NOT NULL,
  effective_on TEXT /*date*/ NOT NULL,
  status_after TEXT,
  ground_kind TEXT NOT NULL,
  ground_ref TEXT NOT NULL CHECK (ground_ref <> ''),
  ground_on TEXT /*date*/,
  payload TEXT NOT NULL,
  text_hash BLOB,
  reverses_id INTEGER UNIQUE REFERENCES ledger_entry (id),
  recorded_at INTEGER /*time*/ NOT NULL,
  recorded_by INTEGER NOT NULL REFERENCES account (id),
  prev_hash BLOB NOT NULL,
  hash BLOB NOT NULL,
  UNIQUE (subject_kind, subject_id, seq)
) STRICT;
CREATE TRIGGER ledger_entry_no_update BEFORE UPDATE ON ledger_entry
BEGIN SELECT RAISE(ABORT, 'kunye:ledger_is_append_only'); END;
CREATE TRIGGER ledger_entry_no_delete BEFORE DELETE ON ledger_entry
BEGIN SELECT RAISE(ABORT, 'kunye:ledger_is_append_only'); END;

-- Personal text of an entry, under its salted hash; its body can be erased by a recorded act.
CREATE TABLE ledger_text (
  entry_id INTEGER NOT NULL PRIMARY KEY REFERENCES ledger_entry (id),
  salt BLOB NOT NULL,
  body TEXT,
  erased_by_entry INTEGER REFERENCES ledger_entry (id)
) STRICT;
CREATE TRIGGER ledger_text_only_erased BEFORE UPDATE ON ledger_text
WHEN NEW.entry_id <> OLD.entry_id OR NEW.salt <> OLD.salt OR NEW.body IS NOT NULL OR NEW.erased_by_entry IS NULL
BEGIN SELECT RAISE(ABORT, 'kunye:ledger_is_append_only'); END;
CREATE TRIGGER ledger_text_no_delete BEFORE DELETE ON ledger_text
BEGIN SELECT RAISE(ABORT, 'kunye:ledger_is_append_only'); END;

CREATE TABLE ledger_head (
  subject_kind TEXT NOT NULL,
  subject_id INTEGER NOT NULL,
  length INTEGER NOT NULL,
  hash BLOB NOT NULL,
  PRIMARY KEY (subject_kind, subject_id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER ledger_head_only_grows BEFORE UPDATE ON ledger_head
WHEN NEW.length < OLD.length OR NEW.length > OLD.length + 1
BEGIN SELECT RAISE(ABORT, 'kunye:ledger_is_append_only'); END;
CREATE TRIGGER ledger_head_no_delete BEFORE DELETE ON ledger_head
BEGIN SELECT RAISE(ABORT, 'kunye:ledger_is_append_only'); END;

CREATE TABLE ledger_root (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  day TEXT /*date*/ NOT NULL,
  upto_entry INTEGER NOT NULL,
  chains INTEGER NOT NULL,
  entries INTEGER NOT NULL,
  hash BLOB NOT NULL,
  made_at INTEGER /*time*/ NOT NULL
) STRICT;
CREATE TRIGGER ledger_root_no_update BEFORE UPDATE ON ledger_root
BEGIN SELECT RAISE(ABORT, 'kunye:ledger_is_append_only'); END;
CREATE TRIGGER ledger_root_no_delete BEFORE DELETE ON ledger_root
BEGIN SELECT RAISE(ABORT, 'kunye:ledger_is_append_only'); END;

-- Enrolments -----------------------------------------------------------------------------------------
CREATE TABLE enrolment (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  person_id INTEGER NOT NULL REFERENCES person (id),
  number TEXT NOT NULL UNIQUE,
  programme_id INTEGER NOT NULL REFERENCES programme (id),
  curriculum_id INTEGER NOT NULL REFERENCES curriculum (id),
  entry_kind TEXT NOT NULL,
  entry_year INTEGER NOT NULL,
  entered_on TEXT /*date*/ NOT NULL,
  class_year INTEGER NOT NULL CHECK (class_year BETWEEN 0 AND 7),
  advisor_id INTEGER REFERENCES staff (id),
  main_enrolment_id INTEGER REFERENCES enrolment (id),
  link_kind TEXT CHECK (link_kind IN ('double_major','minor')),
  status TEXT,
  status_since TEXT /*date*/,
  status_entry_id INTEGER REFERENCES ledger_entry (id),
  version INTEGER NOT NULL DEFAULT 1,
  CHECK ((main_enrolment_id IS NULL) = (link_kind IS NULL))
) STRICT;
CREATE INDEX enrolment_person ON enrolment (person_id);
CREATE INDEX enrolment_programme ON enrolment (programme_id, number);
CREATE INDEX enrolment_advisor ON enrolment (advisor_id);
CREATE INDEX enrolment_main ON enrolment (main_enrolment_id) WHERE main_enrolment_id IS NOT NULL;
-- A status has no setter: it stands only on an entry of the enrolment's own chain that gives it and is not undone.
CREATE TRIGGER enrolment_begins_without_status BEFORE INSERT ON enrolment
WHEN NEW.status IS NOT NULL OR NEW.status_since IS NOT NULL OR NEW.status_entry_id IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'kunye:status_needs_its_entry'); END;
CREATE TRIGGER enrolment_status_needs_entry BEFORE UPDATE OF status, status_since, status_entry_id ON enrolment
WHEN NOT EXISTS (
  SELECT 1 FROM ledger_entry e WHERE e.id = NEW.status_entry_id AND e.subject_kind = 'enrolment' AND e.subject_id = NEW.id
    AND e.status_after = NEW.status AND e.effective_on = NEW.status_since
    AND NOT EXISTS (SELECT 1 FROM ledger_entry r WHERE r.reverses_id = e.id))
BEGIN SELECT RAISE(ABORT, 'kunye:status_needs_its_entry'); END;
CREATE TRIGGER enrolment_no_delete BEFORE DELETE ON enrolment
BEGIN SELECT RAISE(ABORT, 'kunye:enrolment_is_never_deleted'); END;

-- One row per enrolment for the counter field and lists, in Turkish order; kept by `storage::search`.
CREATE TABLE student_index (
  sort_key TEXT NOT NULL,
  enrolment_id INTEGER NOT NULL,
  fold_tr TEXT NOT NULL,
  fold_ascii TEXT NOT NULL,
  surname_tr TEXT NOT NULL,
  surname_ascii TEXT NOT NULL,
  unit_id INTEGER NOT NULL,
  programme_id INTEGER NOT NULL,
  status TEXT NOT NULL,
  class_year INTEGER NOT NULL,
  entry_year INTEGER NOT NULL,
  advisor_id INTEGER,
  person_id INTEGER NOT NULL,
  number TEXT NOT NULL,
  given_name TEXT NOT NULL,
  surname TEXT NOT NULL,
  PRIMARY KEY (sort_key, enrolment_id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX student_index_enrolment ON student_index (enrolment_id);
CREATE UNIQUE INDEX student_index_number ON student_index (number);
CREATE INDEX student_index_programme ON student_index (programme_id, sort_key, enrolment_id);
CREATE INDEX student_index_advisor ON student_index (advisor_id, sort_key, enrolment_id);

-- `origin` says who wrote the row last.
CREATE TABLE student_term (
  enrolment_id INTEGER NOT NULL REFERENCES enrolment (id),
  term_id INTEGER NOT NULL REFERENCES term (id),
  term_no INTEGER NOT NULL,
  standing TEXT NOT NULL CHECK (standing IN ('registered','leave','unregistered')),
  origin TEXT NOT NULL CHECK (origin IN ('records','kunye')),
  PRIMARY KEY (enrolment_id, term_id)
) STRICT, WITHOUT ROWID;

-- Scores, points, credit and AKTS in hundredths. `origin` says who wrote the mark last.
CREATE TABLE mark (
  enrolment_id INTEGER NOT NULL REFERENCES enrolment (id),
  term_id INTEGER NOT NULL REFERENCES term (id),
  course_id INTEGER NOT NULL REFERENCES course (id),
  section_id INTEGER REFERENCES section (id),
  attempt INTEGER NOT NULL,
  midterm INTEGER,
  final INTEGER,
  letter TEXT NOT NULL,
  points INTEGER,
  credit INTEGER NOT NULL,
  ects INTEGER NOT NULL,
  origin TEXT NOT NULL CHECK (origin IN ('records','kunye')),
  PRIMARY KEY (enrolment_id, term_id, course_id)
) STRICT, WITHOUT ROWID;

-- What `domain::record` computed, kept for lists; the exact fraction beside the figure shown.
CREATE TABLE computed_record (
  enrolment_id INTEGER NOT NULL PRIMARY KEY REFERENCES enrolment (id),
  agno_points INTEGER NOT NULL,
  agno_weight INTEGER NOT NULL,
  agno_shown TEXT,
  ects_taken INTEGER NOT NULL,
  ects_earned INTEGER NOT NULL,
  computed_at INTEGER /*time*/ NOT NULL
) STRICT;

CREATE TABLE held_paper (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  enrolment_id INTEGER NOT NULL REFERENCES enrolment (id),
  kind TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('received','copy_seen','missing','waived')),
  description TEXT,
  file_id INTEGER REFERENCES stored_file (id),
  noted_at INTEGER /*time*/ NOT NULL,
  noted_by INTEGER NOT NULL REFERENCES account (id),
  version INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX held_paper_enrolment ON held_paper (enrolment_id);

CREATE TABLE note (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  enrolment_id INTEGER NOT NULL REFERENCES enrolment (id),
  body TEXT NOT NULL,
  written_at INTEGER /*time*/ NOT NULL,
  written_by INTEGER NOT NULL REFERENCES account (id),
  withdrawn_at INTEGER /*time*/,
  withdrawn_by INTEGER REFERENCES account (id)
) STRICT;
CREATE INDEX note_enrolment ON note (enrolment_id);

-- Documents ------------------------------------------------------------------------------------------
CREATE TABLE document_series (
  unit_id INTEGER NOT NULL REFERENCES unit (id),
  year INTEGER NOT NULL,
  last INTEGER NOT NULL,
  PRIMARY KEY (unit_id, year)
) STRICT, WITHOUT ROWID;

CREATE TABLE document (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  unit_id INTEGER NOT NULL REFERENCES unit (id),
  year INTEGER NOT NULL,
  serial INTEGER NOT NULL,
  kind TEXT NOT NULL,
  lang TEXT NOT NULL CHECK (lang IN ('tr','en')),
  enrolment_id INTEGER NOT NULL REFERENCES enrolment (id),
  person_id INTEGER NOT NULL REFERENCES person (id),
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
  UNIQUE (unit_id, year, serial),
  CHECK (status NOT IN ('valid','superseded') OR (file_id IS NOT NULL AND sha256 IS NOT NULL)),
  CHECK (status <> 'cancelled' OR ended_reason IS NOT NULL)
) STRICT;
CREATE INDEX document_enrolment ON document (enrolment_id, id);
CREATE INDEX document_preparing ON document (id) WHERE status = 'preparing';
CREATE INDEX document_job ON document (job_id, id) WHERE job_id IS NOT NULL;
CREATE TRIGGER document_no_delete BEFORE DELETE ON document
BEGIN SELECT RAISE(ABORT, 'kunye:document_is_never_deleted'); END;
CREATE TRIGGER document_only_its_state BEFORE UPDATE ON document
WHEN NEW.unit_id <> OLD.unit_id OR NEW.year <> OLD.year OR NEW.serial <> OLD.serial OR NEW.kind <> OLD.kind OR NEW.lang <> OLD.lang
  OR NEW.person_id <> OLD.person_id OR NEW.holder <> OLD.holder OR NEW.issued_at <> OLD.issued_at
  OR NEW.enrolment_id <> OLD.enrolment_id OR NEW.code <> OLD.code OR NEW.payload <> OLD.payload OR NEW.issued_on <> OLD.issued_on
  OR (OLD.sha256 IS NOT NULL AND (NEW.sha256 IS NULL OR NEW.sha256 <> OLD.sha256))
  OR (OLD.status IN ('cancelled') AND NEW.status <> OLD.status)
  OR (OLD.status IN ('valid','superseded') AND NEW.status = 'preparing')
BEGIN SELECT RAISE(ABORT, 'kunye:document_is_frozen'); END;

-- Jobs -----------------------------------------------------------------------------------------------
CREATE TABLE job (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting','running','done','cancelled','failed')),
  params TEXT NOT NULL,
  total INTEGER NOT NULL,
  done INTEGER NOT NULL DEFAULT 0,
  failed INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER /*time*/ NOT NULL,
  created_by INTEGER NOT NULL REFERENCES account (id),
  ended_at INTEGER /*time*/,
  cancel_asked INTEGER /*bool*/ NOT NULL DEFAULT 0,
  claims INTEGER NOT NULL DEFAULT 0,
  claimed_until INTEGER /*time*/,
  message TEXT,
  file_id INTEGER REFERENCES stored_file (id)
) STRICT;
CREATE INDEX job_open ON job (id) WHERE state IN ('waiting','running');
CREATE INDEX job_account ON job (created_by, id);

CREATE TABLE job_item (
  job_id INTEGER NOT NULL REFERENCES job (id),
  seq INTEGER NOT NULL,
  subject TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting','done','failed')),
  outcome TEXT,
  document_id INTEGER REFERENCES document (id),
  PRIMARY KEY (job_id, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX job_item_waiting ON job_item (job_id, seq) WHERE state = 'waiting';

INSERT INTO account (user_name, display_name, status, created_at) VALUES ('sistem', 'Sistem', 'closed', 0);
