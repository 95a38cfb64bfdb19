"""What is true, ready to read: every table here can be dropped and rebuilt from the ledger."""
