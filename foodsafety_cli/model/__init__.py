"""The types everything else speaks in. No files, no screen."""
