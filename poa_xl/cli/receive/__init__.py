"""The command `receive`: workbooks are checked, kept as they came and acknowledged."""

import sys
from datetime import datetime

from poa_xl.cli import options, terminal
from poa_xl.cli.options import MOMENT, click, command


@command()
@click.argument("archivos", nargs=-1, type=click.Path(exists=True), metavar="[ARCHIVO...]")
@options.campaign
@click.option("--by", "quien", metavar="NOMBRE", help="Quién recibe; si no se da, el usuario de la computadora.")
@click.option("--arrived", "llegada", type=MOMENT, metavar="MOMENTO",
              help="Cuándo llegó, si no es ahora, como «2024-07-09 18:30»; por eso se ve si fue en plazo.")  # fmt: skip
@click.option("--newer", "nuevos", multiple=True, type=click.Path(exists=True), metavar="ARCHIVO",
              help="Este libro es el más nuevo de su unidad, digan lo que digan sus fechas.")  # fmt: skip
@click.option("--force", "forzar", is_flag=True,
              help="Recibe también un libro más antiguo que el vigente, o uno ya recibido.")  # fmt: skip
@options.text_or_json
@options.limits
def receive(
    archivos: tuple[str, ...],
    campana: str,
    quien: str | None,
    llegada: datetime | None,
    nuevos: tuple[str, ...],
    forzar: bool,
    formato: str,
    limites: str | None,
) -> None:
    """Recibe libros en una campaña: los revisa, los guarda tal como llegaron y escribe un acuse de cada uno.

    ARCHIVO es un libro o una carpeta con libros. Un libro aceptado reemplaza al anterior de su unidad, salvo que sea
    más antiguo; uno rechazado se guarda y no reemplaza nada. Si por sus fechas no se sabe cuál es el más nuevo, sigue
    valiendo el anterior; dígalo con --newer.

    Termina con 1 si alguno, o una parte, no vale: se rechazó, se aceptó en parte, o no es el más nuevo de su unidad.

    \b
    Ejemplo:
      poa-xl receive bandeja/EMB-LIMA.xlsx --campaign campana-2T --by "Ana Quispe"
      poa-xl receive bandeja/EMB-LIMA.xlsx --campaign campana-2T --arrived "2024-07-09 18:30"
      poa-xl receive --newer bandeja/EMB-LIMA.xlsx --campaign campana-2T
      poa-xl receive demo/entregas --campaign campana-2T
    """
    from poa_xl.api import limits, reception
    from poa_xl.api.campaign import Campaign
    from poa_xl.api.reception import Listeners, Reception
    from poa_xl.cli import output
    from poa_xl.cli.receive import report
    from poa_xl.messages import campaign as words

    if not archivos and not nuevos:
        raise click.UsageError(words.NOTHING_TO_RECEIVE)
    done: list[Reception] = []
    as_text = formato == "text"
    with Campaign(campana) as opened, output.progress("Recibiendo") as progress:
        bounds = limits.read(limites)
        with opened.opened() as held:
            reception.arrival(held, llegada)
        if as_text:
            said = Listeners(done.append, lambda one: report.say(opened, one), output.returned_copy, progress)
        else:
            said = Listeners(done.append, progress=progress)
        try:
            opened.receive_all(
                archivos, newer=nuevos, by=quien, arrived=llegada, force=forzar, limits=bounds, listeners=said
            )
        finally:  # what was received before something failed is said
            sha256 = opened.settings.sha256
            if not as_text:
                entidad = {"archivo": str(opened.entity_path), "sha256": sha256}
                terminal.say_json({**report.document(done), "entidad": entidad})
            elif done:
                terminal.say(output.entity_line(opened.entity_path, sha256))
                terminal.say(report.total(done))
    sys.exit(int(any(one.failed for one in done)))
