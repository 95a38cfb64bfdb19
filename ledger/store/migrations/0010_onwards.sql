-- How each account goes on after its last posting, for as long as nothing more is recorded of it: what the next posting
-- needs, so that it reads one row and not a life. It follows from the events. Rows may be deleted, and are made again.

CREATE TABLE {schema}.onwards (
    account_id uuid PRIMARY KEY,
    version    integer NOT NULL,  -- of the account that it follows from: it counts for no other
    program    text NOT NULL,     -- a digest of the rules it was worked out by
    state      text NOT NULL
) WITH (fillfactor = 50);         -- each posting writes the row anew, and finds room beside the old one

GRANT SELECT, INSERT, UPDATE, DELETE ON {schema}.onwards TO {app};
