-- Accounts that came from other councils: the signed bundle that each came in, with its whole history there. It says what
-- care somebody had, so it stands in the vault. Rows are only ever added.

CREATE TABLE {vault}.received_accounts (
    manifest    text PRIMARY KEY,      -- the SHA-256 of the bundle's manifest: one bundle is taken over once
    account_id  uuid NOT NULL,         -- here
    bundle      bytea NOT NULL,
    received_at timestamptz NOT NULL,
    received_by text NOT NULL
);
CREATE INDEX received_accounts_by_account ON {vault}.received_accounts (account_id);

GRANT SELECT, INSERT ON {vault}.received_accounts TO {keeper};
