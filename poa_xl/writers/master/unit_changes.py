"""The table of the units that begin, end or follow others: which quarters are whose."""

from poa_xl import cells
from poa_xl.entity import Entidad
from poa_xl.existence import ALWAYS
from poa_xl.master_tables import units as tables
from poa_xl.messages import existence as words
from poa_xl.writers.master.book import Cell, Libro
from poa_xl.writers.master.sheet import Hoja


def write(hoja: Hoja) -> None:
    """Below the table of Resumen de indicadores; nothing where all units are there all the time."""
    libro, evaluacion = hoja.libro, hoja.libro.evaluacion
    units = evaluacion.nodos[evaluacion.raiz].unidades
    changed = [u for u in units if evaluacion.entidad.existence_of(u) != ALWAYS or _said(evaluacion.entidad, u)]
    if not changed:
        return
    hoja.heading(tables.CHANGES_TABLE)
    hoja.note(words.TABLE_HELP)
    hoja.table(tables.CHANGES_TABLE, [_row(libro, unidad) for unidad in changed])


def _row(libro: Libro, unidad: str) -> list[Cell]:
    evaluacion, entidad = libro.evaluacion, libro.evaluacion.entidad
    life, key = entidad.existence_of(unidad), ("unidad", unidad)
    days: list[Cell] = [cells.show(day) if day else None for day in (life.desde, life.hasta)]
    periods = (*evaluacion.trimestres, evaluacion.acumulado)
    avances = [libro.at(key, "avance", p.clave) for p in periods]
    said = words.CHANGED.format(nombre=evaluacion.nodos[key].nombre, cambio=_said(entidad, unidad))
    return [unidad, said, *days, *avances]


def _said(entidad: Entidad, unidad: str) -> str:
    """What became of a unit, and of which others it is what they were."""
    renamed = {after.codigo: (before, after.dia) for before, after in entidad.renamings.items()}
    before, after = entidad.by_code[unidad].sucesora_de, entidad.successors.get(unidad, ())
    said = []
    if unidad in renamed:
        code, day = renamed[unidad]
        said.append(words.CALLED_BEFORE.format(unidad=code, fecha=cells.show(day)))
    elif before:
        said.append(words.FOLLOWS.format(unidades=", ".join(before)))
    if after:
        said.append(words.IS_FOLLOWED.format(unidades=", ".join(after)))
    life = entidad.existence_of(unidad)
    if life.desde and not before:
        said.append(words.BEGINS)
    if life.hasta and not after:
        said.append(words.ENDS)
    return "; ".join(said)
