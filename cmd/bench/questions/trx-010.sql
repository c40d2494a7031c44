-- TRX-010: each transaction has an entry with its request id within an hour,
-- perhaps before it; one whose hour is not over at the end of the log is
-- pending. Unborn: requests that the log names and nobody has booked.
create temp table logged as
  select request_id, min(ms) as ms from entry
  where action in ('create', 'update', 'delete') and request_id <> ''
  group by request_id;
create temp table judged as select case
    when l.ms <= t.ms + 3600000 then 'ok'
    when t.ms + 3600000 > last_ms then 'pending'
    else 'violated' end as verdict
  from transactions t cross join edge
  left join logged l on l.request_id = t.request_id;
select 'rules.TRX-010.unborn', count(*)
  from logged l left join transactions t on t.request_id = l.request_id
  where t.request_id is null;
select 'rules.TRX-010.' || name, coalesce(n, 0) from verdict left join (
  select verdict, count(*) as n from judged group by verdict) counted
  on verdict = name;
