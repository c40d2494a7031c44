-- AUD-003: a number is right if it is one above the highest so far, copies
-- included; all others follow a gap, repeat a number or come too late.
create temp table numbered as select number,
    max(number) over (order by place
      rows between unbounded preceding and 1 preceding) as highest
  from (select rowid as place, cast(seq_no as bigint) as number
    from audit) log;
select 'rules.AUD-003.ok', count(*) from numbered
  where number = coalesce(highest, 0) + 1;
select 'rules.AUD-003.violated', count(*) from numbered
  where number <> coalesce(highest, 0) + 1;
