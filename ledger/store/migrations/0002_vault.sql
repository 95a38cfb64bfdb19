-- Who the accounts belong to. Apart from the ledger, under a role of its own, so that a fact never holds a name and a
-- person can be forgotten without a figure changing.

CREATE TABLE {vault}.local_ids (
    local_id   text CONSTRAINT local_ids_one_account PRIMARY KEY,
    account_id uuid NOT NULL UNIQUE
);

CREATE TABLE {vault}.people (
    account_id    uuid NOT NULL,
    version       integer NOT NULL,
    local_id      text NOT NULL,
    nhs_number    text,
    given_name    text,
    family_name   text,
    date_of_birth date,
    postcode      text,
    contact       jsonb NOT NULL,
    recorded_at   timestamptz NOT NULL,
    recorded_by   text NOT NULL,
    PRIMARY KEY (account_id, version)
);
CREATE INDEX people_by_family_name ON {vault}.people (lower(family_name));
CREATE INDEX people_by_nhs_number ON {vault}.people (nhs_number);

-- Words that belong to an entry and may name somebody, such as a provider's.
CREATE TABLE {vault}.texts (
    account_id uuid NOT NULL,
    version    integer NOT NULL,
    field      text NOT NULL,
    text       text NOT NULL,
    PRIMARY KEY (account_id, version, field)
);

GRANT USAGE ON SCHEMA {vault} TO {keeper};
GRANT SELECT, INSERT ON {vault}.local_ids, {vault}.people, {vault}.texts TO {keeper};
