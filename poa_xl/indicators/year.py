"""How many months and quarters a gestion has."""

MONTHS_OF_A_YEAR = 12
QUARTERS_OF_A_YEAR = 4
MONTHS_OF_A_QUARTER = MONTHS_OF_A_YEAR // QUARTERS_OF_A_YEAR
