-- Rate of regulatory incidents and the time to remediate them: one incident
-- per id, from first detection to last fix; a fix before its detection is a
-- data error. An open one is censored at the end of the log.
create temp table single as
  select incident_id, min(ms) as ms,
    case when count(resolved_ms) = count(*) then max(resolved_ms) end
      as fixed_ms,
    max(case when resolved_ms < ms then 1 else 0 end) as error,
    max(case when category in ('privacy', 'security') then 1 else 0 end)
      as regulatory
  from incidents where duplicate_of = '' group by incident_id;
create temp table regulatory as select * from single where regulatory = 1;
select 'metrics.regulatory_incident_rate.count', count(*) from regulatory;
select 'metrics.regulatory_incident_rate.value', count(*) / 2e0
  from regulatory;
select 'metrics.regulatory_incident_rate.not_regulatory', count(*)
  from single where regulatory = 0;
select 'metrics.regulatory_incident_rate.duplicates', count(*)
  from incidents where duplicate_of <> '';
select 'metrics.regulatory_incident_rate.per_1000_transactions',
  1000e0 * (select count(*) from regulatory) / count(*) from transactions;
select 'metrics.regulatory_incident_rate.by_quarter.2026Q1.count', count(*)
  from regulatory where ms < 1775001600000;
select 'metrics.regulatory_incident_rate.by_quarter.2026Q2.count', count(*)
  from regulatory where ms >= 1775001600000;

create temp table span as
  select coalesce(fixed_ms, last_ms) - ms as length,
    case when fixed_ms is null then 1 else 0 end as is_open
  from regulatory, edge where error = 0;
create temp table ranked as
  select length / 86400e3 as days, is_open,
    row_number() over (partition by is_open order by length) as nth,
    count(*) over (partition by is_open) as n
  from span;
select 'metrics.time_to_remediate.closed', count(*) from span
  where is_open = 0;
select 'metrics.time_to_remediate.open', count(*) from span where is_open = 1;
select 'metrics.time_to_remediate.data_errors', count(*) from regulatory
  where error = 1;
select 'metrics.time_to_remediate.mean_days', avg(length) / 86400e3 from span
  where is_open = 0;
select 'metrics.time_to_remediate.median_days', avg(days) from ranked
  where is_open = 0 and 2 * nth between n and n + 2;
select 'metrics.time_to_remediate.p90_days', min(days) from ranked
  where is_open = 0 and 10 * nth >= 9 * n;
select 'metrics.time_to_remediate.open_median_days', avg(days) from ranked
  where is_open = 1 and 2 * nth between n and n + 2;
select 'metrics.time_to_remediate.open_max_days', max(days) from ranked
  where is_open = 1;
select 'metrics.time_to_remediate.tau_days', max(days) from ranked;

-- Kaplan and Meier: at each length of a fix the share that is left falls by
-- the fixes among those at risk.
create temp table curve as
  with recursive step as (
    select f.length, f.fixes, f.nth, count(*) as at_risk
    from (select length, count(*) as fixes,
        row_number() over (order by length) as nth
      from span where is_open = 0 group by length) f
    join span s on s.length >= f.length
    group by f.length, f.fixes, f.nth),
  curve(nth, length, survival) as (
    select cast(0 as bigint), cast(0 as bigint), 1e0
    union all
    select step.nth, cast(step.length as bigint),
      survival * (1 - 1e0 * fixes / at_risk)
    from curve join step on step.nth = curve.nth + 1)
  select * from curve;
select 'metrics.time_to_remediate.km_median_days', min(length) / 86400e3
  from curve where survival <= 0.5e0 + 1e-12;
select 'metrics.time_to_remediate.km_p90_days', min(length) / 86400e3
  from curve where survival <= 0.1e0 + 1e-12;
select 'metrics.time_to_remediate.restricted_mean_days',
  sum(survival * (until - length)) / 86400e3
  from (select survival, length, lead(length, 1,
      (select max(length) from span)) over (order by nth) as until
    from curve) area;
