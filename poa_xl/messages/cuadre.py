"""What a finding of the cuadre adds: which units are not in the sum, and which amounts could explain the difference."""

WAITING = " Sin filas aceptadas en Presupuesto: {n} de {unidades} (por ejemplo, {unidad})."
EXPLAINED = " Podría explicarla: {explicaciones}."
ONE_AMOUNT = "{unidad} {celda} (dice {dice}; con {cuadra} cuadraría)"
SEVERAL_AMOUNTS = "{celdas} (suman {dice}; con {cuadra} cuadraría)"
OR = "; o "
