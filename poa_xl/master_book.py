"""A master workbook as its file has it: what its cover says, every figure by its id with its cell, and its tables.

In comes a file that `reading` opened, out comes a `MasterBook`. Nothing is computed: a figure is what its cell holds.
"""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from poa_xl import brief, cells, indicators, messages
from poa_xl.comparison import masters, own_titles, tables
from poa_xl.comparison.tables import TableInMaster
from poa_xl.errors import PoaError, WrongUseError
from poa_xl.evaluation.periods import NOMBRES_TRIMESTRES
from poa_xl.figures import Figure, FigureError, Register, UnitOfMeasure, parse
from poa_xl.figures.register import Value
from poa_xl.master_tables import front
from poa_xl.master_tables.contents import FIGURE_IDS, FIGURE_IDS_TABLE
from poa_xl.messages import master_book as words
from poa_xl.reading import File, Grid

_COLUMNS = 3  # id, sheet and cell
_NO_FIGURE = (*cells.BLANKS, indicators.MISSING, indicators.SIN_PROGRAMACION)  # how cells show that there is none


class Place(NamedTuple):
    """Where a figure stands in a master."""

    sheet: str
    cell: str

    def __str__(self) -> str:
        return f"{self.sheet}!{self.cell}"


@dataclass(frozen=True, repr=False)
class MasterBook:
    """A master as read.

    `cover` is fact -> value as its cover tells it; `places` id -> cell, in the order of its sheet Cifras.
    """

    archivo: str
    sha256: str
    gestion: int
    trimestre: int  # the quarter that it evaluates, 1-4
    cover: Mapping[str, str]
    figures: Register
    places: Mapping[str, Place]
    _file: File = field(repr=False)

    def __repr__(self) -> str:
        return brief.line(self, archivo=self.archivo, gestion=self.gestion, trimestre=self.trimestre)

    @property
    def entity_sha256(self) -> str:
        """The SHA-256 of the entity's workbook that it was made with."""
        return self.cover.get(front.ENTITY_HASH, "")

    def place(self, id: object) -> Place:  # noqa: A002
        """The cell of a figure, by its whole id."""
        return self.places[str(id)]

    @cached_property
    def by_place(self) -> Mapping[Place, str]:
        """The ids by their cells."""
        return {place: id for id, place in self.places.items()}  # noqa: A001

    def tables(self, sheet: str) -> Sequence[TableInMaster]:
        """The tables of a sheet, those of an entity with names of its own in the published words; none without it."""
        return self._tables.get(sheet, ())

    def table(self, sheet: str, titles: Set[str]) -> TableInMaster | None:
        """The first table of a sheet that has these columns; None where there is none."""
        return next((t for t in self.tables(sheet) if not t.texts and titles <= t.columns.keys()), None)

    def value(self, place: Place) -> object:
        """What a cell of any sheet holds; None for a blank, and for no cell."""
        grid = self._file.grid(place.sheet) if cells.is_address(place.cell) else None
        found = _raw(grid, place.cell) if grid else None
        return None if found in cells.BLANKS else found

    @property
    def sheet_names(self) -> Sequence[str]:
        """The names of its sheets, in their order."""
        return self._file.sheet_names

    def formula(self, place: Place) -> str:
        """The formula of a cell, with its leading `=`; '' where it has none."""
        if place.sheet not in self._formulas:
            self._formulas.update({place.sheet: {}, **self._file.formulas([place.sheet])})
        return self._formulas[place.sheet].get(place.cell, "")

    @cached_property
    def _formulas(self) -> dict[str, Mapping[str, str]]:
        return {}

    @cached_property
    def _tables(self) -> Mapping[str, Sequence[TableInMaster]]:
        names = [name for name in self._file.sheet_names if name != FIGURE_IDS.name]
        grids = own_titles.with_published({name: self._file.grid(name) for name in names})
        return {name: tables.of_sheet(grid or [], self._file.odd.get(name, {})) for name, grid in grids.items()}


def read(file: File) -> MasterBook:
    """Read a master. WrongUseError for another file, one without ids, and one whose figures cannot be read.

    PoaError for a file that the guards refuse, with the finding that says why.
    """
    if not file.sheet_names:
        why = " ".join(messages.text(finding) for finding in file.read(()).findings)
        raise PoaError(words.NOT_READ, archivo=file.name, porque=why)
    if not file.is_master:
        raise WrongUseError(words.NOT_A_MASTER, archivo=file.name)
    listed = file.grid(FIGURE_IDS.name) or []
    if not listed or listed[0][:1] != [*FIGURE_IDS_TABLE.key]:
        raise WrongUseError(words.WITHOUT_IDS, archivo=file.name)
    cover = masters.cover(file.grid(front.COVER.name) or [])
    trimestre, gestion = _quarter(cover), cover.get(front.GESTION, "")
    if not trimestre or not gestion.isdecimal():
        raise WrongUseError(words.WITHOUT_COVER, archivo=file.name)
    places = {id: Place(sheet, cell) for id, sheet, cell in _listed(listed)}  # noqa: A001
    found = Register(_figures(file, places))
    return MasterBook(file.name, file.sha256, int(gestion), trimestre, cover, found, places, file)


def _quarter(cover: Mapping[str, str]) -> int:
    """The quarter of the period that is evaluated; 0 where the cover does not say."""
    said = cover.get(front.PERIOD, "").casefold()
    return next((n for n, name in enumerate(NOMBRES_TRIMESTRES, start=1) if said.startswith(name)), 0)


def _listed(grid: Grid) -> Iterator[tuple[str, str, str]]:
    for row in grid[1:]:
        id, sheet, cell = (*map(str, row[:_COLUMNS]), *[""] * _COLUMNS)[:_COLUMNS]  # noqa: A001
        if cells.is_address(cell):
            yield id, sheet, cell


def _figures(file: File, places: Mapping[str, Place]) -> list[Figure]:
    """The figures with what their cells hold."""
    grids: dict[str, Grid] = {}
    found, wrong = [], []
    for text, place in places.items():
        if place.sheet not in grids:
            grids[place.sheet] = file.grid(place.sheet) or []
        try:
            id = parse(text)  # noqa: A001
        except FigureError:  # of a line that somebody added, or of a later version
            continue
        raw = _raw(grids[place.sheet], place.cell)
        odd = place.cell in file.odd.get(place.sheet, ())
        if odd or not _fits(raw, id.unit):
            wrong.append(str(place))
        found.append(Figure(id, _value(raw), id.unit))
    if wrong:
        raise WrongUseError("{porque}", porque=words.unreadable(file.name, wrong))
    return found


def _raw(grid: Grid, cell: str) -> object:
    row, place = cells.row_of(cell) - 1, cells.place_of(cell)
    return grid[row][place] if row < len(grid) and place < len(grid[row]) else None


def _fits(raw: object, unit: UnitOfMeasure) -> bool:
    if raw in _NO_FIGURE:
        return True
    return isinstance(raw, str) if unit is UnitOfMeasure.WORD else isinstance(raw, float)


def _value(raw: object) -> Value:
    if raw in _NO_FIGURE:
        return None
    return raw if isinstance(raw, str | float) else None
