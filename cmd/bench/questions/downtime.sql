-- Downtime impact: outages of one system united, scheduled maintenance taken
-- out, and held against the time in which requests of data subjects were open.
-- A request depends on the systems of its entries: at most two in this
-- workload, the smaller and the larger name.
create temp table span as
  select system, kind, started_ms as start_ms,
    case when ended_ms is null or ended_ms > last_ms then end_ms
      else ended_ms end as end_ms
  from outages, edge, (select case when to_ms < last_ms then to_ms
      else last_ms end as end_ms from period, edge) log_end
  where ended_ms is null or ended_ms >= started_ms;
create temp table point as
  select system, ms, lead(ms) over (partition by system order by ms) as next_ms
  from (select system, start_ms as ms from span
    union select system, end_ms from span) bounds;
-- Between two neighbouring points a system is up or down throughout.
create temp table piece as
  select p.system, p.ms as start_ms, p.next_ms as end_ms
  from point p join span s on s.system = p.system
    and s.start_ms <= p.ms and s.end_ms >= p.next_ms
  group by p.system, p.ms, p.next_ms
  having max(case when kind = 'maintenance' then 1 else 0 end) = 0;
create temp table down as
  select system, min(start_ms) as start_ms, max(end_ms) as end_ms
  from (select system, start_ms, end_ms, sum(begins) over (
      partition by system order by start_ms) as nth
    from (select system, start_ms, end_ms, case when start_ms = lag(end_ms)
        over (partition by system order by start_ms) then 0 else 1 end
        as begins from piece) marked) numbered
  group by system, nth;

-- Overlapping intervals united over all systems.
create temp table down_any as
  select min(start_ms) as start_ms, max(end_ms) as end_ms
  from (select start_ms, end_ms, sum(begins) over (order by start_ms, end_ms
      rows unbounded preceding) as nth
    from (select start_ms, end_ms, case when start_ms <= max(end_ms) over (
        order by start_ms, end_ms
        rows between unbounded preceding and 1 preceding) then 0 else 1 end
        as begins from down) marked) numbered
  group by nth;
select 'metrics.downtime_impact.downtime_minutes',
  sum(end_ms - start_ms) / 60e3 from down_any;
select 'metrics.downtime_impact.downtime_sum_minutes',
  sum(end_ms - start_ms) / 60e3 from down;
select 'metrics.downtime_impact.outages', count(*) from down;
select 'metrics.downtime_impact.longest_minutes',
  max(end_ms - start_ms) / 60e3 from down;
select 'metrics.downtime_impact.p95_minutes', min(length) / 60e3
  from (select end_ms - start_ms as length,
      row_number() over (order by end_ms - start_ms) as nth,
      count(*) over () as n from down) ranked
  where 100 * nth >= 95 * n;
select 'metrics.downtime_impact.still_open', count(*) from outages
  where ended_ms is null;
select 'metrics.downtime_impact.data_errors', count(*) from outages
  where ended_ms < started_ms;
select 'metrics.downtime_impact.window_minutes',
  (case when to_ms < last_ms then to_ms else last_ms end - from_ms) / 60e3
  from period, edge;
select 'metrics.downtime_impact.by_system.' || system || '.downtime_minutes',
  sum(end_ms - start_ms) / 60e3 from down group by system;
select 'metrics.downtime_impact.by_system.' || system || '.outages', count(*)
  from down group by system;
select 'metrics.downtime_impact.by_system.' || system || '.availability',
  1 - 1e0 * sum(end_ms - start_ms) / max(window_ms)
  from down, (select case when to_ms < last_ms then to_ms else last_ms end -
    from_ms as window_ms from period, edge) whole
  group by system;

-- A request is open from its time to its answer or due time.
create temp table duty as
  select r.ms as start_ms, r.due_ms, r.done_ms, low, high,
    case when coalesce(r.done_ms, r.due_ms) >= r.due_ms
      and r.due_ms <= last_ms then 1 else 0 end as missed,
    case when done_ms < due_ms and done_ms < last_ms then done_ms
      when due_ms < last_ms then due_ms else last_ms end as end_ms
  from request r cross join edge
  join (select object_id, min(src_system) as low, max(src_system) as high
    from entry where object_type = 'dsar' group by object_id) s
    on s.object_id = r.object_id
  where r.ms is not null;
delete from duty where start_ms >= end_ms;

-- What was down of each pair of systems, united.
create temp table down_pair as
  select low, high, min(start_ms) as start_ms, max(end_ms) as end_ms
  from (select low, high, start_ms, end_ms, sum(begins) over (
      partition by low, high order by start_ms, end_ms
      rows unbounded preceding) as nth
    from (select low, high, start_ms, end_ms, case when start_ms <= max(end_ms)
        over (partition by low, high order by start_ms, end_ms
          rows between unbounded preceding and 1 preceding)
        then 0 else 1 end as begins
      from (select distinct low, high from duty) pair
      join down on system = low or system = high) marked) numbered
  group by low, high, nth;
create temp table met as
  select d.start_ms, d.due_ms, d.done_ms, d.missed,
    coalesce(sum(case
      when p.start_ms < d.end_ms and p.end_ms > d.start_ms then
        case when p.end_ms < d.end_ms then p.end_ms else d.end_ms end -
        case when p.start_ms > d.start_ms then p.start_ms else d.start_ms end
      end), 0) as overlap_ms,
    max(case when p.start_ms < d.due_ms and p.end_ms > d.due_ms - 86400000
      and p.end_ms > d.start_ms then 1 else 0 end) as exposed
  from (select *, row_number() over () as nth from duty) d
  left join down_pair p on p.low = d.low and p.high = d.high
  group by d.nth, d.start_ms, d.due_ms, d.done_ms, d.missed;
select 'metrics.downtime_impact.obligations', count(*) from met;
select 'metrics.downtime_impact.legal_risk_sum_minutes',
  sum(overlap_ms) / 60e3 from met;
select 'metrics.downtime_impact.deadline_exposed', coalesce(sum(exposed), 0)
  from met;
select 'metrics.downtime_impact.deadline_missed_with_downtime', count(*)
  from met where missed = 1 and overlap_ms > 0;
select 'metrics.downtime_impact.missed_if_minus_downtime', count(*)
  from met where missed = 1 and overlap_ms > 0
  and (done_ms is null or done_ms >= due_ms + overlap_ms);

-- When some request that depends on a system was open, and the system down.
create temp table opened as
  select system, min(start_ms) as start_ms, max(end_ms) as end_ms
  from (select system, start_ms, end_ms, sum(begins) over (partition by system
      order by start_ms, end_ms rows unbounded preceding) as nth
    from (select system, start_ms, end_ms, case when start_ms <= max(end_ms)
        over (partition by system order by start_ms, end_ms
          rows between unbounded preceding and 1 preceding)
        then 0 else 1 end as begins
      from (select low as system, start_ms, end_ms from duty
        union all select high, start_ms, end_ms from duty) dependent) marked)
    numbered
  group by system, nth;
create temp table legal as
  select d.system,
    case when d.start_ms > o.start_ms then d.start_ms else o.start_ms end
      as start_ms,
    case when d.end_ms < o.end_ms then d.end_ms else o.end_ms end as end_ms
  from down d join opened o on o.system = d.system
    and o.start_ms < d.end_ms and o.end_ms > d.start_ms;
select 'metrics.downtime_impact.by_system.' || s.system ||
    '.legal_risk_minutes', coalesce(sum(end_ms - start_ms), 0) / 60e3
  from (select distinct system from outages) s
  left join legal l on l.system = s.system group by s.system;
select 'metrics.downtime_impact.legal_risk_minutes',
  sum(end_ms - start_ms) / 60e3
  from (select min(start_ms) as start_ms, max(end_ms) as end_ms
    from (select start_ms, end_ms, sum(begins) over (order by start_ms, end_ms
        rows unbounded preceding) as nth
      from (select start_ms, end_ms, case when start_ms <= max(end_ms) over (
          order by start_ms, end_ms
          rows between unbounded preceding and 1 preceding) then 0 else 1 end
          as begins from legal) marked) numbered
    group by nth) united;
