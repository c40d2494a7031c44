-- Completeness of the audit trail: transactions and entries are paired by
-- request id (the first entry), then what is left by object, action and time,
-- from 5 s before to 15 min after. Two touches of one record lie a week apart
-- in this workload, so a plain join finds the best pairs; a workload in which
-- they crowd would need an assignment, which is more than SQL says.
create temp table change as
  select place, ms, request_id, object_id, action,
    case when actor_id = '' then 1 else 0 end +
    case when outcome = '' then 1 else 0 end as absent,
    case when old = '' then 1 else 0 end +
    case when new = '' then 1 else 0 end as absent_values
  from entry where action in ('create', 'update', 'delete');
create temp table pair as
  select t.rowid as place, min(e.place) as entry
  from transactions t join change e
  on e.request_id = t.request_id and e.object_id = t.object_id
  group by t.rowid;
create temp table more as
  select t.rowid as place, e.place as entry
  from transactions t join change e
  on e.object_id = t.object_id and e.action = t.action
    and e.ms between t.ms - 5000 and t.ms + 900000
  where t.rowid not in (select place from pair)
    and e.place not in (select entry from pair);
create temp table trail as
  select src_system, object_type, t.action, case
      when ts < '2026-04-01' then '2026Q1' else '2026Q2' end as quarter, case
      when e.place is null then 'missing'
      when absent + case when t.action = 'update' then absent_values else 0 end
        > 0 then 'partial'
      when e.ms - t.ms > 60000 then 'late'
      else 'matched' end as status,
    case when e.ms - t.ms <= 60000 then 1 else 0 end as timely,
    case when e.place is null then 0 when t.action = 'update' then 7 else 5 end
      as fields,
    case when e.place is null then 0 else
      absent + case when t.action = 'update' then absent_values else 0 end end
      as absent
  from transactions t
  left join (select * from pair union all select * from more) p
    on p.place = t.rowid
  left join change e on e.place = p.entry;

create temp table figure as select count(*) as total,
    count(*) filter (where status <> 'missing') as found,
    count(*) filter (where status = 'matched') as matched,
    count(*) filter (where status = 'late') as late,
    count(*) filter (where status = 'partial') as partial,
    sum(timely) as timely, sum(fields) as fields, sum(absent) as absent
  from trail;
select 'metrics.audit_trail_completeness.value', 1e0 * found / total
  from figure;
select 'metrics.audit_trail_completeness.numerator', found from figure;
select 'metrics.audit_trail_completeness.denominator', total from figure;
select 'metrics.audit_trail_completeness.missing', total - found from figure;
select 'metrics.audit_trail_completeness.matched', matched from figure;
select 'metrics.audit_trail_completeness.late', late from figure;
select 'metrics.audit_trail_completeness.partial', partial from figure;
select 'metrics.audit_trail_completeness.strict.value', 1e0 * matched / total
  from figure;
select 'metrics.audit_trail_completeness.levels.field.numerator',
  fields - absent from figure;
select 'metrics.audit_trail_completeness.levels.field.denominator', fields
  from figure;
select 'metrics.audit_trail_completeness.timeliness.numerator', timely
  from figure;
select 'metrics.audit_trail_completeness.timeliness.denominator', found
  from figure;
select 'metrics.audit_trail_completeness.existence.numerator', found
  from figure;
select 'metrics.audit_trail_completeness.existence.denominator', count(*)
  from change;
select 'metrics.audit_trail_completeness.orphans', count(*) - found
  from change, figure group by found;

select 'metrics.audit_trail_completeness.by.system.' || src_system ||
    '.numerator', count(*) filter (where status <> 'missing')
  from trail group by src_system;
select 'metrics.audit_trail_completeness.by.system.' || src_system ||
    '.denominator', count(*)
  from trail group by src_system;
select 'metrics.audit_trail_completeness.by.quarter.' || quarter ||
    '.numerator', count(*) filter (where status <> 'missing')
  from trail group by quarter;
select 'metrics.audit_trail_completeness.by.quarter.' || quarter ||
    '.denominator', count(*)
  from trail group by quarter;

create temp table gap as
  select src_system || '/' || object_type || '/' || action || '/' || quarter
      as name,
    count(*) filter (where status = 'missing') as missing,
    count(*) filter (where status = 'late') as late,
    count(*) filter (where status = 'partial') as partial
  from trail where status <> 'matched'
  group by src_system, object_type, action, quarter;
select 'metrics.audit_trail_completeness.gaps_total', count(*) from gap;
select 'metrics.audit_trail_completeness.gaps.' || name || '.missing', missing
  from gap;
select 'metrics.audit_trail_completeness.gaps.' || name || '.late', late
  from gap;
select 'metrics.audit_trail_completeness.gaps.' || name || '.partial', partial
  from gap;
select 'metrics.audit_trail_completeness.gaps.' || name || '.points',
    100e0 * missing / total from gap, figure;
