-- Exports. CON-001: a marketing export rests on a consent whose thirtieth day
-- is not over; until 30 January that consent may lie before the log. AUD-004:
-- since April an export names customer and legal basis. EXP-001: a receipt
-- within 24 hours, unless recalled in that time. Run in the folder of the
-- extracts:
--   sqlite3 :memory: < exports.sql
.import --csv audit.csv log
.import --csv consents.csv consent
.mode tabs

CREATE TABLE entry AS SELECT DISTINCT event_id, ts, action, object_id,
  customer, purpose, legal_basis,
  strftime('%s', substr(ts, 1, 19)) * 1000 + substr(ts, 21, 3) AS ms
  FROM log WHERE object_type = 'export';
CREATE INDEX entry_object ON entry (object_id);
CREATE INDEX consent_customer ON consent (customer);
CREATE TABLE horizon AS SELECT max(
  strftime('%s', substr(ts, 1, 19)) * 1000 + substr(ts, 21, 3)) AS ms
  FROM log WHERE date(substr(ts, 1, 10), '+0 days') = substr(ts, 1, 10);

CREATE TABLE result (rule, verdict);
INSERT INTO result SELECT 'CON-001', CASE
  WHEN customer = '' THEN 'unknown'
  WHEN EXISTS (SELECT 1 FROM consent c WHERE c.customer = e.customer
    AND c.purpose = e.purpose AND c.action = 'consent'
    AND substr(c.ts, 1, 19) < substr(e.ts, 1, 19)
    AND substr(e.ts, 1, 10) <= date(substr(c.ts, 1, 10), '+30 days'))
    THEN 'ok'
  WHEN e.ts < '2026-01-31' THEN 'unknown'
  ELSE 'violated' END
  FROM entry e WHERE action = 'export' AND purpose = 'marketing';
INSERT INTO result SELECT 'AUD-004', CASE
  WHEN ts < '2026-04-01' THEN 'not_applicable'
  WHEN customer <> '' AND legal_basis <> '' THEN 'ok'
  ELSE 'violated' END FROM entry WHERE action = 'export';
INSERT INTO result SELECT 'EXP-001', CASE
  WHEN EXISTS (SELECT 1 FROM entry r WHERE r.object_id = e.object_id
    AND r.action = 'notify' AND r.ms > e.ms
    AND r.ms <= e.ms + 86400000) THEN 'ok'
  WHEN EXISTS (SELECT 1 FROM entry r WHERE r.object_id = e.object_id
    AND r.action = 'withdraw' AND r.ms > e.ms
    AND r.ms <= e.ms + 86400000) THEN 'not_applicable'
  WHEN e.ms + 86400000 > horizon.ms THEN 'pending'
  ELSE 'violated' END
  FROM entry e, horizon WHERE e.action = 'export';

CREATE TABLE rule (name);
INSERT INTO rule VALUES ('CON-001'), ('AUD-004'), ('EXP-001');
CREATE TABLE verdict (name);
INSERT INTO verdict VALUES ('ok'), ('violated'), ('pending'), ('unknown'),
  ('not_applicable');
SELECT 'rules.' || rule.name || '.' || verdict.name,
  (SELECT count(*) FROM result
    WHERE result.rule = rule.name AND result.verdict = verdict.name)
  FROM rule, verdict;
SELECT 'rules.AUD-005.ok', count(*) FROM (SELECT DISTINCT * FROM log)
  WHERE action = 'read' AND purpose <> '';
SELECT 'rules.AUD-005.violated', count(*) FROM (SELECT DISTINCT * FROM log)
  WHERE action = 'read' AND purpose = '';
