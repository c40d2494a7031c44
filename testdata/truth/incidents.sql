-- Incidents. INC-001: each opening, duplicates apart, is followed by a fix of
-- the same id by the end of the twentieth day. Rate and times: one incident
-- per id, regulatory ones only, from first detection to last fix; a fix before
-- its detection is a data error. Run in the folder of the extracts:
--   sqlite3 :memory: < incidents.sql
.import --csv incidents.csv incident
.import --csv audit.csv log
.mode tabs

CREATE TABLE horizon AS SELECT max(substr(ts, 1, 19)) || 'Z' AS ts FROM log
  WHERE date(substr(ts, 1, 10), '+0 days') = substr(ts, 1, 10);
CREATE TABLE opening AS SELECT CASE
  WHEN EXISTS (SELECT 1 FROM incident f WHERE f.incident_id = i.incident_id
    AND f.resolved_at > i.detected_at AND substr(f.resolved_at, 1, 10) <=
      date(substr(i.detected_at, 1, 10), '+20 days')) THEN 'ok'
  WHEN date(substr(i.detected_at, 1, 10), '+20 days') >=
    substr(horizon.ts, 1, 10) THEN 'pending'
  ELSE 'violated' END AS verdict
  FROM incident i, horizon WHERE duplicate_of = '';

CREATE TABLE single AS SELECT incident_id, min(detected_at) AS detected_at,
  CASE WHEN min(resolved_at) = '' THEN '' ELSE max(resolved_at) END
    AS resolved_at,
  max(resolved_at <> '' AND resolved_at < detected_at) AS error
  FROM incident WHERE duplicate_of = ''
  AND category IN ('privacy', 'security') GROUP BY incident_id;
CREATE TABLE repair AS SELECT row_number() OVER (ORDER BY seconds) AS rank,
  seconds / 86400.0 AS days FROM (SELECT
    strftime('%s', resolved_at) - strftime('%s', detected_at) AS seconds
    FROM single WHERE resolved_at <> '' AND NOT error);

CREATE TABLE verdict (name);
INSERT INTO verdict VALUES ('ok'), ('violated'), ('pending');
SELECT 'rules.INC-001.' || name,
  (SELECT count(*) FROM opening WHERE verdict = name) FROM verdict;
SELECT 'metrics.regulatory_incident_rate.count', count(*) FROM single
UNION ALL
SELECT 'metrics.regulatory_incident_rate.value', count(*) / 2.0 FROM single
UNION ALL
SELECT 'metrics.regulatory_incident_rate.by_quarter.0.count', count(*)
  FROM single WHERE detected_at < '2026-04-01'
UNION ALL
SELECT 'metrics.regulatory_incident_rate.by_quarter.1.count', count(*)
  FROM single WHERE detected_at >= '2026-04-01'
UNION ALL
SELECT 'metrics.time_to_remediate.closed', count(*) FROM repair
UNION ALL
SELECT 'metrics.time_to_remediate.open', count(*) FROM single
  WHERE resolved_at = '' AND NOT error
UNION ALL
SELECT 'metrics.time_to_remediate.data_errors', count(*) FROM single
  WHERE error
UNION ALL
SELECT 'metrics.time_to_remediate.mean_days', printf('%.15g', avg(days))
  FROM repair
UNION ALL
SELECT 'metrics.time_to_remediate.median_days', printf('%.15g', avg(days))
  FROM repair, (SELECT count(*) AS n FROM repair)
  WHERE rank IN ((n + 1) / 2, n / 2 + 1)
UNION ALL
SELECT 'metrics.time_to_remediate.p90_days', printf('%.15g', days)
  FROM repair, (SELECT count(*) AS n FROM repair)
  WHERE rank = (9 * n + 9) / 10;
