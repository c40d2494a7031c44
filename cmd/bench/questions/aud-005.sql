-- AUD-005: a read states its purpose, also one without a readable time.
create temp table judged as select case
    when purpose <> '' then 'ok' else 'violated' end as verdict
  from entry where action = 'read';
select 'rules.AUD-005.' || name, coalesce(n, 0) from verdict left join (
  select verdict, count(*) as n from judged group by verdict) counted
  on verdict = name;
