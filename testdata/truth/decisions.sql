-- Decisions. DEC-001 to DEC-003: what a record must state. DEC-004: a
-- consequential one is reviewed within 72 hours unless exempt. DEC-005: the
-- notice follows a review. REF-002: reviews are about known decisions, but on
-- the first day perhaps one before the log. Run in the folder of the extracts:
--   sqlite3 :memory: < decisions.sql
.import --csv decisions.csv decision
.import --csv reviews.csv review
.import --csv audit.csv log
.mode tabs

CREATE INDEX review_decision ON review (decision_id);
CREATE INDEX decision_key ON decision (decision_id);
CREATE TABLE horizon AS SELECT max(strftime('%s', substr(ts, 1, 19))) AS s
  FROM log WHERE date(substr(ts, 1, 10), '+0 days') = substr(ts, 1, 10);

CREATE TABLE result (rule, verdict);
INSERT INTO result SELECT 'DEC-001',
  CASE WHEN model_id <> '' AND model_version <> '' THEN 'ok'
  ELSE 'violated' END FROM decision;
INSERT INTO result SELECT 'DEC-002',
  CASE WHEN input_ref <> '' OR input_sha256 <> '' THEN 'ok'
  ELSE 'violated' END FROM decision;
INSERT INTO result SELECT 'DEC-003',
  CASE WHEN reasons <> '' OR explanation_method <> '' THEN 'ok'
  ELSE 'violated' END FROM decision;
INSERT INTO result SELECT 'DEC-004', CASE
  WHEN review_exemption <> '' THEN 'not_applicable'
  WHEN EXISTS (SELECT 1 FROM review r WHERE r.decision_id = d.decision_id
    AND r.ts > d.ts
    AND strftime('%s', r.ts) - strftime('%s', d.ts) <= 72 * 3600) THEN 'ok'
  WHEN strftime('%s', d.ts) + 72 * 3600 > CAST(horizon.s AS INTEGER)
    THEN 'pending'
  ELSE 'violated' END
  FROM decision d, horizon WHERE consequential = 'true';
-- Notices have milliseconds, reviews have none, and no second is shared.
INSERT INTO result SELECT 'DEC-005', CASE
  WHEN EXISTS (SELECT 1 FROM review r WHERE r.decision_id = n.object_id
    AND substr(r.ts, 1, 19) < substr(n.ts, 1, 19)) THEN 'ok'
  ELSE 'violated' END
  FROM (SELECT DISTINCT event_id, ts, object_id FROM log
    WHERE action = 'notify' AND object_type = 'decision') n;
INSERT INTO result SELECT 'REF-002', CASE
  WHEN EXISTS (SELECT 1 FROM decision d WHERE d.decision_id = r.decision_id)
    THEN 'ok'
  WHEN r.ts < '2026-01-02' THEN 'unknown'
  ELSE 'violated' END FROM review r;

CREATE TABLE rule (name);
INSERT INTO rule VALUES ('DEC-001'), ('DEC-002'), ('DEC-003'), ('DEC-004'),
  ('DEC-005'), ('REF-002');
CREATE TABLE verdict (name);
INSERT INTO verdict VALUES ('ok'), ('violated'), ('pending'), ('unknown'),
  ('not_applicable');
SELECT 'rules.' || rule.name || '.' || verdict.name,
  (SELECT count(*) FROM result
    WHERE result.rule = rule.name AND result.verdict = verdict.name)
  FROM rule, verdict;
