-- Registration: placed candidates, what they bring, the numbers they get, dated windows, orientation.
-- The same tables stand in ../postgres/009_registration.sql.

-- Windows ------------------------------------------------------------------------------------------
-- From when to when something may be done; the narrowest that fits counts (unit before institution, way of entry
-- before all). `source` names the decision or announcement.
CREATE TABLE calendar_window (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,
  unit_id INTEGER REFERENCES unit (id),
  term_id INTEGER REFERENCES term (id),
  entry_kind TEXT,
  opens_on TEXT /*date*/ NOT NULL,
  closes_on TEXT /*date*/ NOT NULL,
  source TEXT NOT NULL CHECK (source <> ''),
  noted_at INTEGER /*time*/ NOT NULL,
  noted_by INTEGER NOT NULL REFERENCES account (id),
  withdrawn_at INTEGER /*time*/,
  withdrawn_by INTEGER REFERENCES account (id),
  withdrawn_reason TEXT,
  version INTEGER NOT NULL DEFAULT 1,
  CHECK (closes_on >= opens_on),
  CHECK ((withdrawn_at IS NULL) = (withdrawn_reason IS NULL))
) STRICT;
CREATE INDEX calendar_window_kind ON calendar_window (kind, opens_on);
-- What a window said before it was changed: its days, its source, and who had set them.
CREATE TABLE calendar_window_past (
  window_id INTEGER NOT NULL REFERENCES calendar_window (id),
  version INTEGER NOT NULL,
  opens_on TEXT /*date*/ NOT NULL,
  closes_on TEXT /*date*/ NOT NULL,
  source TEXT NOT NULL,
  noted_at INTEGER /*time*/ NOT NULL,
  noted_by INTEGER NOT NULL REFERENCES account (id),
  PRIMARY KEY (window_id, version)
) STRICT, WITHOUT ROWID;

-- Placement lists -------------------------------------------------------------------------------------
-- How somebody's table names the columns that are looked for, JSON from field to heading.
CREATE TABLE column_mapping (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE,
  columns TEXT NOT NULL,
  saved_at INTEGER /*time*/ NOT NULL,
  saved_by INTEGER NOT NULL REFERENCES account (id),
  version INTEGER NOT NULL DEFAULT 1
) STRICT;

-- A list that was taken over: from a file, from the placement service, or one candidate by a form.
CREATE TABLE placement_list (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  entry_kind TEXT NOT NULL,
  year INTEGER NOT NULL CHECK (year BETWEEN 1950 AND 2150),
  origin TEXT NOT NULL CHECK (origin IN ('file','service','form')),
  name TEXT NOT NULL,
  sha256 BLOB,
  rows INTEGER NOT NULL,
  added INTEGER NOT NULL,
  changed INTEGER NOT NULL,
  same INTEGER NOT NULL,
  faulty INTEGER NOT NULL,
  sound_only INTEGER /*bool*/ NOT NULL,
  -- Delimiter and headings of a file some of whose rows did not go in, JSON; they are handed back in the same form.
  layout TEXT,
  applied_at INTEGER /*time*/ NOT NULL,
  applied_by INTEGER NOT NULL REFERENCES account (id)
) STRICT;

-- Rows that did not go in, with what is wrong with each (JSON); a later list that brings the row settles it.
CREATE TABLE placement_fault (
  list_id INTEGER NOT NULL REFERENCES placement_list (id),
  row_no INTEGER NOT NULL,
  -- Who and where, as the row says: a later row of the same settles it.
  row_key TEXT NOT NULL,
  cells TEXT NOT NULL,
  faults TEXT NOT NULL,
  settled_at INTEGER /*time*/,
  settled_by INTEGER REFERENCES account (id),
  -- By a later list that brought the row again, by hand, or because somebody said that it needs no mending.
  settled_how TEXT CHECK (settled_how IN ('later_list','mended','dismissed')),
  PRIMARY KEY (list_id, row_no),
  CHECK ((settled_at IS NULL) = (settled_how IS NULL))
) STRICT, WITHOUT ROWID;

-- A file between its preview and its being taken over; forgotten within a day.
CREATE TABLE placement_upload (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  entry_kind TEXT NOT NULL,
  year INTEGER NOT NULL,
  mapping TEXT,
  content BLOB NOT NULL,
  uploaded_at INTEGER /*time*/ NOT NULL,
  uploaded_by INTEGER NOT NULL REFERENCES account (id)
) STRICT;

-- How many seats a programme had for a way of entry and year, as the last list that told it says.
CREATE TABLE placement_quota (
  programme_id INTEGER NOT NULL REFERENCES programme (id),
  year INTEGER NOT NULL,
  entry_kind TEXT NOT NULL,
  seats INTEGER NOT NULL CHECK (seats >= 0),
  list_id INTEGER NOT NULL REFERENCES placement_list (id),
  told_at INTEGER /*time*/ NOT NULL,
  PRIMARY KEY (programme_id, year, entry_kind)
) STRICT, WITHOUT ROWID;

-- Candidates ----------------------------------------------------------------------------------------------
-- Somebody with a place who is not a student yet. Scores in hundred-thousandths, as ÖSYM prints them.
CREATE TABLE candidate (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  list_id INTEGER NOT NULL REFERENCES placement_list (id),
  list_row INTEGER NOT NULL,
  entry_kind TEXT NOT NULL,
  year INTEGER NOT NULL,
  programme_id INTEGER NOT NULL REFERENCES programme (id),
  identity_no TEXT,
  passport TEXT,
  given_name TEXT NOT NULL,
  surname TEXT NOT NULL,
  father_name TEXT NOT NULL,
  mother_name TEXT NOT NULL,
  sex TEXT NOT NULL CHECK (sex IN ('female','male')),
  birth_date TEXT /*date*/ NOT NULL,
  birth_place TEXT NOT NULL,
  nationality TEXT NOT NULL,
  email TEXT NOT NULL,
  phone TEXT NOT NULL,
  address TEXT NOT NULL,
  -- Facts of the placement and of the way of entry: JSON of `domain::registration::EntryDetails`.
  details TEXT NOT NULL,
  -- Answers of the ministry (school), the military offices and the register of other studies.
  school_state TEXT NOT NULL CHECK (school_state IN ('clear','obstacle','unknown')),
  military_state TEXT NOT NULL CHECK (military_state IN ('clear','obstacle','unknown')),
  elsewhere_state TEXT NOT NULL CHECK (elsewhere_state IN ('clear','obstacle','unknown')),
  state_words TEXT NOT NULL,
  e_registered_at INTEGER /*time*/,
  needs_preparatory INTEGER /*bool*/ NOT NULL,
  ends_on TEXT /*date*/,
  main_enrolment_id INTEGER REFERENCES enrolment (id),
  state TEXT NOT NULL CHECK (state IN ('waiting','provisional','registered','renounced','lapsed')),
  state_at INTEGER /*time*/ NOT NULL,
  state_by INTEGER NOT NULL REFERENCES account (id),
  state_reason TEXT NOT NULL,
  enrolment_id INTEGER UNIQUE REFERENCES enrolment (id),
  provisional_until TEXT /*date*/,
  fold_tr TEXT NOT NULL,
  fold_ascii TEXT NOT NULL,
  sort_key TEXT NOT NULL,
  -- Hash of the row as the list brought it, so that the same list changes nothing.
  row_hash BLOB NOT NULL,
  version INTEGER NOT NULL DEFAULT 1,
  CHECK (identity_no IS NOT NULL OR passport IS NOT NULL),
  CHECK (state IN ('renounced','lapsed') OR (state IN ('provisional','registered')) = (enrolment_id IS NOT NULL))
) STRICT;
CREATE UNIQUE INDEX candidate_placed_once ON candidate (coalesce(identity_no, passport), year, entry_kind, programme_id);
CREATE INDEX candidate_identity ON candidate (identity_no);
CREATE INDEX candidate_passport ON candidate (passport) WHERE passport IS NOT NULL;
CREATE INDEX candidate_list ON candidate (programme_id, state, sort_key, id);
CREATE INDEX candidate_sort ON candidate (sort_key, id);
CREATE INDEX candidate_due ON candidate (provisional_until) WHERE state = 'provisional';
CREATE INDEX candidate_counted ON candidate (year, programme_id, entry_kind, state, e_registered_at);

-- Papers --------------------------------------------------------------------------------------------------
-- One file for candidate and student: the paper handed in at the desk is the student's paper after registration.
CREATE TABLE held_paper_next (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  enrolment_id INTEGER REFERENCES enrolment (id),
  kind TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('received','copy_seen','missing','waived')),
  description TEXT,
  file_id INTEGER REFERENCES stored_file (id),
  noted_at INTEGER /*time*/ NOT NULL,
  noted_by INTEGER NOT NULL REFERENCES account (id),
  version INTEGER NOT NULL DEFAULT 1,
  candidate_id INTEGER REFERENCES candidate (id),
  -- Last day on which a missing paper may come.
  due_on TEXT /*date*/,
  -- Why it is waived, or until when by whose word it may be missing.
  reason TEXT,
  returned_on TEXT /*date*/,
  -- Who took it, and who gave it back.
  returned_to TEXT,
  returned_by INTEGER REFERENCES account (id),
  CHECK (enrolment_id IS NOT NULL OR candidate_id IS NOT NULL)
) STRICT;
INSERT INTO held_paper_next (id, enrolment_id, kind, state, description, file_id, noted_at, noted_by, version)
  SELECT id, enrolment_id, kind, state, description, file_id, noted_at, noted_by, version FROM held_paper;
DROP TABLE held_paper;
ALTER TABLE held_paper_next RENAME TO held_paper;
CREATE INDEX held_paper_enrolment ON held_paper (enrolment_id);
CREATE INDEX held_paper_candidate ON held_paper (candidate_id);
CREATE INDEX held_paper_due ON held_paper (due_on) WHERE state = 'missing';
CREATE INDEX held_paper_missing ON held_paper (enrolment_id) WHERE state = 'missing';

-- Student numbers --------------------------------------------------------------------------------------
-- `first` follows the numbers that were in the register before the series began here.
CREATE TABLE student_number_series (
  series TEXT NOT NULL PRIMARY KEY,
  first INTEGER NOT NULL,
  last INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Every number between the first and the last of a series has its row, given or cancelled.
CREATE TABLE student_number (
  series TEXT NOT NULL REFERENCES student_number_series (series),
  serial INTEGER NOT NULL,
  number TEXT NOT NULL UNIQUE,
  enrolment_id INTEGER NOT NULL REFERENCES enrolment (id),
  given_at INTEGER /*time*/ NOT NULL,
  given_by INTEGER NOT NULL REFERENCES account (id),
  cancelled_at INTEGER /*time*/,
  cancelled_by INTEGER REFERENCES account (id),
  cancelled_ground TEXT,
  PRIMARY KEY (series, serial),
  CHECK ((cancelled_at IS NULL) = (cancelled_ground IS NULL))
) STRICT, WITHOUT ROWID;
CREATE TRIGGER student_number_no_delete BEFORE DELETE ON student_number
BEGIN SELECT RAISE(ABORT, 'kunye:student_number_is_never_deleted'); END;
CREATE TRIGGER student_number_only_cancelled BEFORE UPDATE ON student_number
WHEN NEW.series <> OLD.series OR NEW.serial <> OLD.serial OR NEW.number <> OLD.number OR NEW.enrolment_id <> OLD.enrolment_id
  OR NEW.given_at <> OLD.given_at OR NEW.given_by <> OLD.given_by OR OLD.cancelled_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'kunye:student_number_is_frozen'); END;

-- Facts of a registration --------------------------------------------------------------------------------
CREATE TABLE registration (
  enrolment_id INTEGER NOT NULL PRIMARY KEY REFERENCES enrolment (id),
  candidate_id INTEGER NOT NULL REFERENCES candidate (id),
  -- Money in kuruş.
  fee_state TEXT NOT NULL CHECK (fee_state IN ('paid','exempt','not_due','owed')),
  fee_amount INTEGER CHECK (fee_amount >= 0),
  fee_receipt TEXT NOT NULL,
  fee_on TEXT /*date*/,
  notice_version TEXT NOT NULL,
  notice_read_at INTEGER /*time*/,
  registered_at INTEGER /*time*/ NOT NULL,
  registered_by INTEGER NOT NULL REFERENCES account (id),
  job_id INTEGER REFERENCES job (id),
  undone_at INTEGER /*time*/,
  undone_by INTEGER REFERENCES account (id),
  version INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX registration_at ON registration (registered_at);
CREATE INDEX registration_job ON registration (job_id) WHERE job_id IS NOT NULL;
CREATE INDEX registration_candidate ON registration (candidate_id);

-- Last day of a guest.
ALTER TABLE enrolment ADD COLUMN ends_on TEXT /*date*/;

-- Orientation ------------------------------------------------------------------------------------------------
CREATE TABLE orientation (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  unit_id INTEGER NOT NULL REFERENCES unit (id),
  year INTEGER NOT NULL,
  name_tr TEXT NOT NULL,
  name_en TEXT NOT NULL,
  handbook_file_id INTEGER REFERENCES stored_file (id),
  -- Where the regulations stand that students acknowledge; empty where the handbook holds them.
  rules_url TEXT NOT NULL DEFAULT '',
  made_at INTEGER /*time*/ NOT NULL,
  made_by INTEGER NOT NULL REFERENCES account (id),
  version INTEGER NOT NULL DEFAULT 1,
  UNIQUE (unit_id, year, name_tr)
) STRICT;
CREATE TABLE orientation_session (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  orientation_id INTEGER NOT NULL REFERENCES orientation (id),
  title_tr TEXT NOT NULL,
  title_en TEXT NOT NULL,
  place TEXT NOT NULL,
  speaker TEXT NOT NULL,
  starts_at INTEGER /*time*/ NOT NULL,
  ends_at INTEGER /*time*/ NOT NULL,
  is_repeat INTEGER /*bool*/ NOT NULL,
  -- Secret behind the QR code of attendance; shown on the screen of the session alone.
  attend_key TEXT NOT NULL UNIQUE,
  -- Taken out of the programme; papers that name it stay.
  removed_at INTEGER /*time*/,
  removed_by INTEGER REFERENCES account (id),
  version INTEGER NOT NULL DEFAULT 1,
  CHECK (ends_at > starts_at)
) STRICT;
CREATE INDEX orientation_session_of ON orientation_session (orientation_id, starts_at);
CREATE TABLE orientation_invitation (
  orientation_id INTEGER NOT NULL REFERENCES orientation (id),
  enrolment_id INTEGER NOT NULL REFERENCES enrolment (id),
  invited_at INTEGER /*time*/ NOT NULL,
  seen_at INTEGER /*time*/,
  handbook_read_at INTEGER /*time*/,
  -- Which handbook it was; a newer one is read anew.
  handbook_read_file_id INTEGER REFERENCES stored_file (id),
  feedback_score INTEGER CHECK (feedback_score BETWEEN 1 AND 5),
  feedback_words TEXT,
  PRIMARY KEY (orientation_id, enrolment_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE orientation_attendance (
  session_id INTEGER NOT NULL REFERENCES orientation_session (id),
  enrolment_id INTEGER NOT NULL REFERENCES enrolment (id),
  channel TEXT NOT NULL CHECK (channel IN ('list','number','qr')),
  noted_at INTEGER /*time*/ NOT NULL,
  noted_by INTEGER NOT NULL REFERENCES account (id),
  PRIMARY KEY (session_id, enrolment_id)
) STRICT, WITHOUT ROWID;

-- First day ------------------------------------------------------------------------------------------------
-- A photo that a student proposes; the office takes or refuses it.
CREATE TABLE photo_proposal (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  person_id INTEGER NOT NULL REFERENCES person (id),
  file_id INTEGER NOT NULL REFERENCES stored_file (id),
  proposed_at INTEGER /*time*/ NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting','taken','refused','replaced')),
  decided_at INTEGER /*time*/,
  decided_by INTEGER REFERENCES account (id),
  reason TEXT
) STRICT;
CREATE INDEX photo_proposal_waiting ON photo_proposal (person_id) WHERE state = 'waiting';

-- Offline day pack -----------------------------------------------------------------------------------------
-- A pack that was handed out, and the forms written on paper that day, waiting to be entered.
CREATE TABLE day_pack (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  unit_id INTEGER NOT NULL REFERENCES unit (id),
  day TEXT /*date*/ NOT NULL,
  candidates INTEGER NOT NULL,
  forms INTEGER NOT NULL,
  made_at INTEGER /*time*/ NOT NULL,
  made_by INTEGER NOT NULL REFERENCES account (id)
) STRICT;
CREATE TABLE day_pack_form (
  pack_id INTEGER NOT NULL REFERENCES day_pack (id),
  form_no INTEGER NOT NULL,
  candidate_id INTEGER REFERENCES candidate (id),
  outcome TEXT CHECK (outcome IN ('registered','provisional','already','void')),
  entered_at INTEGER /*time*/,
  entered_by INTEGER REFERENCES account (id),
  note TEXT,
  PRIMARY KEY (pack_id, form_no)
) STRICT, WITHOUT ROWID;
