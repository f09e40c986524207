-- Who takes part and whose devices are backed up, a row a day, so that it shows how it changes. The newest 400 are kept.
create table protection_day (
  -- In UTC.
  noted_on date primary key,
  -- When the row was written last; that of today is written anew every hour.
  noted_at timestamp with time zone not null,
  employees bigint not null check (employees >= 0),
  opted_in bigint not null check (opted_in >= 0),
  -- Of those who take part.
  devices bigint not null check (devices >= 0),
  -- Those of them with a backup younger than three days.
  fresh_devices bigint not null check (fresh_devices >= 0)
);
grant select, insert, update, delete on protection_day to ${appUser};
