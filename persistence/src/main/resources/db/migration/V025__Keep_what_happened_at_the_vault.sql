-- What the vault says happened, copied from it. Append-only. It names no person: an employee is a hash of tenant, issuer and sub.
create table vault_receipt (
  code varchar(64) primary key,
  seq bigint not null,
  employee varchar(64) not null,
  receipt bytea not null
);
create index vault_receipt_by_employee on vault_receipt (employee, seq);
create index vault_receipt_by_seq on vault_receipt (seq);
comment on column vault_receipt.code is 'The vault''s own code over this and all earlier rows of its ledger, hexadecimal.';
comment on column vault_receipt.receipt is 'The vault''s signed word that something happened: time, kind, device, attempts left. No password, no key, no part of one.';

grant select, insert on vault_receipt to ${appUser};
