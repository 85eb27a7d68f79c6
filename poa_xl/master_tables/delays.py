"""Operaciones con retraso: of each operation that is behind the task that lacks most, and every overdue action."""

from poa_xl.figures.vocabulary import QUARTER
from poa_xl.master_tables.table import MasterColumn, MasterSheet, MasterTable, Shows, text_column
from poa_xl.master_tables.terms import UNIT

OPERATION, TASK, STATE = "Operación", "Tarea", "Estado de la acción"
DELAYS_TABLE = MasterTable(
    (
        text_column(UNIT, 14),
        text_column(OPERATION, 10),
        MasterColumn("Avance de la operación {trimestre} (%)", 11, indicator="avance_limitado", period=QUARTER),
        MasterColumn("Tareas atrasadas", 9, Shows.COUNT),
        text_column(TASK, 34),
        MasterColumn("Programado {hasta}", 11, Shows.COUNT),
        MasterColumn("Ejecutado {hasta}", 11, Shows.COUNT),
        MasterColumn("Tarea {trimestre} (%)", 9),
        MasterColumn("Tarea a la fecha (%)", 9),
        text_column("Problemas", 36),
        text_column("Acciones correctivas", 36),
        text_column("Responsable", 20),
        MasterColumn("Fecha de la acción", 11, Shows.DATE),
        MasterColumn(STATE, 11, Shows.TEXT, centred=True),
    ),
    (UNIT, OPERATION, TASK),
    marks=(STATE,),
)
DELAYS = MasterSheet(
    "Operaciones con retraso",
    "Operaciones con retraso, su problema y su acción correctiva: {del_trimestre}",
    (DELAYS_TABLE,),
)
