-- REF-001: each change that names a request belongs to a transaction; until
-- the first day is over it may belong to one before the log.
create temp table judged as select case
    when t.request_id is not null then 'ok'
    when e.ms < eve_ms + 2 * 86400000 then 'unknown'
    else 'violated' end as verdict
  from entry e cross join edge
  left join (select distinct request_id from transactions) t
    on t.request_id = e.request_id
  where action in ('create', 'update', 'delete') and e.request_id <> '';
select 'rules.REF-001.' || name, coalesce(n, 0) from verdict left join (
  select verdict, count(*) as n from judged group by verdict) counted
  on verdict = name;
