"""A care account: what is recorded of it, what may be asked of it, and what follows."""
