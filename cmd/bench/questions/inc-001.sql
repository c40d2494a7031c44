-- INC-001: an incident, duplicates apart, is closed by the end of the
-- twentieth day. Each row of it opens it anew.
create temp table closed as
  select i.rowid as place, min(f.resolved_ms) as ms
  from incidents i join incidents f
  on f.incident_id = i.incident_id and f.resolved_ms > i.ms
  group by i.rowid;
create temp table judged as select case
    when f.ms < i.ms - i.ms % 86400000 + 21 * 86400000 then 'ok'
    when i.ms - i.ms % 86400000 + 21 * 86400000 > last_ms then 'pending'
    else 'violated' end as verdict
  from incidents i cross join edge left join closed f on f.place = i.rowid
  where duplicate_of = '';
select 'rules.INC-001.' || name, coalesce(n, 0) from verdict left join (
  select verdict, count(*) as n from judged group by verdict) counted
  on verdict = name;
