-- Estimates that people sent to the council: what they said of their money, what it came to then, and who they are. They
-- name people, so they stand in the vault. Nothing is changed in them: what became of one is said by later rows.

CREATE TABLE {vault}.received_estimates (
    reference   text CONSTRAINT received_estimates_one_reference PRIMARY KEY,
    form        text NOT NULL CONSTRAINT received_estimates_one_form UNIQUE,  -- a form that is sent twice is one estimate
    sender      jsonb NOT NULL,
    asked       jsonb NOT NULL,                                               -- the body that the API would take
    figures     jsonb NOT NULL,                                               -- what the sender was shown
    received_at timestamptz NOT NULL
);
CREATE INDEX received_estimates_by_day ON {vault}.received_estimates (received_at);

CREATE TABLE {vault}.received_decisions (
    reference   text NOT NULL REFERENCES {vault}.received_estimates,
    number      integer NOT NULL,
    state       text NOT NULL CHECK (state IN ('accepted', 'declined')),
    account_id  uuid,
    entry_id    uuid,
    reason      text,
    recorded_at timestamptz NOT NULL,
    recorded_by text NOT NULL,
    PRIMARY KEY (reference, number),
    CHECK ((state = 'accepted') = (account_id IS NOT NULL AND entry_id IS NOT NULL)),
    CHECK ((state = 'declined') = (reason IS NOT NULL))
);

GRANT SELECT, INSERT ON {vault}.received_estimates, {vault}.received_decisions TO {keeper};
