-- Requests of data subjects. REQ-001: access within 30 days; REQ-002: erasure
-- within a month, which ends on the same day of the next month or on its last
-- one. Both end with that day. A request without a readable time is unknown;
-- one whose last day is not over at the end of the log is pending. Run in the
-- folder of the extracts:
--   sqlite3 :memory: < requests.sql
.import --csv audit.csv log
.mode tabs

CREATE TABLE timed AS SELECT DISTINCT event_id, action, object_type,
  object_id, field, CASE
    WHEN date(substr(ts, 1, 10), '+0 days') = substr(ts, 1, 10)
    THEN ts END AS at
  FROM log;
CREATE TABLE horizon AS SELECT max(at) AS at FROM timed;
CREATE TABLE request AS SELECT object_id, at, CASE field
    WHEN 'access' THEN date(substr(at, 1, 10), '+30 days')
    ELSE min(date(substr(at, 1, 10), '+1 month'),
      date(substr(at, 1, 10), 'start of month', '+2 months', '-1 day'))
  END AS last_day,
  CASE field WHEN 'access' THEN 'REQ-001' ELSE 'REQ-002' END AS rule
  FROM timed WHERE action = 'other' AND object_type = 'dsar';
CREATE TABLE answer AS SELECT object_id, at FROM timed
  WHERE action = 'notify' AND object_type = 'dsar';
CREATE INDEX answer_object ON answer (object_id);

CREATE TABLE result AS SELECT rule, CASE
  WHEN r.at IS NULL THEN 'unknown'
  WHEN EXISTS (SELECT 1 FROM answer a WHERE a.object_id = r.object_id
    AND a.at > r.at AND substr(a.at, 1, 10) <= r.last_day) THEN 'ok'
  WHEN r.last_day >= substr(horizon.at, 1, 10) THEN 'pending'
  ELSE 'violated' END AS verdict
  FROM request r, horizon;

CREATE TABLE rule (name);
INSERT INTO rule VALUES ('REQ-001'), ('REQ-002');
CREATE TABLE verdict (name);
INSERT INTO verdict VALUES ('ok'), ('violated'), ('pending'), ('unknown');
SELECT 'rules.' || rule.name || '.' || verdict.name,
  (SELECT count(*) FROM result
    WHERE result.rule = rule.name AND result.verdict = verdict.name)
  FROM rule, verdict;
