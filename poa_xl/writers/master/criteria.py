"""Criterios: the formulas of the indicators and the thresholds; the formulas of the levels refer to these cells."""

from xlsxwriter.utility import xl_rowcol_to_cell

from poa_xl import indicators
from poa_xl.entity import ACP, Entidad
from poa_xl.evaluation import ACUMULADO, Evaluacion
from poa_xl.indicators import QUARTERS_OF_A_YEAR, Words
from poa_xl.master_tables import criteria as tables, front, terms
from poa_xl.messages.entity import OWN_NAMES
from poa_xl.writers.master.book import Cell, Libro, on_sheet
from poa_xl.writers.master.sheet import Hoja

NOMBRE = tables.CRITERIA.name


def _absolute(row: int, col: int) -> str:
    return on_sheet(NOMBRE, str(xl_rowcol_to_cell(row, col, row_abs=True, col_abs=True)))


def write(hoja: Hoja) -> None:
    """Formulas of the indicators, semaforo bands, DGAA thresholds and the other parameters."""
    entidad = hoja.libro.evaluacion.entidad
    hoja.start(tables.CRITERIA, "Los umbrales de esta hoja son los que usan las fórmulas de los semáforos.")
    hoja.heading(tables.FORMULAS_TABLE)
    own = entidad.nombres
    formulas = [[own.said(i.name), own.said(f"{i.formula}\n{i.definition}")] for i in _adopted(entidad)]
    hoja.table(tables.FORMULAS_TABLE, formulas)
    hoja.heading(tables.SEMAFORO_TABLE, version=entidad.version_semaforo)
    _semaforo(hoja)
    hoja.heading(tables.CRITERIO_TABLE, version=entidad.version_criterio)
    _criterio(hoja)
    hoja.heading(tables.OTHERS_TABLE)
    _otros(hoja)
    hoja.finish()


def _adopted(entidad: Entidad) -> list[Words]:
    """The words of the indicators, of operations and of each level by the methods of the entity."""
    own: dict[Words, Words] = {}
    if entidad.metodo_operacion == indicators.POR_TAREAS:
        own[indicators.AVANCE_OPERACION] = indicators.AVANCE_OPERACION_POR_TAREAS
    if entidad.metodo == indicators.POR_PESOS:
        own[indicators.AVANCE_UNIDAD] = indicators.AVANCE_UNIDAD_POR_PESOS
        own[indicators.AVANCE_NIVEL] = indicators.PESOS
    found = [
        i for i in indicators.INDICATORS if ACP in entidad.levels or i not in (indicators.AVANCE_ACP, indicators.METAS)
    ]
    return [own.get(i, i) for i in found]


def _semaforo(hoja: Hoja) -> None:
    bands = hoja.libro.evaluacion.entidad.semaforo
    rows: list[list[Cell]] = [
        [band.grado, word, band.evaluacion, band.minimo, band.calificacion]
        for band, word in zip(bands, indicators.semaforo_ranges(bands), strict=True)
    ]
    tabla = hoja.table(tables.SEMAFORO_TABLE, rows)
    for i in range(len(bands)):
        hoja.libro.constants[f"semaforo.{i}"] = _absolute(tabla.first + i, 2)
        hoja.libro.constants[f"semaforo.{i}.minimo"] = _absolute(tabla.first + i, 3)


def _criterio(hoja: Hoja) -> None:
    libro = hoja.libro
    levels = libro.evaluacion.entidad.criterio_dgaa
    rows: list[list[Cell]] = []
    for i, level in enumerate(levels, start=1):
        lowest = i == len(levels)
        words = indicators.CRITERIO_LOWEST_RANGE if lowest else indicators.CRITERIO_RANGE
        minimums: list[Cell] = ["menos"] * QUARTERS_OF_A_YEAR if lowest else [*level.minimos]
        rows.append([f"Criterio {i}", words, level.evaluacion, *minimums])
    tabla = hoja.table(tables.CRITERIO_TABLE, rows)
    for i in range(len(levels)):
        libro.constants[f"criterio.{i}"] = _absolute(tabla.first + i, 2)
        libro.constants[f"criterio.{i}.minimo"] = _absolute(tabla.first + i, 2 + libro.evaluacion.trimestre)


def _otros(hoja: Hoja) -> None:
    evaluacion = hoja.libro.evaluacion
    ideal = indicators.RANGO_OF_THE_ENTITY.format(periodo=evaluacion.periodo.nombre)
    allowed = "Diferencia que se acepta entre lo que suman las unidades y el SIGEP."
    own = evaluacion.entidad.nombres
    rows: list[list[Cell]] = [
        [terms.RANGO_IDEAL, ideal, indicators.rango_ideal(evaluacion.trimestre)],
        [terms.RANGO_IDEAL_TRIMESTRE, own.said(indicators.RANGO_OF_A_QUARTER), indicators.rango_ideal(1)],
        [terms.TOLERANCIA, allowed, evaluacion.entidad.tolerancia],
    ]
    rows += [[name, OWN_NAMES[name], value] for name, value in own.rows()]
    tabla = hoja.table(tables.OTHERS_TABLE, rows)
    hoja.libro.note_figure(evaluacion.raiz, "rango_ideal", ACUMULADO, (hoja.name, tabla.first, 2))
    hoja.libro.constants["rango_ideal"] = _absolute(tabla.first, 2)
    hoja.libro.constants["rango_ideal_trimestre"] = _absolute(tabla.first + 1, 2)
    hoja.libro.constants["tolerancia"] = _absolute(tabla.first + 2, 2)


def semaforo_formula(libro: Libro, cell: str) -> str:
    """The word of an avance."""
    bands = libro.evaluacion.entidad.semaforo
    return "=" + indicators.semaforo_master_formula(
        cell, *_levels(libro, "semaforo", len(bands)), zero=indicators.has_zero_band(bands)
    )


def next_band_formulas(libro: Libro, cell: str) -> tuple[str, str]:
    """The points that an avance lacks for the next better word, and that word."""
    levels = _levels(libro, "semaforo", len(libro.evaluacion.entidad.semaforo))
    points, word = indicators.next_band_master_formulas(cell, *levels)
    return "=" + points, "=" + word


def criterio_formula(libro: Libro, cell: str) -> str:
    """The word of an accumulated ejecucion at this quarter."""
    return "=" + indicators.criterio_master_formula(
        cell, *_levels(libro, "criterio", len(libro.evaluacion.entidad.criterio_dgaa))
    )


def _levels(libro: Libro, name: str, count: int) -> tuple[list[str], list[str]]:
    """The cells with the words and with the minimums of the levels, best first."""
    words = [libro.constants[f"{name}.{i}"] for i in range(count)]
    return words, [libro.constants[f"{name}.{i}.minimo"] for i in range(count)]


def methods(evaluacion: Evaluacion) -> list[tuple[str, str]]:
    """The method and the versions of the thresholds, in words."""
    entidad = evaluacion.entidad
    return [
        (
            front.METHOD,
            indicators.METODOS.get(entidad.metodo, entidad.metodo),
        ),
        (entidad.nombres.said(front.SEMAFORO_VERSION), entidad.version_semaforo),
        (entidad.nombres.said(front.CRITERIO_VERSION), entidad.version_criterio),
    ]


WRITERS = {
    tables.CRITERIA: write,
}
