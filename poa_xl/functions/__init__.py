"""The worksheet functions: cells and ranges in, figures and words out. Every spreadsheet program reads this list."""
