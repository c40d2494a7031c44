-- EXP-001: a receipt follows an export within 24 hours, unless it is recalled
-- in that time.
create temp table exported as
  select place, ms, object_id, action from entry
  where object_type = 'export'
    and action in ('export', 'notify', 'withdraw');
create temp table answered as
  select e.place, min(case when a.action = 'notify' then a.ms end) as receipt,
    min(case when a.action = 'withdraw' then a.ms end) as recall
  from exported e join exported a on a.object_id = e.object_id
    and (a.ms > e.ms or (a.ms = e.ms and a.place > e.place))
  where e.action = 'export' and a.action <> 'export' group by e.place;
create temp table judged as select case
    when receipt <= ms + 86400000 then 'ok'
    when recall <= ms + 86400000 then 'not_applicable'
    when ms + 86400000 > last_ms then 'pending'
    else 'violated' end as verdict
  from exported e cross join edge left join answered a on a.place = e.place
  where e.action = 'export';
select 'rules.EXP-001.' || name, coalesce(n, 0) from verdict left join (
  select verdict, count(*) as n from judged group by verdict) counted
  on verdict = name;
