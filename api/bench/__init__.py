"""How fast is the ledger beside PostgreSQL driven as fast as it goes, on the same server in the same minutes?"""
