"""Pages for the person whose care account it is."""
