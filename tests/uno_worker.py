"""Runs inside a Python that has LibreOffice's `uno`: takes one JSON request a line, answers one JSON line.

Usage: python uno_worker.py <pipe name>. Only the standard library and uno: the tests' own packages are not here.
"""

import json
import os
import sys
import time

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException

FORMULAS = 16  # com.sun.star.sheet.CellFlags.FORMULA
ERRORS = 4  # com.sun.star.sheet.FormulaResult.ERROR
EXCEL_FILTER = "Calc MS Excel 2007 XML"
PDF_FILTER = "calc_pdf_Export"
SECONDS_TO_START = 60


def properties(**values):
    """Named values as LibreOffice takes them."""
    return tuple(PropertyValue(Name=name, Value=value) for name, value in values.items())


def connect(pipe):
    """The desktop of the soffice that listens on the pipe, as soon as it is up."""
    context = uno.getComponentContext()
    resolver = context.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", context)
    until = time.monotonic() + SECONDS_TO_START
    while True:
        try:
            remote = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            return remote.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", remote)
        except NoConnectException:
            if time.monotonic() > until:
                raise
            time.sleep(0.05)


def opened(desktop, path):
    """The document of a file, hidden."""
    url = uno.systemPathToFileUrl(os.path.abspath(path))
    document = desktop.loadComponentFromURL(url, "_blank", 0, properties(Hidden=True))
    if document is None:
        raise ValueError("LibreOffice could not open " + path)
    return document


def name_of(column, row):
    """The name of a cell, `A1`, from indices counted from 0."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"


def formula_cells(sheet, read):
    """Cell name -> what `read` gives for the formula cells of a sheet; `read` takes a range, gives a matrix."""
    found = {}
    for address in sheet.queryContentCells(FORMULAS).getRangeAddresses():
        left, top, right, bottom = address.StartColumn, address.StartRow, address.EndColumn, address.EndRow
        matrix = read(sheet.getCellRangeByPosition(left, top, right, bottom))
        for r, row in enumerate(matrix):
            for c, value in enumerate(row):
                found[name_of(left + c, top + r)] = value
    return found


def error_cells(sheet):
    """Names of the formula cells that show an error."""
    return {
        name_of(column, row)
        for address in sheet.queryFormulaCells(ERRORS).getRangeAddresses()
        for column in range(address.StartColumn, address.EndColumn + 1)
        for row in range(address.StartRow, address.EndRow + 1)
    }


def recalculate(desktop, path):
    """Sheet -> cell -> [formula, recalculated value, is it an error]."""
    document = opened(desktop, path)
    try:
        document.calculateAll()
        answer = {}
        for sheet in document.Sheets:
            formulas = formula_cells(sheet, lambda cells: cells.getFormulaArray())
            values = formula_cells(sheet, lambda cells: cells.getDataArray())
            errors = error_cells(sheet)
            answer[sheet.Name] = {c: [formulas[c], values[c], c in errors] for c in formulas}
        return answer
    finally:
        document.close(True)


def save(desktop, path, out, cells, how):
    """Put values into cells, recalculate everything, and store under `out`."""
    document = opened(desktop, path)
    try:
        for sheet, values in cells.items():
            for cell, value in values.items():
                target = document.Sheets.getByName(sheet).getCellRangeByName(cell)
                if isinstance(value, str):
                    target.setString(value)
                elif value is None:
                    target.clearContents(1 | 2 | 4 | 16)
                else:
                    target.setValue(value)
        if how == EXCEL_FILTER:
            document.calculateAll()
        document.storeToURL(uno.systemPathToFileUrl(os.path.abspath(out)), properties(FilterName=how, Overwrite=True))
        return out
    finally:
        document.close(True)


def answer(desktop, request):
    """The answer to one request."""
    if request["do"] == "recalculate":
        return recalculate(desktop, request["path"])
    how = PDF_FILTER if request["do"] == "pdf" else EXCEL_FILTER
    return save(desktop, request["path"], request["out"], request.get("cells", {}), how)


def main():
    """Answer requests until the input ends, then stop soffice."""
    desktop = connect(sys.argv[1])
    print(json.dumps({"ok": "ready"}), flush=True)
    for line in sys.stdin:
        try:
            reply = {"ok": answer(desktop, json.loads(line))}
        except Exception as problem:
            reply = {"error": f"{type(problem).__name__}: {problem}"}
        print(json.dumps(reply), flush=True)
    desktop.terminate()


if __name__ == "__main__":
    main()
