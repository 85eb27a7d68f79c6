"""What the master consists of, sheet by sheet: the titles of its tables and columns, and by which their rows are known.

Nothing comes in. Out comes one list, `contents.SHEETS`: `writers.master` takes from it what it writes above the rows,
and `comparison` by what it knows the tables of two masters. A column says which figure of a row's node it shows, and in
what it is measured.
"""
