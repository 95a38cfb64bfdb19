-- Who looked at whose account. A row is written before the answer that shows the account leaves, or the answer does not
-- leave. Rows are only ever added.

CREATE TABLE {schema}.access_log (
    position   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    account_id uuid NOT NULL,
    at         timestamptz NOT NULL,
    who        text NOT NULL,       -- the subject of the sign-in
    role       text NOT NULL,
    authority  uuid,                -- of a representative: the entry that names them
    purpose    text NOT NULL,       -- the verb of the policy under which it was opened
    opened     text NOT NULL,       -- the method and the address of the page or endpoint, ids left open
    how        text NOT NULL CHECK (how IN ('page', 'export', 'api')),
    refused    boolean NOT NULL     -- nothing was shown
);
CREATE INDEX access_log_of_account ON {schema}.access_log (account_id, position);
CREATE INDEX access_log_of_somebody ON {schema}.access_log (who, at);

GRANT SELECT, INSERT ON {schema}.access_log TO {app};
