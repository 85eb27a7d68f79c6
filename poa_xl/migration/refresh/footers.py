"""The left part of the footer of our sheets: unit, entity and gestión, as they are now."""

import re
from collections.abc import Iterator

from poa_xl import sheets
from poa_xl.entity import Entidad, Unidad
from poa_xl.migration.refresh.parts import Splice
from poa_xl.migration.report import ReportLine
from poa_xl.migration.source import Source
from poa_xl.names import OBSERVATIONS_SHEET
from poa_xl.writers.unit_workbook.workbook import footer
from poa_xl.writers.xlsx.page import in_footer

_SHORT_NAME = r"((?:[^&]|&&){0,100}?)"  # of the entity: any, for the workbook says it nowhere else


def bring(splice: Splice, old: Source, code: str, entidad: Entidad, unidad: Unidad) -> Iterator[ReportLine]:
    """Put the footers into the splice; one line for all. What a person wrote there is no footer of ours, and stays."""
    ours = re.compile(f"{re.escape(in_footer(code))} · {_SHORT_NAME} · POA {entidad.gestion}(?![0-9])")
    new, told = footer(entidad, unidad), False
    for name in (*(s.name for s in sheets.unit_sheets()), OBSERVATIONS_SHEET):
        text = old.marks[name].footer if name in old.marks else ""
        there = ours.search(text)
        if there and there[0] != new:
            splice.footers[name] = text[: there.start()] + new + text[there.end() :]
            if not told:
                told = True
                details = {"leido": new.replace("&&", "&")}
                yield ReportLine("pie", name, found=there[0].replace("&&", "&"), new_sheet=name, details=details)
