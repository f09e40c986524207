-- Who is offered the backup: a group path of Keycloak, or '*' for everyone. A fresh portal offers it to nobody.
create table rollout_offer (
  group_path varchar(255) primary key,
  offered_at timestamp with time zone not null,
  offered_by_issuer varchar(255) not null,
  offered_by_subject varchar(255) not null
);
grant select, insert, delete on rollout_offer to ${appUser};
