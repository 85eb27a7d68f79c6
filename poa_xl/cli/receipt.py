"""The command `receipt`: shows a receipt, and writes it again where it is lost."""

from poa_xl.cli import options, terminal
from poa_xl.cli.options import click, command


@command()
@click.argument("numero", metavar="NÚMERO")
@options.campaign
def receipt(numero: str, campana: str) -> None:
    """Muestra el acuse de recibo NÚMERO, y lo escribe otra vez si falta.

    NÚMERO puede darse sin sus dos caracteres finales. Un acuse que alguien cambió no se reemplaza.

    \b
    Ejemplo:
      poa-xl receipt 2024-2T-0001-6 --campaign campana-2T
    """
    from poa_xl.api.campaign import Campaign
    from poa_xl.messages import campaign as words

    with Campaign(campana) as opened:
        terminal.say_lines(opened.receipt(numero).text)
        done = opened.restore_receipt(numero)
    if done.why:
        terminal.say(done.why, err=True)
    else:
        terminal.say(words.WRITTEN_AGAIN.format(texto=done.text_file, html=done.page_file))
