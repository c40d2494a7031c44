-- AUD-004: since April an export names customer and legal basis.
create temp table judged as select case
    when ts < '2026-04-01' then 'not_applicable'
    when customer <> '' and legal_basis <> '' then 'ok'
    else 'violated' end as verdict
  from entry where action = 'export';
select 'rules.AUD-004.' || name, coalesce(n, 0) from verdict left join (
  select verdict, count(*) as n from judged group by verdict) counted
  on verdict = name;
