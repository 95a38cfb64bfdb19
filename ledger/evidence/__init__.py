"""The evidence log: how anybody can tell that nothing recorded was changed, without trusting whoever keeps it."""
