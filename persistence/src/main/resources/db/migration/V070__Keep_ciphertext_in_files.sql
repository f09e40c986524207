-- Which objects lie as files beside the database (docs/adr/0040-ciphertext-in-files.md). The row is what makes an object stored; its
-- unique key is also the lock by which whoever writes, replaces or removes the file keeps others from it.
create table ciphertext_file (
  repository_id bigint not null references repository (repository_id),
  name bytea not null,
  size_bytes integer not null check (size_bytes >= 0),
  slot integer not null check (slot in (0, 1)),
  primary key (repository_id, name)
);

-- One row, once files are used: which folder belongs to this database.
create table ciphertext_folder (
  folder_id integer primary key check (folder_id = 1),
  mark varchar(32) not null
);

grant select, insert, update, delete on ciphertext_file to ${appUser};
grant select, insert on ciphertext_folder to ${appUser};
