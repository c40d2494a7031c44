-- DEC-005: a notice follows a review of its decision; one about a decision
-- that the log does not know may follow a review before the log.
create temp table judged as select case
    when r.ms < n.ms then 'ok'
    when d.decision_id is null then 'unknown'
    else 'violated' end as verdict
  from entry n
  left join (select decision_id, min(ms) as ms from reviews
    group by decision_id) r on r.decision_id = n.object_id
  left join (select distinct decision_id from decisions) d
    on d.decision_id = n.object_id
  where n.action = 'notify' and n.object_type = 'decision';
select 'rules.DEC-005.' || name, coalesce(n, 0) from verdict left join (
  select verdict, count(*) as n from judged group by verdict) counted
  on verdict = name;
