"""The `fs` commands: options in, one call into the core, one renderer out."""
