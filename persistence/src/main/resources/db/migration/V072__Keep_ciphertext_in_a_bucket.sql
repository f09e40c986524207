-- Which objects lie in a bucket beside the database (docs/adr/0049-ciphertext-in-a-bucket.md). As with files, the row is what makes an object
-- stored, and the lock by which whoever writes, replaces or removes its bytes keeps others from them.
create table ciphertext_object (
  repository_id bigint not null references repository (repository_id),
  name bytea not null,
  size_bytes integer not null check (size_bytes >= 0),
  slot integer not null check (slot in (0, 1)),
  primary key (repository_id, name)
);

-- What no row names any more, or not all of it, and is removed from the bucket once the grace is over.
create table ciphertext_deletion (
  repository_id bigint not null references repository (repository_id),
  name bytea not null,
  deleted_at timestamp with time zone not null,
  primary key (repository_id, name)
);
create index ciphertext_deletion_due on ciphertext_deletion (repository_id, deleted_at);

-- One row, once a bucket is used: which bucket belongs to this database.
create table ciphertext_bucket (
  bucket_id integer primary key check (bucket_id = 1),
  mark varchar(32) not null
);

grant select, insert, update, delete on ciphertext_object to ${appUser};
grant select, insert, delete on ciphertext_deletion to ${appUser};
grant select, insert on ciphertext_bucket to ${appUser};
