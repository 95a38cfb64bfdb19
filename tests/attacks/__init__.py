"""What somebody does who may change anything in the database, and how each of it comes out."""
