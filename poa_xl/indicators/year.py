"""How many months and quarters a gestion has."""

MONTHS_OF_A_YEAR = 12
QUARTERS_OF_A_YEAR = 4
