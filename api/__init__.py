"""The ways in: a request, and a clock."""
