-- What made a device's last backup: the agent, or an unmodified restic. Before restic there was the agent only.
alter table device add column last_backup_by varchar(16) check (last_backup_by in ('AGENT', 'RESTIC'));
update device set last_backup_by = 'AGENT' where last_backup_at is not null;
