-- Devices choose the ids of wraps. With one key space for all, filing one told whether another employee has that id.
alter table key_wrap drop constraint key_wrap_pkey;
alter table key_wrap add primary key (set_id, wrap_id);
