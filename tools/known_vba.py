"""Adds the modules of today's VBA projects to the list by which the guards know our own macros.

Run it (`.venv/bin/python tools/known_vba.py`) before a version with other macros is sent; a test fails until then.
Lines are never taken away: workbooks that were sent keep their macros.
"""

from pathlib import Path

import poa_xl
from poa_xl.guards import vba
from poa_xl.vba import project

LIST = Path(poa_xl.__file__).parent / "guards" / vba.KNOWN_FILE


def main() -> None:
    """Write the list with what is new at its end."""
    lines = LIST.read_text(encoding="ascii").splitlines()
    for content in (project.of_workbook(1), project.of_addin()):
        for name, source in vba.modules(content).items():
            line = f"{vba.digest(source)} {name}"
            if vba.digest(source) and line not in lines:
                lines.append(line)
    LIST.write_text("\n".join(lines) + "\n", encoding="ascii")


if __name__ == "__main__":
    main()
