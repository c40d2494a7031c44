-- Completeness of the audit trail, the side of the transactions: pairs by
-- request id (the first entry in time), then by object, action and time, from
-- 5 s before to 15 min after. In this workload the second kind is unambiguous,
-- so a plain join finds the best pairs. Run in the folder of the extracts:
--   sqlite3 :memory: < completeness.sql
.import --csv transactions.csv booked
.import --csv audit.csv log
.mode tabs

CREATE TABLE trx AS SELECT *,
  strftime('%s', substr(ts, 1, 19)) * 1000 + substr(ts, 21, 3) AS ms
  FROM booked;
CREATE TABLE entry AS SELECT DISTINCT *,
  strftime('%s', substr(ts, 1, 19)) * 1000 + substr(ts, 21, 3) AS ms
  FROM log WHERE action IN ('create', 'update', 'delete');
CREATE INDEX entry_request ON entry (request_id);
CREATE INDEX entry_object ON entry (object_id, action);

CREATE TABLE pair AS
  SELECT t.ms AS booked_ms, min(e.ms) AS ms, e.*
  FROM trx t JOIN entry e ON e.request_id = t.request_id
  AND e.object_id = t.object_id GROUP BY t.request_id;
INSERT INTO pair
  SELECT t.ms, e.ms, e.* FROM trx t JOIN entry e
  ON e.object_id = t.object_id AND e.action = t.action
  AND e.ms - t.ms BETWEEN -5000 AND 900000
  WHERE e.request_id = '' AND NOT EXISTS
    (SELECT 1 FROM entry x WHERE x.request_id = t.request_id);

CREATE TABLE judged AS SELECT ms - booked_ms > 60000 AS late,
  CASE action WHEN 'update' THEN 7 ELSE 5 END AS required,
  (actor_id = '') + (outcome = '') +
    (action = 'update') * ((old = '') + (new = '')) AS absent
  FROM pair;

SELECT 'metrics.audit_trail_completeness.numerator', count(*) FROM judged
UNION ALL
SELECT 'metrics.audit_trail_completeness.denominator', count(*) FROM trx
UNION ALL
SELECT 'metrics.audit_trail_completeness.value',
  1.0 * (SELECT count(*) FROM judged) / (SELECT count(*) FROM trx)
UNION ALL
SELECT 'metrics.audit_trail_completeness.missing',
  (SELECT count(*) FROM trx) - (SELECT count(*) FROM judged)
UNION ALL
SELECT 'metrics.audit_trail_completeness.partial', count(*)
  FROM judged WHERE absent > 0
UNION ALL
SELECT 'metrics.audit_trail_completeness.late', count(*)
  FROM judged WHERE absent = 0 AND late
UNION ALL
SELECT 'metrics.audit_trail_completeness.matched', count(*)
  FROM judged WHERE absent = 0 AND NOT late
UNION ALL
SELECT 'metrics.audit_trail_completeness.levels.field.numerator',
  coalesce(sum(required - absent), 0) FROM judged
UNION ALL
SELECT 'metrics.audit_trail_completeness.levels.field.denominator',
  coalesce(sum(required), 0) FROM judged
UNION ALL
SELECT 'metrics.audit_trail_completeness.existence.numerator', count(*)
  FROM judged
UNION ALL
SELECT 'metrics.audit_trail_completeness.existence.denominator', count(*)
  FROM entry
UNION ALL
SELECT 'metrics.audit_trail_completeness.orphans',
  (SELECT count(*) FROM entry) - (SELECT count(*) FROM judged)
UNION ALL
SELECT 'metrics.audit_trail_completeness.timeliness.numerator', count(*)
  FROM judged WHERE NOT late
UNION ALL
SELECT 'metrics.audit_trail_completeness.timeliness.denominator', count(*)
  FROM judged;
