"""Pure functions over the model: queries, standings, lights, checks."""
