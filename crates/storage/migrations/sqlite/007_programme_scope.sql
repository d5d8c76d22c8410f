-- A role may be held for one programme of a unit alone.
-- The same column stands in ../postgres/007_programme_scope.sql.

ALTER TABLE account_role ADD COLUMN programme_id INTEGER REFERENCES programme (id);
