"""What waits for somebody today, and the lists behind each number."""
