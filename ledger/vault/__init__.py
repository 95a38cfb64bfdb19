"""Who the accounts belong to, kept apart from what happened to them."""
