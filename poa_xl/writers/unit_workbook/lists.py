"""The hidden sheet «Listas» of a unit workbook: drop-down lists, thresholds and helper cells of plain formulas."""

from collections.abc import Sequence
from dataclasses import dataclass

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from poa_xl.entity import Entidad, Unidad
from poa_xl.indicators import criterio_lists, semaforo_lists
from poa_xl.names import LISTS_SHEET
from poa_xl.writers.unit_workbook.goals import GoalCells
from poa_xl.writers.unit_workbook.groups import Groups
from poa_xl.writers.unit_workbook.layout import DESCRIPTION_ROW, FIRST_ROW, HEADER_ROW, TITLE_ROW
from poa_xl.writers.xlsx import cells
from poa_xl.writers.xlsx.formats import GENERAL, TEXT, Formats


@dataclass(frozen=True)
class Lista:
    """A column of the sheet, under a header; `name` is a defined name for its cells, if formulas use it.

    `called` is what each value is called, where they are codes.
    """

    title: str
    values: Sequence[object]
    name: str = ""
    called: Sequence[str] = ()


def lists_of(entidad: Entidad, unidad: Unidad) -> dict[str, Lista]:
    """The drop-down lists by the schema column that they serve."""
    categories = entidad.categories_of(unidad.unidad)
    sources = {f.fuente: f.descripcion for f in entidad.fuentes}
    return {
        "acp": Lista("ACP", [a.acp for a in entidad.acps], called=[a.denominacion for a in entidad.acps]),
        "fuente": Lista("Fuentes", entidad.source_codes, called=[sources[code] for code in entidad.source_codes]),
        "categoria": Lista(
            "Categorías de la unidad", [c.categoria for c in categories], called=[c.programa for c in categories]
        ),
    }


def thresholds_of(entidad: Entidad) -> list[Lista]:
    """The tables in which formulas look up the words of both semaforos."""
    return [Lista(*given) for given in (*semaforo_lists(entidad.semaforo), *criterio_lists(entidad.criterio_dgaa))]


class ListsSheet:
    """Writes the sheet and knows the address of each list."""

    def __init__(self, workbook: Workbook, formats: Formats, entidad: Entidad, unidad: Unidad) -> None:
        self._workbook, self._formats = workbook, formats
        self._lists = lists_of(entidad, unidad)
        self._thresholds = thresholds_of(entidad)
        self._names = entidad.nombres

    def source(self, column: str) -> str | None:
        """The address of the drop-down list of a schema column, as data validation takes it."""
        names = list(self._lists)
        if column not in names or not self._lists[column].values:
            return None
        return "=" + self._address(names.index(column), len(self._lists[column].values))

    def codes(self, column: str) -> Sequence[tuple[str, str]]:
        """The codes of the list of a schema column, each with what it is called."""
        found = self._lists.get(column, Lista("", ()))
        return [(str(code), called) for code, called in zip(found.values, found.called, strict=True)]

    def _address(self, index: int, rows: int) -> str:
        letter = xl_col_to_name(index)
        return f"{LISTS_SHEET}!${letter}${FIRST_ROW}:${letter}${FIRST_ROW + rows - 1}"

    @property
    def width(self) -> int:
        """How many columns the lists take."""
        return len(self._lists) + len(self._thresholds)

    def fill(self, worksheet: Worksheet, groups: Groups, goals: GoalCells | None) -> None:
        """Fill the sheet, the groups of tasks and the goals behind the lists, and hide it."""
        formats = self._formats
        worksheet.write_string(TITLE_ROW - 1, 0, "Listas y umbrales", formats.title())
        note = "Hoja oculta: la usan las listas desplegables y las fórmulas. No la cambie."
        worksheet.write_string(DESCRIPTION_ROW - 1, 0, note, formats.help())
        columns = [*self._lists.values(), *self._thresholds]
        for index, column in enumerate(columns):
            self._write_column(worksheet, index, column)
        groups.fill(self._workbook, worksheet, self._formats)
        if goals:
            goals.define(self._workbook)
            goals.fill(worksheet, self._formats)
        worksheet.set_column(0, goals.last if goals else groups.last, 14)
        worksheet.hide()
        worksheet.protect()

    def _write_column(self, worksheet: Worksheet, index: int, column: Lista) -> None:
        worksheet.write_string(HEADER_ROW - 1, index, self._names.said(column.title), self._formats.header())
        for row, value in enumerate(column.values, start=FIRST_ROW - 1):
            look = self._formats.data(GENERAL if isinstance(value, (int, float)) else TEXT)
            cells.write(worksheet, row, index, value, look, str)
        if column.name:
            self._workbook.define_name(column.name, "=" + self._address(index, len(column.values)))
