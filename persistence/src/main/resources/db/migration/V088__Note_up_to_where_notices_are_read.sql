-- Up to where people of the administration have read the notices, for the number in the head of each page; and when they
-- were last there, for the step of having a second administrator.
create table notice_reading (
  issuer varchar(255) not null,
  subject varchar(255) not null,
  administrator boolean not null,
  signed_in_at timestamp with time zone not null,
  -- 0 for nothing yet.
  read_notice_id bigint not null,
  primary key (issuer, subject)
);
grant select, insert, update, delete on notice_reading to ${appUser};
