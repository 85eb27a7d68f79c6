"""Workbooks written as small text tables, for tests of findings.

A sheet is text: a line a row, cells parted by `|`, the first line holds the titles (of a form: field | value).
A cell is a number where it looks like one (1, 2.5, -3), blank where empty, and otherwise text; written specially:
`'12` the text 12, `d:2024-06-30` a date, `VERDADERO` a boolean, `#REF!` an error cell, `=A1` a formula without a
cached value. Titles stand in row 1, so the first row of data is Excel row 2. Input columns that a table leaves
out are added, blank, behind its own unless the sheet's text begins with a line `solo`.
"""

import datetime as dt
import io
import re
from functools import lru_cache
from pathlib import Path

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from poa_xl import sheets, titles
from poa_xl.sheets import Sheet

_NUMBER = re.compile(r"^-?\d+(\.\d+)?$")

UNIT = {
    "Unidad": """
        Entidad | Ministerio de Ejemplo
        Gestión | 2024
        Versión de la plantilla | '3
        Código de la unidad | DGRB
        Unidad organizacional | Dirección General de Relaciones Bilaterales
        Servicio | Servicio Central
        Área organizacional | Relaciones Exteriores
        ACP | '1.1
        Trimestre que se reporta | 2
        Responsable de la información | Ana Quispe
        Cargo | Jefa
        Correo electrónico | ana@ejemplo.bo
        Fecha de envío | d:2024-07-05
        Sello de la entrega |
    """,
    "Operaciones": """
        Código de operación | ACP | Operación
        OP-01 | '1.1 | Negociar acuerdos
    """,
    "Tareas": """
        Operación | Actividad | Tarea | Prog. ene | Ejec. ene
        OP-01 | Preparar | Redactar informes | 2 | 1
    """,
    "Presupuesto": """
        Categoría programática | Fuente | Presupuesto inicial | Presupuesto vigente | Dev. ene | Dev. abr
        570 0 004 | '10 | 1000 | 1000 | 10.5 | 0
    """,
    "Resultados": """
        ACP | Resultado programado | Principales resultados
        '1.1 | Acuerdos firmados | Se firmó un acuerdo
    """,
    "Resumen": "Periodo\nenero",
}

ENTITY = {
    "Parametros": """
        Parámetro | Versión | Trimestre | Valor
        entidad |  |  | Ministerio de Ejemplo
        sigla |  |  | MDE
        codigo_entidad |  |  | 10
        gestion |  |  | 2024
        version_plantilla |  |  | 3
        metodo_agregacion |  |  | media
        tolerancia_bs |  |  | 0.01
        semaforo.optimo | '2024 |  | 100
        semaforo.satisfactorio | '2024 |  | 70
        semaforo.bueno | '2024 |  | 51
        semaforo.regular | '2024 |  | 9
        criterio_dgaa.optimo | '2024 | 1 | 20
        criterio_dgaa.optimo | '2024 | 2 | 43
        criterio_dgaa.optimo | '2024 | 3 | 65
        criterio_dgaa.optimo | '2024 | 4 | 85
        criterio_dgaa.aceptable | '2024 | 1 | 10
        criterio_dgaa.aceptable | '2024 | 2 | 33
        criterio_dgaa.aceptable | '2024 | 3 | 48
        criterio_dgaa.aceptable | '2024 | 4 | 65
    """,
    "Areas": "Área | Nombre | Servicio\nVRE | Relaciones Exteriores | Servicio Central",
    "ACP": "ACP | AMP | Denominación | Área responsable\n'1.1 | '1 | Relaciones bilaterales | VRE",
    "Unidades": """
        Código | Nombre | Servicio | Grupo | Área | ACP | Vigencia
        DGRB | Dirección General de Relaciones Bilaterales | Servicio Central | Direcciones | VRE | '1.1 | vigente
    """,
    "Categorias": """
        Categoría programática | Programa | Unidad | Grupos | ACP | Área | Unidad ejecutora
        570 0 004 | Relaciones bilaterales | DGRB |  | '1.1 | VRE | UE-2
    """,
    "Presupuesto_SIGEP": """
        Categoría programática | Mes | Presupuesto vigente | Devengado del mes | Tipo de reporte
        570 0 004 | 1 | 1000 | 10.5 | Estado Aprobado
        570 0 004 | 2 | 1000 | 0 | Estado Aprobado
        570 0 004 | 3 | 1000 | 0 | Estado Aprobado
        570 0 004 | 4 | 1000 | 0 | Estado Aprobado
        570 0 004 | 5 | 1000 | 0 | Estado Aprobado
        570 0 004 | 6 | 1000 | 0 | Estado Aprobado
    """,
    "Fuentes": """
        Fuente | Descripción | Trimestre | Presupuesto inicial | Presupuesto vigente | Ejecutado | Tipo de reporte
        '10 | Tesoro General | 2 | 1000 | 1000 | 10.5 | Estado en Línea
    """,
    "Metas_SIGEP": "ACP | Trimestre | Programado | Ejecutado\n'1.1 | 2 | 10 | 9",
    "Historico": """
        Cuadro | Gestión | Periodo | Código | Indicador | Valor | Informe
        entidad | 2023 | Gestión | MDE | avance | 91.25 | Informe anual
    """,
}


def _lines(text: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]


def _put(sheet: Worksheet, row: int, column: int, text: str) -> None:
    cell = sheet.cell(row, column)
    if text.startswith("'"):
        cell.value = text[1:]
    elif text.startswith("d:"):
        cell.value = dt.date.fromisoformat(text[2:])
    elif text in ("VERDADERO", "FALSO"):
        cell.value = text == "VERDADERO"
    elif _NUMBER.match(text):
        cell.value = float(text)
    elif text:
        cell.value = text  # openpyxl makes an error cell of «#REF!» and a formula of «=…»


def _write_sheet(workbook: openpyxl.Workbook, tab: str, text: str, description: Sheet | None) -> None:
    sheet = workbook.create_sheet(tab)
    lines = _lines(text)
    alone = lines[0] == ["solo"]
    lines = lines[1:] if alone else lines
    if description is not None and not alone and not description.form:
        known = {titles.key(title) for title in lines[0]}
        lines[0] = lines[0] + [c.title for c in description.inputs if titles.key(c.title) not in known]
    for r, line in enumerate(lines, start=1):
        for c, text_of_cell in enumerate(line, start=1):
            _put(sheet, r, c, text_of_cell)


def write(path: Path, tabs: dict[str, str], kind: str = "unidad") -> Path:
    """Write the sheets, in their order, as an .xlsx file."""
    path.write_bytes(_content(tuple(tabs.items()), kind))
    return path


@lru_cache(maxsize=64)  # most tests want the good ones
def _content(tabs: tuple[tuple[str, str], ...], kind: str) -> bytes:
    described = {s.name: s for s in (sheets.unit_sheets() if kind == "unidad" else sheets.entity_sheets())}
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    for tab, text in tabs:
        _write_sheet(workbook, tab, text, described.get(tab))
    content = io.BytesIO()
    workbook.save(content)
    return content.getvalue()


def unit(path: Path, **changed: str | None) -> Path:
    """The good unit workbook with some sheets replaced (None: left out)."""
    return write(path, {tab: text for tab, text in {**UNIT, **changed}.items() if text is not None})


def entity(path: Path, **changed: str | None) -> Path:
    """The good entity workbook with some sheets replaced (None: left out)."""
    return write(path, {tab: text for tab, text in {**ENTITY, **changed}.items() if text is not None}, "entidad")
