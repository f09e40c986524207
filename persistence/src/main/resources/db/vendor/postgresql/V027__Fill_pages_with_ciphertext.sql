-- Object bytes in rows that each fill a page of the database, in place of one large value that it cuts into pieces of 2 kB:
-- less work, less to log and less space (docs/adr/0012-ciphertext-in-pages.md).
alter table ciphertext rename to ciphertext_value;
alter table ciphertext_value rename constraint ciphertext_pkey to ciphertext_value_pkey;

-- An object is written once and never changed.
create table ciphertext (
  ciphertext_id bigint generated always as identity primary key,
  repository_id bigint not null references repository (repository_id),
  name bytea not null,
  size_bytes integer not null check (size_bytes between 0 and 25165824),
  constraint ciphertext_once unique (repository_id, name)
);

-- No foreign key: its check would be a query for each page. Pages are written and deleted by the statement that does it to their object.
create table ciphertext_page (
  ciphertext_id bigint not null,
  number integer not null,
  bytes bytea not null,
  primary key (ciphertext_id, number)
);
-- In the row itself, and not compressed: ciphertext does not compress.
alter table ciphertext_page alter column bytes set storage plain;
comment on column ciphertext_page.bytes is 'CIPHERTEXT: 8120 bytes of a pack or a snapshot root, sealed on a device under subkeys of K. Only who holds K of the set can open it: the employee''s devices, or who unwraps K with the password or the 64-digit key. Not the portal, not the vault, not IT.';

insert into ciphertext (repository_id, name, size_bytes)
select repository_id, name, octet_length(bytes) from ciphertext_value;
insert into ciphertext_page (ciphertext_id, number, bytes)
select c.ciphertext_id, n, substring(v.bytes from n * 8120 + 1 for 8120)
from ciphertext_value v
join ciphertext c using (repository_id, name),
generate_series(0, greatest(0, (c.size_bytes - 1) / 8120)) n;
drop table ciphertext_value;

grant select, insert on ciphertext, ciphertext_page to ${appUser};
