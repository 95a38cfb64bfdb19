-- Letters on their way: what is to reach whom, where it stands, and what was heard of it. A letter is put here in the
-- transaction of what it tells of, so that none is lost and none is for something that never happened. No address stands
-- here: it is looked up in the vault when the letter is handed over.

CREATE TABLE {schema}.letters (
    letter_id   uuid PRIMARY KEY,      -- by which whoever carries it knows it again
    account_id  uuid NOT NULL,
    what        text NOT NULL CHECK (what IN ('statement', 'notice', 'sign_in_code')),
    version     integer NOT NULL,      -- of the entry that it tells of, or that says to whom it goes
    instead_of  uuid CONSTRAINT letters_instead_of_once UNIQUE REFERENCES {schema}.letters,
    asked_at    timestamptz NOT NULL,
    asked_by    text NOT NULL,
    site        text,                  -- where the pages are, for a letter that says so
    state       text NOT NULL CHECK (state IN ('waiting', 'sent', 'accepted', 'delivered', 'returned', 'failed')),
    carrier     text CHECK (carrier IN ('notify', 'folder')),
    carrier_id  text,                  -- under which the carrier keeps it
    tries       integer NOT NULL,
    next_at     timestamptz,           -- when somebody has to do something about it; null when nobody has
    changed_at  timestamptz NOT NULL
);
CREATE INDEX letters_to_do ON {schema}.letters (next_at, letter_id) WHERE next_at IS NOT NULL;
CREATE INDEX letters_of_account ON {schema}.letters (account_id);
CREATE INDEX letters_by_state ON {schema}.letters (state, asked_at);

-- What was done and heard, in order. Rows are only ever added.
CREATE TABLE {schema}.letter_events (
    letter_id uuid NOT NULL REFERENCES {schema}.letters,
    number    integer NOT NULL,
    at        timestamptz NOT NULL,
    state     text NOT NULL,
    said      text NOT NULL,           -- a code: the carrier's word for it, or ours
    by        text NOT NULL,           -- the carrier, or the person who said so
    digest    text,                    -- SHA-256 of what was handed over
    PRIMARY KEY (letter_id, number)
);

-- How many requests were made, and letters handed over, in a minute or a day: all who send count here together.
CREATE TABLE {schema}.sending_paces (
    what   text NOT NULL CHECK (what IN ('requests', 'letters')),
    begins timestamptz NOT NULL,
    number integer NOT NULL,
    PRIMARY KEY (what, begins)
);

GRANT SELECT, INSERT ON {schema}.letters, {schema}.letter_events, {schema}.sending_paces TO {app};
GRANT UPDATE (state, carrier, carrier_id, tries, next_at, changed_at) ON {schema}.letters TO {app};
GRANT UPDATE (number) ON {schema}.sending_paces TO {app};
