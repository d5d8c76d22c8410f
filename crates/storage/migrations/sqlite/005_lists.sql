-- What an account chose for its lists, on every device: the columns shown, and the unit it works in.
-- The same columns stand in ../postgres/005_lists.sql.

ALTER TABLE account ADD COLUMN list_columns TEXT NOT NULL DEFAULT '';
ALTER TABLE account ADD COLUMN work_unit_id INTEGER REFERENCES unit (id);
