"""The intake of a quarter: a folder that keeps every submission ever received, with an append-only ledger in SQLite.

`folder` makes and opens a campaign, `intake` receives files, `receipts` writes what the unit gets in return,
`board` says who sent what, and `integrity` whether everything is still there.
"""
