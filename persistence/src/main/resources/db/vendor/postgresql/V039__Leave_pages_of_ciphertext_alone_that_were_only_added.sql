-- Pages are written once and not changed. A vacuum because rows were added would write all of them a second time; one because rows
-- were deleted, or because numbers of transactions run out, still comes (docs/adr/0012-ciphertext-in-pages.md).
alter table ciphertext_page set (autovacuum_vacuum_insert_threshold = -1);
