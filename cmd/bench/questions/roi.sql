-- What the investment in compliance returns, by scenario; items of all hold
-- for each.
create temp table item as
  select s.scenario, item, class, cast(value as double) as value
  from (select distinct scenario from costs where scenario <> 'all') s
  join costs c on c.scenario in (s.scenario, 'all');
create temp table saving as
  select i.scenario,
    max(case when item = 'cost' then value end) as cost,
    (select sum(p.value * f.value) from item p join item f
      on f.scenario = p.scenario and f.class = p.class
      where p.scenario = i.scenario and p.item = 'fine_probability'
        and f.item = 'fine_severity') as fines,
    (max(case when item = 'audit_hours_before' then value end) -
      max(case when item = 'audit_hours_after' then value end)) *
      max(case when item = 'hour_rate' then value end) +
      max(case when item = 'fee_saving' then value end) as audit,
    max(case when item = 'downtime_minutes_avoided' then value end) *
      max(case when item = 'minute_value' then value end) as downtime
  from item i group by i.scenario;
select 'metrics.compliance_roi.value',
  (fines + audit + downtime - cost) / cost from saving
  where scenario = 'base';
select 'metrics.compliance_roi.scenarios.' || scenario || '.roi',
  (fines + audit + downtime - cost) / cost from saving;
select 'metrics.compliance_roi.scenarios.' || scenario || '.cost', cost
  from saving;
select 'metrics.compliance_roi.scenarios.' || scenario || '.avoided_fines',
  fines from saving;
select 'metrics.compliance_roi.scenarios.' || scenario || '.audit_saving',
  audit from saving;
select 'metrics.compliance_roi.scenarios.' || scenario || '.downtime_saving',
  downtime from saving;
select 'metrics.compliance_roi.scenarios.' || scenario || '.total',
  fines + audit + downtime from saving;
select 'metrics.compliance_roi.scenarios.' || scenario || '.break_even',
  case when cost > audit + downtime then cost - audit - downtime end
  from saving;
