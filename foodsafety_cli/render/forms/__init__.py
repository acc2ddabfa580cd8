"""The forms of an answer: one registry; a form has a name, endings of files, and a writer."""
