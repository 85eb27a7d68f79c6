"""The command `poa-xl` itself, and what its commands share. Everything but click is imported where it is used."""

import stat
from pathlib import Path
from typing import Any

from poa_xl import __version__
from poa_xl.cli import spanish
from poa_xl.messages.atomic import NOT_A_MOMENT, NOT_REGULAR

click = spanish.click()

QUARTER = click.IntRange(1, 4)
_HELP = {"help_option_names": ["-h", "--help"], "max_content_width": 100}
DATE = click.DateTime(["%Y-%m-%d", "%d/%m/%Y"])
_DAYS, _HOURS = ("%Y-%m-%d", "%d/%m/%Y"), ("%H:%M", "%H:%M:%S")


class Moment(click.DateTime):  # type: ignore[misc,name-defined]
    """A day and an hour, in the time of this place."""

    def __init__(self) -> None:
        super().__init__([f"{day}{between}{hour}" for day in _DAYS for between in " T" for hour in _HOURS])

    def convert(self, value: Any, param: Any, ctx: Any) -> Any:
        """The moment, if it is one."""
        try:
            return super().convert(" ".join(value.split()) if isinstance(value, str) else value, param, ctx)
        except click.BadParameter:
            self.fail(NOT_A_MOMENT.format(texto=value), param, ctx)


MOMENT = Moment()


class RegularFile(click.Path):  # type: ignore[misc,name-defined]
    """A file that can be read to its end: no folder, and no device or pipe, on which a command would wait for ever."""

    def __init__(self) -> None:
        super().__init__(exists=True, dir_okay=False)

    def convert(self, value: Any, param: Any, ctx: Any) -> Any:
        """The path, if it is one."""
        path = super().convert(value, param, ctx)
        if not stat.S_ISREG(Path(path).stat().st_mode):
            self.fail(NOT_REGULAR.format(ruta=path), param, ctx)
        return path


FILE = RegularFile()


@click.group(context_settings=_HELP)
@click.version_option(__version__, prog_name="poa-xl")
def poa_xl() -> None:
    """Seguimiento y evaluación del POA en hojas de cálculo.

    Reúne los libros de las unidades de una entidad, dice qué celda está mal y qué hacer, y arma el libro
    maestro de evaluación de cada trimestre.

    \b
    Ejemplo:
      poa-xl demo demo
      poa-xl validate demo/entregas --quarter 2
      poa-xl consolidate demo/entregas --quarter 2 -o demo/evaluacion.xlsx
    """
