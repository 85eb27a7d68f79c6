"""What the product costs beside what stands below it and beside it: whole processes, by turns, medians, ratios.

`python -m bench` (or `make bench`) makes workbooks, runs every contender over them, says whether all found the same
sums and the same planted defects, and writes `RESULTS.md`. No figure of it is asserted anywhere.
`python -m bench.state` measures many entities at once, `python -m bench.spreadsheet` what a person waits for in
LibreOffice, `python -m bench.profile` the parts of what is left.
"""
