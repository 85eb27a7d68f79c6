"""Colours, number formats and cell formats that all written workbooks share.

The colours of the semaforo are in `palette`; the font on them is black or white, whichever contrasts more, unless the
entity says another.
"""

from collections.abc import Iterable
from typing import Any, Protocol

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from poa_xl import indicators
from poa_xl.cells import OF_GOAL
from poa_xl.palette import BLACK, COLORS, WHITE, font_on, rgb
from poa_xl.sheets import Column

TITLE_COLOR = "#1F3A5F"
HEADER_FILL = "#1F3A5F"
HEADER_COMPUTED_FILL = "#595959"
COMPUTED_FILL = "#EDEDED"
TOTAL_FILL = "#D9E2EC"
BORDER_COLOR = "#BFBFBF"
HELP_COLOR = "#595959"
WARNING_COLOR = "#B00020"  # in a unit's workbook, beside the font of its cells
LOUD_WARNING_COLOR = "#9C2A00"  # in larger letters, of the master; on white, contrast above 7
LINK_COLOR = "#0563C1"
TAB_TABLE, TAB_DATA = TITLE_COLOR, "#A6A6A6"  # of the tabs of sheets
NOTE_FILL = "#ffffe1"  # of the box of a note, as Excel has it
GRID_LINE_COLOR = "#D9D9D9"  # in charts
# Of the series of a chart, in the order in which they tell best apart.
SERIES_COLORS = (COLORS["azul"], COLORS["naranja"], COLORS["verde"], "#56B4E9", COLORS["rojo"], "#CC79A7")
# Of the quarter that a unit reports, and of the others: fill and font of the titles, and of the cells below.
REPORTED_TITLE, REPORTED = ("#56B4E9", BLACK), ("#DDEFFA", BLACK)
OTHER_TITLE, OTHER = ("#5B6F86", WHITE), ("#F5F5F5", "#6B6B6B")
# Fill and font of a cell with an observation.
OBSERVED = {"error": ("#FFC7CE", "#9C0006"), "aviso": ("#FFEB9C", "#7F6000")}

# Thousands and decimal marks come from the locale of the reader: 1.234,56 in Bolivia.
# [$-400A] is Spanish of Bolivia: LibreOffice then shows 1.234,56 whatever its own language; Excel follows Windows.
AMOUNT = "[$-400A]#,##0.00"  # Bs, and percentages in points
CHANGE = "[$-400A]+#,##0.00;[$-400A]-#,##0.00;[$-400A]0.00"  # a difference, with its sign
COUNT = "[$-400A]#,##0"
COUNT_ANYWHERE = "#,##0"  # in the language of the program
PRECISE = "[$-400A]#,##0.00####"  # a value with all its decimals
WHOLE = "0"  # without thousands mark: years, places, rows
YEAR = WHOLE
DATE = "dd/mm/yyyy"
MOMENT, CLOCK, DURATION = "dd/mm/yyyy hh:mm", "hh:mm", "[h]:mm:ss"
TEXT, GENERAL = "@", "General"
NUMBER_FORMATS = {"str": TEXT, "Int64": COUNT, "float64": AMOUNT, "datetime64[ns]": DATE}

LONGEST_TEXT = 32_767  # characters that a cell or a note holds, as Excel counts them: see `length`

MISSING = indicators.MISSING  # how a figure that does not exist is shown

FONT = {"font_name": "Calibri", "font_size": 10}
# A cell with lines around it.
GRID = {"border": 1, "border_color": BORDER_COLOR, "valign": "top"}


class Level(Protocol):
    """A level of a semaforo: `semaforo.Banda` and `criterio_dgaa.Criterio` both are."""

    @property
    def evaluacion(self) -> str:
        """The word that a cell shows."""
        ...

    @property
    def color(self) -> str:
        """A colour as `palette.rgb` takes it."""
        ...

    @property
    def letra(self) -> str:
        """The colour of the word on it; '' for black or white."""
        ...


def number_format(column: Column) -> str:
    """The number format of a schema column, by its dtype; a year (`gestion`) goes without thousands mark.

    What counts in the unit of a goal shows as it was typed, a percentage too: a cell of whole numbers would show 12,5
    as 13, and in one of numbers Excel keeps 85 % as 0,85 without showing the sign.
    """
    if column.unit == OF_GOAL:
        return GENERAL
    return YEAR if column.name == "gestion" else NUMBER_FORMATS[column.dtype]


def quantity_format(values: Iterable[object]) -> str:
    """The number format of a column of quantities that nobody types in: whole where all of them are."""
    return COUNT if all(v.is_integer() for v in values if isinstance(v, float)) else GENERAL


def length(text: str) -> int:
    """How long a text is for Excel, which counts a character beyond U+FFFF (an emoji) as two."""
    return len(text) + sum(character > "\uffff" for character in text)


def fitted(text: str, mark: str = "…") -> str:
    """A text that fits in a cell or a note; a cut one ends in `mark`."""
    if len(text) <= LONGEST_TEXT // 2 or length(text) <= LONGEST_TEXT:
        return text
    units = text.encode("utf-16-le", "surrogatepass")[: 2 * (LONGEST_TEXT - len(mark))]
    half = 0xD8 <= units[-1] <= 0xDB  # of a character of two
    return (units[:-2] if half else units).decode("utf-16-le", "surrogatepass") + mark


class Formats:
    """The cell formats of one workbook, each made once."""

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        self._made: dict[tuple[tuple[str, object], ...], Format] = {}

    def get(self, **properties: Any) -> Format:
        """A format with these XlsxWriter properties, in the common font."""
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._workbook.add_format({**FONT, **properties})
        return self._made[key]

    def title(self) -> Format:
        """The title of a sheet."""
        return self.get(bold=True, font_size=14, font_color=TITLE_COLOR)

    def help(self, wrap: bool = False) -> Format:
        """The explanation under a title or beside a field."""
        return self.get(italic=True, font_color=HELP_COLOR, text_wrap=wrap, valign="top")

    def header(self, computed: bool = False) -> Format:
        """The header of a column. Its text stands at the top: at the bottom is the button of the filter."""
        fill = HEADER_COMPUTED_FILL if computed else HEADER_FILL
        return self.get(**GRID, bold=True, font_color=WHITE, bg_color=fill, text_wrap=True, align="center")

    def label(self) -> Format:
        """The name of a field or of a row."""
        return self.get(**GRID, bold=True, bg_color=TOTAL_FILL, text_wrap=True)

    def input(self, num_format: str = TEXT, **more: Any) -> Format:
        """A cell that a person fills in: white and unlocked."""
        return self.get(**GRID, num_format=num_format, locked=False, text_wrap=num_format == TEXT, **more)

    def computed(self, num_format: str = AMOUNT) -> Format:
        """A cell that the workbook computes: grey and locked. «n/a» stands at the right, as a number does."""
        align = "left" if num_format == TEXT else "right"
        # A formula in a text cell would turn into its own text at the first edit.
        shown = GENERAL if num_format == TEXT else num_format
        return self.get(**GRID, num_format=shown, bg_color=COMPUTED_FILL, align=align)

    def approved(self, num_format: str = TEXT) -> Format:
        """A value of the approved plan, which a unit does not change: grey and locked."""
        return self.get(**GRID, num_format=num_format, bg_color=COMPUTED_FILL, text_wrap=num_format == TEXT)

    def stamped(self, num_format: str = TEXT) -> Format:
        """A value that the planning office puts in and nobody changes: grey and locked."""
        return self.get(**GRID, num_format=num_format, bg_color=COMPUTED_FILL, align="left", text_wrap=True)

    def warning(self) -> Format:
        """A line that asks for something."""
        return self.get(bold=True, font_color=WARNING_COLOR)

    def loud_warning(self, *, wrap: bool = False) -> Format:
        """A line of the master that nobody should miss."""
        return self.get(bold=True, font_size=12, font_color=LOUD_WARNING_COLOR, text_wrap=wrap, valign="top")

    def bare(self, num_format: str) -> Format:
        """A cell of a data sheet: its number format and nothing else."""
        return self.get(num_format=num_format, valign="top")

    def back(self) -> Format:
        """A text that leads to another sheet of the workbook."""
        return self.get(font_color=LINK_COLOR, underline=1)

    def plain_text(self, num_format: str = TEXT) -> Format:
        """A line of a list, without a grid."""
        return self.get(num_format=num_format, text_wrap=True, valign="top")

    def link(self) -> Format:
        """A line of a list that leads somewhere."""
        return self.get(num_format=GENERAL, text_wrap=True, valign="top", font_color=LINK_COLOR, underline=1)

    def leading(self) -> Format:
        """The font of a cell that leads somewhere, for conditional formats."""
        key = (("leading", True),)
        if key not in self._made:
            self._made[key] = self._workbook.add_format({"font_color": LINK_COLOR, "underline": 1})
        return self._made[key]

    def observed(self, severity: str) -> Format:
        """The fill and font of a cell with an observation, for conditional formats."""
        key = (("observed", severity),)
        if key not in self._made:
            fill, font = OBSERVED[severity]
            self._made[key] = self._workbook.add_format({"bg_color": fill, "font_color": font})
        return self._made[key]

    def reported_title(self) -> Format:
        """The title of a month or quarter that is reported, for conditional formats."""
        return self._filled(REPORTED_TITLE)

    def reported(self) -> Format:
        """A cell of a month that is reported, for conditional formats."""
        return self._filled(REPORTED)

    def other_title(self) -> Format:
        """The title of a month or quarter of another one, for conditional formats."""
        return self._filled(OTHER_TITLE)

    def other(self) -> Format:
        """A cell of a month of another quarter, for conditional formats."""
        return self._filled(OTHER)

    def _filled(self, colors: tuple[str, str]) -> Format:
        key = (("filled", colors),)
        if key not in self._made:
            fill, font = colors
            self._made[key] = self._workbook.add_format({"bg_color": fill, "font_color": font})
        return self._made[key]

    def data(self, num_format: str = TEXT) -> Format:
        """A cell with a value that is only shown."""
        return self.get(**GRID, num_format=num_format, text_wrap=num_format == TEXT)

    def total(self, num_format: str = AMOUNT) -> Format:
        """A computed cell of a total row."""
        align = "left" if num_format == TEXT else "right"
        shown = GENERAL if num_format == TEXT else num_format
        return self.get(**GRID, num_format=shown, bg_color=TOTAL_FILL, bold=True, align=align)

    def color(self, name: str, letters: str = "") -> Format:
        """The fill and font of a semaforo colour, for conditional formats (they carry no font name or size)."""
        key = (("semaforo", (name, letters)),)
        if key not in self._made:
            fill = rgb(name)
            font = rgb(letters) if letters else font_on(fill)
            self._made[key] = self._workbook.add_format({"bg_color": fill, "font_color": font})
        return self._made[key]


def semaforo_rules(formats: Formats, levels: Iterable[Level]) -> list[dict[str, Any]]:
    """Conditional formats that colour a cell by its word, to be given one by one to `conditional_format`.

    `levels` are `semaforo.SEMAFORO_2024`, `criterio_dgaa.CRITERIO_DGAA_2024` or those of an entity.
    """
    shown = {level.evaluacion: (level.color, level.letra) for level in levels}
    return [
        {"type": "cell", "criteria": "==", "value": _quoted(word), "format": formats.color(*colors)}
        for word, colors in shown.items()
    ]


def _quoted(text: str) -> str:
    """A text as a formula says it."""
    return '"' + text.replace('"', '""') + '"'
