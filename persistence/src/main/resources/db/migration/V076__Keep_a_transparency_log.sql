-- Entries that everybody is shown alike, in one order. Nobody may change or remove one.
create table log_entry (
  -- From 0, without gaps.
  place bigint primary key check (place >= 0),
  kind varchar(32) not null,
  -- The bytes that are hashed.
  content bytea not null,
  -- Each thing stands in the log once.
  leaf_hash bytea not null unique,
  added_at timestamp with time zone not null
);
grant select, insert on log_entry to ${appUser};

-- Roots of full tiles, so that proofs need few rows: of level 1 each stands for 256 entries, of level 2 for 256 of level 1.
create table log_tile (
  tile_level integer not null check (tile_level > 0),
  place bigint not null check (place >= 0),
  root_hash bytea not null,
  primary key (tile_level, place)
);
grant select, insert on log_tile to ${appUser};

create table log_head (
  head_id integer primary key check (head_id = 1),
  size bigint not null check (size >= 0),
  -- Hashes of the full subtrees that the log is made of, 32 bytes each, the largest first: all that the next entry needs.
  edge bytea not null,
  -- Both are those of the first entry, and stay: the log is known by them. Null before.
  origin varchar(255),
  public_key bytea
);
insert into log_head (head_id, size, edge) values (1, 0, '');
grant select, update on log_head to ${appUser};
