-- Service accounts of the company's own programs, with their last use to the minute.
create table service_account_use (
  client_id varchar(255) primary key,
  subject varchar(255) not null,
  roles varchar(255) not null,
  first_used_at timestamp with time zone not null,
  last_used_at timestamp with time zone not null
);
grant select, insert, update on service_account_use to ${appUser};
