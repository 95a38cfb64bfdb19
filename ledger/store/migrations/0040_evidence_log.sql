-- The evidence log: the hash of each entry, which covers the hash of the account's entry before it, is kept beside the
-- entry and in its transaction. An entry has none yet where a program recorded it that does not know of hashes;
-- `careledger migrate` fills those in.
ALTER TABLE {schema}.events ADD COLUMN leaf bytea;
CREATE INDEX events_without_leaf ON {schema}.events (account_id, version) WHERE leaf IS NULL;

-- What moves figures and is no entry of an account: changes of scheme and of amounts. `entry` is what was hashed.
CREATE TABLE {schema}.policy_entries (
    number   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    stream   text NOT NULL CHECK (stream IN ('scheme', 'amounts')),
    change   bigint NOT NULL,    -- its number in the table that it is of
    position bigint NOT NULL,    -- of the last event before it
    entry    bytea NOT NULL,
    leaf     bytea NOT NULL,
    CONSTRAINT policy_entries_change UNIQUE (stream, change)
);

GRANT SELECT, INSERT ON {schema}.policy_entries TO {app};
GRANT SELECT ON {schema}.policy_entries TO {projector};
