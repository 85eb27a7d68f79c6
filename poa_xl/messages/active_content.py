"""What in a workbook can act by itself, or leads out of it: how it is named, and that a copy does not carry it."""

from collections.abc import Sequence
from typing import NamedTuple

from poa_xl.messages.counts import first_ones
from poa_xl.messages.findings import MESSAGES
from poa_xl.messages.kinds import Trait

_MOST = 6  # are named; a stranger may have put thousands


class Item(NamedTuple):
    """One such thing: its kind (a key of `KINDS`), its own name or what it says, and the sheet or part where it is."""

    kind: str
    name: str
    place: str = ""

    @property
    def code(self) -> str:
        """The finding that names it."""
        return KINDS[self.kind][0]

    @property
    def removed(self) -> bool:
        """Whether a copy goes without it."""
        return self.kind in NOT_CARRIED and self.kind not in _MADE_HARMLESS


# kind -> the code of the finding, and how one of them is named.
KINDS = {
    "vba": ("LIB-013", "módulo «{}»"),
    "proyecto": ("LIB-013", "proyecto de macros que no se puede leer «{}»"),
    "referencia": ("LIB-013", "macros de otro archivo «{}»"),
    "firma": ("LIB-013", "firma de macros «{}»"),
    "xlm": ("LIB-013", "hoja de macros «{}»"),
    "dialogo": ("LIB-013", "hoja de diálogo «{}»"),
    "libro": ("LIB-014", "{}"),
    "imagen": ("LIB-014", "imagen «{}»"),
    "hipervinculo": ("LIB-014", "hipervínculo «{}»"),
    "externo": ("LIB-014", "«{}»"),
    "dde": ("LIB-020", "vínculo DDE «{}»"),
    "ole": ("LIB-020", "vínculo OLE «{}»"),
    "formula": ("LIB-020", "fórmula «{}»"),
    "conexion": ("LIB-020", "conexión «{}»"),
    "consulta": ("LIB-020", "consulta «{}»"),
    "rtd": ("LIB-020", "datos en tiempo real «{}»"),
    "activex": ("LIB-020", "control ActiveX «{}»"),
    "cinta": ("LIB-020", "cambios en la cinta de Excel «{}»"),
    "barras": ("LIB-020", "barras de herramientas «{}»"),
    "extension": ("LIB-020", "complemento web «{}»"),
    "ajuste": ("LIB-020", "ajuste de las macros «{}»"),
    "codigo": ("LIB-020", "código de Python para las macros en la hoja «{}»"),
    "incrustado": ("LIB-021", "«{}»"),
}
NOT_CARRIED = frozenset(kind for kind, (code, _) in KINDS.items() if Trait.NOT_CARRIED in MESSAGES[code].traits)
_MADE_HARMLESS = ("ajuste", "codigo")  # the sheet stays in a copy, and the macros do not follow it
SIGNATURE = "Esta copia no lleva la firma digital del libro, que vale solo para el archivo original."
_LONGEST = 80  # characters of a name


def say(item: Item) -> str:
    """`módulo «Ladron» (xl/vbaProject.bin)`."""
    name = item.name if len(item.name) <= _LONGEST or item.kind == "libro" else f"{item.name[: _LONGEST - 1]}…"
    named = KINDS[item.kind][1].format(name)
    return f"{named} ({item.place})" if item.place else named


def listed(items: Sequence[Item]) -> str:
    """Several of them, the first ones by name."""
    return first_ones(items, _MOST, say)


def noted(items: Sequence[Item]) -> dict[str, str]:
    """What the findings name, by their codes."""
    codes = sorted({item.code for item in items})
    return {code: listed([item for item in items if item.code == code]) for code in codes}


def not_carried(items: Sequence[Item]) -> str:
    """That a copy goes without them; '' where there are none."""
    gone = list(dict.fromkeys(item for item in items if item.removed))
    return f"Esta copia no lleva lo que el libro tenía y no es de la plantilla: {listed(gone)}." if gone else ""
