"""The properties by which poa-xl knows a workbook that it wrote; `reading.provenance` reads them."""

from xlsxwriter import Workbook

from poa_xl import __version__, titles


def stamp(workbook: Workbook, documento: str, periodo: tuple[int, int] | None = None) -> None:
    """Say what a workbook is, of which period (gestión, quarter) and from which version of poa-xl."""
    workbook.set_custom_property(titles.DOCUMENT_PROPERTY, documento)
    if periodo:
        workbook.set_custom_property(titles.PERIOD_PROPERTY, "{}-{}".format(*periodo))
    workbook.set_custom_property(titles.VERSION_PROPERTY, __version__)
