-- Runs that tell people what has come about: how near the cap is, that it was reached, what is missing. Rows are only
-- ever added. The letters that go out are put in where the run's row of an account is.

CREATE TABLE {schema}.notice_runs (
    run_id     uuid PRIMARY KEY,
    number     integer NOT NULL,
    through    date NOT NULL,         -- the day at whose close it was looked at
    scheme     text NOT NULL,
    position   bigint NOT NULL,       -- of the ledger: it is over the accounts opened up to there
    accounts   integer NOT NULL,
    started_at timestamptz NOT NULL,
    started_by text NOT NULL,
    role       text NOT NULL,
    CONSTRAINT notice_runs_number UNIQUE (number)
);

-- One row for each account that is done, in the transaction of the facts it stands for.
CREATE TABLE {schema}.notice_run_accounts (
    run_id      uuid NOT NULL REFERENCES {schema}.notice_runs,
    account_id  uuid NOT NULL,
    recorded_at timestamptz NOT NULL,
    outcome     text NOT NULL CHECK (outcome IN ('told', 'nothing_to_tell', 'not_worked_out')),
    notices     integer NOT NULL CHECK ((notices > 0) = (outcome = 'told')),
    CONSTRAINT notice_run_accounts_once PRIMARY KEY (run_id, account_id)
);

GRANT SELECT, INSERT ON {schema}.notice_runs, {schema}.notice_run_accounts TO {app};
