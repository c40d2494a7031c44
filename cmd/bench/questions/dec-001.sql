-- DEC-001: a decision names the model and its version.
create temp table judged as select case
    when model_id <> '' and model_version <> '' then 'ok'
    else 'violated' end as verdict
  from decisions;
select 'rules.DEC-001.' || name, coalesce(n, 0) from verdict left join (
  select verdict, count(*) as n from judged group by verdict) counted
  on verdict = name;
