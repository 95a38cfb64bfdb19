-- Which rules the council knows by which name, and which it has adopted, from which moment of knowledge on: 'shipped'
-- came with the program, 'kept' is the council's own. Until a row says otherwise, the scheme named in `council` is adopted.

CREATE TABLE {schema}.scheme_changes (
    number      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind        text NOT NULL CHECK (kind IN ('shipped', 'kept', 'adopted')),
    name        text NOT NULL,
    edition     text NOT NULL,
    text        text CHECK ((text IS NULL) = (kind = 'adopted')),   -- the file as it was written
    rules       text CHECK ((rules IS NULL) = (kind = 'adopted')),  -- what it came to, national amounts and all
    position    bigint NOT NULL,                                    -- of the last event before it
    recorded_at timestamptz NOT NULL,
    recorded_by text NOT NULL
);

-- A change of scheme moves every account's figures. How far that has come: the last change that was followed to its
-- end, and, of the one after it, the last account.
ALTER TABLE {schema}.positions
    ADD COLUMN scheme_change bigint NOT NULL DEFAULT 0,
    ADD COLUMN account_id    uuid;

GRANT SELECT, INSERT ON {schema}.scheme_changes TO {app};
GRANT SELECT ON {schema}.scheme_changes TO {projector};
