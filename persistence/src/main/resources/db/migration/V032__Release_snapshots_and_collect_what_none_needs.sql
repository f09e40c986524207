-- What became of snapshots that are not simply kept. A snapshot's own row, its sealed stub, stays for ever.
create table snapshot_fate (
  snapshot_row bigint primary key references snapshot (snapshot_row),
  repository_id bigint not null references repository (repository_id),
  -- WAITING: released, but there is no room among held bytes. HELD: goes when its time is over. KEPT: taken back.
  state varchar(16) not null check (state in ('WAITING', 'HELD', 'KEPT', 'REMOVED')),
  rule varchar(16) not null check (rule in ('DEVICE', 'EMPLOYEE', 'RETENTION')),
  device_id varchar(32) references device (device_id),
  -- The server's clock.
  decided_at timestamp with time zone not null,
  removed_at timestamp with time zone,
  -- The clock of housekeeping, which no jump of the server's clock can hurry.
  held_since timestamp with time zone,
  held_until timestamp with time zone
);
create index snapshot_fate_by_repository on snapshot_fate (repository_id, state);

-- Objects that no live snapshot needs: held ones, and those that no snapshot lists, which are doomed.
create table idle_object (
  object_id bigint primary key references stored_object (object_id),
  repository_id bigint not null references repository (repository_id),
  size_bytes bigint not null,
  -- The clock of housekeeping.
  doomed_at timestamp with time zone
);
create index idle_object_by_repository on idle_object (repository_id, object_id);

-- What an employee's repositories hold: live_bytes count against the quota, held_bytes are those of idle objects.
create table storage_use (
  employee_id bigint primary key references employee (employee_id),
  live_bytes bigint not null check (live_bytes >= 0),
  held_bytes bigint not null check (held_bytes >= 0),
  -- Whether the employee was told that little room is left.
  noticed boolean not null
);
insert into storage_use (employee_id, live_bytes, held_bytes, noticed)
select employee_id, sum(stored_bytes), 0, false from repository group by employee_id;

-- How many objects were ever collected: a commit that sees it unchanged need not look for its objects again.
alter table repository add column swept_count bigint default 0 not null;

-- One row: the clock that hold periods run by, who works now, and how far the work has come.
create table housekeeping (
  housekeeping_id integer primary key check (housekeeping_id = 1),
  wall_at timestamp with time zone not null,
  kept_at timestamp with time zone not null,
  started_at timestamp with time zone not null,
  -- The repository that was done last; empty when no work is under way.
  cursor_at bigint,
  jumped boolean not null,
  failures integer not null,
  holder varchar(36),
  lease_until timestamp with time zone
);
insert into housekeeping (housekeeping_id, wall_at, kept_at, started_at, jumped, failures)
values (1, current_timestamp, current_timestamp, current_timestamp, false, 0);

grant select, insert, update, delete on snapshot_fate to ${appUser};
grant select, insert, update, delete on idle_object to ${appUser};
grant select, insert, update on storage_use to ${appUser};
grant select, update on housekeeping to ${appUser};
grant delete on stored_object to ${appUser};
grant delete on snapshot_objects to ${appUser};
