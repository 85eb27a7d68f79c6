"""Other ways to read the same workbooks, each a program of its own: `python -m bench.scripts.NAME FOLDER`."""
