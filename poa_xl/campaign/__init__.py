"""The intake of a quarter: a folder that keeps every submission ever received, with an append-only ledger in SQLite.

Files of units come in; receipts, the board, reminders and what goes into the master come out. `folder` makes and opens
a campaign, `intake` receives files, `receipts` says what the unit gets in return and `board` who sent what. `chain`
ties each row of the `ledger` to all before it, `proof` and `integrity` say whether everything is still as it was, and
`recovery` makes a lost ledger anew.
"""
