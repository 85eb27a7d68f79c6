"""What is said of the numbers of a report that somebody edited."""

from collections.abc import Sequence
from textwrap import shorten

from poa_xl.messages.counts import first_ones, plural

_MOST = 4
_LONGEST = 60  # letters by which a row or a column is called
CONTROL = "«{cifra}» es {esperado} en el libro maestro ({celda})."
GONE = "El libro maestro no tiene «{cifra}»."
REPLACED = "Está en el lugar de {cifras}, que el informe tenía unida al libro maestro."
UNKNOWN = (
    "No es ninguna cifra del informe. Corríjala o, si viene de otra fuente, póngala con su razón en el archivo de "
    "--known."
)
SEVERAL = "Puede ser más de una cifra: {cifras}."
CHART = "El gráfico no muestra las cifras con que se escribió."
REMOVED = "Ya no está «{cifra}»."
_PLACE, _NO_SECTION = "{seccion}, párrafo {numero}", "Al comienzo"
_CELL, _NO_TABLE = "{seccion}, {cuadro}, fila {fila}, columna {columna}", "cuadro sin número"
TAKEN = "Números escritos a mano, y la cifra que se reconoció en cada uno. Mire si es la que su frase dice:"
TAKEN_LINE = "{lugar}: «{hallado}» es {cifra}."
LINE = "{lugar}: {verdicto}: «{hallado}». {porque}"
OTHER_MASTER = "El informe se escribió con otro libro maestro: sus cifras se compararon con las de {maestro}."
SUMMARY = "Cifras unidas que coinciden: {unidas}. Otras reconocidas: {reconocidas}."
_HOLDS = "Todas las cifras del informe son las del libro maestro{menos}."
_SAID = "Todas las cifras unidas son las del libro maestro{menos}. Antes de firmar mire {observaciones}."
_FROM_ELSEWHERE = ", menos {n} de otra fuente (--known)"
NO_PDF = "No se escribió {ruta}: primero corrija las cifras del informe."
FAILS = "No todas las cifras del informe son las del libro maestro: {contradicciones}, {sin_respaldo}."
NOT_READ = "{ruta} no se puede leer. {porque}"
NOT_A_REPORT = "{ruta} no es un informe de poa-xl, o se le quitó el registro de sus cifras."
KNOWN_LINE = "{ruta}, línea {linea}: escriba un número y su razón, por ejemplo «12,5 % Encuesta de hogares 2023»."


def place(section: str, number: int) -> str:
    """Where a number stands: below which heading, in which paragraph of its section (0: in none)."""
    named = section or _NO_SECTION
    return _PLACE.format(seccion=named, numero=number) if number else named


def cell(section: str, table: str, row: str | int, column: str | int) -> str:
    """Where a number of a table stands; a row and a column by their words, or counted from 1."""
    said = {"fila": _called(row), "columna": _called(column)}
    return _CELL.format(seccion=section or _NO_SECTION, cuadro=table or _NO_TABLE, **said)


def _called(words: str | int) -> str:
    return str(words) if isinstance(words, int) else f"«{shorten(words, _LONGEST, placeholder='…')}»"


def holds(remarks: int, elsewhere: int) -> str:
    """That every number holds; how many come from another source, and how many things are to be looked at."""
    but = _FROM_ELSEWHERE.format(n=elsewhere) if elsewhere else ""
    if not remarks:
        return _HOLDS.format(menos=but)
    return _SAID.format(menos=but, observaciones=plural(remarks, "observación", "observaciones"))


def figure(id: str, shown: str) -> str:  # noqa: A002
    """A figure with what it shows."""
    return f"{id} ({shown})"


def listed(told: Sequence[str]) -> str:
    """Some figures, and how many more there are."""
    return first_ones(list(told), _MOST)
