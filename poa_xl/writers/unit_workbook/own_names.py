"""The sheets of a unit's workbook with the names of its entity, but for the titles by which the workbook is read."""

from dataclasses import replace

from poa_xl.level_names import PUBLISHED, OwnNames
from poa_xl.messages.level_names import CALLED, LEFT_BLANK
from poa_xl.sheets import Column, Sheet

# Columns that are read -> what their values are.
_LEVELS = {"acp": "nombre_acp", "servicio": "nombre_servicio", "area": "nombre_area"}


def of_sheet(sheet: Sheet, names: OwnNames) -> Sheet:
    """A sheet as the unit sees it. One that is only computed is called as the entity does throughout."""
    if not names.own and not names.absent:
        return sheet
    if sheet.inputs:
        return replace(sheet, columns=tuple(_noted(column, names) for column in sheet.columns))
    columns = (replace(c, title=names.said(c.title), description=names.said(c.description)) for c in sheet.columns)
    return replace(sheet, description=names.said(sheet.description), columns=tuple(columns))


def _noted(column: Column, names: OwnNames) -> Column:
    """A column that keeps its title, whose note says how the entity calls what stands there, or that nothing does."""
    if column.level in names.absent:
        return replace(column, description=LEFT_BLANK)
    parameter = _LEVELS.get(column.name, "")
    if not parameter or names.of(parameter) == PUBLISHED[parameter]:
        return column
    called = CALLED.format(nombre=names.of(parameter).one)
    return replace(column, description=" ".join(filter(None, (column.description, called))))
