-- Whether a device's last message reached the vault. Says nothing about what it held or what the vault decided.
create table vault_contact (
  device_id varchar(32) primary key references device (device_id),
  employee_id bigint not null references employee (employee_id),
  answered_at timestamp with time zone,
  unanswered_at timestamp with time zone
);
create index vault_contact_by_employee on vault_contact (employee_id);

grant select, insert, update on vault_contact to ${appUser};
