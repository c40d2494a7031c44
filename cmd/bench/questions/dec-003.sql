-- DEC-003: a decision states its reasons or how it can be explained.
create temp table judged as select case
    when reasons <> '' or explanation_method <> '' then 'ok'
    else 'violated' end as verdict
  from decisions;
select 'rules.DEC-003.' || name, coalesce(n, 0) from verdict left join (
  select verdict, count(*) as n from judged group by verdict) counted
  on verdict = name;
