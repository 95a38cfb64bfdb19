-- Views of lists that somebody keeps to come back to. A filter may hold a name, so they stand in the vault. They are a
-- convenience of whoever kept them, and no record: they may be let go.

CREATE TABLE {vault}.saved_views (
    kept_by text NOT NULL,
    address text NOT NULL,
    kept_at timestamptz NOT NULL,
    PRIMARY KEY (kept_by, address)
);

GRANT SELECT, INSERT, DELETE ON {vault}.saved_views TO {keeper};
