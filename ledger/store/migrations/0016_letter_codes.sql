-- Codes that were sent by post, each of which lets one person sign in once. Of a code only its first group is kept, by
-- which it is found, and a keyed digest of all of it. A newer code for the same person ends the ones before.

CREATE TABLE {vault}.letter_codes (
    handle     text PRIMARY KEY,
    proof      bytea NOT NULL,
    account_id uuid NOT NULL,
    authority  uuid,                       -- the entry that lets a representative act, where the code is for one
    form       text NOT NULL UNIQUE,       -- a form that is sent twice makes one code
    made_at    timestamptz NOT NULL,
    made_by    text NOT NULL,
    ends       timestamptz NOT NULL,
    tries      integer NOT NULL DEFAULT 0,
    used_at    timestamptz
);
CREATE INDEX letter_codes_by_account ON {vault}.letter_codes (account_id);
CREATE INDEX letter_codes_by_end ON {vault}.letter_codes (ends);

GRANT SELECT, INSERT, DELETE ON {vault}.letter_codes TO {keeper};
GRANT UPDATE (tries, used_at, ends) ON {vault}.letter_codes TO {keeper};
