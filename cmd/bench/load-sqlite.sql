-- The extracts as tables, for the shell of SQLite; what load-duckdb.sql is for
-- DuckDB. A date that a shift by no days moves, such as 30 February, is none.
.import --csv transactions.csv transactions_text
.import --csv audit.csv audit_text
.import --csv decisions.csv decisions_text
.import --csv reviews.csv reviews_text
.import --csv consents.csv consents_text
.import --csv incidents.csv incidents_text
.import --csv outages.csv outages_text
.import --csv costs.csv costs
.mode tabs

create table transactions as select *,
  strftime('%s', substr(ts, 1, 19)) * 1000 + substr(ts, 21, 3) as ms
  from transactions_text order by rowid;
create table audit as select *,
  case when date(substr(ts, 1, 10), '+0 days') = substr(ts, 1, 10) then
    strftime('%s', substr(ts, 1, 19)) * 1000 + substr(ts, 21, 3) end as ms
  from audit_text order by rowid;
create table decisions as select *, strftime('%s', ts) * 1000 as ms
  from decisions_text order by rowid;
create table reviews as select *, strftime('%s', ts) * 1000 as ms
  from reviews_text order by rowid;
create table consents as select *, strftime('%s', ts) * 1000 as ms
  from consents_text order by rowid;
create table incidents as select *, strftime('%s', detected_at) * 1000 as ms,
  strftime('%s', resolved_at) * 1000 as resolved_ms
  from incidents_text order by rowid;
create table outages as select *,
  strftime('%s', started_at) * 1000 as started_ms,
  strftime('%s', ended_at) * 1000 as ended_ms
  from outages_text order by rowid;
drop table transactions_text;
drop table audit_text;

create table calendar as
  with recursive days(day) as (
    select '2026-01-01' union all
    select date(day, '+1 day') from days where day < '2026-12-31')
  select strftime('%s', day) * 1000 as ms,
    strftime('%s', min(date(day, '+1 month'),
      date(day, 'start of month', '+2 months', '-1 day'))) * 1000
      as month_later
  from days;

create index audit_event on audit (event_id);
create index audit_object on audit (object_id);
create index audit_request on audit (request_id);
create index transaction_request on transactions (request_id);
create index decision_key on decisions (decision_id);
create index review_decision on reviews (decision_id);
create index consent_customer on consents (customer);

-- The records that an entry lists as read and as written.
create view listed as
  select audit.rowid as place, 'inputs' as list, item.value as record
  from audit, json_each('["' || replace(inputs, ';', '","') || '"]') item
  where inputs <> ''
  union all
  select audit.rowid, 'outputs', item.value
  from audit, json_each('["' || replace(outputs, ';', '","') || '"]') item
  where outputs <> '';
