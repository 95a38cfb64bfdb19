"""What was recorded, by whom and when: the only writer."""
