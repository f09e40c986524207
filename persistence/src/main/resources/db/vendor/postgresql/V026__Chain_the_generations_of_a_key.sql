-- A rotation seals the K before under the new one.
alter table key_wrap drop constraint key_wrap_method_check;
alter table key_wrap add constraint key_wrap_method check (method in ('PASSWORD_VAULT', 'DIGIT_KEY', 'CHAIN'));
comment on column key_wrap.wrapped_key is 'CIPHERTEXT: K of one set and generation. Only who has the employee''s 64-digit key, or for CHAIN the K of the next generation, can open it: not the portal, not its database, not IT. Empty for PASSWORD_VAULT, whose wrap lies in the vault.';
