-- What is ready to read is made again beside what is being read: rows of another generation, in a partition of their own.
-- Readers take the generation that `positions` names, in the statement that reads, so a swap is one row that changes.

ALTER TABLE {schema}.positions ADD COLUMN generation smallint NOT NULL DEFAULT 0;

ALTER TABLE {schema}.progress_spans RENAME TO progress_spans_0;
ALTER TABLE {schema}.progress_spans_0 DROP CONSTRAINT progress_spans_pkey;
ALTER TABLE {schema}.progress_spans_0 ADD COLUMN generation smallint NOT NULL DEFAULT 0;
ALTER TABLE {schema}.progress_spans_0 ALTER COLUMN generation DROP DEFAULT;  -- whoever writes says which
ALTER TABLE {schema}.progress_spans_0 ADD PRIMARY KEY (account_id, valid_from, known_from, generation);

CREATE TABLE {schema}.progress_spans (
    LIKE {schema}.progress_spans_0,
    PRIMARY KEY (account_id, valid_from, known_from, generation)
) PARTITION BY LIST (generation);
ALTER TABLE {schema}.progress_spans ATTACH PARTITION {schema}.progress_spans_0 FOR VALUES IN (0);
CREATE TABLE {schema}.progress_spans_1 PARTITION OF {schema}.progress_spans FOR VALUES IN (1);

-- From when to when nothing is said of an account, because an entry of it could not be read or its days not worked out.
CREATE TABLE {schema}.accounts_under_review (
    generation smallint NOT NULL,
    account_id uuid NOT NULL,
    known_from timestamptz NOT NULL,
    known_to   timestamptz NOT NULL,
    version    integer NOT NULL,  -- of the account, when it began
    position   bigint NOT NULL,   -- of the event that brought it, or of the last before the change of scheme that did
    kind       text NOT NULL CHECK (kind IN ('unreadable', 'not_in_force', 'not_worked_out')),
    tried_by   text[] NOT NULL,   -- which versions of the program could do no better
    PRIMARY KEY (account_id, known_from, generation)
);

REVOKE ALL ON {schema}.progress_spans_0 FROM {app}, {projector};
GRANT SELECT ON {schema}.progress_spans, {schema}.accounts_under_review TO {app};
GRANT SELECT, INSERT, DELETE ON {schema}.progress_spans, {schema}.accounts_under_review TO {projector};
