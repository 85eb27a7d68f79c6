"""Criterios: the formulas of the indicators and the thresholds; the formulas of the levels refer to these cells."""

from itertools import pairwise

from xlsxwriter.utility import xl_rowcol_to_cell

from poa_xl.entity import SIN_PROGRAMACION
from poa_xl.evaluation import Evaluacion
from poa_xl.evaluation.tree import SIN_SUBGRUPO
from poa_xl.indicators import JUDGED_DECIMALS, QUARTERS_OF_A_YEAR, rango_ideal
from poa_xl.writers.master.book import Cell, Libro, on_sheet
from poa_xl.writers.master.sheet import Columna, Hoja, text_columna
from poa_xl.writers.xlsx.formats import MISSING, TEXT, judged_formula

NOMBRE = "Criterios"

_INDICADORES = (
    (
        "Eficacia (avance físico)",
        "ejecutado / programado × 100",
        "Logro de lo programado. Sin programación en el periodo: n/a.",
    ),
    (
        "Ejecución financiera",
        "devengado / presupuesto vigente × 100",
        "El vigente es el del fin del periodo. Un devengado negativo es una reversión.",
    ),
    (
        "Eficiencia",
        "eficacia ponderada acumulada / ejecución acumulada × 100",
        "Relación entre lo logrado y lo gastado en la gestión. Sin ejecución: n/a.",
    ),
    (
        "Avance de la operación",
        "Σ ejecutado / Σ programado × 100",
        "Según el cronograma de sus tareas. Sin programación en el periodo, la operación no cuenta.",
    ),
    (
        "Avance de la unidad",
        "Σ (avance de la operación × tareas) / Σ tareas",
        "Cada operación vale 100 como máximo; cuentan las tareas con programación en el periodo.",
    ),
    (
        "Avance de cada nivel",
        "promedio del nivel inmediatamente inferior",
        "Unidad, subgrupo, grupo, área, servicio y entidad, sobre valores sin redondear. Lo que es n/a no cuenta. "
        f"En un grupo con subgrupos, las unidades que no tienen uno forman el subgrupo «{SIN_SUBGRUPO}».",
    ),
    (
        "Avance de una ACP",
        "el árbol de la entidad, con solo las unidades de la ACP",
        "Cada nivel es el promedio de lo que la ACP tiene en el nivel inferior. Una ACP sin unidades es n/a.",
    ),
    (
        "Avance acumulado",
        "promedio de los avances trimestrales",
        "Del primer trimestre al que se evalúa.",
    ),
    (
        "Eficacia ponderada",
        "avance / 4 (trimestre); avance / 12 (mes)",
        "Aporte del periodo a la gestión. La acumulada es la suma de los trimestres.",
    ),
    (
        "Rango ideal",
        "25 por trimestre: 25, 50, 75 y 100",
        "El de la entidad cuenta todos los trimestres; el de una ACP, solo aquellos en que tuvo avance.",
    ),
    (
        "Promedio de años (Histórico)",
        "promedio de los avances publicados de los años que nombra",
        "Si falta el de un año, n/a.",
    ),
    (
        "Metas del SIGEP",
        "ejecutado / programado × 100",
        f"«{SIN_PROGRAMACION}» (o 0), o programada con la ejecución en blanco: n/a, fuera de los dos lados del total.",
    ),
    (
        "Fuentes de financiamiento",
        "ejecutado / presupuesto vigente × 100; saldo = vigente − ejecutado",
        "Un monto en blanco es n/a, no cero. Los totales suman lo que hay; si falta alguno, su % y su saldo son n/a.",
    ),
    (
        "Rangos y umbrales",
        f"con la cifra redondeada a {JUDGED_DECIMALS} decimales",
        "Semáforo, criterio DGAA y sobreejecución: un 70 exacto es 70, aunque la máquina guarde 69,99999999999999.",
    ),
)


def _absolute(row: int, col: int) -> str:

    return on_sheet(NOMBRE, str(xl_rowcol_to_cell(row, col, row_abs=True, col_abs=True)))


_NAME, _WORD, _LEVEL = 34, 84, 20  # widths of the columns that all tables of the sheet share


def write(hoja: Hoja) -> None:
    """Formulas of the indicators, semaforo bands, DGAA thresholds and the other parameters."""
    entidad = hoja.libro.evaluacion.entidad
    hoja.start("Criterios de evaluación", "Los umbrales de esta hoja son los que usan las fórmulas de los semáforos.")
    hoja.heading("Fórmulas adoptadas para los indicadores (%)")
    columns = (text_columna("Indicador", _NAME), text_columna("Fórmula y definición", _WORD))
    hoja.table(columns, [[name, f"{formula}\n{definition}"] for name, formula, definition in _INDICADORES])
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
    words = [f"Desde {bands[0].minimo:g} %"]
    words += [f"Desde {b.minimo:g} % y menos de {a.minimo:g} %" for a, b in pairwise(bands[:-2])]
    words += [f"Más de 0 % y menos de {bands[-3].minimo:g} %", "0 %"]
    rows: list[list[Cell]] = [
        [band.grado, word, band.evaluacion, band.minimo, band.calificacion]
        for band, word in zip(bands, words, strict=True)
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
        words = "Menos que el umbral anterior" if lowest else "Desde el umbral del trimestre"
        minimums: list[Cell] = ["menos"] * QUARTERS_OF_A_YEAR if lowest else [*level.minimos]
        rows.append([f"Criterio {i}", words, level.evaluacion, *minimums])
    tabla = hoja.table(columns, rows)
    for i in range(len(levels)):
        libro.constants[f"criterio.{i}"] = _absolute(tabla.first + i, 2)
        libro.constants[f"criterio.{i}.minimo"] = _absolute(tabla.first + i, 2 + libro.evaluacion.trimestre)


def _otros(hoja: Hoja) -> None:
    evaluacion = hoja.libro.evaluacion
    columns = (text_columna("Parámetro", _NAME), text_columna("Para qué", _WORD), Columna("Valor", _LEVEL))
    ideal = f"Eficacia ponderada que idealmente se alcanza al fin del {evaluacion.periodo.nombre}."
    quarter = "Lo que aporta cada trimestre; el rango de una ACP cuenta los trimestres en que tuvo avance."
    allowed = "Diferencia que se acepta entre lo que suman las unidades y el SIGEP."
    rows: list[list[Cell]] = [
        ["Rango ideal de la entidad", ideal, rango_ideal(evaluacion.trimestre)],
        ["Rango ideal de un trimestre", quarter, rango_ideal(1)],
        ["Tolerancia (Bs)", allowed, evaluacion.entidad.tolerancia],
    ]
    tabla = hoja.table(columns, rows)
    hoja.libro.constants["rango_ideal"] = _absolute(tabla.first, 2)
    hoja.libro.constants["rango_ideal_trimestre"] = _absolute(tabla.first + 1, 2)
    hoja.libro.constants["tolerancia"] = _absolute(tabla.first + 2, 2)


def _reaches(cell: str, minimum: str) -> str:
    """As `indicators.reaches`."""
    return f"{judged_formula(cell)}>={judged_formula(minimum)}"


def semaforo_formula(libro: Libro, cell: str) -> str:
    """The word of an avance, as `indicators.semaforo`."""
    constants, last = libro.constants, len(libro.evaluacion.entidad.semaforo) - 1
    text = constants[f"semaforo.{last - 1}"]
    for i in reversed(range(last - 1)):
        text = f"IF({_reaches(cell, constants[f'semaforo.{i}.minimo'])},{constants[f'semaforo.{i}']},{text})"
    return f'=IF(ISNUMBER({cell}),IF({judged_formula(cell)}<=0,{constants[f"semaforo.{last}"]},{text}),"{MISSING}")'


def criterio_formula(libro: Libro, cell: str) -> str:
    """The word of an accumulated ejecucion at this quarter, as `indicators.criterio_dgaa`."""
    constants, last = libro.constants, len(libro.evaluacion.entidad.criterio_dgaa) - 1
    text = constants[f"criterio.{last}"]
    for i in reversed(range(last)):
        text = f"IF({_reaches(cell, constants[f'criterio.{i}.minimo'])},{constants[f'criterio.{i}']},{text})"
    return f'=IF(ISNUMBER({cell}),{text},"{MISSING}")'


def methods(evaluacion: Evaluacion) -> list[tuple[str, str]]:
    """The method and the versions of the thresholds, in words."""
    entidad = evaluacion.entidad
    return [
        (
            "Método de agregación",
            "Promedio simple del nivel inmediatamente inferior" if entidad.metodo == "media" else entidad.metodo,
        ),
        ("Versión del semáforo DGP", entidad.version_semaforo),
        ("Versión del criterio DGAA", entidad.version_criterio),
    ]
