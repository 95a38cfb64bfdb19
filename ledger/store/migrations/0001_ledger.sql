-- One council's ledger. {schema} and the roles are filled in by migrate.py; nothing here reaches another council.

CREATE TABLE {schema}.council (
    code   text PRIMARY KEY,
    name   text NOT NULL,
    scheme text NOT NULL,
    face   jsonb NOT NULL  -- how the council shows itself to people: telephone, address, colour
);

-- The one row that gives every event its place. It is updated just before the insert and held only to commit, so a
-- reader who has seen a position has seen every position before it, and no instant of recording precedes an earlier one.
CREATE TABLE {schema}.head (
    the_only_row boolean PRIMARY KEY DEFAULT true CHECK (the_only_row),
    position     bigint NOT NULL,
    recorded_at  timestamptz NOT NULL
);
INSERT INTO {schema}.head (position, recorded_at) VALUES (0, '-infinity');

CREATE TABLE {schema}.events (
    account_id  uuid NOT NULL,
    version     integer NOT NULL,
    position    bigint NOT NULL,
    topic       text NOT NULL,
    state       bytea NOT NULL,
    recorded_at timestamptz NOT NULL,
    recorded_by text NOT NULL,
    role        text NOT NULL,
    CONSTRAINT events_version PRIMARY KEY (account_id, version),
    CONSTRAINT events_position UNIQUE (position)
);

-- Which human reference leads to which account; the reference itself stands in the account's first fact.
CREATE TABLE {schema}.account_references (
    reference  text PRIMARY KEY,
    account_id uuid NOT NULL UNIQUE
);

-- One row for each request that recorded something: the same key brings the same answer, never a second effect.
CREATE TABLE {schema}.receipts (
    caller        text NOT NULL,
    key           text NOT NULL,
    digest        bytea NOT NULL,
    account_id    uuid NOT NULL,
    first_version integer NOT NULL,
    last_version  integer NOT NULL,
    CONSTRAINT receipts_key PRIMARY KEY (caller, key)
);

CREATE TABLE {schema}.positions (
    projection text PRIMARY KEY,
    position   bigint NOT NULL
);

GRANT USAGE ON SCHEMA {schema} TO {app}, {projector};
GRANT SELECT ON {schema}.council, {schema}.head, {schema}.events, {schema}.account_references, {schema}.positions
    TO {app}, {projector};
GRANT SELECT ON {schema}.receipts TO {app};
GRANT INSERT ON {schema}.events, {schema}.account_references, {schema}.receipts TO {app};
GRANT UPDATE (position, recorded_at) ON {schema}.head TO {app};
GRANT INSERT, UPDATE ON {schema}.positions TO {projector};
