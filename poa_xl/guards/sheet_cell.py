"""A cell of a sheet of any form: what may stand in it, what it shows, and how calamine gets it."""

import datetime as dt
import re

from poa_xl.cells import NO_VALUE
from poa_xl.guards import texts
from poa_xl.guards.outline import EXTENSIONS
from poa_xl.guards.refused import ambiguous, odd_inside
from poa_xl.guards.shared_formulas import covers
from poa_xl.guards.worksheets import BLANKS, KNOWN_ERRORS, LARGEST_SERIAL, NUMBER, two_values

# What may stand in a cell, from the cell down, and whether it is read.
_PARTS = {
    **dict.fromkeys(("f", "v", "is", "is/t", "is/r", "is/r/t", "is/rPh"), True),
    **dict.fromkeys(("is/r/rPr", "is/rPh/t", "is/phoneticPr", EXTENSIONS), False),
}
_RUN_TEXTS = ("is/t", "is/r/t")
_INDEX = re.compile(r"[0-9]{1,7}")
_STYLE = re.compile(r"[0-9]{1,6}")
_DATE = re.compile(
    r"((?:19[0-9]{2}|[2-9][0-9]{3})-[0-9]{2}-[0-9]{2}(?:T[0-9]{2}:[0-9]{2}:[0-9]{2})?)(?:\.[0-9]{1,20})?"
)
_FIRST_DAY, _FIRST_DAY_1904 = dt.datetime(1899, 12, 30), dt.datetime(1904, 1, 1)
_SECONDS_A_DAY = 86_400
_ISO_DATE = "d"
_SHOWN = 30  # characters of what is no number
_COMPUTED = ("s", "inlineStr", "d")  # types whose value LibreOffice does not take where there is a formula


class Cell:
    """A cell with what it holds: its parts by their names, each once, and their texts.

    `unclear` is one whose number some programs show as a date and some as a number.
    """

    def __init__(self, address: str, kind: str, style: str, unclear: bool) -> None:
        self.address, self.type, self._unclear = address, kind, unclear
        self.parts: set[str] = set()
        self._style = f' s="{style.strip(BLANKS)}"' if style else ""
        self._path = ""
        self._texts: dict[str, list[str]] = {"f": [], "v": []}
        self._runs: list[str] = []
        self._formula: dict[str, str] = {}
        if kind not in (*_MAKE, _ISO_DATE) or (style and not _STYLE.fullmatch(style.strip(BLANKS))):
            raise two_values(address)

    # --- what is heard of it --------------------------------------------------------------------------------

    def open(self, name: str, attributes: dict[str, str]) -> bool:
        """An element in it begins; whether it is read. RefusedError for one that no cell has, or has once."""
        path = f"{self._path}/{name}" if self._path else name
        if path not in _PARTS:
            raise ambiguous("ajeno", name)
        if path in self.parts and path in ("f", "v", "is"):
            raise two_values(self.address)
        if path == "is/r":
            self.parts.discard("is/r/t")
        if path == "is/r/t" and path in self.parts:
            raise two_values(self.address)
        if path == "f":
            self._formula = attributes
        if path in _RUN_TEXTS:
            self._texts[path] = []
        if path != EXTENSIONS:
            self.parts.add(path)
        self._path = path
        return _PARTS[path]

    def say(self, text: str) -> None:
        """A piece of text in the element that is open."""
        if self._path in self._texts:
            self._texts[self._path].append(text)

    def close(self) -> None:
        """The element in it that is open ends."""
        if self._path in _RUN_TEXTS:
            self._runs.append(texts.shown("".join(self._texts[self._path])))
        self._path = self._path.rpartition("/")[0]

    # --- what it shows --------------------------------------------------------------------------------------

    @property
    def value(self) -> str:
        """What stands in its value; of a cell of text with its blanks."""
        text = "".join(self._texts["v"])
        return text if self.type in ("str", "e") else text.strip(BLANKS)

    @property
    def index(self) -> int:
        """The place of its text among those that the workbook shares."""
        if not _INDEX.fullmatch(self.value):
            raise odd_inside("indice", self.value)
        return int(self.value)

    def odd(self, shared: set[str]) -> str:
        """The error that it shows, or NO_VALUE; '' where it has a value or is blank.

        `shared` are the formulas that other cells may share, so far. What is no number some programs show as 12, for
        «12abc», and some not at all.
        """
        without = "f" in self.parts and self._is_without(shared)
        if self.type == "e":
            return self.value or "#N/A"
        if without or ("f" in self.parts and not self.value and (self.type != "str" or "v" not in self.parts)):
            return NO_VALUE
        no_number = self.type == "n" and not NUMBER.fullmatch(self.value)
        no_date = self.type == _ISO_DATE and self._moment() is None
        return self.value[:_SHOWN] if self.value and (no_number or no_date) else ""

    def _is_without(self, shared: set[str]) -> bool:
        """Whether its formula is none that can be calculated. RefusedError where it is of other cells."""
        kind, place = self._formula.get("t", "normal"), self._formula.get("si", "")
        text = "".join(self._texts["f"])
        if kind not in ("normal", "shared", "array"):
            raise two_values(self.address)
        if kind == "array" and self._formula.get("ref", "").partition(":")[0] != self.address:
            raise two_values(self.address)
        if kind == "shared" and text and covers(self._formula.get("ref", ""), self.address):
            shared.add(place)
        return self.type in _COMPUTED or (place not in shared if kind == "shared" else not text)

    # --- how calamine gets it -------------------------------------------------------------------------------

    def anew(self, from_1904: bool) -> str:
        """The cell for calamine. RefusedError where its type and its parts do not fit."""
        inline = self.type == "inlineStr"
        if (self.value and inline) or ("is" in self.parts and not inline):
            raise two_values(self.address)
        if "f" in self.parts and self.type in _COMPUTED:
            return f'<c r="{self.address}"{self._style}></c>'
        made = self._date(from_1904) if self.type == _ISO_DATE else _MAKE[self.type](self)
        return f'<c r="{self.address}"{made}</c>'

    def _number(self) -> str:
        if not self.value:
            return f"{self._style}>"
        if self._unclear:
            raise two_values(self.address)
        if not NUMBER.fullmatch(self.value):
            return f' t="str"><v>{texts.written(self.value)}</v>'
        # A number that no date can be comes without the format, which may be a date's.
        style = self._style if abs(float(self.value)) <= LARGEST_SERIAL else ""
        return f"{style}><v>{self.value}</v>"

    def _boolean(self) -> str:
        if self.value not in ("", "0", "1"):
            raise two_values(self.address)
        return f'{self._style} t="b"><v>{self.value}</v>' if self.value else f"{self._style}>"

    def _shared(self) -> str:
        return f'{self._style} t="s"><v>{self.index}</v>' if self.value else f"{self._style}>"

    def _string(self) -> str:
        return f'{self._style} t="str"><v>{texts.written(self.value)}</v>'

    def _inline_string(self) -> str:
        text = texts.written("".join(self._runs))
        return f'{self._style} t="inlineStr"><is><t xml:space="preserve">{text}</t></is>'

    def _error(self) -> str:
        if (self.value or "#N/A") in KNOWN_ERRORS:
            return f'{self._style} t="e"><v>{self.value}</v>'
        return f' t="str"><v>{texts.written(self.value)}</v>'

    def _date(self, from_1904: bool) -> str:
        """As the number that stands for it, which its format shows: so do programs."""
        moment = self._moment()
        if moment is None:
            return f' t="str"><v>{texts.written(self.value)}</v>' if self.value else f"{self._style}>"
        since = moment - (_FIRST_DAY_1904 if from_1904 else _FIRST_DAY)
        return f"{self._style}><v>{since.days + since.seconds / _SECONDS_A_DAY!r}</v>"

    def _moment(self) -> dt.datetime | None:
        """The date that stands as one, to the second; None for what some programs take as a text."""
        found = _DATE.fullmatch(self.value)
        try:
            return dt.datetime.fromisoformat(found[1]) if found else None
        except ValueError:
            return None


_MAKE = {
    "n": Cell._number,
    "b": Cell._boolean,
    "s": Cell._shared,
    "str": Cell._string,
    "inlineStr": Cell._inline_string,
    "e": Cell._error,
}
