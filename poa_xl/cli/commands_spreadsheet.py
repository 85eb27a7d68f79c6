"""The commands on what goes into a spreadsheet program: addin build, install, uninstall, status, serve."""

import sys

from poa_xl.cli.root import FILE, click, poa_xl


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
@click.option("--pyodide", "pyodide", type=FILE, metavar="ARCHIVO",
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
@click.option("--cert", "certificado", type=FILE, metavar="ARCHIVO",
              help="Certificado de localhost (.pem), para https.")  # fmt: skip
@click.option("--key", "clave", type=FILE, metavar="ARCHIVO",
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
