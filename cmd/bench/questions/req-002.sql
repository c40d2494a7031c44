-- REQ-002: a request for erasure is answered by the end of the same day of the
-- next month, or of its last day.
create temp table judged as select case
    when ms is null then 'unknown'
    when done_ms < due_ms then 'ok'
    when due_ms > last_ms then 'pending'
    else 'violated' end as verdict
  from request cross join edge where field = 'erasure';
select 'rules.REQ-002.' || name, coalesce(n, 0) from verdict left join (
  select verdict, count(*) as n from judged group by verdict) counted
  on verdict = name;
