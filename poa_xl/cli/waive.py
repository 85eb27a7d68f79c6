"""The command `waive`: a finding of a unit is accepted, by whom, why and until when."""

from datetime import datetime

from poa_xl.cli import options, terminal
from poa_xl.cli.options import DATE, click, command

_SHOWN = 6  # cells


@command()
@click.argument("codigo", metavar="CÓDIGO")
@options.campaign
@click.option("--unit", "unidad", required=True, metavar="UNIDAD", help="Código de la unidad.")
@click.option("--by", "quien", required=True, metavar="NOMBRE", help="Quién acepta la observación.")
@click.option("--reason", "motivo", required=True, metavar="TEXTO", help="Por qué se acepta.")
@click.option("--until", "hasta", type=DATE, required=True, metavar="FECHA",
              help="Vale para lo recibido hasta ese día.")  # fmt: skip
@click.option("--cell", "celda", metavar="CELDA", help="Solo en la celda donde se observa, como Presupuesto!E5.")
def waive(codigo: str, campana: str, unidad: str, quien: str, motivo: str, hasta: datetime, celda: str | None) -> None:
    """Registra que se acepta una observación de una unidad: quién, por qué y hasta cuándo.

    CÓDIGO es el de la observación. Se sigue mostrando, como «exceptuado», pero ya no cuenta ni deja fuera la fila. Se
    pueden exceptuar los avisos de una unidad y los errores PRE-003, PRE-006 y TAR-010. De lo que difiere del plan
    aprobado o de lo ya informado (PLA-001 a PLA-008), con --cell se acepta toda la fila, tal como está en el libro que
    espera: otra cifra que llegue después espera otra vez. Cuando ya no queda nada por aceptar, ese libro se recibe
    solo. Una excepción es de su campaña; en la del trimestre siguiente se decide de nuevo.

    \b
    Ejemplo:
      poa-xl waive TAR-005 --campaign campana-2T --unit EMB-LIMA --by "Ana Quispe" --reason "Nota 12" --until 2024-07-31
    """
    from poa_xl.api.campaign import Campaign
    from poa_xl.checking import row_keys
    from poa_xl.cli import output
    from poa_xl.cli.receive import report
    from poa_xl.messages import campaign as words
    from poa_xl.messages.counts import first_ones, plural

    opened = Campaign(campana)
    done = opened.waive(codigo, unidad, by=quien, reason=motivo, until=hasta.date(), cell=celda or "")
    row = done.exception
    place = words.IN_CELL.format(hoja=row.hoja, celda=row.celda) if row.celda else ""
    told = row_keys.told(row.fila)
    bound = words.WAIVED_ROW.format(fila=told) if told else ""
    if done.early:
        bound = words.WAIVED_EARLY
    reach = words.WAIVED_NOW.format(n=plural(done.reached, "observación", "observaciones"))
    if done.elsewhere:
        cells = first_ones(done.elsewhere, _SHOWN)
        reach = words.WAIVED_ELSEWHERE.format(n=reach, codigo=row.codigo, lugares=cells)
    terminal.say(
        words.WAIVED.format(
            numero=row.numero, codigo=row.codigo, unidad=row.unidad, lugar=place, fila=bound,
            hasta=words.day(row.hasta), hoy=reach,
        )
    )  # fmt: skip
    output.clock(done.clock)
    for one in done.received:
        report.say(opened, one)
