-- The extracts as tables, for DuckDB, in the folder of the extracts. Cells are
-- text and empty where nothing is given; ms is the time in milliseconds since
-- 1970, null where it cannot be read. The dialect is given, because the first
-- rows of a file do not show the quotes of later ones.
create macro ms_of(text) as epoch_ms(try_cast(text as timestamp));
create macro extract_of(path) as table
  select * from read_csv(path, all_varchar = true, header = true,
    delim = ',', quote = '"', escape = '"', nullstr = '\N');

create table transactions as
  select *, ms_of(ts) as ms from extract_of('transactions.csv');
create table audit as
  select *, ms_of(ts) as ms from extract_of('audit.csv');
create table decisions as
  select *, ms_of(ts) as ms from extract_of('decisions.csv');
create table reviews as
  select *, ms_of(ts) as ms from extract_of('reviews.csv');
create table consents as
  select *, ms_of(ts) as ms from extract_of('consents.csv');
create table incidents as
  select *, ms_of(detected_at) as ms, ms_of(resolved_at) as resolved_ms
  from extract_of('incidents.csv');
create table outages as
  select *, ms_of(started_at) as started_ms, ms_of(ended_at) as ended_ms
  from extract_of('outages.csv');
create table costs as select * from extract_of('costs.csv');

-- Each day of the year, and the same one a month later or that month's last.
create table calendar as
  select epoch_ms(day) as ms, epoch_ms(day + interval 1 month) as month_later
  from range(timestamp '2026-01-01', timestamp '2027-01-01', interval 1 day)
    as days(day);

-- The records that an entry lists as read and as written.
create view listed as
  select rowid as place, 'inputs' as list,
    unnest(string_split(inputs, ';')) as record
  from audit where inputs <> ''
  union all
  select rowid, 'outputs', unnest(string_split(outputs, ';'))
  from audit where outputs <> '';
