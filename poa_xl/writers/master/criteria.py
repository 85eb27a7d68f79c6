"""Criterios: the formulas of the indicators and the thresholds; the formulas of the levels refer to these cells."""

from xlsxwriter.utility import xl_rowcol_to_cell

from poa_xl import indicators
from poa_xl.evaluation import Evaluacion
from poa_xl.indicators import QUARTERS_OF_A_YEAR
from poa_xl.writers.master.book import Cell, Libro, on_sheet
from poa_xl.writers.master.sheet import Columna, Hoja, text_columna
from poa_xl.writers.xlsx.formats import TEXT

NOMBRE = "Criterios"


def _absolute(row: int, col: int) -> str:

    return on_sheet(NOMBRE, str(xl_rowcol_to_cell(row, col, row_abs=True, col_abs=True)))


_NAME, _WORD, _LEVEL = 34, 84, 20  # widths of the columns that all tables of the sheet share


def write(hoja: Hoja) -> None:
    """Formulas of the indicators, semaforo bands, DGAA thresholds and the other parameters."""
    entidad = hoja.libro.evaluacion.entidad
    hoja.start("Criterios de evaluación", "Los umbrales de esta hoja son los que usan las fórmulas de los semáforos.")
    hoja.heading("Fórmulas adoptadas para los indicadores (%)")
    columns = (text_columna("Indicador", _NAME), text_columna("Fórmula y definición", _WORD))
    hoja.table(columns, [[i.name, f"{i.formula}\n{i.definition}"] for i in indicators.INDICATORS])
    hoja.heading(f"Criterios y rangos de valoración del desempeño: semáforo DGP, versión {entidad.version_semaforo}")
    _semaforo(hoja)
    hoja.heading(f"Criterio de evaluación por trimestre (DGAA), versión {entidad.version_criterio}")
    _criterio(hoja)
    hoja.heading("Otros parámetros")
    _otros(hoja)
    hoja.finish()


def _semaforo(hoja: Hoja) -> None:
    bands = hoja.libro.evaluacion.entidad.semaforo
    columns = (
        text_columna("Grado de avance", _NAME),
        text_columna("Avance físico", _WORD),
        Columna("Evaluación del desempeño", _LEVEL, TEXT, "semaforo"),
        Columna("Desde (%)", _LEVEL),
        text_columna("Calificación", _LEVEL),
    )
    rows: list[list[Cell]] = [
        [band.grado, word, band.evaluacion, band.minimo, band.calificacion]
        for band, word in zip(bands, indicators.semaforo_ranges(bands), strict=True)
    ]
    tabla = hoja.table(columns, rows)
    for i in range(len(bands)):
        hoja.libro.constants[f"semaforo.{i}"] = _absolute(tabla.first + i, 2)
        hoja.libro.constants[f"semaforo.{i}.minimo"] = _absolute(tabla.first + i, 3)


def _criterio(hoja: Hoja) -> None:
    libro = hoja.libro
    levels = libro.evaluacion.entidad.criterio_dgaa
    columns = (
        text_columna("Criterio", _NAME),
        text_columna("Ejecución financiera acumulada al fin del trimestre", _WORD),
        Columna("Calificación", _LEVEL, TEXT, "criterio"),
        *(Columna(f"{t}T, desde (%)", _LEVEL) for t in range(1, QUARTERS_OF_A_YEAR + 1)),
    )
    rows: list[list[Cell]] = []
    for i, level in enumerate(levels, start=1):
        lowest = i == len(levels)
        words = indicators.CRITERIO_LOWEST_RANGE if lowest else indicators.CRITERIO_RANGE
        minimums: list[Cell] = ["menos"] * QUARTERS_OF_A_YEAR if lowest else [*level.minimos]
        rows.append([f"Criterio {i}", words, level.evaluacion, *minimums])
    tabla = hoja.table(columns, rows)
    for i in range(len(levels)):
        libro.constants[f"criterio.{i}"] = _absolute(tabla.first + i, 2)
        libro.constants[f"criterio.{i}.minimo"] = _absolute(tabla.first + i, 2 + libro.evaluacion.trimestre)


def _otros(hoja: Hoja) -> None:
    evaluacion = hoja.libro.evaluacion
    columns = (text_columna("Parámetro", _NAME), text_columna("Para qué", _WORD), Columna("Valor", _LEVEL))
    ideal = indicators.RANGO_OF_THE_ENTITY.format(periodo=evaluacion.periodo.nombre)
    allowed = "Diferencia que se acepta entre lo que suman las unidades y el SIGEP."
    rows: list[list[Cell]] = [
        ["Rango ideal de la entidad", ideal, indicators.rango_ideal(evaluacion.trimestre)],
        ["Rango ideal de un trimestre", indicators.RANGO_OF_A_QUARTER, indicators.rango_ideal(1)],
        ["Tolerancia (Bs)", allowed, evaluacion.entidad.tolerancia],
    ]
    tabla = hoja.table(columns, rows)
    hoja.libro.constants["rango_ideal"] = _absolute(tabla.first, 2)
    hoja.libro.constants["rango_ideal_trimestre"] = _absolute(tabla.first + 1, 2)
    hoja.libro.constants["tolerancia"] = _absolute(tabla.first + 2, 2)


def semaforo_formula(libro: Libro, cell: str) -> str:
    """The word of an avance."""
    return "=" + indicators.semaforo_master_formula(
        cell, *_levels(libro, "semaforo", len(libro.evaluacion.entidad.semaforo))
    )


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
            "Método de agregación",
            indicators.METODOS.get(entidad.metodo, entidad.metodo),
        ),
        ("Versión del semáforo DGP", entidad.version_semaforo),
        ("Versión del criterio DGAA", entidad.version_criterio),
    ]
