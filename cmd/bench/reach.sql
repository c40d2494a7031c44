-- What the records of the table wanted come from, and what came of them: the
-- events and versions of lineal-trace(1). An event sees the versions of its
-- records that were there before it, so no way runs back in time. Equal times
-- are in the order of the names of the sources, then of the rows.

-- What an event does to the record that it is about.
create table effect (action varchar, uses integer, makes integer, ends integer);
insert into effect values
  ('read', 1, 0, 0), ('export', 1, 0, 0),
  ('update', 1, 1, 0), ('override', 1, 1, 0), ('config', 1, 1, 0),
  ('create', 0, 1, 0), ('consent', 0, 1, 0), ('decision', 0, 1, 0),
  ('delete', 0, 0, 1), ('withdraw', 0, 0, 1);

create temp table own as
  select source, place, ms, record, uses, makes, ends from (
    select 1 as source, place, ms, object_type || ':' || object_id as record,
      action from entry
      where object_id <> '' and outcome not in ('failed', 'denied')
    union all
    select 2, rowid, ms, 'consent:' || customer, action from consents
    union all
    select 3, rowid, ms, 'decision:' || decision_id, 'decision'
      from decisions where outcome not in ('failed', 'denied')
    union all
    select 4, rowid, ms, 'decision:' || decision_id, 'override' from reviews
      where outcome not in ('failed', 'denied')
    union all
    select 5, rowid, ms, object_type || ':' || object_id, action
      from transactions) event
  join effect on effect.action = event.action
  where ms is not null;

-- The outputs of an event that changes its own record may name that one again;
-- that adds nothing.
create temp table touch as
  select source, place, ms, record,
    case when own_uses = 1 or reads = 1 or (writes = 1 and changes = 0) then 1
      else 0 end as uses,
    case when own_makes = 1 or (writes = 1 and changes = 0) then 1
      else 0 end as makes, own_ends as ends
  from (
    select source, place, ms, record, max(uses) as own_uses,
      max(makes) as own_makes, max(ends) as own_ends,
      max(makes + ends) as changes, max(reads) as reads, max(writes) as writes
    from (
      select source, place, ms, record, uses, makes, ends, 0 as reads,
        0 as writes from own
      union all
      select 1, e.place, e.ms, l.record, 0, 0, 0,
        case when list = 'inputs' then 1 else 0 end,
        case when list = 'outputs' then 1 else 0 end
      from listed l
      join entry e on e.place = l.place
      where e.ms is not null and e.outcome not in ('failed', 'denied')) told
    group by source, place, ms, record) touched;

-- Versions count from 1; 0 was there before the log. A record that has ended
-- since its last version was made cannot be used any more, but written anew.
create temp table seen as
  select source, place, record, uses, makes,
    coalesce(sum(makes) over earlier, 0) as version,
    max(case when makes = 1 then 2 * nth + 1 end) over earlier as made_nth,
    max(case when ends = 1 then 2 * nth end) over earlier as ended_nth
  from (select *, row_number() over (
      partition by record order by ms, source, place) as nth from touch) ranked
  window earlier as (partition by record order by nth
    rows between unbounded preceding and 1 preceding);
create temp table used as
  select source, place, record, version from seen where uses = 1
    and (makes = 1 or coalesce(made_nth, 0) >= coalesce(ended_nth, 0));
create temp table made as
  select source, place, record, version + 1 as version from seen
  where makes = 1;
create temp table edge_of as
  select distinct u.source, u.place, m.source as cause_source,
    m.place as cause_place
  from used u join made m on m.record = u.record and m.version = u.version;

create temp table up as
  with recursive reached(record, source, place) as (
    select w.record, m.source, m.place
      from wanted w join made m on m.record = w.record
    union
    select r.record, e.cause_source, e.cause_place
      from reached r
      join edge_of e on e.source = r.source and e.place = r.place)
  select * from reached;
create temp table down as
  with recursive reached(record, source, place) as (
    select w.record, u.source, u.place
      from wanted w join used u on u.record = w.record
    union
    select r.record, e.source, e.place
      from reached r
      join edge_of e on e.cause_source = r.source
        and e.cause_place = r.place)
  select * from reached;

-- A row of the audit log lies further down by the line ends in cells above it.
create temp table folded as
  select rowid as place, length(cells) - length(replace(cells, '
', '')) as line_ends
  from (select rowid, field || old || new || purpose as cells from audit) log
  where cells like '%
%';
create temp table name (source integer, path varchar, first_place bigint);
insert into name values
  (1, 'audit.csv', (select min(rowid) from audit)),
  (2, 'consents.csv', (select min(rowid) from consents)),
  (3, 'decisions.csv', (select min(rowid) from decisions)),
  (4, 'reviews.csv', (select min(rowid) from reviews)),
  (5, 'transactions.csv', (select min(rowid) from transactions));
create temp table answer as
  select record, 'up' as direction, source, place from up
  union all select record, 'down', source, place from down;
select record || '.' || direction || '.' || path || ':' ||
    (place - first_place + 2 + case when a.source = 1 then
      coalesce((select sum(line_ends) from folded f where f.place < a.place), 0)
      else 0 end), 'event'
  from answer a join name on name.source = a.source;

-- The record itself is in both directions with all its versions.
select distinct a.record || '.up.' || u.record || '@' || u.version, 'version'
  from answer a join used u on u.source = a.source and u.place = a.place
  where direction = 'up' and u.record <> a.record;
select distinct a.record || '.down.' || m.record || '@' || m.version, 'version'
  from answer a join made m on m.source = a.source and m.place = a.place
  where direction = 'down' and m.record <> a.record;
