-- Work on whole sets that only the owner of the tables may ask of PostgreSQL, as functions for the serving role.
-- ../sqlite/004_by_set.sql has nothing to do.
--
-- Each runs with the owner's rights, reads and writes the owner's tables alone under a search path of its own, and
-- leaves the schema as it was; so whoever may call it can do with it what it says, and nothing else.

-- Puts the staged terms and marks of all enrolments above `newest_before` into their tables, and checks references
-- once for all rows instead of looking each one up four times. The references are taken off and put back within this
-- one statement: PostgreSQL compares the whole tables when they come back and refuses everything if one row does not
-- fit. Meant for tables that were empty. Where somebody goes on reading, the rows are looked up one by one.
CREATE FUNCTION take_over_staged(newest_before BIGINT, OUT terms BIGINT, OUT marks BIGINT)
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
SET enable_seqscan = on
SET enable_nestloop = off
SET work_mem = '64MB'
AS $$
DECLARE
  patience CONSTANT TEXT := current_setting('lock_timeout');
  reference RECORD;
  put_back TEXT[] := '{}';
  step TEXT;
BEGIN
  BEGIN
    PERFORM set_config('lock_timeout', '2s', true);
    LOCK TABLE public.mark, public.student_term, public.enrolment, public.term, public.course, public.section
      IN ACCESS EXCLUSIVE MODE;
    FOR reference IN
      SELECT conrelid::regclass AS of, conname, pg_get_constraintdef(oid) AS definition FROM pg_constraint
      WHERE contype = 'f' AND conrelid IN ('public.mark'::regclass, 'public.student_term'::regclass) ORDER BY oid
    LOOP
      EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', reference.of, reference.conname);
      put_back := put_back
        || format('ALTER TABLE %s ADD CONSTRAINT %I %s', reference.of, reference.conname, reference.definition);
    END LOOP;
  EXCEPTION WHEN lock_not_available OR deadlock_detected THEN
    put_back := '{}';
  END;
  PERFORM set_config('lock_timeout', patience, true);

  INSERT INTO public.student_term (enrolment_id, term_id, term_no, standing, origin)
  SELECT e.id, t.id, s.term_no, s.standing, 'records'
  FROM public.records_staged_term s
  JOIN public.records_staged r ON r.file = 'students' AND r.row_no = s.student
  JOIN public.enrolment e ON e.number = r.key AND e.id > newest_before
  JOIN public.term t ON t.source_key = CAST(s.term AS TEXT)
  ORDER BY e.id, t.id;
  GET DIAGNOSTICS terms = ROW_COUNT;

  INSERT INTO public.mark (enrolment_id, term_id, course_id, section_id, attempt, midterm, final, letter, points,
    credit, ects, origin)
  SELECT e.id, t.id, c.id, n.id, s.attempt, s.midterm, s.final, s.letter, s.points, s.credit, s.ects, 'records'
  FROM public.records_staged_mark s
  JOIN public.records_staged r ON r.file = 'students' AND r.row_no = s.student
  JOIN public.enrolment e ON e.number = r.key AND e.id > newest_before
  JOIN public.term t ON t.source_key = CAST(s.term AS TEXT)
  JOIN public.course c ON c.source_key = CAST(s.course AS TEXT)
  LEFT JOIN public.section n ON n.source_key = CAST(s.section AS TEXT)
  WHERE s.section IS NULL OR n.id IS NOT NULL
  ORDER BY e.id, t.id, c.id;
  GET DIAGNOSTICS marks = ROW_COUNT;

  FOREACH step IN ARRAY put_back LOOP
    EXECUTE step;
  END LOOP;
END $$;

-- Empties the staging tables at once, or row by row while somebody (a backup, say) still reads them.
CREATE FUNCTION clear_staged() RETURNS VOID
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
  LOCK TABLE public.records_staged, public.records_staged_term, public.records_staged_mark
    IN ACCESS EXCLUSIVE MODE NOWAIT;
  TRUNCATE public.records_staged, public.records_staged_term, public.records_staged_mark;
EXCEPTION WHEN lock_not_available THEN
  DELETE FROM public.records_staged;
  DELETE FROM public.records_staged_term;
  DELETE FROM public.records_staged_mark;
END $$;

-- Tells the planner how much there is now, rather than when the server's own round comes by.
CREATE FUNCTION refresh_statistics() RETURNS VOID
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
  of_ours REGCLASS;
BEGIN
  FOR of_ours IN
    SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
      AND pg_has_role(relowner, 'USAGE')
  LOOP
    EXECUTE format('ANALYZE %s', of_ours);
  END LOOP;
END $$;

REVOKE ALL ON FUNCTION take_over_staged(BIGINT), clear_staged(), refresh_statistics() FROM PUBLIC;
