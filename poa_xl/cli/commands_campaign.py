"""The commands on a campaign: campaign, receive, receipt, waive, status. They parse and call."""

import sys
from datetime import datetime

from poa_xl.cli.root import DATE, FILE, MOMENT, QUARTER, click, poa_xl

_CAMPAIGN = click.option("--campaign", "campana", required=True, type=click.Path(exists=True, file_okay=False),
                         metavar="CAMPAÑA", help="Carpeta de la campaña.")  # fmt: skip


@poa_xl.command()
@click.argument("carpeta", type=click.Path(file_okay=False), metavar="CARPETA")
@click.option("--entity", "entidad", required=True, type=FILE, metavar="ENTIDAD",
              help="Libro de la entidad; se guarda una copia.")  # fmt: skip
@click.option("--quarter", "trimestre", type=QUARTER, required=True, metavar="N", help="Trimestre (1 a 4).")
@click.option("--deadline", "limite", type=DATE, required=True, metavar="FECHA",
              help="Último día para enviar, como 2024-07-10 o 10/07/2024.")  # fmt: skip
@click.option("--by", "quien", metavar="NOMBRE", help="Quién la crea; si no se da, el usuario de la computadora.")
@click.option("--recover", "rehacer", is_flag=True,
              help="Hace de nuevo el registro que se perdió o se dañó, con las entregas guardadas.")  # fmt: skip
def campaign(carpeta: str, entidad: str, trimestre: int, limite: datetime, quien: str | None, rehacer: bool) -> None:
    """Crea en CARPETA la campaña de un trimestre, donde se guarda todo lo que envíen las unidades.

    Si la campaña ya existe, cambia su plazo o pone un libro de la entidad más nuevo; lo recibido no cambia. La
    carpeta debe estar en un disco de esta computadora, no en uno de red.

    Si se perdió el registro y no hay una copia de respaldo, --recover lo hace de nuevo con las entregas guardadas. Lo
    marca así y da acuses con otros números; los anteriores quedan como están.

    \b
    Ejemplo:
      poa-xl campaign campana-2T --entity demo/entidad.xlsx --quarter 2 --deadline 2024-07-10
    """
    from poa_xl.cli import campaign as command

    command.settle(carpeta, entidad, trimestre, limite, quien, rehacer)


@poa_xl.command()
@click.argument("archivos", nargs=-1, type=click.Path(exists=True), metavar="[ARCHIVO...]")
@_CAMPAIGN
@click.option("--by", "quien", metavar="NOMBRE", help="Quién recibe; si no se da, el usuario de la computadora.")
@click.option("--arrived", "llegada", type=MOMENT, metavar="MOMENTO",
              help="Cuándo llegó, si no es ahora, como «2024-07-09 18:30»; por eso se ve si fue en plazo.")  # fmt: skip
@click.option("--newer", "nuevos", multiple=True, type=click.Path(exists=True), metavar="ARCHIVO",
              help="Este libro es el más nuevo de su unidad, digan lo que digan sus fechas.")  # fmt: skip
@click.option("--force", "forzar", is_flag=True,
              help="Recibe también un libro más antiguo que el vigente, o uno ya recibido.")  # fmt: skip
@click.option("--format", "formato", type=click.Choice(["text", "json"]), default="text", show_default=True,
              help="text: para leer; json: para otros programas.")  # fmt: skip
@click.option("--limits", "limites", type=FILE, metavar="ARCHIVO",
              help="Archivo con otros límites de lectura, uno por línea: «hojas: 200».")  # fmt: skip
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
    from poa_xl.cli import receiving

    sys.exit(receiving.receive(archivos, campana, quien, forzar, formato, limites, nuevos, llegada))


@poa_xl.command()
@click.argument("numero", metavar="NÚMERO")
@_CAMPAIGN
def receipt(numero: str, campana: str) -> None:
    """Muestra el acuse de recibo NÚMERO, y lo escribe otra vez si falta.

    NÚMERO puede darse sin sus dos caracteres finales. Un acuse que alguien cambió no se reemplaza.

    \b
    Ejemplo:
      poa-xl receipt 2024-2T-0001-6 --campaign campana-2T
    """
    from poa_xl.cli import receipts

    receipts.show(numero, campana)


@poa_xl.command()
@click.argument("codigo", metavar="CÓDIGO")
@_CAMPAIGN
@click.option("--unit", "unidad", required=True, metavar="UNIDAD", help="Código de la unidad.")
@click.option("--by", "quien", required=True, metavar="NOMBRE", help="Quién acepta la observación.")
@click.option("--reason", "motivo", required=True, metavar="TEXTO", help="Por qué se acepta.")
@click.option("--until", "hasta", type=DATE, required=True, metavar="FECHA",
              help="Vale para lo recibido hasta ese día.")  # fmt: skip
@click.option("--cell", "celda", metavar="CELDA", help="Solo en la celda donde se observa, como Presupuesto!E5.")
def waive(codigo: str, campana: str, unidad: str, quien: str, motivo: str, hasta: datetime, celda: str | None) -> None:
    """Registra que se acepta una observación de una unidad: quién, por qué y hasta cuándo.

    CÓDIGO es el de la observación. Se sigue mostrando, como «exceptuado», pero ya no cuenta ni deja fuera la fila. Se
    pueden exceptuar los avisos de una unidad y los errores PRE-003, PRE-006 y TAR-010.

    \b
    Ejemplo:
      poa-xl waive TAR-005 --campaign campana-2T --unit EMB-LIMA --by "Ana Quispe" --reason "Nota 12" --until 2024-07-31
    """
    from poa_xl.cli import receiving

    receiving.waive(codigo, campana, unidad, quien, motivo, hasta, celda)


@poa_xl.command("status")
@_CAMPAIGN
@click.option("--check", "comprobar", is_flag=True,
              help="Comprueba además que registro, archivos y acuses estén como se escribieron.")  # fmt: skip
@click.option("--head", "cabezas", multiple=True, metavar="CABEZA",
              help="Con --check: si la cabeza de un acuse es de este registro; se puede repetir.")  # fmt: skip
@click.option("--format", "formato", type=click.Choice(["text", "json"]), default="text", show_default=True,
              help="text: para leer; json: para otros programas.")  # fmt: skip
@click.option("-o", "--output", "salidas", multiple=True, type=click.Path(dir_okay=False), metavar="TABLERO",
              help="Escribe el tablero como libro (.xlsx) o como página (.html); se puede repetir.")  # fmt: skip
@click.option("--reminders", "recordatorios", type=click.Path(file_okay=False), metavar="CARPETA",
              help="Escribe allí un recordatorio (.eml) para cada unidad que debe enviar algo.")  # fmt: skip
@click.option("--force", "forzar", is_flag=True, help="Reemplaza también un tablero que alguien guardó después.")
def campaign_status(
    campana: str,
    comprobar: bool,
    cabezas: tuple[str, ...],
    formato: str,
    salidas: tuple[str, ...],
    recordatorios: str | None,
    forzar: bool,
) -> None:
    """Muestra qué unidades enviaron su libro, cómo está y cuáles faltan, por área y grupo.

    Con --check termina con 1 si algo del registro, de los archivos recibidos o de los acuses falta, cambió o sobra, o
    si una cabeza no es de este registro. Se puede comprobar sin permiso de escritura.

    Un recordatorio es el borrador de un correo: a quién, qué falta o qué se observó, y hasta cuándo. Se abre con el
    programa de correo, se revisa y se envía. Los que ya no hacen falta se quitan, salvo que alguien los cambiara.

    \b
    Ejemplo:
      poa-xl status --campaign campana-2T
      poa-xl status --campaign campana-2T --check
      poa-xl status --campaign campana-2T --check --head 3f9c0a7be2d41586
      poa-xl status --campaign campana-2T -o tablero.html -o tablero.xlsx
      poa-xl status --campaign campana-2T --reminders recordatorios
    """
    from poa_xl.cli import watching

    today = datetime.now().date()
    sys.exit(watching.status(campana, comprobar, formato, today, salidas, recordatorios, forzar, cabezas))
