-- What is stored for everybody and how much may be, a row a day, so that it shows how it grows. The newest 400 are kept.
create table storage_day (
  -- In UTC.
  noted_on date primary key,
  -- When the row was written last; that of today is written anew every hour.
  noted_at timestamp with time zone not null,
  stored_bytes bigint not null check (stored_bytes >= 0),
  live_bytes bigint not null check (live_bytes >= 0),
  quota_bytes bigint not null check (quota_bytes >= 0)
);
grant select, insert, update, delete on storage_day to ${appUser};

-- Devices that were added lately.
create index device_by_enrolment on device (enrolled_at);
