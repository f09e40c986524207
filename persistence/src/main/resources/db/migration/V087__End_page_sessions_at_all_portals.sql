-- Sessions at the sign-on that have ended: no portal of several takes the sessions of pages that belong to them
-- (docs/adr/0069-several-portals-behind-a-balancer.md).
create table page_session_ending (
  keycloak_session varchar(255) primary key,
  ended_at timestamp with time zone not null
);
create index page_session_ending_by_end on page_session_ending (ended_at);

grant select, insert, delete on page_session_ending to ${appUser};
