"""What happened to one account, for whoever looks into a complaint: in order, in plain words, with its proof."""
