-- DEC-002: a decision names its input or the digest of it.
create temp table judged as select case
    when input_ref <> '' or input_sha256 <> '' then 'ok'
    else 'violated' end as verdict
  from decisions;
select 'rules.DEC-002.' || name, coalesce(n, 0) from verdict left join (
  select verdict, count(*) as n from judged group by verdict) counted
  on verdict = name;
