"""What in a council waits for somebody, found from what was recorded and never kept."""
