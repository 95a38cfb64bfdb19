"""The main journeys of docs/journeys.md, walked as people walk them: by keyboard, without scripts, narrow and wide."""
