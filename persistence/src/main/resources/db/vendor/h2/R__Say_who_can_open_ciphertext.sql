-- As R__Say_what_each_column_holds.sql, for what lies differently in each database.
comment on table ciphertext is 'The encrypted objects: everything that was backed up.';
comment on column ciphertext.repository_id is 'PLAIN: Which repository, by its number.';
comment on column ciphertext.name is 'HASH: One-way value (SHA-256) of the ciphertext. It tells nothing of the content.';
comment on column ciphertext.bytes is 'CIPHERTEXT: Files and their names, sealed on a device under the key of the set. Only who holds that key can open it: the employee''s devices, or who unlocks it with the password or the 64-digit key. What restic sent is sealed by restic, and only who knows its password can open it. Not the portal, not the vault, not IT.';
