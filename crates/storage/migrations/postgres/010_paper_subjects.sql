-- Papers that are about no student: the registration list of a day is about a unit, which is the one that issues it,
-- and a day; the notice of an orientation is about that, and its sign-in sheet about a session of it. A paper has an
-- enrolment and its person, or a day, or an orientation.
-- The same columns stand in ../sqlite/010_paper_subjects.sql.
ALTER TABLE document ALTER COLUMN enrolment_id DROP NOT NULL;
ALTER TABLE document ALTER COLUMN person_id DROP NOT NULL;
-- The day of a paper that is about its unit.
ALTER TABLE document ADD COLUMN subject_day DATE;
-- The orientation of a paper that is about one, and the session where it is about that alone.
ALTER TABLE document ADD COLUMN orientation_id BIGINT REFERENCES orientation (id);
ALTER TABLE document ADD COLUMN session_id BIGINT REFERENCES orientation_session (id);
ALTER TABLE document ADD CHECK ((enrolment_id IS NULL) = (person_id IS NULL));
ALTER TABLE document ADD CHECK (num_nonnulls(enrolment_id, subject_day, orientation_id) = 1);
ALTER TABLE document ADD CHECK (session_id IS NULL OR orientation_id IS NOT NULL);
CREATE INDEX document_subject_day ON document (unit_id, subject_day) WHERE subject_day IS NOT NULL;
CREATE INDEX document_orientation ON document (orientation_id, session_id) WHERE orientation_id IS NOT NULL;

DROP TRIGGER document_only_its_state ON document;
CREATE TRIGGER document_only_its_state BEFORE UPDATE ON document
FOR EACH ROW
WHEN (NEW.unit_id <> OLD.unit_id OR NEW.year <> OLD.year OR NEW.serial <> OLD.serial OR NEW.kind <> OLD.kind OR NEW.lang <> OLD.lang
  OR NEW.person_id IS DISTINCT FROM OLD.person_id OR NEW.holder <> OLD.holder OR NEW.issued_at <> OLD.issued_at
  OR NEW.enrolment_id IS DISTINCT FROM OLD.enrolment_id OR NEW.subject_day IS DISTINCT FROM OLD.subject_day
  OR NEW.orientation_id IS DISTINCT FROM OLD.orientation_id OR NEW.session_id IS DISTINCT FROM OLD.session_id
  OR NEW.code <> OLD.code OR NEW.payload <> OLD.payload OR NEW.issued_on <> OLD.issued_on
  OR (OLD.sha256 IS NOT NULL AND (NEW.sha256 IS NULL OR NEW.sha256 <> OLD.sha256))
  OR (OLD.status IN ('cancelled') AND NEW.status <> OLD.status)
  OR (OLD.status IN ('valid','superseded') AND NEW.status = 'preparing')) EXECUTE FUNCTION refuse('document_is_frozen');
