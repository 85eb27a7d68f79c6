"""The command `campaign`: makes a campaign, changes it, makes its ledger anew, or carries it to another computer."""

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from poa_xl.cli import options, terminal
from poa_xl.cli.campaign import transfer
from poa_xl.cli.options import DATE, FILE, QUARTER, click, command

if TYPE_CHECKING:
    from poa_xl.campaign.records import Ajuste


@command()
@click.argument("carpeta", type=click.Path(file_okay=False), metavar="CARPETA")
@click.option("--entity", "entidad", type=FILE, metavar="ENTIDAD",
              help="Libro de la entidad; se guarda una copia.")  # fmt: skip
@click.option("--quarter", "trimestre", type=QUARTER, metavar="N", help="Trimestre (1 a 4).")
@click.option("--deadline", "limite", type=DATE, metavar="FECHA",
              help="Último día para enviar, como 2024-07-10 o 10/07/2024.")  # fmt: skip
@click.option("--by", "quien", metavar="NOMBRE", help="Quién la crea; si no se da, el usuario de la computadora.")
@click.option("--recover", "rehacer", is_flag=True,
              help="Hace de nuevo el registro que se perdió o se dañó, con las entregas guardadas.")  # fmt: skip
@options.plan
@options.previous
@transfer.options
def campaign(
    carpeta: str,
    entidad: str,
    trimestre: int,
    limite: datetime,
    quien: str | None,
    rehacer: bool,
    plan: str | None,
    anterior: str | None,
) -> None:
    """Crea en CARPETA la campaña de un trimestre, donde se guarda todo lo que envíen las unidades.

    Hay que dar --entity, --quarter y --deadline. Si la campaña ya existe, cambia su plazo o pone un libro de la entidad
    más nuevo, y basta --entity: el trimestre y el plazo que no se den quedan. Lo recibido no cambia. La carpeta debe
    estar en un disco de esta computadora, no en uno de red.

    Con --plan y --previous los libros que se reciban se comparan con el plan aprobado y con lo que aceptó la campaña de
    un trimestre anterior: lo que cambie sin una modificación espera hasta que se acepte o se corrija. La campaña guarda
    una copia de los dos. Si la campaña ya existe y no se dan, queda lo que tenía.

    Si se perdió el registro y no hay una copia de respaldo, --recover lo hace de nuevo con las entregas guardadas. Lo
    marca así y da acuses con otros números; los anteriores quedan como están.

    --export guarda la campaña en un solo archivo, para respaldarla o llevarla a otra computadora, e --import la pone
    allí. Los dos comprueban todo, y no reemplazan nada.

    \b
    Ejemplo:
      poa-xl campaign campana-2T --entity demo/entidad.xlsx --quarter 2 --deadline 2024-07-10
      poa-xl campaign campana-2T --entity demo/entidad.xlsx --quarter 2 --deadline 2024-07-10 \
        --plan demo/plan-2024-v1.json --previous campana-1T
      poa-xl campaign campana-2T --export respaldo-2024-07-10.zip
      poa-xl campaign campana-2T --import respaldo-2024-07-10.zip
    """
    if rehacer:
        _recover(carpeta, entidad, (trimestre, limite.date()), quien, (plan, anterior))
        return
    from poa_xl.api.campaign import Campaign
    from poa_xl.cli import output
    from poa_xl.cli.receive import report
    from poa_xl.messages import campaign as words

    opened = Campaign.create(carpeta, entidad, trimestre, limite.date(), by=quien, plan=plan, previous=anterior)
    made = opened.settings
    said = words.CREATED if made.numero == 1 else words.UPDATED
    terminal.say(said.format(periodo=words.quarter(made), carpeta=carpeta, limite=words.day(made.limite)))
    _say_compared(made)
    terminal.say(output.entity_line(Path(entidad), made.sha256))
    for one in opened.receive_all(by=quien) if made.numero > 1 else ():
        report.say(opened, one)


def _say_compared(made: "Ajuste") -> None:
    from poa_xl.campaign import baselines
    from poa_xl.messages import board as words

    version, quarter = baselines.plan_version(made), baselines.previous_quarter(made)
    terminal.say(words.compared(version, quarter, made.trimestre))


def _recover(
    folder: str, entidad: str, settings: tuple[int, date], by: str | None, compared: tuple[str | None, str | None]
) -> None:
    from poa_xl.api.campaign import Campaign
    from poa_xl.campaign.records import Entrega
    from poa_xl.cli import output
    from poa_xl.messages import campaign as words, ledger as ledger_words
    from poa_xl.messages.counts import plural

    def say(e: Entrega) -> None:
        terminal.say(
            ledger_words.NEW_NUMBER.format(archivo=e.ruta, unidad=e.unidad or "—", estado=e.situacion, acuse=e.acuse)
        )

    plan, previous = compared
    done = Campaign.recover(
        folder, entidad, *settings, by=by, plan=plan, previous=previous, each=say, each_copy=output.returned_copy
    )
    others = [r.archivo for r in done.recibos if r.entrega is None]
    for route in (*done.no_tomados, *others):
        said = ledger_words.NOT_TAKEN.format(ruta=route, porque=ledger_words.NOT_STORED_BY_US)
        terminal.say(said, fg="yellow")
    taken = len(done.recibos) - len(others)
    terminal.say(ledger_words.recovered(words.quarter(done.ajuste), str(Path(folder)), taken))
    if done.anterior:
        terminal.say(ledger_words.OLD_KEPT.format(ruta=done.anterior))
    terminal.say(ledger_words.OLD_RECEIPTS)
    if done.excepciones is None:
        terminal.say(ledger_words.NO_WAIVERS)
    elif done.excepciones:
        n = plural(done.excepciones, "excepción", "excepciones")
        terminal.say(ledger_words.OLD_WAIVERS.format(n=n))
