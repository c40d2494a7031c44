-- The audit log itself. AUD-001: each entry names actor and outcome; copies of
-- an entry merge. AUD-002: each row with an event id seen before is violated.
-- AUD-003: so is each row that repeats a number, and each that follows a gap.
-- Run in the folder of the extracts:
--   sqlite3 :memory: < log.sql
.import --csv audit.csv log
.mode tabs

CREATE TABLE numbered AS SELECT rowid AS place, event_id,
  CAST(seq_no AS INTEGER) AS number FROM log;
CREATE TABLE first_place AS SELECT number, min(place) AS place FROM numbered
  GROUP BY number;
CREATE TABLE gap AS SELECT number,
  number - lag(number, 1, 0) OVER (ORDER BY number) - 1 AS length
  FROM first_place;

SELECT 'rows.audit.csv', count(*) FROM log
UNION ALL
SELECT 'inputs.audit.csv.read', count(*) FROM log
UNION ALL
SELECT 'inputs.audit.csv.accepted', count(*) FROM (SELECT DISTINCT * FROM log)
UNION ALL
SELECT 'inputs.audit.csv.duplicate', (SELECT count(*) FROM log) -
  (SELECT count(*) FROM (SELECT DISTINCT * FROM log))
UNION ALL
SELECT 'rules.AUD-001.violated', count(*) FROM (SELECT DISTINCT * FROM log)
  WHERE actor_id = '' OR outcome = ''
UNION ALL
SELECT 'rules.AUD-001.ok', count(*) FROM (SELECT DISTINCT * FROM log)
  WHERE actor_id <> '' AND outcome <> ''
UNION ALL
SELECT 'rules.AUD-002.ok', count(DISTINCT event_id) FROM log
UNION ALL
SELECT 'rules.AUD-002.violated', count(*) - count(DISTINCT event_id) FROM log
UNION ALL
SELECT 'rules.AUD-003.violated',
  (SELECT count(*) FROM numbered) - (SELECT count(*) FROM first_place) +
  (SELECT count(*) FROM gap WHERE length > 0)
UNION ALL
SELECT 'rules.AUD-003.ok', count(*) FROM gap WHERE length = 0;
