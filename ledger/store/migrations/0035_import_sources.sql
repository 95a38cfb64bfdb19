-- Which row of which import brought an entry, so that whoever looks at the entry finds the source. Rows are only added,
-- in the transaction of the entry. Entries that were imported before have none.

CREATE TABLE {schema}.import_sources (
    account_id uuid NOT NULL,
    version    integer NOT NULL,
    import_id  uuid NOT NULL REFERENCES {schema}.imports,
    row_number integer NOT NULL,       -- as a spreadsheet numbers it, the heading being row 1
    PRIMARY KEY (account_id, version)
);

GRANT SELECT, INSERT ON {schema}.import_sources TO {app};
