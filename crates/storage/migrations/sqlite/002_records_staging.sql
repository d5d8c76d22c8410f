-- Records of an earlier system: runs of the import, the rows it stages in pieces, and what it last took over.
-- The same tables stand in ../postgres/002_records_staging.sql; a test compares them column by column.

-- One row per run. Staged rows belong to the one run that has not ended; a new run ends the others first.
CREATE TABLE records_run (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  started_at INTEGER /*time*/ NOT NULL,
  started_by INTEGER NOT NULL REFERENCES account (id),
  job_id INTEGER REFERENCES job (id),
  pieces INTEGER NOT NULL DEFAULT 0,
  ended_at INTEGER /*time*/
) STRICT;

-- Rows of all files but the two long ones, in the form that `records_source` keeps.
CREATE TABLE records_staged (
  file TEXT NOT NULL,
  row_no INTEGER NOT NULL,
  key TEXT NOT NULL,
  fields TEXT NOT NULL,
  PRIMARY KEY (file, row_no)
) STRICT, WITHOUT ROWID;

-- student_terms.csv; `student` is the row of the student in students.csv, terms go by their key in terms.csv.
CREATE TABLE records_staged_term (
  student INTEGER NOT NULL,
  term INTEGER NOT NULL,
  row_no INTEGER NOT NULL,
  term_no INTEGER NOT NULL,
  standing TEXT NOT NULL,
  PRIMARY KEY (student, term, row_no)
) STRICT, WITHOUT ROWID;

-- grades.csv; keys as above. Scores, points, credit and AKTS in hundredths.
CREATE TABLE records_staged_mark (
  student INTEGER NOT NULL,
  term INTEGER NOT NULL,
  course INTEGER NOT NULL,
  row_no INTEGER NOT NULL,
  section INTEGER,
  attempt INTEGER NOT NULL,
  midterm INTEGER,
  final INTEGER,
  letter TEXT NOT NULL,
  points INTEGER,
  credit INTEGER NOT NULL,
  ects INTEGER NOT NULL,
  PRIMARY KEY (student, term, course, row_no)
) STRICT, WITHOUT ROWID;

-- The values that the import last took over for a key, JSON with the columns of the file. What differs from them
-- today was changed in Künye since.
CREATE TABLE records_source (
  file TEXT NOT NULL,
  key TEXT NOT NULL,
  fields TEXT NOT NULL,
  PRIMARY KEY (file, key)
) STRICT, WITHOUT ROWID;
