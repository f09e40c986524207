-- H2 shows a schema to every login; rights are on tables only.
select 1;
