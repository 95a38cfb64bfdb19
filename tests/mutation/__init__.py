"""Does a test fail when a line of domain/account or domain/law is wrong? Run as `python -m tests.mutation`."""
