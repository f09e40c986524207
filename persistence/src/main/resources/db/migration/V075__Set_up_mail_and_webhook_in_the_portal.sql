-- Where notices go out, as administrators entered it. A row for each channel.
create table notice_channel_setting (
  -- MAIL or WEBHOOK.
  channel varchar(16) primary key,
  edition bigint not null,
  -- Address and login, sealed under a key in a file of the portal; null while nothing is entered.
  sealed bytea,
  -- Null while nothing was ever entered.
  changed_at timestamp with time zone,
  -- When a message first went out by what was entered since it was last empty.
  worked_at timestamp with time zone
);
insert into notice_channel_setting (channel, edition) values ('MAIL', 0), ('WEBHOOK', 0);
grant select, update on notice_channel_setting to ${appUser};
