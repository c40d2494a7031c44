-- AUD-002: each row with an event id that occurred before is violated, copies
-- included.
select 'rules.AUD-002.ok', (select count(*) from audit) -
  (select coalesce(sum(n - 1), 0) from repeated);
select 'rules.AUD-002.violated', coalesce(sum(n - 1), 0) from repeated;
