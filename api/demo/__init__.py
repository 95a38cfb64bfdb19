"""A fictitious council of believable people, for demonstrations and tests: who they are, what was recorded."""
