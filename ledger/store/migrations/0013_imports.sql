-- Imports: which file of rows was taken in, what became of it, and what was wrong with which row. Rows are only ever
-- added: an import has ended when it has its row among the ends, so a crash leaves no state to mend.

CREATE TABLE {schema}.imports (
    import_id  uuid PRIMARY KEY,
    number     integer NOT NULL,
    kind       text NOT NULL CHECK (kind IN ('accounts', 'needs', 'budgets', 'assessments', 'charges')),
    partial    boolean NOT NULL,   -- good rows are recorded though others are bad; else all or nothing
    digest     bytea NOT NULL,     -- SHA-256 of the file, by which whoever gives it again goes on with it
    rows       integer NOT NULL,
    started_at timestamptz NOT NULL,
    started_by text NOT NULL,
    role       text NOT NULL,
    CONSTRAINT imports_number UNIQUE (number)
);

CREATE TABLE {schema}.import_ends (
    import_id uuid PRIMARY KEY REFERENCES {schema}.imports,
    ended_at  timestamptz NOT NULL,
    applied   integer NOT NULL,    -- rows recorded by this import
    known     integer NOT NULL,    -- rows that had been recorded before it
    rejected  integer NOT NULL,    -- rows with a fault
    faults    integer NOT NULL     -- all of them; the first are kept
);

CREATE TABLE {schema}.import_faults (
    import_id   uuid NOT NULL REFERENCES {schema}.imports,
    number      integer NOT NULL,
    row_number  integer NOT NULL,
    column_name text,
    value       text NOT NULL,     -- never a personal one: those are masked before they come here
    rule        text NOT NULL,
    fix         text NOT NULL,
    PRIMARY KEY (import_id, number)
);

GRANT SELECT, INSERT ON {schema}.imports, {schema}.import_ends, {schema}.import_faults TO {app};
