"""By which columns the rows of a unit's sheet are known, and which of these hold phrases."""

KEYS = {
    "unidad": (),
    "operaciones": ("operacion",),
    "tareas": ("operacion", "actividad", "tarea"),
    "presupuesto": ("categoria", "fuente"),
    "resultados": ("acp",),
}
PROSE = frozenset({"actividad", "tarea"})
