"""A notice's text to a draft plan (docs/explanation/notice.md): pure functions, but for reading."""
