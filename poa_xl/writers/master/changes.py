"""Cambios aceptados: what differs from the plan or an earlier quarter and was accepted, and what it does to avance."""

from poa_xl import messages
from poa_xl.checking import accepted_changes
from poa_xl.evaluation import Evaluacion, Nodo
from poa_xl.indicators import difference, difference_formula
from poa_xl.master_tables import control as tables
from poa_xl.master_tables.terms import LEVEL_NAMES
from poa_xl.writers.master.book import Cell, Formula, Libro, local, shown
from poa_xl.writers.master.sheet import Hoja


def write(hoja: Hoja) -> None:
    """The entity and the units that changed, with and without the changes; then each change."""
    libro, before = hoja.libro, hoja.libro.without_changes
    found = accepted_changes.accepted(libro.findings)
    hoja.start(
        tables.CHANGES,
        "Sin los cambios: lo que resultaría si esos libros dijeran lo aprobado y lo ya informado.",
    )
    assert before is not None  # noqa: S101 - else the sheet is not there
    nodes = libro.evaluacion.nodos
    changed = [nodes["unidad", u] for u in dict.fromkeys(f.unidad for f in found) if ("unidad", u) in nodes]
    listed = [nodes[libro.evaluacion.raiz], *changed]
    hoja.heading(tables.EFFECTS_TABLE)
    rows = [_effect(libro, before, node, hoja.first_data_row + n) for n, node in enumerate(listed)]
    hoja.table(tables.EFFECTS_TABLE, rows, [0], claves=[node.clave for node in listed])
    hoja.heading(tables.CHANGES_TABLE)
    told: list[list[Cell]] = [[f.unidad, f.location.sheet, f.location.cell, f.code, messages.text(f)] for f in found]
    hoja.table(tables.CHANGES_TABLE, told, long_texts=True)
    hoja.finish()


def _effect(libro: Libro, before: Evaluacion, node: Nodo, row: int) -> list[Cell]:
    cells: list[Cell] = [LEVEL_NAMES[node.nivel], node.codigo, node.nombre]
    for p in (*libro.evaluacion.trimestres, libro.evaluacion.acumulado):
        now, old = libro.evaluacion.avance[node.clave, p.clave], before.avance[node.clave, p.clave]
        col = len(cells)
        text = difference_formula(local(row, col), local(row, col + 1))
        cells += [
            libro.at(node.clave, "avance", p.clave), shown(old), Formula("=" + text, shown(difference(now, old)))
        ]  # fmt: skip
    return cells


WRITERS = {tables.CHANGES: write}
