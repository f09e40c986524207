-- Who agrees to a later text renews their consent; who does not in time is paused until they do. The old check has a name of the
-- database's own, so the column goes with it.
alter table consent add column decision varchar(16);
update consent set decision = action;
alter table consent alter column decision set not null;
alter table consent drop column action;
alter table consent alter column decision rename to action;
alter table consent add constraint consent_action check (action in ('OPTED_IN', 'RECONSENTED', 'PAUSED', 'RESUMED', 'WITHDRAWN'));
