-- Cap progress on both times at once: what each account's days were like, and from when to when the council thought so.
-- Exact pounds as whole numbers over one denominator, so that SQL rounds to the same penny as the domain.

CREATE TABLE {schema}.progress_spans (
    account_id               uuid NOT NULL,
    valid_from               date NOT NULL,
    valid_to                 date NOT NULL,
    known_from               timestamptz NOT NULL,
    known_to                 timestamptz NOT NULL,
    metering                 text NOT NULL,
    cap                      numeric,
    cap_reached_on           date,
    expected_to_reach_cap_on date,
    denominator              numeric NOT NULL,
    metered_before           numeric NOT NULL,
    metered_daily            numeric NOT NULL,
    apart_before             numeric NOT NULL,
    apart_daily              numeric NOT NULL,
    weekly_base              numeric,
    weekly_apart             numeric,
    weekly_metered           numeric,
    PRIMARY KEY (account_id, valid_from, known_from)
);

GRANT SELECT ON {schema}.progress_spans TO {app};
GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON {schema}.progress_spans TO {projector};
