"""Pages about the amounts of law: what holds, what waits for a second person, and how an amount is entered."""
