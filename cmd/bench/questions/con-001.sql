-- CON-001: a marketing export rests on a consent whose thirtieth day is not
-- over; a consent that was given before the log may still hold in its first
-- thirty days. 31 days have 2678400000 ms.
create temp table rested as
  select e.place, max(c.ms) as ms
  from entry e join consents c
  on c.customer = e.customer and c.purpose = e.purpose and c.ms < e.ms
  where e.action = 'export' and e.purpose = 'marketing'
    and c.action = 'consent'
  group by e.place;
create temp table judged as select case
    when e.customer = '' then 'unknown'
    when e.ms < c.ms - c.ms % 86400000 + 2678400000 then 'ok'
    when e.ms < eve_ms + 2678400000 then 'unknown'
    else 'violated' end as verdict
  from entry e cross join edge left join rested c on c.place = e.place
  where e.action = 'export' and e.purpose = 'marketing';
select 'rules.CON-001.' || name, coalesce(n, 0) from verdict left join (
  select verdict, count(*) as n from judged group by verdict) counted
  on verdict = name;
