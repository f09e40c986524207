-- What an administrator or program asked with an Idempotency-Key, for a day: a repeat gets the first answer and acts no more.
create table idempotent_request (
  -- SHA-256 over issuer, sub and the key that the client chose; the key itself is not kept.
  request_id varchar(64) primary key,
  -- SHA-256 over issuer and sub: one of them has a bounded number of rows.
  actor varchar(64) not null,
  -- SHA-256 over method, path and body.
  content varchar(64) not null,
  made_at timestamp with time zone not null,
  -- Who works at it. Only its holder may record the answer, and does so in the transaction of the act.
  claim varchar(32) not null,
  claimed_until timestamp with time zone not null,
  -- Of the answer; null until there is one.
  status integer,
  headers varchar(2000),
  -- Empty when there was none; null when it was too large to be kept.
  body varchar(65536)
);
create index idempotent_request_by_age on idempotent_request (made_at);
create index idempotent_request_by_actor on idempotent_request (actor);
grant select, insert, update, delete on idempotent_request to ${appUser};
