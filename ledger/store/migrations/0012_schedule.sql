-- When a council's runs are due, and which period has been begun. Rows are only ever added.

-- What a council decided: from a day on, how often. Of what was decided for a day the last holds.
CREATE TABLE {schema}.schedule_changes (
    number         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    run            text NOT NULL,
    every          text NOT NULL CHECK (every IN ('four_weeks', 'month', 'never')),
    effective_from date NOT NULL,
    recorded_at    timestamptz NOT NULL,
    recorded_by    text NOT NULL
);

-- Written in the transaction that begins the run: a period without its row was not begun, and one with it has its run.
-- Periods are counted, each from where the one before it ended, so that two workers who would begin the next one at
-- once take the same number, whatever each of them knew of the schedule.
CREATE TABLE {schema}.run_claims (
    run            text NOT NULL,
    period         integer NOT NULL,
    effective_from date NOT NULL,
    ending_before  date NOT NULL CHECK (ending_before > effective_from),
    run_id         uuid NOT NULL,
    claimed_at     timestamptz NOT NULL,
    CONSTRAINT run_claims_once PRIMARY KEY (run, period)
);

GRANT SELECT, INSERT ON {schema}.schedule_changes, {schema}.run_claims TO {app};
