"""Doors into spreadsheet programs: the worksheet functions, and what puts them into each program."""
