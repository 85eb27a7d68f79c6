"""The command line: `poa-xl`. Parses, calls and prints; everything but click is imported where it is used."""

import sys
from datetime import datetime
from typing import Literal

from poa_xl import __version__
from poa_xl.cli import spanish
from poa_xl.errors import PoaError

click = spanish.click()

EXIT_FAILURE = 3
QUARTER = click.IntRange(1, 4)
_HELP = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


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


@poa_xl.command()
@click.argument("carpeta", type=click.Path(file_okay=False), metavar="CARPETA")
def init(carpeta: str) -> None:
    """Crea en CARPETA un libro de la entidad vacío (entidad.xlsx).

    Trae los encabezados, las listas, las notas y los umbrales publicados; la DGP lo llena una vez por
    gestión y agrega cada trimestre los datos del SIGEP.

    \b
    Ejemplo:
      poa-xl init poa-2025
    """
    from poa_xl.cli import making

    making.init(carpeta)


@poa_xl.command()
@click.argument("carpeta", type=click.Path(file_okay=False), metavar="CARPETA")
@click.option("--quarter", "trimestre", type=click.IntRange(1, 2), default=2, show_default=True, metavar="N",
              help="Trimestre hasta el que están llenos, 1 o 2: los publicados.")  # fmt: skip
@click.option("--defects", "defectos", is_flag=True, help="Planta un defecto de cada código, con su lista.")
def demo(carpeta: str, trimestre: int, defectos: bool) -> None:
    """Escribe la entidad de muestra y sus 109 libros llenos.

    CARPETA queda con entidad.xlsx y entregas/*.xlsx. Con --defects, además, defectos.csv dice qué se plantó y
    en qué celda.

    \b
    Ejemplo:
      poa-xl demo demo
      poa-xl demo demo-defectos --defects
    """
    from poa_xl.cli import making

    making.demo(carpeta, trimestre, defectos)


@poa_xl.command()
@click.argument("entidad", type=click.Path(exists=True, dir_okay=False), metavar="ENTIDAD")
@click.option("-o", "--output", "carpeta", required=True, type=click.Path(file_okay=False), metavar="CARPETA",
              help="Carpeta donde se escriben las plantillas.")  # fmt: skip
@click.option("--unit", "unidades", multiple=True, metavar="CÓDIGO", help="Solo esta unidad; se puede repetir.")
@click.option("--functions", "funciones", default="poa", show_default=True,
              type=click.Choice(["poa", "native", "xlwings"]),
              help="poa: =EFICACIA(…), con el complemento; native: fórmulas comunes, sin complemento; xlwings: .xlsm "
              "con botones, para Excel de Windows con Python.")  # fmt: skip
@click.option("--rows", "filas", type=click.IntRange(1, 2000), metavar="N",
              help="Filas por llenar de cada hoja; si no se da, 150 tareas y 20 operaciones.")  # fmt: skip
def template(
    entidad: str,
    carpeta: str,
    unidades: tuple[str, ...],
    funciones: Literal["poa", "native", "xlwings"],
    filas: int | None,
) -> None:
    """Escribe la plantilla de cada unidad para toda la gestión.

    ENTIDAD es el libro de la entidad. Nunca reemplaza un libro que ya existe.

    \b
    Ejemplo:
      poa-xl template demo/entidad.xlsx -o plantillas
      poa-xl template demo/entidad.xlsx -o plantillas --unit DGP --unit EMB-LIMA --functions native
      poa-xl template demo/entidad.xlsx -o plantillas --unit EMB-LIMA --functions xlwings
    """
    from poa_xl.cli import making

    making.template(entidad, carpeta, unidades, funciones, filas)


@poa_xl.command()
@click.argument("rutas", nargs=-1, required=True, type=click.Path(exists=True), metavar="RUTA...")
@click.option("--entity", "entidad", type=click.Path(exists=True, dir_okay=False), metavar="ENTIDAD",
              help="Libro de la entidad; si no se da, entidad.xlsx en la carpeta o junto a ella.")  # fmt: skip
@click.option("--quarter", "trimestre", type=QUARTER, metavar="N", help="Trimestre que se evalúa (1 a 4).")
@click.option("--format", "formato", type=click.Choice(["text", "json"]), default="text", show_default=True,
              help="text: una línea por observación; json: para otros programas.")  # fmt: skip
@click.option("--limits", "limites", type=click.Path(exists=True, dir_okay=False), metavar="ARCHIVO",
              help="Archivo con otros límites de lectura, uno por línea: «hojas: 200».")  # fmt: skip
@click.option("--annotate", "copias", type=click.Path(file_okay=False), metavar="CARPETA",
              help="Escribe allí una copia de cada libro observado, con sus observaciones.")  # fmt: skip
@click.option("--repair", "reparar", is_flag=True,
              help="Repara en las copias lo que no tiene dudas: números como texto, espacios, títulos.")  # fmt: skip
def validate(
    rutas: tuple[str, ...],
    entidad: str | None,
    trimestre: int | None,
    formato: str,
    limites: str | None,
    copias: str | None,
    reparar: bool,
) -> None:
    """Revisa libros y dice qué celda está mal y qué hacer.

    RUTA es un libro o una carpeta con libros. Sin --quarter cada libro se revisa con el trimestre que él mismo
    dice reportar. Si RUTA es un libro de entidad, lo revisa como tal.

    Los libros nunca cambian. Con --annotate cada libro observado queda copiado con la lista de observaciones, una
    nota y un color en cada celda; lo demás de la copia es igual.

    \b
    Ejemplo:
      poa-xl validate demo/entregas/DGP.xlsx --entity demo/entidad.xlsx
      poa-xl validate demo/entregas --quarter 2
      poa-xl validate demo/entregas --quarter 2 --format json
      poa-xl validate demo/entregas --quarter 2 --annotate observados --repair
    """
    from poa_xl.cli import evaluating

    sys.exit(evaluating.validate(rutas, entidad, trimestre, formato, limites, copias, reparar))


@poa_xl.command()
@click.argument("carpeta", required=False, type=click.Path(exists=True, file_okay=False), metavar="[CARPETA]")
@click.option("--campaign", "campana", type=click.Path(exists=True, file_okay=False), metavar="CAMPAÑA",
              help="En vez de CARPETA: lo vigente de cada unidad en una campaña.")  # fmt: skip
@click.option("--entity", "entidad", type=click.Path(exists=True, dir_okay=False), metavar="ENTIDAD",
              help="Libro de la entidad; si no se da, entidad.xlsx en la carpeta o junto a ella.")  # fmt: skip
@click.option("--quarter", "trimestre", type=QUARTER, metavar="N",
              help="Trimestre (1 a 4); una campaña ya lo dice.")  # fmt: skip
@click.option("-o", "--output", "salida", required=True, type=click.Path(dir_okay=False), metavar="MAESTRO",
              help="Libro maestro que se escribe (.xlsx).")  # fmt: skip
@click.option("--force", "forzar", is_flag=True,
              help="Reemplaza también un maestro más nuevo, o uno que alguien guardó después.")  # fmt: skip
@click.option("--limits", "limites", type=click.Path(exists=True, dir_okay=False), metavar="ARCHIVO",
              help="Archivo con otros límites de lectura, uno por línea: «hojas: 200».")  # fmt: skip
def consolidate(
    carpeta: str | None,
    campana: str | None,
    entidad: str | None,
    trimestre: int | None,
    salida: str,
    forzar: bool,
    limites: str | None,
) -> None:
    """Reúne los libros en el libro maestro de evaluación.

    Toma los libros de CARPETA, o la versión vigente de cada unidad en una campaña. Las filas con errores quedan
    fuera y se listan en la hoja Observaciones. Si el maestro está abierto en una hoja de cálculo, el nuevo queda con
    otro nombre, que se dice.

    \b
    Ejemplo:
      poa-xl consolidate demo/entregas --quarter 2 -o demo/evaluacion.xlsx
      poa-xl consolidate --campaign campana-2T -o evaluacion-2T.xlsx
    """
    from poa_xl.cli import evaluating

    if campana:
        if carpeta or entidad or trimestre:
            raise click.UsageError("Con --campaign no van CARPETA, --entity ni --quarter: los dice la campaña.")
        sys.exit(evaluating.consolidate_campaign(campana, salida, limites, forzar))
    if not carpeta or not trimestre:
        raise click.UsageError("Falta la opción --campaign, o CARPETA con --quarter.")
    sys.exit(evaluating.consolidate(carpeta, entidad, trimestre, salida, limites, forzar))


_CAMPAIGN = click.option("--campaign", "campana", required=True, type=click.Path(exists=True, file_okay=False),
                         metavar="CAMPAÑA", help="Carpeta de la campaña.")  # fmt: skip
_DATE = click.DateTime(["%Y-%m-%d", "%d/%m/%Y"])


@poa_xl.command()
@click.argument("carpeta", type=click.Path(file_okay=False), metavar="CARPETA")
@click.option("--entity", "entidad", required=True, type=click.Path(exists=True, dir_okay=False), metavar="ENTIDAD",
              help="Libro de la entidad; se guarda una copia.")  # fmt: skip
@click.option("--quarter", "trimestre", type=QUARTER, required=True, metavar="N", help="Trimestre (1 a 4).")
@click.option("--deadline", "limite", type=_DATE, required=True, metavar="FECHA",
              help="Último día para enviar, como 2024-07-10 o 10/07/2024.")  # fmt: skip
@click.option("--by", "quien", metavar="NOMBRE", help="Quién la crea; si no se da, el usuario de la computadora.")
def campaign(carpeta: str, entidad: str, trimestre: int, limite: datetime, quien: str | None) -> None:
    """Crea en CARPETA la campaña de un trimestre, donde se guarda todo lo que envíen las unidades.

    Si la campaña ya existe, cambia su plazo o pone un libro de la entidad más nuevo; lo recibido no cambia. La
    carpeta debe estar en un disco de esta computadora, no en uno de red.

    \b
    Ejemplo:
      poa-xl campaign campana-2T --entity demo/entidad.xlsx --quarter 2 --deadline 2024-07-10
    """
    from poa_xl.cli import receiving

    receiving.campaign(carpeta, entidad, trimestre, limite, quien)


@poa_xl.command()
@click.argument("archivos", nargs=-1, required=True, type=click.Path(exists=True), metavar="ARCHIVO...")
@_CAMPAIGN
@click.option("--by", "quien", metavar="NOMBRE", help="Quién recibe; si no se da, el usuario de la computadora.")
@click.option("--force", "forzar", is_flag=True,
              help="Recibe también un libro más antiguo que el vigente, o uno ya recibido.")  # fmt: skip
@click.option("--format", "formato", type=click.Choice(["text", "json"]), default="text", show_default=True,
              help="text: para leer; json: para otros programas.")  # fmt: skip
@click.option("--limits", "limites", type=click.Path(exists=True, dir_okay=False), metavar="ARCHIVO",
              help="Archivo con otros límites de lectura, uno por línea: «hojas: 200».")  # fmt: skip
def receive(
    archivos: tuple[str, ...], campana: str, quien: str | None, forzar: bool, formato: str, limites: str | None
) -> None:
    """Recibe libros en una campaña: los revisa, los guarda tal como llegaron y escribe un acuse de cada uno.

    ARCHIVO es un libro o una carpeta con libros. Un libro aceptado reemplaza al anterior de su unidad, salvo que sea
    más antiguo; uno rechazado se guarda y no reemplaza nada. Termina con 1 si alguno debe enviarse otra vez.

    \b
    Ejemplo:
      poa-xl receive bandeja/EMB-LIMA.xlsx --campaign campana-2T --by "Ana Quispe"
      poa-xl receive demo/entregas --campaign campana-2T
    """
    from poa_xl.cli import receiving

    sys.exit(receiving.receive(archivos, campana, quien, forzar, formato, limites))


@poa_xl.command()
@click.argument("numero", metavar="NÚMERO")
@_CAMPAIGN
def receipt(numero: str, campana: str) -> None:
    """Muestra y escribe otra vez el acuse de recibo NÚMERO.

    \b
    Ejemplo:
      poa-xl receipt 2024-2T-0001-1 --campaign campana-2T
    """
    from poa_xl.cli import receiving

    receiving.receipt(numero, campana)


@poa_xl.command()
@click.argument("codigo", metavar="CÓDIGO")
@_CAMPAIGN
@click.option("--unit", "unidad", required=True, metavar="UNIDAD", help="Código de la unidad.")
@click.option("--by", "quien", required=True, metavar="NOMBRE", help="Quién acepta la observación.")
@click.option("--reason", "motivo", required=True, metavar="TEXTO", help="Por qué se acepta.")
@click.option("--until", "hasta", type=_DATE, required=True, metavar="FECHA",
              help="Vale para lo recibido hasta ese día.")  # fmt: skip
@click.option("--cell", "celda", metavar="CELDA", help="Solo en esta celda, como Presupuesto!B5.")
def waive(codigo: str, campana: str, unidad: str, quien: str, motivo: str, hasta: datetime, celda: str | None) -> None:
    """Registra que se acepta una observación de una unidad: quién, por qué y hasta cuándo.

    CÓDIGO es el de la observación. Se sigue mostrando, como «exceptuado», pero ya no cuenta ni deja fuera la fila. Se
    pueden exceptuar los avisos de una unidad y los errores PRE-003 y PRE-006.

    \b
    Ejemplo:
      poa-xl waive TAR-005 --campaign campana-2T --unit EMB-LIMA --by "Ana Quispe" --reason "Nota 12" --until 2024-07-31
    """
    from poa_xl.cli import receiving

    receiving.waive(codigo, campana, unidad, quien, motivo, hasta, celda)


@poa_xl.command("status")
@_CAMPAIGN
@click.option("--check", "comprobar", is_flag=True,
              help="Comprueba además que el registro y cada archivo recibido estén como estaban.")  # fmt: skip
@click.option("--format", "formato", type=click.Choice(["text", "json"]), default="text", show_default=True,
              help="text: para leer; json: para otros programas.")  # fmt: skip
@click.option("-o", "--output", "salidas", multiple=True, type=click.Path(dir_okay=False), metavar="TABLERO",
              help="Escribe el tablero como libro (.xlsx) o como página (.html); se puede repetir.")  # fmt: skip
@click.option("--reminders", "recordatorios", type=click.Path(file_okay=False), metavar="CARPETA",
              help="Escribe allí un recordatorio (.eml) para cada unidad que debe enviar algo.")  # fmt: skip
@click.option("--force", "forzar", is_flag=True, help="Reemplaza también un tablero que alguien guardó después.")
def campaign_status(
    campana: str, comprobar: bool, formato: str, salidas: tuple[str, ...], recordatorios: str | None, forzar: bool
) -> None:
    """Muestra qué unidades enviaron su libro, cómo está y cuáles faltan, por área y grupo.

    Con --check termina con 1 si falta un archivo recibido, si cambió o si hay uno que no está en el registro.

    Un recordatorio es el borrador de un correo: a quién, qué falta o qué se observó, y hasta cuándo. Se abre con el
    programa de correo, se revisa y se envía. Los que ya no hacen falta se quitan, salvo que alguien los cambiara.

    \b
    Ejemplo:
      poa-xl status --campaign campana-2T
      poa-xl status --campaign campana-2T --check
      poa-xl status --campaign campana-2T -o tablero.html -o tablero.xlsx
      poa-xl status --campaign campana-2T --reminders recordatorios
    """
    from poa_xl.cli import watching

    today = datetime.now().date()
    sys.exit(watching.status(campana, comprobar, formato, today, salidas, recordatorios, forzar))


@poa_xl.command()
@click.argument("a", type=click.Path(exists=True, dir_okay=False), metavar="A")
@click.argument("b", type=click.Path(exists=True, dir_okay=False), metavar="B")
@click.option("--format", "formato", type=click.Choice(["text", "json"]), default="text", show_default=True,
              help="text: para leer; json: para otros programas.")  # fmt: skip
@click.option("-o", "--output", "salida", type=click.Path(dir_okay=False), metavar="LIBRO",
              help="Escribe todas las diferencias en un libro (.xlsx) que se puede filtrar.")  # fmt: skip
@click.option("--all", "todo", is_flag=True, help="Muestra todas las líneas de cada hoja, no solo las primeras.")
@click.option("--force", "forzar", is_flag=True,
              help="Compara aunque sean de otra unidad o entidad; reemplaza un LIBRO guardado después.")  # fmt: skip
@click.option("--limits", "limites", type=click.Path(exists=True, dir_okay=False), metavar="ARCHIVO",
              help="Archivo con otros límites de lectura, uno por línea: «hojas: 200».")  # fmt: skip
def diff(a: str, b: str, formato: str, salida: str | None, todo: bool, forzar: bool, limites: str | None) -> None:
    """Muestra qué cambió del libro A al libro B, fila por fila y cifra por cifra.

    A y B son dos versiones del libro de una unidad, o dos libros maestros; A, la anterior. Las filas se reconocen por
    su código o su texto, aunque estén en otro lugar. Termina con 0 si no hay diferencias y con 1 si las hay.

    De dos libros maestros muestra las cifras que cambiaron y de qué vienen: entregas, filas, observaciones y
    parámetros.

    \b
    Ejemplo:
      poa-xl diff EMB-LIMA-v01.xlsx EMB-LIMA-v02.xlsx
      poa-xl diff evaluacion-julio.xlsx evaluacion-agosto.xlsx -o cambios.xlsx
    """
    from poa_xl.cli import comparing

    sys.exit(comparing.diff(a, b, formato, salida, todo, forzar, limites))


@poa_xl.command()
@click.argument("archivos", nargs=-1, required=True, type=click.Path(exists=True), metavar="ARCHIVO...")
@click.option("--to", "version", required=True, metavar="VERSIÓN", help="Versión de la plantilla a la que se pasa.")
@click.option("-o", "--output", "salida", required=True, type=click.Path(), metavar="SALIDA",
              help="Libro nuevo (.xlsx), o carpeta para varios, con el código por nombre.")  # fmt: skip
@click.option("--entity", "entidad", type=click.Path(exists=True, dir_okay=False), metavar="ENTIDAD",
              help="Libro de la entidad; si no se da, entidad.xlsx en la carpeta o junto a ella.")  # fmt: skip
@click.option("--plan", "plan", is_flag=True, help="De libros de otra gestión pasa el plan a la de la entidad.")
@click.option("--with-schedule", "programacion", is_flag=True,
              help="Como --plan, y además lo programado, la línea base y la meta, como propuesta.")  # fmt: skip
@click.option("--functions", "funciones", type=click.Choice(["poa", "native", "xlwings"]),
              help="Fórmulas del libro nuevo, como en template; si no se da, las que tenía el anterior.")  # fmt: skip
@click.option("--from", "desde", default="", metavar="VERSIÓN",
              help="Con qué versión se hicieron los libros que no lo dicen.")  # fmt: skip
@click.option("--year", "gestion", type=click.IntRange(2000, 2100), metavar="AÑO",
              help="De qué gestión son los libros que no lo dicen.")  # fmt: skip
@click.option("--unit", "unidad", default="", metavar="CÓDIGO", help="De qué unidad es un libro que no lo dice.")
@click.option("--format", "formato", type=click.Choice(["text", "json"]), default="text", show_default=True,
              help="text: para leer; json: para otros programas.")  # fmt: skip
@click.option("--limits", "limites", type=click.Path(exists=True, dir_okay=False), metavar="ARCHIVO",
              help="Archivo con otros límites de lectura, uno por línea: «hojas: 200».")  # fmt: skip
def migrate(
    archivos: tuple[str, ...],
    version: str,
    salida: str,
    entidad: str | None,
    plan: bool,
    programacion: bool,
    funciones: str | None,
    desde: str,
    gestion: int | None,
    unidad: str,
    formato: str,
    limites: str | None,
) -> None:
    """Pasa los datos de libros hechos con otra versión de la plantilla, o de otra gestión, a la plantilla de ahora.

    ARCHIVO es un libro o una carpeta con libros; no cambian. De la misma gestión pasa todo lo escrito. De otra
    gestión, con --plan, pasan operaciones, tareas, indicadores y resultados programados; no lo ejecutado ni los montos.
    Lo que no se pudo pasar se dice aquí y en la hoja Observaciones del libro nuevo; entonces termina con 1.

    \b
    Ejemplo:
      poa-xl migrate anteriores --to 2 --entity demo/entidad.xlsx -o nuevos
      poa-xl migrate EMB-LIMA.xlsx --to 2 --entity entidad-2025.xlsx -o nuevo.xlsx --plan
    """
    from poa_xl.cli import migrating
    from poa_xl.migrating.source import Given

    given = Given(desde, gestion, unidad)
    asked = migrating.Asked(version, entidad, salida, given, plan, programacion, funciones, limites)
    sys.exit(migrating.migrate(archivos, asked, formato))


@poa_xl.group("addin")
def addins() -> None:
    """Pone las funciones =EFICACIA(…), =SEMAFORO(…) y las demás en su hoja de cálculo.

    \b
    Ejemplo:
      poa-xl addin build libreoffice -o complemento
      poa-xl addin install libreoffice
      poa-xl addin status
      poa-xl addin uninstall libreoffice
    """


@addins.command()
@click.argument("programa", type=click.Choice(["desktop", "libreoffice", "web"]), metavar="PROGRAMA")
@click.option("-o", "--output", "carpeta", required=True, type=click.Path(file_okay=False), metavar="CARPETA",
              help="Carpeta donde se escribe el complemento.")  # fmt: skip
@click.option("--url", "direccion", metavar="DIRECCIÓN",
              help="Solo web: dirección https donde se publicará; si no se da, una para probar.")  # fmt: skip
@click.option("--pyodide", "pyodide", type=click.Path(exists=True, dir_okay=False), metavar="ARCHIVO",
              help="Solo web: el archivo de Pyodide (.tgz); si no se da, se trae con npm.")  # fmt: skip
def build(programa: str, carpeta: str, direccion: str | None, pyodide: str | None) -> None:
    """Escribe el complemento de PROGRAMA (desktop, libreoffice o web), para otras computadoras.

    desktop es un complemento de Excel para Windows (poa_xl.xlam) con un libro para probarlo. web es un sitio de
    archivos fijos con las funciones, para Excel en la web, en Mac y en Microsoft 365.

    \b
    Ejemplo:
      poa-xl addin build libreoffice -o complemento
      poa-xl addin build desktop -o complemento
      poa-xl addin build web -o sitio --url https://poa.ejemplo.bo
    """
    from poa_xl.cli import addin

    addin.build(programa, carpeta, direccion, pyodide)


@addins.command()
@click.argument("programa", type=click.Choice(["desktop", "libreoffice"]), metavar="PROGRAMA")
def install(programa: str) -> None:
    """Instala el complemento en el PROGRAMA (desktop o libreoffice) de esta computadora, para este usuario.

    desktop es Excel para Windows: anota con qué Python se calcula, que también usan los libros .xlsm, y pone
    poa_xl.xlam donde Excel lo carga al abrirse. libreoffice pide LibreOffice 25.2 o más nuevo. Cierre antes el
    programa.

    \b
    Ejemplo:
      poa-xl addin install libreoffice
      poa-xl addin install desktop
    """
    from poa_xl.cli import addin

    addin.install(programa)


@addins.command()
@click.argument("programa", type=click.Choice(["desktop", "libreoffice"]), metavar="PROGRAMA")
def uninstall(programa: str) -> None:
    """Quita el complemento del PROGRAMA (desktop o libreoffice) de esta computadora, para este usuario.

    \b
    Ejemplo:
      poa-xl addin uninstall libreoffice
    """
    from poa_xl.cli import addin

    addin.uninstall(programa)


@addins.command()
@click.argument("programa", required=False, type=click.Choice(["desktop", "libreoffice"]), metavar="[PROGRAMA]")
def status(programa: str | None) -> None:
    """Dice qué está instalado, qué falla y qué pedir a informática; termina con 1 si algo impide calcular.

    Sin PROGRAMA mira los dos: desktop (Excel para Windows) y libreoffice. Para Excel revisa también los libros
    .xlsm de la carpeta en que está.

    \b
    Ejemplo:
      poa-xl addin status
      poa-xl addin status desktop
    """
    from poa_xl.cli import addin

    sys.exit(addin.status(programa))


@addins.command()
@click.option("--port", "puerto", type=click.IntRange(1, 65535), default=8000, show_default=True, metavar="N",
              help="Puerto de esta computadora.")  # fmt: skip
@click.option("--cert", "certificado", type=click.Path(exists=True, dir_okay=False), metavar="ARCHIVO",
              help="Certificado de localhost (.pem), para https.")  # fmt: skip
@click.option("--key", "clave", type=click.Path(exists=True, dir_okay=False), metavar="ARCHIVO",
              help="Clave de ese certificado (.pem).")  # fmt: skip
def serve(puerto: int, certificado: str | None, clave: str | None) -> None:
    """Sirve el complemento de Excel (Office.js) en esta computadora, con los botones Validar y Preparar entrega.

    Responde solo a esta computadora. Pide la parte web: pip install "poa-xl[web]".

    \b
    Ejemplo:
      poa-xl addin serve --port 8000 --cert localhost.pem --key localhost-key.pem
    """
    from poa_xl.cli import addin

    addin.serve(puerto, certificado, clave)


def main() -> None:
    """Entry point. Bad data ends with 1, wrong usage with 2, what the program cannot do with 3."""
    for stream in (sys.stdout, sys.stderr):
        # A redirected Windows console may not know every accent; it must not stop the program.
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    try:
        # Not standalone: click would end an interrupted command with 1, as if there were errors in the data.
        sys.exit(poa_xl(prog_name="poa-xl", standalone_mode=False) or 0)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except click.Abort:
        click.echo("Interrumpido.", err=True)
        sys.exit(EXIT_FAILURE)
    except PoaError as error:
        click.echo(f"Error: {error}", err=True)
        sys.exit(EXIT_FAILURE)
    except OSError as error:
        from poa_xl.messages.outputs import reason

        why = reason(error.errno, error.strerror or str(error))
        click.echo(f"Error: no se pudo usar {error.filename or 'un archivo'}: {why}.", err=True)
        sys.exit(EXIT_FAILURE)
    except Exception as error:
        click.echo(_bug(error), err=True)
        sys.exit(EXIT_FAILURE)


def _bug(error: Exception) -> str:
    import traceback

    last = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{last.name}, línea {last.lineno}"
    return (
        f"Error interno de poa-xl {__version__}: {type(error).__name__}: {error} ({place}).\n"
        "No es un error de sus datos. Guarde este texto y avise a quien mantiene el programa."
    )
