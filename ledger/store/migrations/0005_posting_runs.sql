-- Posting runs: which days were posted for every account, what came of each, and what about it wants looking at. Rows
-- are only ever added: a run is finished when each of its accounts has its row, so a crash leaves no state to mend.

CREATE TABLE {schema}.posting_runs (
    run_id     uuid PRIMARY KEY,
    number     integer NOT NULL,
    through    date NOT NULL,
    scheme     text NOT NULL,
    position   bigint NOT NULL,  -- where the ledger ended when it began: accounts opened later are not of this run
    accounts   integer NOT NULL,
    started_at timestamptz NOT NULL,
    started_by text NOT NULL,
    role       text NOT NULL,
    CONSTRAINT posting_runs_number UNIQUE (number)  -- two that would begin a run at once: one does, the other joins it
);

-- Written in the transaction of the facts it stands for, so that an account is posted once and counted once.
CREATE TABLE {schema}.posting_run_accounts (
    run_id             uuid NOT NULL REFERENCES {schema}.posting_runs,
    account_id         uuid NOT NULL,
    recorded_at        timestamptz NOT NULL,
    outcome            text NOT NULL CHECK (outcome IN ('posted', 'unchanged', 'not_posted')),
    balance_before     numeric(14, 2) NOT NULL,
    opening            numeric(14, 2) NOT NULL,
    accrued            numeric(14, 2) NOT NULL,
    annual_adjustments numeric(14, 2) NOT NULL,
    adjustments        numeric(14, 2) NOT NULL,
    balance            numeric(14, 2) NOT NULL,
    base               numeric(14, 2) NOT NULL,
    daily_living_costs numeric(14, 2) NOT NULL,
    lines              integer NOT NULL,
    CONSTRAINT posting_run_accounts_once PRIMARY KEY (run_id, account_id),
    CONSTRAINT posting_run_accounts_add_up
        CHECK (balance_before + opening + accrued + annual_adjustments + adjustments = balance)
);

CREATE TABLE {schema}.posting_run_exceptions (
    run_id     uuid NOT NULL,
    account_id uuid NOT NULL,
    number     integer NOT NULL,
    type       text NOT NULL,
    detail     text NOT NULL,
    PRIMARY KEY (run_id, account_id, number),
    FOREIGN KEY (run_id, account_id) REFERENCES {schema}.posting_run_accounts
);

-- Which accounts there are, as at any position of the ledger.
CREATE INDEX events_openings ON {schema}.events (account_id, position) WHERE version = 1;

GRANT SELECT, INSERT ON {schema}.posting_runs, {schema}.posting_run_accounts, {schema}.posting_run_exceptions TO {app};
