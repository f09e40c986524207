-- A rotation seals the K before under the new one. The old check has a name of the database's own, so the column goes with it.
alter table key_wrap add column way varchar(16);
update key_wrap set way = method;
alter table key_wrap alter column way set not null;
alter table key_wrap drop column method;
alter table key_wrap alter column way rename to method;
alter table key_wrap add constraint key_wrap_method check (method in ('PASSWORD_VAULT', 'DIGIT_KEY', 'CHAIN'));
comment on column key_wrap.wrapped_key is 'CIPHERTEXT: K of one set and generation. Only who has the employee''s 64-digit key, or for CHAIN the K of the next generation, can open it: not the portal, not its database, not IT. Empty for PASSWORD_VAULT, whose wrap lies in the vault.';
