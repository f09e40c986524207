-- Figures of one month each, counted once after its end. Nobody may change or remove one: it stays as it was counted.
create table monthly_report (
  -- Such as 2026-11, in UTC.
  report_month varchar(7) primary key,
  computed_at timestamp with time zone not null,
  -- Rows of figures as JSON. It names no employee but administrators who acted, and these by their accounts.
  content varchar(1000000) not null
);
grant select, insert on monthly_report to ${appUser};

-- Who gets it by mail. The row is locked while a report is made, so that of several portals one makes and sends it.
create table monthly_report_schedule (
  schedule_id integer primary key check (schedule_id = 1),
  -- Grows with every change.
  edition bigint not null check (edition >= 0),
  enabled boolean not null,
  -- Mail addresses, one a line.
  addresses varchar(4000) not null,
  language varchar(2) not null check (language in ('en', 'ja')),
  -- Null while nothing was ever entered.
  changed_at timestamp with time zone
);
insert into monthly_report_schedule (schedule_id, edition, enabled, addresses, language) values (1, 0, false, '', 'en');
grant select, update on monthly_report_schedule to ${appUser};
