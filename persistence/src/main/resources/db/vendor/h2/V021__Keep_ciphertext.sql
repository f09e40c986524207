-- The database store of object bytes. A row is written once and never changed.
create table ciphertext (
  repository_id bigint not null references repository (repository_id),
  name bytea not null,
  bytes blob not null,
  primary key (repository_id, name)
);
comment on column ciphertext.bytes is 'CIPHERTEXT: a pack or a snapshot root, sealed on a device under subkeys of K. Only who holds K of the set can open it: the employee''s devices, or who unwraps K with the password or the 64-digit key. Not the portal, not the vault, not IT.';

grant select, insert on ciphertext to ${appUser};
