"""What is said of an indicator, in Spanish: in the sheet Criterios, in the pages of docs, in the notes of columns."""

from typing import Dict, NamedTuple, Sequence, Tuple

METODO, DECISION = (
    "[método]",
    "[decisión]",
)  # where a rule comes from: the published method, or a choice that it left open


class Words(NamedTuple):
    """The words of an indicator; what it is not spoken of there stays blank."""

    name: str
    formula: str = ""
    definition: str = ""  # beside the formula in the sheet Criterios
    missing: str = ""  # when it is n/a: a cell of docs/reglas.md
    origin: str = ""  # METODO, DECISION or both
    short: str = ""  # under the title of a table of the master, within its sentence or as one
    rules: Tuple[str, ...] = ()  # paragraphs of docs/reglas.md, in Markdown
    note: str = ""  # of its column in a unit's workbook; in the YAML of a sheet `{EFICACIA}` stands for it
    guide: str = ""  # of its column in docs/guia-unidades.md
    term: str = ""  # its meaning in docs/glosario.md


class FunctionWords(NamedTuple):
    """A worksheet function: its name in the cell, its help and that of each argument, in their order."""

    name: str
    help: str
    arguments: Dict[str, str]

    def call_or(self, plain: str, *arguments: str) -> str:
        """A piece of a formula that calls it; the plain formula where the function is not installed.

        Whatever a function has to say is a number or a text, «n/a» and «#POA! …» too. So its only errors are those of a
        program that cannot call it, such as #NAME?, and of cells with an error, which the plain formula passes on.
        """
        return "IFERROR(%s(%s),%s)" % (self.name, ",".join(arguments), plain)


def decimal(value: float) -> str:
    """A number as a sentence says it: 25; 1,96."""
    return ("%.15g" % value).replace(".", ",")


# --- a rule with its numbers put in: `…_said` of each indicator takes them as texts -------------------------

_SAID = 6  # terms of a sum that are written out; of more, the first ones and the last


def joined_terms(terms: Sequence[str], sign: str = " + ") -> str:
    """The terms of a sum; of many, how it begins and ends."""
    shown = list(terms)
    if len(shown) > _SAID:
        shown = [*shown[: _SAID - 2], "…", shown[-1]]
    return sign.join(shown)
