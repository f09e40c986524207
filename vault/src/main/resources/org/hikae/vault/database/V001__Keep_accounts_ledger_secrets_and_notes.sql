-- The vault's own database, in SQL that H2 and PostgreSQL both take. No column names a person: an employee is
-- SHA-256 over tenant, issuer and sub. The vault runs it while it holds the lease, and may run it again after a crash.
CREATE TABLE IF NOT EXISTS meta (
    name    VARCHAR(64) PRIMARY KEY,
    content BYTEA       NOT NULL
);
COMMENT ON COLUMN meta.content IS 'Number of this schema; a check value that only the right root gives. Says nothing to who reads it.';

CREATE TABLE IF NOT EXISTS account (
    employee BYTEA  PRIMARY KEY CHECK (OCTET_LENGTH(employee) = 32),
    state    BYTEA  NOT NULL,
    due      BIGINT NOT NULL
);
CREATE INDEX IF NOT EXISTS account_by_due ON account (due, employee);
COMMENT ON COLUMN account.state IS 'Counts, sets, devices and stages, readable by who has the database; its hash stands in the ledger, so only the vault can change it. Opens no backup.';
COMMENT ON COLUMN account.due IS 'When the vault looks at it by itself, milliseconds since 1970.';

CREATE TABLE IF NOT EXISTS ledger (
    seq      BIGINT PRIMARY KEY CHECK (seq > 0),
    employee BYTEA  NOT NULL CHECK (OCTET_LENGTH(employee) = 32),
    entry    BYTEA  NOT NULL,
    mac      BYTEA  NOT NULL CHECK (OCTET_LENGTH(mac) = 32)
);
CREATE INDEX IF NOT EXISTS ledger_by_employee ON ledger (employee, seq);
COMMENT ON COLUMN ledger.entry IS 'What happened, readable by who has the database; every later row vouches for it. Opens no backup.';
COMMENT ON COLUMN ledger.mac IS 'The root''s code over the entry and so over every row before. Only the vault''s root makes or checks it.';

CREATE TABLE IF NOT EXISTS secret (
    id     BYTEA    PRIMARY KEY CHECK (OCTET_LENGTH(id) = 32),
    kind   SMALLINT NOT NULL CHECK (kind IN (1, 2)),
    epoch  INTEGER  NOT NULL,
    at     BIGINT   NOT NULL,
    sealed BYTEA    NOT NULL
);
CREATE INDEX IF NOT EXISTS secret_by_epoch ON secret (kind, epoch, id);
CREATE INDEX IF NOT EXISTS secret_by_age ON secret (kind, at, id);
COMMENT ON COLUMN secret.kind IS '1: a record; 2: a login between KE2 and KE3.';
COMMENT ON COLUMN secret.sealed IS 'What a guess is checked against, and the password wrap. Only the vault''s root opens it, while the key of its epoch exists; nobody afterwards.';

CREATE TABLE IF NOT EXISTS note (
    name    VARCHAR(64) NOT NULL,
    part    INTEGER     NOT NULL CHECK (part >= 0),
    content BYTEA       NOT NULL,
    PRIMARY KEY (name, part)
);
COMMENT ON COLUMN note.content IS 'The vault''s own notes, in parts because H2 keeps no longer value in a row; readable by who has the database. They open no backup.';
