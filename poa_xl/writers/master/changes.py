"""Cambios aceptados: what differs from the plan or an earlier quarter and was accepted, and what it does to avance."""

from collections.abc import Mapping, Sequence

from poa_xl import messages
from poa_xl.checking import accepted_changes, rows_out
from poa_xl.checking.rows_out import Place
from poa_xl.evaluation import Evaluacion, Nodo
from poa_xl.findings import Finding
from poa_xl.indicators import difference, difference_formula
from poa_xl.master_tables import control as tables
from poa_xl.master_tables.terms import LEVEL_NAMES
from poa_xl.messages import baseline as words
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
    out = rows_out.of(libro.findings)
    told: list[list[Cell]] = [[f.unidad, f.location.sheet, f.location.cell, f.code, _told(f, out)] for f in found]
    hoja.table(tables.CHANGES_TABLE, told, long_texts=True)
    hoja.finish()


def _told(finding: Finding, out: Mapping[Place, Sequence[Finding]]) -> str:
    """What was accepted; also what else keeps its row out of the figures, so that it changes nothing there."""
    codes = dict.fromkeys(f.code for f in out.get(rows_out.place(finding), ()))
    return f"{messages.text(finding)} {words.kept_out(list(codes))}" if codes else messages.text(finding)


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
