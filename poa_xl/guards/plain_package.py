"""The package that calamine gets: made here of what was judged, under names of our own.

calamine never sees a stranger's bytes, so what it reads is what was judged, and a relation that points elsewhere points
nowhere.
"""

import io
import zipfile
from functools import lru_cache

from poa_xl.ooxml.namespaces import OFFICE
from poa_xl.ooxml.part_names import PACKAGE_RELATIONS, WORKBOOK, WORKBOOK_RELATIONS
from poa_xl.ooxml.relation_list import line, listed

_OFFICE = OFFICE[0]


def _listed(relations: list[tuple[str, str]]) -> str:
    lines = (line(f"r{n}", f"{_OFFICE}/{kind}", target) for n, (kind, target) in enumerate(relations))
    return listed("".join(lines))


@lru_cache(maxsize=32)
def _index(sheets: int, from_1904: bool) -> tuple[tuple[str, str], ...]:
    lines = "".join(f'<sheet name="{n}" sheetId="{n + 1}" r:id="r{n}"/>' for n in range(sheets))
    parts = [("worksheet", f"worksheets/{n}.xml") for n in range(sheets)]
    calendar = '<workbookPr date1904="1"/>' if from_1904 else ""
    main = f'<workbook xmlns:r="{_OFFICE}">{calendar}<sheets>{lines}</sheets></workbook>'
    shared = [("sharedStrings", "sharedStrings.xml"), ("styles", "styles.xml")]
    return (
        (PACKAGE_RELATIONS, _listed([("officeDocument", WORKBOOK)])),
        (WORKBOOK, main),
        (WORKBOOK_RELATIONS, _listed(parts + shared)),
    )


def plain(sheets: list[bytes], strings: bytes, styles: bytes, from_1904: bool) -> io.BytesIO:
    """A package of these parts alone, its sheets named by their numbers; the list is empty afterwards.

    Both would be in memory at once otherwise.
    """
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_STORED) as archive:
        for name, text in _index(len(sheets), from_1904):
            archive.writestr(zipfile.ZipInfo(name), text)
        sheets.reverse()
        for n in range(len(sheets)):
            archive.writestr(zipfile.ZipInfo(f"xl/worksheets/{n}.xml"), sheets.pop())
        if strings:
            archive.writestr(zipfile.ZipInfo("xl/sharedStrings.xml"), strings)
        if styles:
            archive.writestr(zipfile.ZipInfo("xl/styles.xml"), styles)
    content.seek(0)
    return content
