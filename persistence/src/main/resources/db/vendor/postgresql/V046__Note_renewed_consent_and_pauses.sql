-- Who agrees to a later text renews their consent; who does not in time is paused until they do.
alter table consent drop constraint consent_action_check;
alter table consent add constraint consent_action check (action in ('OPTED_IN', 'RECONSENTED', 'PAUSED', 'RESUMED', 'WITHDRAWN'));
