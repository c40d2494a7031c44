-- REF-002: reviews are about known decisions; until the first day is over
-- perhaps about one before the log.
create temp table judged as select case
    when d.decision_id is not null then 'ok'
    when r.ms < eve_ms + 2 * 86400000 then 'unknown'
    else 'violated' end as verdict
  from reviews r cross join edge
  left join (select distinct decision_id from decisions) d
    on d.decision_id = r.decision_id
  where r.decision_id <> '';
select 'rules.REF-002.' || name, coalesce(n, 0) from verdict left join (
  select verdict, count(*) as n from judged group by verdict) counted
  on verdict = name;
