"""Pages for whoever sends things out: statements made for everybody who is due one, and letters on their way."""
