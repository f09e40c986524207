-- restic's packs and index files may have up to 160 MiB. Objects of the portal's own devices keep their limit, which is not the database's.
alter table stored_object drop constraint stored_object_size_bytes_check;
alter table stored_object add constraint stored_object_size check (size_bytes between 0 and 167772160);
alter table ciphertext drop constraint ciphertext_size_bytes_check;
alter table ciphertext add constraint ciphertext_size check (size_bytes between 0 and 167772160);
