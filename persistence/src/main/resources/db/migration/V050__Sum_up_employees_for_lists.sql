-- What lists of employees are filtered and sorted by: a copy, written in the transaction that changes what it is of, and corrected each
-- night. Lists of a hundred thousand people are then read from an index.
create table employee_summary (
  employee_id bigint primary key references employee (employee_id),
  name_key varchar(255) not null,
  search_text varchar(800) not null,
  -- 0 never took part, 1 withdrawn, 2 pending, 3 active.
  standing smallint not null check (standing between 0 and 3),
  device_count bigint not null check (device_count >= 0),
  last_run_at timestamp with time zone,
  last_run_result varchar(16),
  last_backup_at timestamp with time zone,
  stored_bytes bigint not null
);
insert into employee_summary (employee_id, name_key, search_text, standing, device_count, last_run_at, last_run_result, last_backup_at,
    stored_bytes)
  select e.employee_id, left(lower(e.display_name), 255),
    left(lower(concat(e.display_name, chr(10), e.username, chr(10), coalesce(e.email, ''))), 800),
    case when s.state = 'ACTIVE' then 3 when s.state = 'PENDING' then 2
      when exists (select 1 from backup_set w where w.employee_id = e.employee_id and w.state = 'WITHDRAWN') then 1 else 0 end,
    (select count(*) from device d where d.employee_id = e.employee_id and d.state <> 'REVOKED'),
    r.last_reported_at, r.result,
    (select max(d.last_backup_at) from device d where d.employee_id = e.employee_id),
    coalesce((select sum(b.stored_bytes) from repository b where b.employee_id = e.employee_id), 0)
  from employee e
    left join backup_set s on s.current_of = e.employee_id
    left join run r on r.run_row = (select max(n.run_row) from newest_run n where n.employee_id = e.employee_id);

create index employee_summary_by_name on employee_summary (name_key, employee_id);
create index employee_summary_by_standing on employee_summary (standing, employee_id);
create index employee_summary_by_devices on employee_summary (device_count, employee_id);
create index employee_summary_by_bytes on employee_summary (stored_bytes, employee_id);
-- Those without a value come last in both directions.
create index employee_summary_by_run on employee_summary (last_run_at, employee_id);
create index employee_summary_by_run_back on employee_summary (last_run_at desc nulls last, employee_id desc);
create index employee_summary_by_backup on employee_summary (last_backup_at, employee_id);
create index employee_summary_by_backup_back on employee_summary (last_backup_at desc nulls last, employee_id desc);
create index employee_summary_by_result on employee_summary (last_run_result, last_run_at);
grant select, insert, update on employee_summary to ${appUser};
