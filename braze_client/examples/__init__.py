"""Programs that show the client at work; each runs with `python -m`."""
