"""Spreadsheets, pages and documents that leave the office, and forms that come back."""
