"""Defects of whole files, sheets and columns."""

import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
from openpyxl.packaging.custom import StringProperty
from openpyxl.packaging.relationship import Relationship
from openpyxl.workbook.external_link.external import ExternalBook, ExternalLink

from poa_xl import guards, names
from poa_xl.ooxml import namespaces, relation_list
from poa_xl.ooxml.part_names import WORKBOOK_RELATIONS
from poa_xl.sample.plots import FIRST_ROW, HEADER_ROW, PlantedCell, Plot, field

_OFFICE = namespaces.OFFICE[0]
_STYLES = f"{_OFFICE}/styles"
_OLE2 = bytes.fromhex("d0cf11e0a1b11ae1")


def _without_sheet(plot: Plot) -> list[PlantedCell]:
    plot.workbook.remove(plot.tab("Resultados"))
    return [PlantedCell("", "")]


def _renamed_sheet(plot: Plot) -> list[PlantedCell]:
    plot.tab("Resultados").title = "RESULTADOS 2024"
    return [PlantedCell("RESULTADOS 2024", "")]


def _moved_sheet(plot: Plot) -> list[PlantedCell]:
    plot.workbook.move_sheet("Resultados", -2)
    return [PlantedCell("", "")]


def _repeated_sheet(plot: Plot) -> list[PlantedCell]:
    copy = plot.workbook.copy_worksheet(plot.tab("Resultados"))
    copy.title = "Resultados "
    return [PlantedCell("Resultados ", "")]


def _extra_sheet(plot: Plot) -> list[PlantedCell]:
    plot.workbook.create_sheet("Borrador")["A1"] = "Apuntes"
    return [PlantedCell("Borrador", "")]


def _without_header(plot: Plot) -> list[PlantedCell]:
    for cell in plot.tab("Resultados")[HEADER_ROW]:
        cell.value = None
    return [PlantedCell("Resultados", "")]


def _far_away(plot: Plot) -> list[PlantedCell]:
    plot.tab("Tareas")["XFD1048000"] = " "
    return [PlantedCell("Tareas", "XFD1048000")]


def _without_rows(plot: Plot) -> list[PlantedCell]:
    tab = plot.tab("Resultados")
    for row in range(FIRST_ROW, plot.last_row("Resultados") + 1):
        for column in range(1, tab.max_column + 1):
            tab.cell(row, column).value = None
    return [PlantedCell("Resultados", "")]


def _without_column(plot: Plot) -> list[PlantedCell]:
    plot.title("Resultados", "Principales resultados", None)
    return [PlantedCell("Resultados", "")]


def _swapped_columns(plot: Plot) -> list[PlantedCell]:
    tab = plot.tab("Resultados")
    for row in range(HEADER_ROW, FIRST_ROW + 1):
        tab.cell(row, 1).value, tab.cell(row, 2).value = tab.cell(row, 2).value, tab.cell(row, 1).value
    return [PlantedCell("Resultados", "A4")]


def _without_optional(plot: Plot) -> list[PlantedCell]:
    plot.put("Operaciones", "Indicador", HEADER_ROW, None)
    return [PlantedCell("Operaciones", "")]


def _empty_form(plot: Plot) -> list[PlantedCell]:
    tab = plot.tab("Unidad")
    for row in range(HEADER_ROW, tab.max_row + 1):
        tab.cell(row, 2).value = None
    return [PlantedCell("Unidad", f"B{HEADER_ROW}")]


CHANGES: list[tuple[str, Callable[[Plot], list[PlantedCell]]]] = [
    ("HOJ-001", _without_sheet),
    ("HOJ-002", _renamed_sheet),
    ("HOJ-003", _moved_sheet),
    ("HOJ-004", _repeated_sheet),
    ("HOJ-005", _extra_sheet),
    ("HOJ-006", _without_header),
    ("HOJ-007", _far_away),
    ("HOJ-008", _without_rows),
    ("COL-001", _without_column),
    ("COL-002", lambda plot: [plot.title("Resultados", "Resultado programado", "RESULTADO  PROGRAMADO")]),
    ("COL-003", _swapped_columns),
    ("COL-004", lambda plot: [plot.add_title("Resultados", "ACP")]),
    ("COL-005", lambda plot: [plot.add_title("Resultados", "Notas")]),
    ("COL-006", _without_optional),
    ("UNI-001", lambda plot: [plot.form("Gestión", None)]),
    ("UNI-004", _empty_form),
    ("UNI-005", lambda plot: [plot.form("Entidad", "Gobernación de Ejemplo")]),
    ("UNI-006", lambda plot: [plot.form("Gestión", 2023)]),
    ("UNI-007", lambda plot: [plot.form("Versión de la plantilla", "0.9")]),
    ("UNI-008", lambda plot: [plot.form("Código de la unidad", "NO-EXISTE")]),
    ("UNI-014", lambda plot: [plot.form("Trimestre que se reporta", 1)]),
]


def _truncated(path: Path) -> list[tuple[str, str, str, str]]:
    path.write_bytes(path.read_bytes()[:4000])
    return [(path.name, "", "", "LIB-001")]


def _old(path: Path) -> list[tuple[str, str, str, str]]:
    path.write_bytes(_OLE2 + b"\0" * 600)
    return [(path.name, "", "", "LIB-002")]


def _encrypted(path: Path) -> list[tuple[str, str, str, str]]:
    path.write_bytes(_OLE2 + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"))
    return [(path.name, "", "", "LIB-003")]


def _labelled(path: Path) -> list[tuple[str, str, str, str]]:
    path.write_bytes(_OLE2 + b"\0" * 600 + "DRMEncryptedDataSpace\0EncryptedPackage".encode("utf-16-le"))
    return [(path.name, "", "", "LIB-018")]


def _hidden(path: Path) -> list[tuple[str, str, str, str]]:
    hidden = path.with_name(f".{path.name}")
    shutil.copyfile(path, hidden)
    return [(hidden.name, "", "", "LIB-004")]


def _letter(path: Path) -> list[tuple[str, str, str, str]]:
    letter = path.with_name("nota de envío.pdf")
    letter.write_bytes(b"%PDF-1.7\n")
    return [(letter.name, "", "", "LIB-017")]


def _downloaded_twice(path: Path) -> list[tuple[str, str, str, str]]:
    copy = path.with_name(f"{path.stem} (1).xlsx")
    shutil.copyfile(path, copy)
    return [(copy.name, "", "", "ENT-009")]


def _master(path: Path) -> list[tuple[str, str, str, str]]:
    """A workbook that says of itself that it is a master."""
    other = path.with_name("evaluacion.xlsx")
    workbook = openpyxl.Workbook()
    _call(workbook, names.MASTER_VALUE)
    workbook.save(other)
    return [(other.name, "", "", "LIB-005")]


def _as_text(path: Path) -> list[tuple[str, str, str, str]]:
    path.write_text("Código;Operación\nOP-01;Negociar\n", encoding="utf-8")
    return [(path.name, "", "", "LIB-006")]


def _zipped(path: Path) -> list[tuple[str, str, str, str]]:
    content = path.read_bytes()
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(zipfile.ZipInfo(path.name), content)
    return [(path.name, "", "", "LIB-007")]


def _nothing(path: Path) -> list[tuple[str, str, str, str]]:
    path.write_bytes(b"")
    return [(path.name, "", "", "LIB-008")]


def _folder(path: Path) -> list[tuple[str, str, str, str]]:
    path.unlink()
    path.mkdir()
    return [(path.name, "", "", "LIB-009")]


def _many_parts(path: Path) -> list[tuple[str, str, str, str]]:
    with zipfile.ZipFile(path, "a") as archive:
        for number in range(guards.DEFAULT.entradas):
            archive.writestr(zipfile.ZipInfo(f"xl/media/{number}.png"), b"")
    return [(path.name, "", "", "LIB-010")]


def _escaping(path: Path) -> list[tuple[str, str, str, str]]:
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(zipfile.ZipInfo("../../inicio.bat"), b"")
    return [(path.name, "", "", "LIB-011")]


def _blank(path: Path) -> list[tuple[str, str, str, str]]:
    openpyxl.Workbook().save(path)
    return [(path.name, "", "", "LIB-012")]


def _with_macros(path: Path) -> list[tuple[str, str, str, str]]:
    _add_part(path, "xl/vbaProject.bin", b"Module=Macro1\r\n", f"{namespaces.MICROSOFT}/vbaProject")
    return [(path.name, "", "", "LIB-013")]


def _with_connection(path: Path) -> list[tuple[str, str, str, str]]:
    main = namespaces.TRANSITIONAL
    source = '<webPr url="http://10.0.0.1/"/>'
    connection = f'<connection id="1" name="SIGEP" type="4" refreshedVersion="6">{source}</connection>'
    xml = f'<connections xmlns="{main}">{connection}</connections>'
    _add_part(path, "xl/connections.xml", xml.encode(), f"{_OFFICE}/connections")
    return [(path.name, "", "", "LIB-020")]


def _with_document(path: Path) -> list[tuple[str, str, str, str]]:
    _add_part(path, "xl/embeddings/informe.docx", b"PK", f"{_OFFICE}/package")
    return [(path.name, "", "", "LIB-021")]


def _add_part(path: Path, name: str, content: bytes, relation: str) -> None:
    """Put a part into a workbook, and name it in the workbook's own."""
    place = WORKBOOK_RELATIONS
    with zipfile.ZipFile(path) as archive:
        parts = {entry: archive.read(entry) for entry in archive.infolist()}
    end = relation_list.END.encode()
    line = relation_list.line("rIdAjeno", relation, f"/{name}").encode() + end
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry, data in parts.items():
            ours = entry.filename == place
            archive.writestr(entry, data.replace(end, line) if ours else data, zipfile.ZIP_DEFLATED)
        archive.writestr(zipfile.ZipInfo(name), content)


def _linked(path: Path) -> list[tuple[str, str, str, str]]:
    workbook = openpyxl.load_workbook(path)
    link = ExternalLink(externalBook=ExternalBook())
    link.file_link = Relationship("rId1", type="externalLinkPath", Target="otro.xlsx", TargetMode="External")
    workbook._external_links.append(link)  # type: ignore[attr-defined]
    workbook.save(path)
    return [(path.name, "", "", "LIB-014")]


def _two_styles(path: Path) -> list[tuple[str, str, str, str]]:
    """A second list of formats, which one program would take and another not."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    end = relation_list.END.encode()
    second = relation_list.line("otro", _STYLES, "styles.xml").encode() + end
    parts[WORKBOOK_RELATIONS] = parts[WORKBOOK_RELATIONS].replace(end, second)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return [(path.name, "", "", "LIB-015")]


def _another_workbook(path: Path) -> list[tuple[str, str, str, str]]:
    workbook = openpyxl.load_workbook(path)
    for name in ("Unidad", "Operaciones", "Presupuesto"):
        del workbook[name]
    workbook.save(path)
    return [(path.name, "", "", "HOJ-009")]


def _twice(path: Path) -> list[tuple[str, str, str, str]]:
    copy = path.with_name(f"{path.stem} (corregido).xlsx")
    workbook = openpyxl.load_workbook(path)
    workbook["Resultados"]["A1"] = "Resultados, corregido"
    workbook.save(copy)
    return [(name, "Unidad", field(workbook), "ENT-001") for name in (path.name, copy.name)]


def _refused_twin(path: Path) -> list[tuple[str, str, str, str]]:
    """The unit's correction cannot be used, so the older workbook counts: somebody should look."""
    twin = path.with_name(f"{path.stem} (bis).xlsx")
    workbook = openpyxl.load_workbook(path)
    del workbook["Resultados"]
    workbook.save(twin)
    return [(path.name, "Unidad", field(workbook), "ENT-004"), (twin.name, "", "", "HOJ-001")]


def _posing(path: Path) -> list[tuple[str, str, str, str]]:
    """A unit's workbook that calls itself a master, as if it were not to be read."""
    workbook = openpyxl.load_workbook(path)
    _call(workbook, names.MASTER_VALUE)
    workbook.save(path)
    return [(path.name, "", "", "ENT-007")]


def _call(workbook: openpyxl.Workbook, documento: str) -> None:
    properties = workbook.custom_doc_props  # type: ignore[attr-defined]
    properties.append(StringProperty(name=names.DOCUMENT_PROPERTY, value=documento))


SPOILERS: list[tuple[str, Callable[[Path], list[tuple[str, str, str, str]]]]] = [
    ("LIB-001", _truncated),
    ("LIB-002", _old),
    ("LIB-003", _encrypted),
    ("LIB-004", _hidden),
    ("LIB-005", _master),
    ("LIB-006", _as_text),
    ("LIB-007", _zipped),
    ("LIB-008", _nothing),
    ("LIB-009", _folder),
    ("LIB-010", _many_parts),
    ("LIB-011", _escaping),
    ("LIB-012", _blank),
    ("LIB-013", _with_macros),
    ("LIB-014", _linked),
    ("LIB-015", _two_styles),
    ("LIB-017", _letter),
    ("LIB-018", _labelled),
    ("HOJ-009", _another_workbook),
    ("LIB-020", _with_connection),
    ("LIB-021", _with_document),
    ("ENT-001", _twice),
    ("ENT-004", _refused_twin),
    ("ENT-007", _posing),
    ("ENT-009", _downloaded_twice),
]
