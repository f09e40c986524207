-- A set has a repository for each restic beside its own. The old constraint has a name of the database's own, so the column goes with it.
alter table repository add column of_set varchar(32);
update repository set of_set = set_id;
alter table repository alter column of_set set not null;
alter table repository drop column set_id;
alter table repository alter column of_set rename to set_id;
alter table repository add constraint repository_set foreign key (set_id) references backup_set (set_id);
