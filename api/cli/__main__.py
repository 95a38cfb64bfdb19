"""`python -m api.cli` is the command line."""

from api.cli import main

main()
