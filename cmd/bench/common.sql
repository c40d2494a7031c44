-- What several questions need. Everything from here on is the common part of
-- both dialects: whole numbers are divided nowhere, and a day ends at
-- ms - ms % 86400000 + 86400000.
create table verdict (name varchar);
insert into verdict values ('ok'), ('violated'), ('pending'), ('unknown'),
  ('not_applicable');

-- The period of the project file, half-open.
create table period as
  select 1767225600000 as from_ms, 1782864000000 as to_ms;

-- The first and the last time of the log, and the beginning of the day that
-- was the last one before it.
create table edge as
  select first_ms, last_ms,
    first_ms - 1 - (first_ms - 1) % 86400000 as eve_ms
  from (select min(ms) as first_ms, max(ms) as last_ms from (
    select ms from audit union all
    select ms from transactions union all
    select ms from decisions union all
    select ms from reviews union all
    select ms from consents union all
    select ms from incidents union all
    select resolved_ms from incidents));

-- Rows of the audit log that are equal to an earlier one are no events. Only
-- an event id that occurs twice can have one.
create table repeated as
  select event_id, count(*) as n from audit
  group by event_id having count(*) > 1;
create table copied as
  select place from (select a.rowid as place, row_number() over (partition by
      a.event_id, seq_no, ts, src_system, actor_id, actor_type, action,
      object_type, object_id, field, old, new, customer, purpose, legal_basis,
      request_id, trace_id, outcome, inputs, outputs order by a.rowid) as nth
    from audit a join repeated r on r.event_id = a.event_id) ranked
  where nth > 1;
create view entry as
  select a.*, a.rowid as place from audit a
  where a.rowid not in (select place from copied);

-- Requests of data subjects: the moment when the last day is over, and the
-- first answer.
create table request as
  with asked as (
    select place, ms, object_id, field from entry
    where action = 'other' and object_type = 'dsar'
      and field in ('access', 'erasure')),
  answered as (
    select r.place, min(a.ms) as ms from asked r
    join entry a on a.object_id = r.object_id
      and (a.ms > r.ms or (a.ms = r.ms and a.place > r.place))
    where a.action = 'notify' and a.object_type = 'dsar' group by r.place)
  select r.place, r.ms, r.object_id, r.field, a.ms as done_ms, case r.field
      when 'access' then r.ms - r.ms % 86400000 + 2678400000
      else c.month_later + 86400000 end as due_ms
  from asked r left join answered a on a.place = r.place
  left join calendar c on c.ms = r.ms - r.ms % 86400000;
