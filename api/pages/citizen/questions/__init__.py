"""What a person asks the council about their account, and what becomes of it."""
