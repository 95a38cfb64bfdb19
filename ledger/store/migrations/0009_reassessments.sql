-- Reassessments: for which day every account was assessed anew, what came of each, and what was taken back. Rows are
-- only ever added: a run is finished when each of its accounts has its row, so a crash leaves no state to mend.

CREATE TABLE {schema}.reassessment_runs (
    run_id         uuid PRIMARY KEY,
    number         integer NOT NULL,
    effective_from date NOT NULL,
    every          boolean NOT NULL,   -- also assessments by which nobody pays another amount are recorded
    rises          jsonb NOT NULL,     -- what was said of how incomes rise, with its sources
    reverses       uuid REFERENCES {schema}.reassessment_runs,
    position       bigint NOT NULL,    -- where the ledger ended when it began: accounts opened later are not of this run
    accounts       integer NOT NULL,
    started_at     timestamptz NOT NULL,
    started_by     text NOT NULL,
    role           text NOT NULL,
    CONSTRAINT reassessment_runs_number UNIQUE (number),
    CONSTRAINT reassessment_runs_reversed_once UNIQUE (reverses)
);

-- Written in the transaction of the facts it stands for, so that an account is reassessed once and counted once.
CREATE TABLE {schema}.reassessment_run_accounts (
    run_id      uuid NOT NULL REFERENCES {schema}.reassessment_runs,
    account_id  uuid NOT NULL,
    recorded_at timestamptz NOT NULL,
    outcome     text NOT NULL CHECK (outcome IN ('reassessed', 'unchanged', 'not_reassessed', 'reversed', 'left')),
    why_not     text CHECK ((why_not IS NULL) = (outcome NOT IN ('not_reassessed', 'left'))),
    before      numeric(14, 2),        -- pounds a week
    after       numeric(14, 2),
    version     integer CHECK ((version IS NULL) = (outcome NOT IN ('reassessed', 'reversed'))),
    details     jsonb NOT NULL,
    CONSTRAINT reassessment_run_accounts_once PRIMARY KEY (run_id, account_id)
);

GRANT SELECT, INSERT ON {schema}.reassessment_runs, {schema}.reassessment_run_accounts TO {app};
