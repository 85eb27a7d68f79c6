"""What commands share in their declarations: types of values, options, and what an error of the door becomes."""

import stat
from functools import partial
from pathlib import Path
from typing import Any, get_args

from poa_xl.api import arguments
from poa_xl.cli import spanish
from poa_xl.errors import EntityError, PoaError, WrongUseError
from poa_xl.messages.atomic import NOT_A_MOMENT, NOT_REGULAR

click = spanish.click()

FAILURE = 3  # the exit code of what the program cannot do
QUARTER = click.IntRange(*arguments.QUARTERS)
FUNCTIONS = click.Choice(get_args(arguments.Functions))
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


class _OrObject:
    """Beside what a type takes, the address of a folder or file in an object store."""

    def convert(self, value: Any, param: Any, ctx: Any) -> Any:
        """What was given, if it is one."""
        from poa_xl import object_store

        return value if object_store.is_location(value) else super().convert(value, param, ctx)  # type: ignore[misc]


class _Path(_OrObject, click.Path):  # type: ignore[misc,name-defined]
    pass


class _File(_OrObject, RegularFile):
    pass


FOLDER = _Path(exists=True, file_okay=False)
ANY_PATH = _Path(exists=True)


class Command(click.Command):  # type: ignore[misc,name-defined]
    """A command. What the door calls wrong use ends it as click does (2), an entity's workbook with errors with 1."""

    def invoke(self, ctx: Any) -> Any:
        """Run it."""
        try:
            return super().invoke(ctx)
        except WrongUseError as error:
            raise click.UsageError(error.command_text, ctx) from error
        except PoaError as error:
            if not isinstance(error, EntityError):
                raise
            from poa_xl.cli import output

            output.unusable_entity(error)
            raise SystemExit(1) from error


command = partial(click.command, cls=Command)


# The options that several commands have, with one help.
entity = click.option("--entity", "entidad", type=_File(), metavar="ENTIDAD",
                      help="Libro de la entidad; si no se da, entidad.xlsx en la carpeta o junto a ella.")  # fmt: skip
campaign = click.option("--campaign", "campana", required=True, type=click.Path(exists=True, file_okay=False),
                        metavar="CAMPAÑA", help="Carpeta de la campaña.")  # fmt: skip
limits = click.option("--limits", "limites", type=FILE, metavar="ARCHIVO",
                      help="Archivo con otros límites de lectura, uno por línea: «hojas: 200».")  # fmt: skip
engine = click.option("--engine", "motor", default="local", show_default=True, metavar="MOTOR",
                      help="Dónde se leen los libros: local, o dask://EQUIPO:PUERTO, los trabajadores de ese "
                           "planificador de Dask.")  # fmt: skip
text_or_json = click.option("--format", "formato", type=click.Choice(["text", "json"]), default="text",
                            show_default=True, help="text: para leer; json: para otros programas.")  # fmt: skip
plan = click.option("--plan", "plan", type=FILE, metavar="PLAN",
                    help="El plan aprobado, plan-AÑO-vN.json.")  # fmt: skip
previous = click.option("--previous", "anterior", type=click.Path(exists=True, file_okay=False), metavar="CAMPAÑA",
                        help="Campaña de un trimestre anterior, con cuyos meses se comparan los libros.")  # fmt: skip
