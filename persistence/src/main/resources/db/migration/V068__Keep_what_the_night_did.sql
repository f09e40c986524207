-- How many repositories the nightly work that goes on, or the last, has gone through.
alter table housekeeping add column done_count integer not null default 0;
-- When the nightly work last ended well: every repository was gone through, and the clock had not jumped.
alter table housekeeping add column ended_at timestamp with time zone;
