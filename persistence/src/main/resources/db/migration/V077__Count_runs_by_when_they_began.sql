-- How runs ended, a row for each quarter of an hour in which any began: a page adds them up by the hours of its reader's
-- zone, and zones differ by whole quarters. Every hour the rows of the last seven days are counted anew; older ones go.
create table run_period (
  began_at timestamp with time zone primary key,
  -- When the row was counted last.
  noted_at timestamp with time zone not null,
  done_runs bigint not null check (done_runs >= 0),
  failed_runs bigint not null check (failed_runs >= 0),
  -- At work, stopped, or cut off.
  open_runs bigint not null check (open_runs >= 0)
);
grant select, insert, update, delete on run_period to ${appUser};

-- What is counted. It holds what no later report of a run changes, so that reports cost no more than before.
create index run_by_first_report on run (first_reported_at);
