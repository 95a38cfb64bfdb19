-- Files of rows that somebody gave and a second person decides about: what each would do, found out before, and whether
-- its rows were recorded. Rows are only ever added.

CREATE TABLE {schema}.import_proposals (
    proposal_id uuid PRIMARY KEY,      -- the key of the form, so that one sent twice proposes once
    number      integer NOT NULL,
    kind        text NOT NULL CHECK (kind IN ('accounts', 'needs', 'budgets', 'assessments', 'charges')),
    partial     boolean NOT NULL,      -- good rows are to be recorded though others are bad; else all or nothing
    digest      bytea NOT NULL,        -- SHA-256 of the file
    rows        integer NOT NULL,
    given_at    timestamptz NOT NULL,
    given_by    text NOT NULL,
    role        text NOT NULL,
    CONSTRAINT import_proposals_number UNIQUE (number)
);

-- What would have come of the rows at a moment. The last check of a file holds; the others stay to be seen.
CREATE TABLE {schema}.import_checks (
    number      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    proposal_id uuid NOT NULL REFERENCES {schema}.import_proposals,
    checked_at  timestamptz NOT NULL,
    applied     integer NOT NULL,      -- rows that would be recorded
    known       integer NOT NULL,      -- rows that had been recorded before
    rejected    integer NOT NULL,      -- rows with a fault
    faults      integer NOT NULL,
    found       jsonb NOT NULL         -- the effect in money and the first faults; what may be personal is masked in it
);
CREATE INDEX import_checks_by_proposal ON {schema}.import_checks (proposal_id, number);

-- One decision a file: its rows are recorded, or they never will be.
CREATE TABLE {schema}.import_decisions (
    proposal_id uuid CONSTRAINT import_decisions_once PRIMARY KEY REFERENCES {schema}.import_proposals,
    decision    text NOT NULL CHECK (decision IN ('committed', 'rejected')),
    reason_code text CHECK ((reason_code IS NULL) = (decision = 'committed')),
    import_id   uuid REFERENCES {schema}.imports CHECK ((import_id IS NULL) = (decision = 'rejected')),
    decided_at  timestamptz NOT NULL,
    decided_by  text NOT NULL,
    role        text NOT NULL
);

-- How far the work on a file has come, noted now and then, so that any server can tell.
CREATE TABLE {schema}.import_steps (
    number  bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    work_id uuid NOT NULL,             -- a proposal that is checked, or an import
    stage   text NOT NULL,
    done    integer NOT NULL,
    of_all  integer NOT NULL
);
CREATE INDEX import_steps_by_work ON {schema}.import_steps (work_id, number);

-- The files themselves. They hold names, and what they are called may be one.
CREATE TABLE {vault}.import_files (
    digest  bytea PRIMARY KEY,
    name    text NOT NULL,             -- as it was called by whoever gave it first
    content bytea                      -- nothing once its rows are recorded, or never will be
);

GRANT SELECT, INSERT ON {schema}.import_proposals, {schema}.import_checks, {schema}.import_decisions,
    {schema}.import_steps TO {app};
GRANT SELECT, INSERT, UPDATE (content) ON {vault}.import_files TO {keeper};
