"""What is wrong with an installation for desktop Excel, from what `probes` found; its words: `messages.addins`."""

from collections.abc import Iterator
from pathlib import PureWindowsPath

from poa_xl.addins.excel.probes import ASR_RULE, Facts
from poa_xl.addins.status import Check
from poa_xl.messages.addins import CHECKS, say

_MACROS_OFF = {3, 4}  # only signed ones, none; 2, the default, asks
_CHILDREN_BLOCKED = {1, 6}  # 6 warns: Excel is stopped until somebody allows it


def checks(facts: Facts) -> list[Check]:
    """Every check, in the order in which to put things right."""
    return list(_checks(facts))


def not_windows() -> list[Check]:
    """The one line of a computer that has no desktop Excel to ask."""
    return [_check("excel.programa", "excel.no-windows", True)]


def _checks(facts: Facts) -> Iterator[Check]:
    wanted = facts.addin_version or facts.xlwings_version
    libraries = [f"xlwings{bits}-{wanted}.dll" for bits in (64, 32)]
    missing = [name for name in libraries if name not in facts.libraries]
    there, able = facts.interpreter_exists, bool(facts.functions_version)
    folder = PureWindowsPath(facts.interpreter).parent
    yield _check("excel.complemento", "excel.sin-complemento", not facts.addin_version, archivo=facts.addin)
    if facts.interpreter:
        yield _check("excel.python", "excel.interprete-movido", not there, ruta=facts.interpreter)
    else:
        yield _check("excel.python", "excel.sin-interprete", True)
    if there:
        yield _check(
            "excel.funciones", "excel.no-importa", not able, ruta=facts.interpreter, dijo=facts.failure,
            version=facts.functions_version,
        )  # fmt: skip
        differ = able and bool(facts.addin_version) and facts.xlwings_version != facts.addin_version
        yield _check(
            "excel.version", "excel.otra-version", differ, instalada=facts.xlwings_version, modulo=facts.addin_version
        )
        yield _check(
            "excel.biblioteca",
            "excel.sin-biblioteca",
            bool(missing),
            archivo=(missing or libraries)[0],
            carpeta=folder,
            instalada=facts.xlwings_version,
        )
    yield _check("excel.origen", "excel.de-la-web", bool(facts.from_the_web), archivos=", ".join(facts.from_the_web))
    off = facts.macro_setting in _MACROS_OFF
    yield _check("excel.macros", "excel.macros-apagadas", off, valor=facts.macro_setting)
    yield _check("excel.defender", "excel.sin-procesos", facts.child_processes in _CHILDREN_BLOCKED, regla=ASR_RULE)


def _check(name: str, fault: str, wrong: bool, **details: object) -> Check:
    return Check(say(name), not wrong, CHECKS[fault] if wrong else None, details)
