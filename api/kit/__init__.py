"""What every resource of the API shares: strict reading, plain problems, one way to record, a document of it all."""
