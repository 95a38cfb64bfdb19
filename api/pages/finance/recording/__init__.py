"""Recording and correcting by hand: what would change is seen before anything is kept."""
