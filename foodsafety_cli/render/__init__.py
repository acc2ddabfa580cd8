"""Results to Rich tables, TSV, CSV, JSON, YAML and Markdown."""
