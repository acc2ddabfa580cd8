"""The yearly work arrangement of a municipal Food Safety Office, on the command line."""

__version__ = "0.1.0"
