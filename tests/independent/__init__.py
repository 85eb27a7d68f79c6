"""A second computation of the master: every figure in fractions, from the rows as people type them.

`campaign` makes random campaigns of odd shapes as plain rows, `books` writes their workbooks, `figures` computes by the
text of docs/reglas.md, `tables` says what each table of the master must show, and `comparison` reads the master that
`poa-xl consolidate` wrote. Nothing here calls the evaluation, the indicators or the writers of poa_xl.

    python -m tests.independent --first 0 --count 100 --libreoffice
"""
