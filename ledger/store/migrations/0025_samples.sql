-- Which accounts auditors chose to look at, how, and what they found. Rows are only ever added.

CREATE TABLE {schema}.samples (
    sample_id  uuid PRIMARY KEY,      -- the key of the form, so that one sent twice draws once
    number     integer NOT NULL,
    method     text NOT NULL CHECK (method IN ('random', 'by_risk', 'by_list')),
    seed       text NOT NULL,         -- nothing where accounts were named
    known_at   timestamptz NOT NULL,  -- of the last entry that the population rests on
    population integer NOT NULL,
    drawn_at   timestamptz NOT NULL,
    drawn_by   text NOT NULL,
    CONSTRAINT samples_number UNIQUE (number)
);

CREATE TABLE {schema}.sample_accounts (
    sample_id  uuid NOT NULL REFERENCES {schema}.samples,
    place      integer NOT NULL,
    account_id uuid NOT NULL,
    risk       text NOT NULL CHECK (risk IN ('corrected', 'adjusted', 'late', 'none')),
    PRIMARY KEY (sample_id, account_id)
);

-- What was found of an account. The last row of an account holds; the others stay to be seen.
CREATE TABLE {schema}.sample_checks (
    check_id   uuid PRIMARY KEY,      -- the key of the form
    sample_id  uuid NOT NULL,
    account_id uuid NOT NULL,
    found      text NOT NULL CHECK (found IN ('agrees', 'question')),
    number     bigint GENERATED ALWAYS AS IDENTITY,
    checked_at timestamptz NOT NULL,
    checked_by text NOT NULL,
    FOREIGN KEY (sample_id, account_id) REFERENCES {schema}.sample_accounts
);

GRANT SELECT, INSERT ON {schema}.samples, {schema}.sample_accounts, {schema}.sample_checks TO {app};
