-- restic's packs and index files may have up to 160 MiB. Objects of the portal's own devices keep their limit, which is not the database's.
-- The old check has a name of the database's own, so the column goes with it.
alter table stored_object add column length_bytes bigint;
update stored_object set length_bytes = size_bytes;
alter table stored_object alter column length_bytes set not null;
alter table stored_object drop column size_bytes;
alter table stored_object alter column length_bytes rename to size_bytes;
alter table stored_object add constraint stored_object_size check (size_bytes between 0 and 167772160);
comment on column stored_object.size_bytes is 'PLAIN: How many bytes of ciphertext it has.';
