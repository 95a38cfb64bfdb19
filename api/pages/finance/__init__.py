"""Pages for the staff who keep the accounts."""
