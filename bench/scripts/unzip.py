"""Unzip alone: every part of every workbook is decompressed, and nothing is done with it."""

import sys
import zipfile
from pathlib import Path

for path in sorted(Path(sys.argv[1]).glob("*.xlsx")):
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            archive.read(name)
