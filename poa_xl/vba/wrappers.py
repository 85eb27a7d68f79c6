"""The VBA wrappers of the functions and their help, as xlwings' own import writes them into a workbook.

But for what a function answers where Python cannot be asked: the words of the error would pass for a figure, so it is
the error of a function that is not installed, and formulas go on with plain ones.

xlwings' import runs in a process of its own (`python -m poa_xl.vba.wrappers NAME`), on a workbook that only
notes what it is given, so that the stand-ins for pywin32 never reach the program.
"""

import functools
import json
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple

from poa_xl.vba import FUNCTIONS_MODULE, stand_ins

MODULE = "xlwings_udfs"
_THEIR_FAILURE, _OUR_FAILURE = " = Err.Description", " = CVErr(xlErrName)"
_EXCEL = "16.0"  # from version 14 on, Excel takes help for arguments


class Help(NamedTuple):
    """What Excel's function wizard shows of a function."""

    function: str
    description: str
    arguments: list[str]


class Wrappers(NamedTuple):
    """The source of the VBA module, and what xlwings tells Excel to show."""

    source: str
    helps: list[Help]


@functools.cache
def generate(workbook: str) -> Wrappers:
    """What xlwings generates for a workbook of that name: in a .xlam it refers to the active workbook."""
    environment = {k: v for k, v in os.environ.items() if k != "XLWINGS_LICENSE_KEY"}
    environment |= {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONUTF8": "1"}
    done = subprocess.run(  # noqa: S603 - this very Python, on this very module
        # -P: files of the current folder are none of its modules.
        [sys.executable, "-P", "-m", __spec__.name, workbook],
        env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, encoding="utf-8", check=True,
    )  # fmt: skip
    answer = json.loads(done.stdout.splitlines()[-1])
    return Wrappers(answer["source"], [Help(*given) for given in answer["helps"]])


class _Project:
    """The VBA project of a workbook that is not there: it notes the module that is imported."""

    def __init__(self) -> None:
        self.VBComponents = self
        self.source = ""

    def __call__(self, name: str) -> str:
        return name

    def Remove(self, component: str) -> None:  # noqa: N802 - Excel's name
        """There is nothing to remove."""

    def Import(self, path: str) -> None:  # noqa: N802 - Excel's name
        """Note the text of the module, with the line ends of VBA."""
        lines = Path(path).read_text(encoding="utf-8").splitlines()
        self.source = "".join(f"{line}\r\n" for line in lines).replace(_THEIR_FAILURE, _OUR_FAILURE)


def _imported(workbook: str) -> dict[str, Any]:
    functions = stand_ins.functions()
    from xlwings import udfs

    module: Any = udfs
    # Both would ask Excel for the workbook's sheets.
    module.get_udf_module = lambda *_: functions
    module.__pro__ = False
    helps: list[Help] = []

    def note(macro: str, **options: Any) -> None:
        given = options["ArgumentDescriptions"] or []
        helps.append(Help(macro.partition("!")[2], options["Description"], list(given)))

    project = _Project()
    excel = SimpleNamespace(Version=_EXCEL, MacroOptions=note)
    module.import_udfs(FUNCTIONS_MODULE, SimpleNamespace(Name=workbook, VBProject=project, Application=excel))
    return {"source": project.source, "helps": helps}


if __name__ == "__main__":
    print(json.dumps(_imported(sys.argv[1])))
