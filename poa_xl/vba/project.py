"""The VBA projects: xlwings' shipped ones, with the wrappers of the functions and the macros of the buttons added."""

import functools
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import xlwings
from pyopenvba import ExcelFile
from pyopenvba.cfb import CFB
from pyopenvba.vba import VBAModuleKind, VBAProject

from poa_xl.messages import addins
from poa_xl.names import ADDIN_FILE
from poa_xl.vba import EXTENSION, wrappers

MACROS_MODULE, ADDIN_MODULE = "poa_xl_macros", "poa_xl_complemento"
XLWINGS_MODULE = "xlwings"
ADDIN_SHEET = "Sheet2"  # the code name of the only sheet of xlwings' add-in
_SHIPPED = Path(xlwings.__file__).parent
_STANDALONE, _ADDIN = _SHIPPED / "quickstart_standalone.xlsm", _SHIPPED / "quickstart_addin.xlam"
_EXAMPLE, _SHEET = "Module1", "Sheet2"  # in both: a macro to begin with, and the module of a sheet
_PART = "xl/vbaProject.bin"
# The add-in that xlwings ships reads its settings under a name to be replaced; ours are those of xlwings.
_THEIR_NAME = 'PROJECT_NAME As String = "myaddin"'
_OUR_NAME = 'PROJECT_NAME As String = "xlwings"'
_LONGEST = 255  # characters of a help text, in Excel
_NAMED = '"\'" & ThisWorkbook.Name & "\'!{}"'  # a macro of this project, whatever the file's name


def shipped(addin: bool) -> Path:
    """The workbook or add-in of xlwings that a project is made of."""
    return _ADDIN if addin else _STANDALONE


@functools.cache
def of_workbook(sheets: int) -> bytes:
    """The project of a workbook whose sheets have the code names Sheet1, Sheet2 and so on."""
    modules = {wrappers.MODULE: wrappers.generate(f"libro{EXTENSION}").source, MACROS_MODULE: _source("macros.bas")}
    return _written(_STANDALONE, modules, [f"Sheet{number}" for number in range(1, sheets + 1)])


@functools.cache
def of_addin() -> bytes:
    """The project of the add-in, whose functions and macros work on the active workbook."""
    made = wrappers.generate(ADDIN_FILE)
    modules = {
        wrappers.MODULE: made.source,
        MACROS_MODULE: _source("macros.bas"),
        ADDIN_MODULE: _source("addin.bas") + help_macro(made.helps),
    }
    return _written(_ADDIN, modules, [ADDIN_SHEET], {_THEIR_NAME: _OUR_NAME})


def help_macro(helps: Sequence[wrappers.Help]) -> str:
    """The macro that gives Excel the help of the functions when the add-in is loaded.

    Only the add-in has it: a workbook that comes by mail runs nothing by itself.
    """
    lines = ["Public Sub Auto_Open()", "    On Error Resume Next"]
    for function, description, arguments in helps:
        lines.append(f"    Application.MacroOptions Macro:={_NAMED.format(function)}, _")
        lines.append(f"        Description:={_quoted(description)}, _")
        given = ", _\n            ".join(map(_quoted, arguments))
        category = f"        Category:={_quoted(addins.say('excel.titulo'))}"
        lines += [f"{category}, _", f"        ArgumentDescriptions:=Array({given})"] if arguments else [category]
    lines += ["    ThisWorkbook.Saved = True", "End Sub", ""]
    return "\n".join(lines).replace("\n", "\r\n")


def _quoted(text: str) -> str:
    return '"' + text[:_LONGEST].replace('"', '""') + '"'


def _source(name: str) -> str:
    lines = (Path(__file__).parent / name).read_text(encoding="ascii").splitlines()
    return "".join(f"{line}\r\n" for line in lines)


def _written(
    source: Path, modules: Mapping[str, str], sheets: Sequence[str], changes: Mapping[str, str] | None = None
) -> bytes:
    with tempfile.TemporaryDirectory() as folder, ExcelFile(source) as file:
        project = file.vba_project()
        project.delete_module(_EXAMPLE)
        added = _add_sheets(project, sheets)
        for name, text in modules.items():
            project.add_module(name, text)
        for old, new in (changes or {}).items():
            _replace_once(project, old, new)
        target = Path(folder) / source.name
        file.save(target)
        with zipfile.ZipFile(target) as package:
            return _as_documents(package.read(_PART), added)


def _add_sheets(project: VBAProject, sheets: Sequence[str]) -> list[str]:
    """A module for each sheet that has none yet, like that of the sheet which is there."""
    added = [name for name in sheets if name not in project.module_names()]
    model = project.get_module(_SHEET).source
    for name in added:
        project.add_module(name, model.replace(f'"{_SHEET}"', f'"{name}"'), kind=VBAModuleKind.other)
    return added


def _replace_once(project: VBAProject, old: str, new: str) -> None:
    module = project.get_module(XLWINGS_MODULE)
    if module.body.count(old) != 1:
        raise ValueError(f"xlwings {xlwings.__version__} does not have {old!r} once")
    module.body = module.body.replace(old, new)


def _as_documents(content: bytes, sheets: Sequence[str]) -> bytes:
    """The project with the sheets' modules declared as such, for what is added is declared as a class.

    The list of windows at the end must have no blank line, which pyOpenVBA leaves between the old and the new ones.
    """
    container = CFB.from_bytes(content)
    declared = container.get_stream("PROJECT")
    for name in sheets:
        declared = declared.replace(f"\r\nClass={name}\r\n".encode(), f"\r\nDocument={name}/&H00000000\r\n".encode())
    declared, section, windows = declared.partition(b"[Workspace]\r\n")
    container.write_stream("PROJECT", declared + section + b"".join(w for w in windows.splitlines(True) if w.strip()))
    return container.to_bytes()
