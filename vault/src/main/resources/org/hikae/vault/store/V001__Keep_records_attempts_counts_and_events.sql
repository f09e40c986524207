-- The vault's own database. Nothing in it opens without the root key; no column names a person.
CREATE TABLE vault_meta (
    name    VARCHAR(64)    PRIMARY KEY,
    content VARBINARY(256) NOT NULL
);

-- One row per employee: SHA-256 over tenant, issuer and sub. Survives every record.
CREATE TABLE employee_counts (
    employee    BINARY(32) PRIMARY KEY,
    consecutive INTEGER    NOT NULL CHECK (consecutive BETWEEN 0 AND 10),
    lifetime    INTEGER    NOT NULL CHECK (lifetime BETWEEN 0 AND 50),
    run         BIGINT     NOT NULL CHECK (run >= 0),
    -- The root's code over the four columns above.
    mac         BINARY(32) NOT NULL
);

CREATE TABLE vault_record (
    cred_id          BINARY(32)     PRIMARY KEY,
    employee         BINARY(32)     NOT NULL REFERENCES employee_counts (employee),
    set_id           BINARY(16)     NOT NULL,
    owner_key        VARBINARY(128) NOT NULL,
    stage            TINYINT        NOT NULL CHECK (stage BETWEEN 1 AND 5),
    idempotency_key  BINARY(16)     NOT NULL,
    request_hash     BINARY(32)     NOT NULL,
    begun_at         BIGINT         NOT NULL,
    pending_at       BIGINT,
    active_at        BIGINT,
    -- r_u, registration upload and password wrap: the vault's root opens it, nobody else. Gone at the end of a life.
    sealed           VARBINARY(1024),
    -- Not null exactly while a life lasts: the unique constraints below are "at most one of each per employee".
    begun_employee   BINARY(32) GENERATED ALWAYS AS (CASE WHEN stage = 1 THEN employee END),
    pending_employee BINARY(32) GENERATED ALWAYS AS (CASE WHEN stage = 2 THEN employee END),
    active_employee  BINARY(32) GENERATED ALWAYS AS (CASE WHEN stage = 3 THEN employee END),
    CONSTRAINT one_begun UNIQUE (begun_employee),
    CONSTRAINT one_pending UNIQUE (pending_employee),
    CONSTRAINT one_active UNIQUE (active_employee),
    CONSTRAINT one_per_request UNIQUE (employee, idempotency_key),
    CONSTRAINT sealed_while_alive CHECK ((stage <= 3) = (sealed IS NOT NULL))
);
CREATE INDEX record_by_employee ON vault_record (employee, stage);

CREATE TABLE attempt (
    employee     BINARY(32) NOT NULL REFERENCES employee_counts (employee),
    login_id     BINARY(16) NOT NULL,
    cred_id      BINARY(32) NOT NULL REFERENCES vault_record (cred_id),
    request_hash BINARY(32) NOT NULL,
    device_id    BINARY(16) NOT NULL,
    charged_at   BIGINT     NOT NULL,
    run          BIGINT     NOT NULL,
    state        TINYINT    NOT NULL CHECK (state BETWEEN 1 AND 3),
    -- KE2 and the server's half of one login: the vault's root opens it. Gone when the login ends.
    sealed       VARBINARY(1024),
    PRIMARY KEY (employee, login_id)
);
CREATE INDEX attempt_by_record ON attempt (cred_id, state, charged_at);

CREATE TABLE vault_event (
    id        BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    employee  BINARY(32) NOT NULL,
    event     TINYINT    NOT NULL,
    at        BIGINT     NOT NULL,
    device_id BINARY(16) NOT NULL
);
CREATE INDEX event_by_employee ON vault_event (employee, id);
