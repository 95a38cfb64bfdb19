"""How a council's own tables become what it records: which file, which columns, which rows, and what they would do."""
