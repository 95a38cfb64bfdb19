-- Which amounts of law a council has entered: what one person proposed, and each decision of another about it. A row is
-- a step of one change and is never altered. What was approved counts, from that moment of knowledge on, until reversed.

CREATE TABLE {schema}.policy_changes (
    number      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    change_id   uuid NOT NULL,
    kind        text NOT NULL CHECK (kind IN ('proposed', 'approved', 'withdrawn', 'reversal_proposed', 'reversed')),
    amounts     text CHECK ((amounts IS NOT NULL) = (kind = 'proposed')),  -- as they were proposed
    position    bigint NOT NULL,                                           -- of the last event before it
    recorded_at timestamptz NOT NULL,
    recorded_by text NOT NULL,
    CONSTRAINT policy_changes_step UNIQUE (change_id, kind)  -- each step is taken once
);

GRANT SELECT, INSERT ON {schema}.policy_changes TO {app};
