-- Statement runs: to which day statements were made for everybody whose statement was due, what was held and why, and
-- which second person let them go out. Rows are only ever added: a run is finished when each of its accounts has its row.

CREATE TABLE {schema}.statement_runs (
    run_id     uuid PRIMARY KEY,
    number     integer NOT NULL,
    through    date NOT NULL,            -- the last day that its statements cover
    kind       text NOT NULL CHECK (kind IN ('annual', 'closing')),
    scheme     text NOT NULL,
    seed       bigint NOT NULL,          -- what its sample is drawn by, so that it can be drawn again
    position   bigint NOT NULL,          -- where the ledger ended when it began: accounts opened later are not of this run
    accounts   integer NOT NULL,
    started_at timestamptz NOT NULL,
    started_by text NOT NULL,
    role       text NOT NULL,
    CONSTRAINT statement_runs_number UNIQUE (number)
);

-- Written in the transaction of the facts it stands for, so that a statement is made once and counted once.
CREATE TABLE {schema}.statement_run_accounts (
    run_id        uuid NOT NULL REFERENCES {schema}.statement_runs,
    account_id    uuid NOT NULL,
    recorded_at   timestamptz NOT NULL,
    outcome       text NOT NULL CHECK (outcome IN ('made', 'held', 'not_due')),
    why_held      text CHECK ((why_held IS NULL) = (outcome <> 'held')),
    version       integer CHECK ((version IS NULL) = (outcome <> 'made')),
    accrued_costs numeric(14, 2) CHECK ((accrued_costs IS NULL) = (outcome <> 'made')),
    CONSTRAINT statement_run_accounts_once PRIMARY KEY (run_id, account_id)
);
CREATE INDEX statement_run_accounts_made ON {schema}.statement_run_accounts (account_id) WHERE outcome = 'made';

-- One decision a run: its statements go out, or they never will.
CREATE TABLE {schema}.statement_run_decisions (
    run_id      uuid CONSTRAINT statement_run_decisions_once PRIMARY KEY REFERENCES {schema}.statement_runs,
    decision    text NOT NULL CHECK (decision IN ('released', 'withdrawn')),
    reason_code text CHECK ((reason_code IS NULL) = (decision = 'released')),
    decided_at  timestamptz NOT NULL,
    decided_by  text NOT NULL,
    role        text NOT NULL
);

GRANT SELECT, INSERT ON {schema}.statement_runs, {schema}.statement_run_accounts, {schema}.statement_run_decisions
    TO {app};
