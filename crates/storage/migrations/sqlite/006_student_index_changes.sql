-- What became another in the index of students, in the order of the commits, so that a copy of the index in memory
-- learns what it missed. Kept by triggers, whoever writes; a copy that missed more than is kept is read anew.
-- The same table stands in ../postgres/006_student_index_changes.sql.

CREATE TABLE student_index_change (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  enrolment_id INTEGER NOT NULL
) STRICT;

CREATE TRIGGER student_index_added AFTER INSERT ON student_index
BEGIN
  INSERT INTO student_index_change (enrolment_id) VALUES (NEW.enrolment_id);
  DELETE FROM student_index_change WHERE id = (SELECT max(id) FROM student_index_change) - 5000;
END;
CREATE TRIGGER student_index_altered AFTER UPDATE ON student_index
BEGIN
  INSERT INTO student_index_change (enrolment_id) VALUES (NEW.enrolment_id);
  DELETE FROM student_index_change WHERE id = (SELECT max(id) FROM student_index_change) - 5000;
END;
CREATE TRIGGER student_index_removed AFTER DELETE ON student_index
BEGIN
  INSERT INTO student_index_change (enrolment_id) VALUES (OLD.enrolment_id);
  DELETE FROM student_index_change WHERE id = (SELECT max(id) FROM student_index_change) - 5000;
END;
