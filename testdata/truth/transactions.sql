-- TRX-010: each transaction has an entry with its request id within an hour;
-- one whose hour is not over at the end of the log is pending. REF-001: each
-- change that names a request belongs to a transaction; on the first day it
-- may belong to one before the log. Run in the folder of the extracts:
--   sqlite3 :memory: < transactions.sql
.import --csv transactions.csv booked
.import --csv audit.csv log
.mode tabs

CREATE TABLE trx AS SELECT request_id,
  strftime('%s', substr(ts, 1, 19)) * 1000 + substr(ts, 21, 3) AS ms
  FROM booked;
CREATE TABLE entry AS SELECT DISTINCT event_id, request_id, ts,
  strftime('%s', substr(ts, 1, 19)) * 1000 + substr(ts, 21, 3) AS ms
  FROM log WHERE action IN ('create', 'update', 'delete')
  AND request_id <> '';
CREATE INDEX entry_request ON entry (request_id);
CREATE INDEX trx_request ON trx (request_id);

-- A date that a shift by no days moves, such as 30 February, is none.
CREATE TABLE horizon AS SELECT max(
  strftime('%s', substr(ts, 1, 19)) * 1000 + substr(ts, 21, 3)) AS ms
  FROM log WHERE date(substr(ts, 1, 10), '+0 days') = substr(ts, 1, 10);

CREATE TABLE trx_verdict AS SELECT CASE
  WHEN EXISTS (SELECT 1 FROM entry e WHERE e.request_id = t.request_id
    AND e.ms <= t.ms + 3600000) THEN 'ok'
  WHEN t.ms + 3600000 > horizon.ms THEN 'pending'
  ELSE 'violated' END AS verdict
  FROM trx t, horizon;
CREATE TABLE ref_verdict AS SELECT CASE
  WHEN EXISTS (SELECT 1 FROM trx t WHERE t.request_id = e.request_id)
    THEN 'ok'
  WHEN e.ts < '2026-01-02' THEN 'unknown'
  ELSE 'violated' END AS verdict
  FROM entry e;

CREATE TABLE verdict (name);
INSERT INTO verdict VALUES ('ok'), ('violated'), ('pending'), ('unknown');
SELECT 'rules.TRX-010.' || name,
  (SELECT count(*) FROM trx_verdict WHERE verdict = name) FROM verdict;
SELECT 'rules.REF-001.' || name,
  (SELECT count(*) FROM ref_verdict WHERE verdict = name) FROM verdict;
