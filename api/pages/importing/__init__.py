"""Files of rows: given by one person, looked at and recorded by another."""
