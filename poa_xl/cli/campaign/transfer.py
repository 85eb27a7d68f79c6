"""What `campaign --export` and `--import` take and print: a campaign as one file."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import wraps
from typing import TYPE_CHECKING, Any

from poa_xl.cli import terminal
from poa_xl.cli.options import FILE, click

if TYPE_CHECKING:
    from poa_xl.campaign.integrity import Problema
    from poa_xl.campaign.records import Ajuste

_NEEDED = ("entidad", "trimestre", "limite")  # of a command that is no transfer


def options(command: Callable[..., None]) -> Callable[..., None]:
    """The two options of a transfer, which come alone; without one of them the command itself is run."""

    @click.option("--export", "respaldo", type=click.Path(dir_okay=False), metavar="ARCHIVO",
                  help="Guarda la campaña entera, comprobada, en un archivo .zip nuevo.")  # fmt: skip
    @click.option("--import", "origen", type=FILE, metavar="ARCHIVO",
                  help="Pone en CARPETA, nueva o vacía, la campaña de un archivo de --export.")  # fmt: skip
    @click.pass_context
    @wraps(command)
    def run(ctx: Any, *, respaldo: str | None, origen: str | None, **given: Any) -> None:
        if respaldo is not None:
            _refuse_others(ctx, "respaldo")
            _export(given["carpeta"], respaldo)
        elif origen is not None:
            _refuse_others(ctx, "origen")
            _import(given["carpeta"], origen)
        else:
            known = _known(given)
            _refuse_missing(ctx, known)
            command(**known)

    return run


def _refuse_others(ctx: Any, name: str) -> None:
    """A transfer takes a campaign as it is: whatever else was given has no place in it."""
    from poa_xl.errors import WrongUseError
    from poa_xl.messages import transfer as words

    said = {p.name: p.opts[0] for p in ctx.command.params if p.name in ctx.params and p.name != "carpeta"}
    default = click.core.ParameterSource.DEFAULT
    others = [option for p, option in said.items() if p != name and ctx.get_parameter_source(p) is not default]
    if others:
        raise WrongUseError(words.ALONE, opcion=said[name], otras=", ".join(others))


def _known(given: dict[str, Any]) -> dict[str, Any]:
    """What was given; the quarter and the deadline that were not, as a campaign that is there says them."""
    missing = [name for name in ("trimestre", "limite") if given[name] is None]
    settings = _settings(given["carpeta"]) if missing else None
    if settings is None:
        return given
    said = {"trimestre": settings.trimestre, "limite": datetime.fromisoformat(settings.limite)}
    return {**given, **{name: said[name] for name in missing}}


def _settings(folder: str) -> "Ajuste | None":
    """What a campaign says of itself; None where there is none, or it cannot be opened."""
    from poa_xl.api.campaign import Campaign
    from poa_xl.errors import PoaError

    try:
        return Campaign(folder).settings
    except PoaError:
        return None


def _refuse_missing(ctx: Any, known: dict[str, Any]) -> None:
    for param in ctx.command.params:
        if param.name in _NEEDED and known[param.name] is None:
            raise click.MissingParameter(ctx=ctx, param=param)


def _export(folder: str, path: str) -> None:
    from poa_xl.api.campaign import Campaign
    from poa_xl.messages import atomic, campaign, transfer as words
    from poa_xl.messages.counts import plural

    done = Campaign(folder).export(path)
    many, period = plural(done.files, "archivo", "archivos"), campaign.quarter(done.settings)
    said = {"periodo": period, "entidad": done.settings.entidad, "ruta": done.path, "archivos": many}
    terminal.say(words.EXPORTED.format(**said))
    _say_head(done.head)
    terminal.say(words.DIGEST.format(huella=done.sha256))
    for one in done.left_out:
        terminal.say(words.NOT_TAKEN.format(ruta=one.route, porque=words.LEFT_OUT[one.clase]), fg="yellow")
    _say_pending(done.pending)
    if done.why:
        terminal.say(atomic.SECOND_NAME.format(porque=done.why, ruta=done.path), err=True)


def _import(folder: str, path: str) -> None:
    from poa_xl.api.campaign import Campaign
    from poa_xl.messages import campaign, transfer as words
    from poa_xl.messages.counts import plural

    done = Campaign.import_(folder, path)
    many, period = plural(done.files, "archivo", "archivos"), campaign.quarter(done.settings)
    said = {"periodo": period, "entidad": done.settings.entidad, "carpeta": done.folder, "archivos": many}
    terminal.say(words.IMPORTED.format(**said))
    _say_head(done.head)
    if done.head:
        terminal.say(words.COMPARE)
    terminal.say(words.ONE_PLACE)
    _say_pending(done.pending)


def _say_head(head: str) -> None:
    from poa_xl.messages import ledger, transfer as words

    terminal.say(words.HEAD.format(cabeza=head or ledger.COVER_WITHOUT))


def _say_pending(problems: "Sequence[Problema]") -> None:
    for problem in problems:
        terminal.say(problem.texto, fg="yellow")
