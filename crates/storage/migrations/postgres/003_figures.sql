-- Indexes of the start pages and of the audit log's page.
-- The same indexes stand in ../sqlite/003_figures.sql.

CREATE INDEX student_index_unit ON student_index (unit_id, status);
CREATE INDEX document_issued_on ON document (issued_on);
CREATE INDEX held_paper_missing ON held_paper (enrolment_id) WHERE state = 'missing';
CREATE INDEX account_status ON account (status);

-- Searches and looks are most of the log and are found from its end anyway; only the rarer acts are worth an index.
CREATE INDEX audit_log_act ON audit_log (action, id) WHERE action <> 'find_students' AND action <> 'read_student';
CREATE INDEX audit_log_lists ON audit_log (id) WHERE shown IS NOT NULL;
