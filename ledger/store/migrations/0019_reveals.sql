-- Whose name an auditor asked to see, and why. The reason is words, which may name somebody, so it stands in the vault
-- beside the names. Rows are only ever added.

CREATE TABLE {vault}.reveals (
    number      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    account_id  uuid NOT NULL,
    reason      text NOT NULL,
    revealed_at timestamptz NOT NULL,
    revealed_by text NOT NULL
);
CREATE INDEX reveals_of_account ON {vault}.reveals (account_id);

GRANT SELECT, INSERT ON {vault}.reveals TO {keeper};
