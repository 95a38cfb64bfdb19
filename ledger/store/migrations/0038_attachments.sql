-- Papers that somebody sends with a question. A fact names each by its SHA-256 alone; what it holds and what it was
-- called stand here, and are only added, like the words of entries.

CREATE TABLE {vault}.attachments (
    account_id uuid NOT NULL,
    version    integer NOT NULL,       -- the entry that names it
    name       text NOT NULL,          -- as it was called by whoever sent it
    kind       text NOT NULL CHECK (kind IN ('pdf', 'jpeg', 'png')),   -- as its bytes say
    content    bytea NOT NULL,
    PRIMARY KEY (account_id, version)
);

-- Papers that were given with a question that is not sent yet: a form cannot hold them from page to page. Few for each
-- account, and let go once they are sent or others were given.
CREATE TABLE {vault}.attachments_given (
    account_id uuid NOT NULL,
    digest     text NOT NULL,          -- SHA-256 in hex
    name       text NOT NULL,
    kind       text NOT NULL CHECK (kind IN ('pdf', 'jpeg', 'png')),
    content    bytea NOT NULL,
    given_at   timestamptz NOT NULL,
    PRIMARY KEY (account_id, digest)
);

GRANT SELECT, INSERT ON {vault}.attachments TO {keeper};
GRANT SELECT, INSERT, DELETE ON {vault}.attachments_given TO {keeper};
