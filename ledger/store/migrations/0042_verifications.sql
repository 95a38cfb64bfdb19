-- Each time that everything is gone through again, how far that has come, and what did not hold. Rows are only added:
-- a step that somebody else has taken meanwhile is there already. What is wrong is told by opaque ids.
CREATE TABLE {schema}.verifications (
    verification_id uuid PRIMARY KEY,  -- the key of the form, so that one sent twice begins once
    number          bigint NOT NULL,
    asked_at        timestamptz NOT NULL,
    asked_by        text NOT NULL,
    size            bigint NOT NULL,   -- so many entries of the log are gone through
    CONSTRAINT verifications_number UNIQUE (number)
);

CREATE TABLE {schema}.verification_steps (
    verification_id uuid NOT NULL REFERENCES {schema}.verifications,
    step            bigint NOT NULL,
    through         bigint NOT NULL,   -- so many entries are done
    after           uuid,              -- the last account of which the lists were compared
    accounts        bigint NOT NULL,   -- of so many
    ended           boolean NOT NULL,
    taken_at        timestamptz NOT NULL,
    PRIMARY KEY (verification_id, step)
);

CREATE TABLE {schema}.verification_findings (
    verification_id uuid NOT NULL REFERENCES {schema}.verifications,
    number          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    what            text NOT NULL,
    position        bigint,
    account_id      uuid,
    version         integer
);
CREATE INDEX verification_findings_of ON {schema}.verification_findings (verification_id, number);

-- Who else has seen a checkpoint, in their own words, and the key by which those are proved.
CREATE TABLE {schema}.cosignatures (
    size    bigint NOT NULL,
    witness text NOT NULL,
    line    text NOT NULL,
    PRIMARY KEY (size, witness)
);

GRANT SELECT, INSERT ON {schema}.verifications, {schema}.verification_steps, {schema}.verification_findings,
    {schema}.cosignatures TO {verifier};
GRANT SELECT ON {schema}.scheme_changes, {schema}.policy_changes TO {verifier};
GRANT SELECT (account_id, last_version) ON {schema}.receipts TO {verifier};
GRANT SELECT ON {schema}.verifications, {schema}.verification_steps, {schema}.verification_findings,
    {schema}.cosignatures TO {app};
