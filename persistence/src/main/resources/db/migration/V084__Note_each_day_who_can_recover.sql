-- How many people have shown that they can recover, a row a day. The newest 400 are kept.
create table recovery_day (
  -- In UTC.
  noted_on date primary key,
  -- When the row was written last; that of today is written anew every hour.
  noted_at timestamp with time zone not null,
  -- With an active set.
  people bigint not null check (people >= 0),
  -- Those of them with a drill, a practice, and both, within 120 days.
  drilled bigint not null check (drilled >= 0),
  practised bigint not null check (practised >= 0),
  proven bigint not null check (proven >= 0)
);
grant select, insert, update, delete on recovery_day to ${appUser};
