"""Pages about the service itself, for anybody: how to reach the council, and what happens to what it knows."""
