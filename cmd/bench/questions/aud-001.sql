-- AUD-001: each entry names actor and outcome.
create temp table judged as select case
    when actor_id <> '' and outcome <> '' then 'ok'
    else 'violated' end as verdict
  from entry where action <> '';
select 'rules.AUD-001.' || name, coalesce(n, 0) from verdict left join (
  select verdict, count(*) as n from judged group by verdict) counted
  on verdict = name;
