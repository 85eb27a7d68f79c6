"""What is said of units that begin, end and follow one another."""

FOLLOWED = " La sigue {unidades}, que informa en su propio libro lo de después."
BEFORE = "antes del {fecha}, su primer día"
AFTER = "después del {fecha}, su último día"
AND_CELLS = ", y hay más (celdas: {n})"
# What shows that a unit which counts nowhere had a part in the gestion.
MONEY = "tiene presupuesto en el SIGEP (categoría {categoria})"
LAST_BOOK_MISSING = "Existió hasta el {fecha} y no se dio su último libro"
# In the master: what became of a unit.
TABLE_HELP = (
    "Cada unidad cuenta en los trimestres en que existió algún día; en los demás es n/a y no entra en promedios."
)
CHANGED = "{nombre}: {cambio}"
CALLED_BEFORE = "se llamaba {unidad}, antes del {fecha}"
FOLLOWS = "sigue a {unidades}"
IS_FOLLOWED = "la sigue {unidades}"
BEGINS, ENDS = "empieza", "termina"
