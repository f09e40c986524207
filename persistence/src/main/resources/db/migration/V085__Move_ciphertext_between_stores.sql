-- One row: where new ciphertext goes since somebody ordered it, and how far what lies elsewhere has come over
-- (docs/adr/0067-ciphertext-moves-by-rows.md). Without an order the portal's setting says where.
create table ciphertext_move (
  state_id integer primary key check (state_id = 1),
  target varchar(8) check (target in ('DATABASE', 'FILES', 'S3')),
  ordered_at timestamp with time zone,
  noted boolean not null,
  paused boolean not null,
  bytes_per_second bigint not null check (bytes_per_second >= 0),
  after_repository bigint not null check (after_repository >= 0),
  after_name bytea,
  waiting_count bigint not null check (waiting_count >= 0),
  moved_count bigint not null check (moved_count >= 0),
  moved_bytes bigint not null check (moved_bytes >= 0),
  left_count bigint not null check (left_count >= 0),
  fault_store varchar(8),
  fault varchar(32),
  fault_at timestamp with time zone,
  passed_at timestamp with time zone,
  holder varchar(64),
  held_until timestamp with time zone
);
insert into ciphertext_move
  (state_id, noted, paused, bytes_per_second, after_repository, waiting_count, moved_count, moved_bytes, left_count)
  values (1, true, false, 20000000, 0, 0, 0, 0, 0);

-- Which stores each portal reaches that runs now, so that nothing moves where one of them cannot read it.
create table ciphertext_portal (
  portal varchar(64) primary key,
  stores varchar(32) not null,
  writes_to varchar(8) not null,
  seen_at timestamp with time zone not null
);

grant select, update on ciphertext_move to ${appUser};
grant select, insert, update, delete on ciphertext_portal to ${appUser};
-- Who moves an object holds its row meanwhile; holding takes the right to change it.
grant update on ciphertext to ${appUser};
