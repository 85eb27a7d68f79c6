"""`python -m poa_xl.cli`: the command line by way of a Python, for programs that know where that is."""

from poa_xl.cli import main

main()
