-- Devices that never backed up are the furthest behind.
create index device_by_backup on device (last_backup_at nulls first, device_id);
