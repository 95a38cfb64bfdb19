"""Pages on which an auditor draws samples of accounts and says what was found of each."""
