"""What a council keeps, counted: events, receipts, references, people, the words of entries, received estimates."""

from ledger.council import Council


def kept(council: Council) -> dict[str, int]:
    """How many rows of each kind there are."""
    schema, vault = council.names.schema, council.names.vault
    found: dict[str, int] = {}
    with council.app.transaction() as statements:
        for table in ("events", "receipts", "account_references"):
            statements.execute(f"SELECT count(*) FROM {schema}.{table}")
            found[table] = (statements.fetchone() or (0,))[0]
        statements.execute(f"SET LOCAL ROLE {council.names.keeper}")
        for table in ("local_ids", "people", "texts", "received_estimates", "received_decisions"):
            statements.execute(f"SELECT count(*) FROM {vault}.{table}")
            found[table] = (statements.fetchone() or (0,))[0]
    return found
