"""Where a figure of a master comes from: its rule, its parts level by level, and the cells that units typed.

`question` finds the figure that is meant, `trail` follows it down, `rules` says how each step comes from its parts,
`originals` and `check` do it anew from the files as they were received, `page` shows it to an auditor.
"""
