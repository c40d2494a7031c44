-- DEC-004: a consequential decision is reviewed within 72 hours unless exempt.
-- Close: pending, and the 48 hours after which a warning is due are over.
create temp table reviewed as
  select d.rowid as place, min(r.ms) as ms
  from decisions d join reviews r
  on r.decision_id = d.decision_id and r.ms >= d.ms
  where consequential = 'true' group by d.rowid;
create temp table judged as select d.ms, case
    when review_exemption <> '' then 'not_applicable'
    when r.ms <= d.ms + 72 * 3600000 then 'ok'
    when d.ms + 72 * 3600000 > last_ms then 'pending'
    else 'violated' end as verdict
  from decisions d cross join edge left join reviewed r on r.place = d.rowid
  where consequential = 'true';
select 'rules.DEC-004.close', count(*) from judged, edge
  where verdict = 'pending' and last_ms > ms + 48 * 3600000;
select 'rules.DEC-004.' || name, coalesce(n, 0) from verdict left join (
  select verdict, count(*) as n from judged group by verdict) counted
  on verdict = name;
