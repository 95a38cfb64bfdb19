-- Signing in: which browser is whose, how often somebody tried something, and whose account somebody may see whom an
-- issuer knows. All of it says who uses the service, so it stands in the vault.

CREATE TABLE {vault}.sessions (
    digest     bytea PRIMARY KEY,       -- SHA-256 of the id in the browser's cookie: the id itself is kept nowhere
    sub        text NOT NULL,
    role       text NOT NULL,
    account_id uuid,
    authority  uuid,                    -- the entry that lets a representative act
    since      timestamptz NOT NULL,
    seen       timestamptz NOT NULL,
    ends       timestamptz NOT NULL,    -- however busy
    issuer     text,                    -- who vouched, and as whom it knows them: it may say that they signed out
    subject    text,
    sid        text,
    id_token   text,                    -- shown to the issuer again when they sign out there
    CHECK ((issuer IS NULL) = (subject IS NULL) AND (issuer IS NULL) = (id_token IS NULL))
);
CREATE INDEX sessions_by_end ON {vault}.sessions (ends);
CREATE INDEX sessions_by_subject ON {vault}.sessions (issuer, subject);

CREATE TABLE {vault}.attempts (
    what  text NOT NULL,
    who   bytea NOT NULL,               -- a keyed digest of an address, a client or a code
    began timestamptz NOT NULL,         -- of the span of time they are counted in
    made  integer NOT NULL,
    PRIMARY KEY (what, who, began)
);
CREATE INDEX attempts_by_span ON {vault}.attempts (began);

CREATE TABLE {vault}.issuer_subjects (
    issuer     text NOT NULL,
    subject    text NOT NULL,
    account_id uuid NOT NULL,
    authority  uuid,
    linked_at  timestamptz NOT NULL,
    PRIMARY KEY (issuer, subject)
);

GRANT SELECT, INSERT, DELETE ON {vault}.sessions, {vault}.attempts TO {keeper};
GRANT UPDATE (seen) ON {vault}.sessions TO {keeper};
GRANT UPDATE (made) ON {vault}.attempts TO {keeper};
GRANT SELECT, INSERT ON {vault}.issuer_subjects TO {keeper};
