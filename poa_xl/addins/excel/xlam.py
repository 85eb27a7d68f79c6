"""The add-in `poa_xl.xlam` for any workbook, and a workbook to try the functions in."""

import datetime as dt
import io
from collections.abc import Callable
from pathlib import Path
from xml.sax.saxutils import quoteattr
from zipfile import ZipFile

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from poa_xl import __version__, atomic
from poa_xl.addins.excel import TRIAL_FILE
from poa_xl.functions.registry import FUNCTIONS
from poa_xl.messages import addins
from poa_xl.names import ADDIN_FILE, XLWINGS_SETTINGS, XLWINGS_SHEET
from poa_xl.ooxml import part_names, relation_list
from poa_xl.ooxml.namespaces import MICROSOFT
from poa_xl.vba import MACROS, project
from poa_xl.writers.xlsx.stream_workbook import StreamWorkbook
from poa_xl.zip_archive import ZipWriter, entry

_CREATED = dt.datetime(2024, 1, 1)  # fixed: the same program gives the same bytes
# What is typed into the trial workbook.
TRIALS = (
    ("EFICACIA", (3, 4)),
    ("EJECUCION", (50, 200)),
    ("EFICACIA_PONDERADA", (92, 4)),
    ("EFICIENCIA", (46, 33)),
    ("SEMAFORO", (92,)),
    ("SEMAFORO", (92, "color")),
    ("EFICACIA", ("tres", 4)),
    ("POA_VERSION", ()),
)
_RIBBON_PART = "customUI/customUI.xml"
# What makes a workbook an add-in, and gives it its buttons: part -> what stands there -> what shall.
_ADDIN_CHANGES = {
    part_names.CONTENT_TYPES: ("ms-excel.sheet.macroEnabled.main+xml", "ms-excel.addin.macroEnabled.main+xml"),
    part_names.WORKBOOK: ("<workbookView ", '<workbookView visibility="hidden" '),
    part_names.PACKAGE_RELATIONS: (
        relation_list.END,
        relation_list.line("rIdPoa", f"{MICROSOFT}/ui/extensibility", _RIBBON_PART) + relation_list.END,
    ),
}
_PICTURES = {"Validar": "MacroPlay", "PrepararEntrega": "FileSendAsAttachment"}


def build(folder: Path) -> tuple[Path, Path]:
    """Write the add-in and the trial workbook into a folder; each appears whole or not at all."""
    folder.mkdir(parents=True, exist_ok=True)
    return put(folder / ADDIN_FILE, addin()), put(folder / TRIAL_FILE, trial())


def addin() -> bytes:
    """The add-in: a workbook of one sheet, its settings, that Excel keeps hidden."""
    made = _package(_fill_addin, project.of_addin())
    changed = io.BytesIO()
    with ZipFile(io.BytesIO(made)) as old, ZipWriter(changed) as new:
        for name in old.namelist():
            new.writestr(entry(name), _changed(name, old.read(name)))
        new.writestr(entry(_RIBBON_PART), _ribbon())
    return changed.getvalue()


def trial() -> bytes:
    """A workbook with some formulas and what they must say."""
    return _package(_fill_trial, project.of_workbook(2))


def install(target: Path) -> None:
    """Write the add-in to where Excel loads it from."""
    target.parent.mkdir(parents=True, exist_ok=True)
    put(target, addin())


def _package(fill: Callable[[Workbook], None], content: bytes) -> bytes:
    made = io.BytesIO()
    with StreamWorkbook(made, {"in_memory": True}) as workbook:
        workbook.set_properties({"title": f"poa-xl {__version__}", "created": _CREATED})
        workbook.add_vba_project(io.BytesIO(content), is_stream=True)
        fill(workbook)
    return made.getvalue()


def _fill_addin(workbook: Workbook) -> None:
    _write_settings(workbook).set_vba_name(project.ADDIN_SHEET)


def _write_settings(workbook: Workbook) -> Worksheet:
    sheet = workbook.add_worksheet(XLWINGS_SHEET)
    for row, pair in enumerate(XLWINGS_SETTINGS):
        sheet.write_row(row, 0, pair)
    return sheet


def _fill_trial(workbook: Workbook) -> None:
    calls = {function.name: function.call for function in FUNCTIONS}
    sheet = workbook.add_worksheet(addins.say("excel.prueba"))
    sheet.set_column(0, 2, 36)
    bold = workbook.add_format({"bold": True})
    sheet.write_string(0, 0, addins.say("excel.prueba-titulo"), bold)
    sheet.write_row(1, 0, addins.say("excel.prueba-columnas").split("|"), bold)
    for row, (name, arguments) in enumerate(TRIALS, start=2):
        given = ",".join(f'"{value}"' if isinstance(value, str) else str(value) for value in arguments)
        sheet.write_string(row, 0, f"={name}({given})".replace(",", ";"))
        sheet.write(row, 1, calls[name](*arguments))
        # Nothing is cached: what appears was computed by Excel.
        sheet.write_formula(row, 2, f"={name}({given})", None, "")
    _write_settings(workbook).hide()


def _changed(part: str, content: bytes) -> bytes:
    if part not in _ADDIN_CHANGES:
        return content
    old, new = _ADDIN_CHANGES[part]
    text = content.decode()
    if text.count(old) != 1:
        raise ValueError(f"{part} does not have {old!r} once")
    return text.replace(old, new).encode()


def _ribbon() -> str:
    """A group of buttons in a tab of its own."""
    buttons = "".join(
        f'<button id="{macro}" label={quoteattr(addins.say(caption))} size="large" imageMso="{_PICTURES[macro]}" '
        f'onAction="{project.ADDIN_MODULE}.Cinta{macro}"/>'
        for caption, macro in MACROS.items()
    )
    label = quoteattr(addins.say("excel.titulo"))
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<customUI xmlns="http://schemas.microsoft.com/office/2006/01/customui"><ribbon startFromScratch="false"><tabs>'
        f'<tab id="poa" label={label}><group id="poaGrupo" label={label}>{buttons}</group></tab>'
        "</tabs></ribbon></customUI>"
    )


def put(target: Path, content: bytes) -> Path:
    """Write a file whole or not at all."""
    with atomic.replacing(target) as temporary:
        temporary.write_bytes(content)
    return target
