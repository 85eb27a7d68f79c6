"""A second computation of the master: every figure in fractions, from the rows as people type them.

`campaign` makes random campaigns of odd shapes as plain rows, and `plans` gives them goals of every kind and weights, `lives` units that begin and end;
`books` writes their workbooks, `figures` computes by the text of docs/reglas.md, with `goals` for a task alone, `tables`
says what each table of the master must show, and `comparison` reads the master that `poa-xl consolidate` wrote; `edits`
changes the data of such a master. Nothing here calls the evaluation, the indicators or the writers of poa_xl.

    python -m tests.independent --first 0 --count 100 --libreoffice
    python -m tests.independent --first 1000 --count 200    (goals of every kind)
    python -m tests.independent --first 2000 --count 200    (units that begin, end and follow one another too)
"""
