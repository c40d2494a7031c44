-- REQ-001: a request for access is answered by the end of the thirtieth day.
-- One without a readable time is unknown. Close: pending, and the twentieth
-- day is over.
create temp table judged as select ms, case
    when ms is null then 'unknown'
    when done_ms < due_ms then 'ok'
    when due_ms > last_ms then 'pending'
    else 'violated' end as verdict
  from request cross join edge where field = 'access';
select 'rules.REQ-001.close', count(*) from judged, edge
  where verdict = 'pending'
    and last_ms >= ms - ms % 86400000 + 21 * 86400000;
select 'rules.REQ-001.' || name, coalesce(n, 0) from verdict left join (
  select verdict, count(*) as n from judged group by verdict) counted
  on verdict = name;
