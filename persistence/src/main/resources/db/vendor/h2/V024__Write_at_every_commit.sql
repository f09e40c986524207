-- By default H2 writes commits half a second late, and what a killed process had acknowledged meanwhile is gone.
-- Both settings are kept in the database file; only its owner can change them.
set write_delay 0;
-- Sessions that queue for one employee's rows wait this long, in milliseconds, before they give up.
set default_lock_timeout 20000;
