"""The commands on what goes into a spreadsheet program: addin build, install, uninstall, status, serve.

Each program is a package of `poa_xl.addins` whose module `commands` does the work and returns what to print.
"""

import importlib
import sys
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from poa_xl.cli import terminal
from poa_xl.cli.options import FILE, Command, click

if TYPE_CHECKING:
    from poa_xl.addins.status import Check

PROGRAMS = {
    "desktop": "poa_xl.addins.excel.commands",
    "libreoffice": "poa_xl.addins.libreoffice.commands",
    "web": "poa_xl.addins.web.commands",
}
INSTALLED = ("desktop", "libreoffice")  # those that are put into a program of this computer
_WRONG = "mal"


@click.group()
def addin() -> None:
    """Pone las funciones =EFICACIA(…), =SEMAFORO(…) y las demás en su hoja de cálculo.

    \b
    Ejemplo:
      poa-xl addin build libreoffice -o complemento
      poa-xl addin install libreoffice
      poa-xl addin status
      poa-xl addin uninstall libreoffice
    """


addin.command_class = Command


@addin.command()
@click.argument("programa", type=click.Choice(list(PROGRAMS)), metavar="PROGRAMA")
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
    if programa == "web":
        terminal.say_lines(_commands(programa).build(Path(carpeta), direccion, Path(pyodide) if pyodide else None))
        return
    if direccion or pyodide:
        raise click.UsageError("--url y --pyodide son solo para web.")
    terminal.say_lines(_commands(programa).build(Path(carpeta)))


@addin.command()
@click.argument("programa", type=click.Choice(INSTALLED), metavar="PROGRAMA")
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
    terminal.say_lines(_commands(programa).install())


@addin.command()
@click.argument("programa", type=click.Choice(INSTALLED), metavar="PROGRAMA")
def uninstall(programa: str) -> None:
    """Quita el complemento del PROGRAMA (desktop o libreoffice) de esta computadora, para este usuario.

    \b
    Ejemplo:
      poa-xl addin uninstall libreoffice
    """
    terminal.say_lines(_commands(programa).uninstall())


@addin.command()
@click.argument("programa", required=False, type=click.Choice(INSTALLED), metavar="[PROGRAMA]")
def status(programa: str | None) -> None:
    """Dice qué está instalado, qué falla y qué pedir a informática; termina con 1 si algo impide calcular.

    Sin PROGRAMA mira los dos: desktop (Excel para Windows) y libreoffice. Para Excel revisa también los libros
    .xlsm de la carpeta en que está.

    \b
    Ejemplo:
      poa-xl addin status
      poa-xl addin status desktop
    """
    code = 0
    for name in (programa,) if programa else INSTALLED:
        terminal.say(name)
        for check in _commands(name).status():
            terminal.say(f"  {_verdict(check):<5} {check.name}")
            for line in check.lines:
                terminal.say(f"        {line}")
            code = code or int(_verdict(check) == _WRONG)
    sys.exit(code)


@addin.command()
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
    commands = _commands("web")
    files = [Path(name) if name else None for name in (certificado, clave)]
    terminal.say_lines(commands.announce(puerto, *files))
    commands.serve(puerto, *files)


def _verdict(check: "Check") -> str:
    from poa_xl.messages import Severity

    if check.message is None:
        return "bien"
    return _WRONG if check.message.severity == Severity.ERROR else "aviso"


def _commands(programa: str) -> ModuleType:
    return importlib.import_module(PROGRAMS[programa])
