"""progress.jsonl: its file, its lines, the index derived from it, and the one way to write it."""
