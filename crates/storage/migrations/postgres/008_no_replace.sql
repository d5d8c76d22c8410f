-- PostgreSQL has no `INSERT OR REPLACE`: an `INSERT` that meets a row fails, and `ON CONFLICT DO UPDATE` fires the UPDATE
-- triggers. There is nothing to do here; ../sqlite/008_no_replace.sql has the guards that SQLite needs.

SELECT 1;
