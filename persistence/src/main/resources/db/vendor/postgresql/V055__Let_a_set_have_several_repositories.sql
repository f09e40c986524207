-- A set has a repository for each restic beside its own.
alter table repository drop constraint repository_set_id_key;
