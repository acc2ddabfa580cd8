"""All that is private to Typer, in one place: what the rest of the program may not name."""
