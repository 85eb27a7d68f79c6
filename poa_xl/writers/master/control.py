"""What an auditor looks for: Estadística, Cuadre, Observaciones, Entregas; and the results that the units tell."""

from poa_xl import cells, indicators, messages
from poa_xl.accepted_rows import FilaResultado
from poa_xl.evaluation import ACUMULADO, Clave, Nodo, Periodo
from poa_xl.evaluation.absence import absences
from poa_xl.evaluation.cuadre import Cuadre, of_all
from poa_xl.evaluation.figures import REPORTED
from poa_xl.evaluation.tree import category_key
from poa_xl.findings import Submission
from poa_xl.indicators import CUADRA
from poa_xl.master_tables import control as tables
from poa_xl.master_tables.table import columns_if
from poa_xl.master_tables.terms import LEVEL_NAMES, RECEIPTS
from poa_xl.messages import absence as words, campaign as common, unit_answers as written
from poa_xl.messages.existence import LAST_BOOK_MISSING
from poa_xl.writers.master.book import (
    CALCULO,
    DATOS_PRESUPUESTO,
    Cell,
    Formula,
    Libro,
    column_ranges,
    local,
    shown,
)
from poa_xl.writers.master.data_money import DEVENGADO_ACUMULADO
from poa_xl.writers.master.headings import said
from poa_xl.writers.master.sheet import Hoja, Tabla
from poa_xl.writers.master.words import of_period
from poa_xl.writers.xlsx.formats import MISSING


def write_statistics(hoja: Hoja) -> None:
    """Estadística: n, mean, deviation and 95 % limits of the units' avances, in a table for each period."""
    libro, evaluacion = hoja.libro, hoja.libro.evaluacion
    hoja.start(
        tables.STATISTICS,
        indicators.ESTADISTICA.short,
    )
    nodes = [n for n in evaluacion.nodos.values() if n.above_units]
    for p in (*evaluacion.trimestres, evaluacion.acumulado):
        hoja.heading(tables.STATISTICS_TABLE, periodo=of_period(evaluacion, p))
        first = hoja.first_data_row
        rows = [_statistics(libro, node, p, first + i) for i, node in enumerate(nodes)]
        hoja.table(tables.STATISTICS_TABLE, rows, claves=[node.clave for node in nodes], period=p.clave)
    hoja.finish()


def _statistics(libro: Libro, node: Nodo, p: Periodo, row: int) -> list[Cell]:
    named: list[Cell] = [said(libro.evaluacion, LEVEL_NAMES[node.nivel]), node.codigo, node.nombre]
    rows, col = libro.rows_of(node.miembros, "avance", p.clave)
    found = libro.evaluacion.estadistica[node.clave, p.clave]
    if not rows:
        return [*named, 0, *[MISSING] * 4]
    units = column_ranges(sorted(rows), col, CALCULO)
    n, mean, deviation = (local(row, i) for i in (3, 4, 5))
    formulas = indicators.statistics_master_formulas(units, n, mean, deviation)
    values = found or indicators.NO_STATISTICS
    return [*named, *(Formula("=" + text, shown(value)) for text, value in zip(formulas, values, strict=True))]


_UNITS_COLUMNS = (3, 6)  # vigente and devengado of the units; SIGEP and the difference stand to their right


def write_cuadre(hoja: Hoja) -> None:
    """Cuadre: what the units report against SIGEP, by category, with the units that make it up."""
    libro, evaluacion = hoja.libro, hoja.libro.evaluacion
    hoja.start(
        tables.CUADRE,
        f"Diferencia = unidades menos SIGEP. «{CUADRA}»: ambas están dentro de la tolerancia de la hoja Criterios.",
    )
    names = {c.categoria: c.programa for c in evaluacion.entidad.categorias}
    rows: list[list[Cell]] = []
    claves: list[Clave | None] = []
    strong: list[int] = []
    for cuadre in evaluacion.cuadre:
        strong.append(len(rows))
        claves += [category_key(cuadre.categoria), *[None] * len(cuadre.partes)]
        rows.append(_category(libro, cuadre, names[cuadre.categoria], hoja.first_data_row + len(rows)))
        rows += [_part(libro, cuadre, number) for number in range(len(cuadre.partes))]
    rows.append(_totals(libro, [hoja.first_data_row + i for i in strong], hoja.first_data_row + len(rows)))
    claves.append(evaluacion.raiz)
    written = hoja.table(tables.CUADRE_TABLE, rows, [*strong, len(rows) - 1], claves=claves)
    _note_parts(hoja, written)
    hoja.freeze(written)
    hoja.finish()


def _note_parts(hoja: Hoja, written: Tabla) -> None:
    """The figures of the units' rows, which have other indicators than their columns."""
    row = written.first
    for cuadre in hoja.libro.evaluacion.cuadre:
        for below, part in enumerate(cuadre.partes, start=1):
            own = (REPORTED, part.unidad, cuadre.categoria)
            for name, col in zip(("vigente", "devengado"), _UNITS_COLUMNS, strict=True):
                hoja.libro.note_figure(own, name, ACUMULADO, (hoja.name, row + below, col))
        row += 1 + len(cuadre.partes)


def _category(libro: Libro, cuadre: Cuadre, programa: str, row: int) -> list[Cell]:
    key, cells = category_key(cuadre.categoria), []
    for col, (name, of_units, of_sigep, difference) in zip(_UNITS_COLUMNS, cuadre.sides, strict=True):
        column = name if name == "vigente" else DEVENGADO_ACUMULADO
        ranges = libro.own_range(DATOS_PRESUPUESTO, key, column)
        # No row of the category: its units sum 0, unless no unit reports money at all.
        cells.append(Formula(f"=SUM({ranges})", shown(of_units)) if ranges else shown(of_units))
        cells.append(MISSING if of_sigep is None else libro.at(key, name, libro.evaluacion.acumulado.clave))
        cells.append(_difference(row, col, difference))
    differences = [local(row, col + 2) for col in _UNITS_COLUMNS]
    state = indicators.cuadre_state_master_formula(differences, libro.constants["tolerancia"])
    return [cuadre.categoria, programa, None, *cells, Formula("=" + state, cuadre.estado)]


def _difference(row: int, col: int, value: float | None) -> Formula:
    """Units minus SIGEP, which stand in `col` and beside it."""
    text = indicators.cuadre_difference_master_formula(local(row, col), local(row, col + 1))
    return Formula("=" + text, shown(value))


def _part(libro: Libro, cuadre: Cuadre, number: int) -> list[Cell]:
    part = cuadre.partes[number]
    key = (*category_key(cuadre.categoria), part.unidad)
    vigente, spent = (
        Formula(f"=SUM({libro.own_range(DATOS_PRESUPUESTO, key, column)})", value)
        for column, value in (("vigente", part.vigente), (DEVENGADO_ACUMULADO, part.devengado))
    )
    return [cuadre.categoria, None, part.unidad, vigente, None, None, spent, None, None, None]


def _totals(libro: Libro, rows: list[int], row: int) -> list[Cell]:
    """Every category, also one that only the units or only SIGEP have; the difference is that of the sums."""
    cells: list[Cell] = []
    for col, (_, units, sigep, difference) in zip(_UNITS_COLUMNS, of_all(libro.evaluacion.cuadre).sides, strict=True):
        sums = [column_ranges(rows, c) if rows else "" for c in (col, col + 1)]
        cells += [
            Formula("=" + indicators.total_formula(own), shown(value)) if own else MISSING
            for own, value in zip(sums, (units, sigep), strict=True)
        ]
        cells.append(_difference(row, col, difference))
    return ["Total", None, None, *cells, None]


def write_findings(hoja: Hoja) -> None:
    """Observaciones: every finding with its place and what to do."""
    findings = hoja.libro.findings
    hoja.start(
        tables.FINDINGS,
        f"Cantidad de observaciones: {len(findings)}. Un error deja fuera la fila o el archivo; un aviso, no.",
    )
    rows: list[list[Cell]] = [
        [
            f.location.file,
            f.location.sheet,
            f.location.cell,
            f.unidad,
            f.code,
            messages.word(f).capitalize(),
            messages.text(f),
            messages.action(f),
            f.answer or None,
        ]
        for f in findings
    ]
    tabla = hoja.table(tables.FINDINGS_TABLE, rows, long_texts=True)
    hoja.freeze(tabla)
    _remarks(hoja)
    if rows:
        hoja.worksheet.autofilter(tabla.first - 1, 0, tabla.last, len(tabla.columns) - 1)
    hoja.finish()


def _remarks(hoja: Hoja) -> None:
    """What the units wrote in our sheets beside answers, if anything, below the findings."""
    rows: list[list[Cell]] = [
        [s.archivo, r.hoja, r.celda, s.unidad, r.about or None, None, r.texto]
        for s in hoja.libro.submissions
        for r in s.remarks
    ]
    if not rows:
        return
    hoja.heading(tables.REMARKS_TABLE)
    hoja.note(written.TABLE_HELP)
    hoja.table(tables.REMARKS_TABLE, rows, long_texts=True)


def write_submissions(hoja: Hoja) -> None:
    """Entregas: every file with its hash and what became of it, then the units without information."""
    libro, evaluacion = hoja.libro, hoja.libro.evaluacion
    hoja.start(
        tables.SUBMISSIONS,
        "La huella SHA-256 identifica el contenido exacto de cada archivo que entró en esta evaluación.",
    )
    hoja.heading(tables.ABSENCES_TABLE, n=len(evaluacion.faltantes))
    missing: list[list[Cell]] = []
    for absence in absences(evaluacion.faltantes, libro.submissions):
        unit, files = evaluacion.entidad.by_code[absence.unidad], [s.archivo for s in absence.sent]
        why = words.reason(absence.reason, files, absence.sent[0].estado if files else "")
        if not files and not evaluacion.exists(absence.unidad, evaluacion.periodo):
            last = cells.show(evaluacion.entidad.existence_of(absence.unidad).hasta)
            why = LAST_BOOK_MISSING.format(fecha=last)
        missing.append([unit.nombre, unit.unidad, why, None, None, None, unit.correo])
    hoja.table(tables.ABSENCES_TABLE, missing)
    hoja.heading(tables.SUBMISSIONS_TABLE)
    of_campaign = any(s.acuse for s in libro.submissions)
    rows: list[list[Cell]] = [
        [s.archivo, s.unidad, s.estado.capitalize(), s.filas, s.errores, s.avisos, s.sha256, *_receipt(s)]
        for s in libro.submissions
    ]
    tabla = hoja.table(tables.SUBMISSIONS_TABLE, rows, spans={RECEIPTS: columns_if(of_campaign)})
    if rows:
        hoja.worksheet.autofilter(tabla.first - 1, 0, tabla.last, len(tabla.columns) - 1)
    hoja.finish()


def _receipt(submission: Submission) -> list[Cell]:
    """The columns that the submissions of a campaign have more."""
    return [submission.acuse, common.moment(submission.recibida)] if submission.acuse else []


def write_results(hoja: Hoja) -> None:
    """Resultados: what each unit tells, by area."""
    libro, evaluacion = hoja.libro, hoja.libro.evaluacion
    told: dict[str, list[FilaResultado]] = {}
    for row in libro.accepted.resultados:
        told.setdefault(row.unidad, []).append(row)
    hoja.start(tables.RESULTS, "Textos de las unidades.")
    for area in (n for n in evaluacion.nodos.values() if n.nivel == "area"):
        rows: list[list[Cell]] = [
            [own.acp, evaluacion.nodos["unidad", u].nombre, own.resultado_programado, own.principales_resultados]
            for u in area.unidades
            for own in told.get(u, ())
        ]
        hoja.heading(tables.RESULTS_TABLE, nombre=area.nombre)
        if rows:
            hoja.table(tables.RESULTS_TABLE, rows, long_texts=True)
        else:
            hoja.note("Sin resultados informados.")
    hoja.finish()


WRITERS = {
    tables.RESULTS: write_results,
    tables.STATISTICS: write_statistics,
    tables.CUADRE: write_cuadre,
    tables.FINDINGS: write_findings,
    tables.SUBMISSIONS: write_submissions,
}
