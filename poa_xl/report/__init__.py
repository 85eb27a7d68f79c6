"""The written report of a quarter: made of the figures of a master, each bound to the cell that it comes from.

`content` makes the chapters as blocks of `document`, which know no file format; `word` writes them as a .docx.
"""
