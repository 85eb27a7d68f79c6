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
CONTENT = 1 | 2 | 4 | FORMULAS  # of numbers, dates and texts too
ERRORS = 4  # com.sun.star.sheet.FormulaResult.ERROR
EXCEL_FILTER = "Calc MS Excel 2007 XML"
PDF_FILTER = "calc_pdf_Export"
WORD_FILTER = "Office Open XML Text"
SECONDS_TO_START = 60
MOST_COLUMNS, MOST_ROWS = 200, 5000


def properties(**values):
    """Named values as LibreOffice takes them."""
    return tuple(PropertyValue(Name=name, Value=value) for name, value in values.items())


def connect(pipe):
    """The context of the soffice that listens on the pipe, as soon as it is up."""
    context = uno.getComponentContext()
    resolver = context.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", context)
    until = time.monotonic() + SECONDS_TO_START
    while True:
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except NoConnectException:
            if time.monotonic() > until:
                raise
            time.sleep(0.05)


def service(context, name):
    """An instance of a service inside soffice."""
    return context.ServiceManager.createInstanceWithContext(name, context)


def opened(desktop, path, **how):
    """The document of a file, hidden; an empty one without a path."""
    url = uno.systemPathToFileUrl(os.path.abspath(path)) if path else "private:factory/scalc"
    document = desktop.loadComponentFromURL(url, "_blank", 0, properties(Hidden=True, **how))
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


def shown(desktop, path):
    """What a person sees, with nothing calculated anew: the day that is 0, and sheet -> cell -> [value, kind, formula].

    The kind is the type of a number's format (com.sun.star.util.NumberFormat), 'text', or 'error'; `formula` is whether
    it is one. A file in which LibreOffice shows no sheets gives None.
    """
    document = opened(desktop, path)
    try:
        if not document.supportsService("com.sun.star.sheet.SpreadsheetDocument"):
            return None
        day = document.NullDate
        sheets = [[sheet.Name, shown_cells(document.NumberFormats, sheet)] for sheet in document.Sheets]
        return {"origin": [day.Year, day.Month, day.Day], "sheets": sheets}
    finally:
        document.close(True)


def shown_cells(formats, sheet):
    """Cell name -> [value, kind, formula] of the cells of a sheet that are not blank."""
    found, errors, formulas = {}, error_cells(sheet), formula_cells(sheet, lambda cells: cells.getFormulaArray())
    for address in sheet.queryContentCells(CONTENT).getRangeAddresses():
        left, top = address.StartColumn, address.StartRow
        matrix = sheet.getCellRangeByPosition(left, top, address.EndColumn, address.EndRow).getDataArray()
        for row, values in enumerate(matrix, top):
            for column, value in enumerate(values, left):
                name = name_of(column, row)
                if name in errors:
                    value, kind = sheet.getCellByPosition(column, row).String, "error"
                elif isinstance(value, str):
                    kind = "text"
                else:
                    kind = formats.getByKey(sheet.getCellByPosition(column, row).NumberFormat).Type
                found[name] = [value, kind, name in formulas]
    return found


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


def edit(desktop, path, out, replaced):
    """Replace words of a text document as a person does with Find & Replace, and store it as .docx under `out`."""
    document = opened(desktop, path)
    try:
        for old, new in replaced.items():
            search = document.createReplaceDescriptor()
            search.SearchString, search.ReplaceString = old, new
            document.replaceAll(search)
        target = uno.systemPathToFileUrl(os.path.abspath(out))
        document.storeToURL(target, properties(FilterName=WORD_FILTER, Overwrite=True))
        return out
    finally:
        document.close(True)


def contents(document):
    """Sheet -> what was typed into its used area, as far as a workbook of ours can reach."""
    found = {}
    for sheet in document.Sheets:
        cursor = sheet.createCursor()
        cursor.gotoEndOfUsedArea(False)
        right, bottom = min(cursor.RangeAddress.EndColumn, MOST_COLUMNS), min(cursor.RangeAddress.EndRow, MOST_ROWS)
        found[sheet.Name] = sheet.getCellRangeByPosition(0, 0, right, bottom).getFormulaArray()
    return found


def links(sheet, rows):
    """The addresses of the links in column A of the first rows; '' where a cell has none."""
    fields = [sheet.getCellByPosition(0, row).getTextFields() for row in range(rows)]
    return [of_cell.getByIndex(0).URL if of_cell.Count else "" for of_cell in fields]


def dispatch(context, desktop, request):
    """Open a workbook, carry an order out by its URL as a menu does, and tell what became of the document."""
    document = opened(desktop, request["path"], ReadOnly=request["read_only"])
    try:
        before, address = contents(document), document.getURL()
        frame = document.getCurrentController().getFrame()
        helper = service(context, "com.sun.star.frame.DispatchHelper")
        start = time.perf_counter()
        done = helper.executeDispatch(frame, request["url"], "_self", 0, ())
        seconds = time.perf_counter() - start
        after = contents(document)
        told = {
            "said": done.Result,
            "succeeded": done.State == 1,
            "seconds": seconds,
            "before": before,
            "after": after,
            "links": {name: links(document.Sheets.getByName(name), len(rows)) for name, rows in after.items()},
            "shown": document.getCurrentController().getActiveSheet().Name,
            "protected": [sheet.Name for sheet in document.Sheets if sheet.isProtected()],
            "moved": document.getURL() != address,
            "modified": document.isModified(),
            "steps": document.UndoManager.getAllUndoActionTitles(),
        }
        if request["out"]:
            target = uno.systemPathToFileUrl(os.path.abspath(request["out"]))
            document.storeToURL(target, properties(FilterName=EXCEL_FILTER, Overwrite=True))
        if told["steps"]:
            document.UndoManager.undo()
            told["undone"] = contents(document)
        return told
    finally:
        document.close(True)


def fastest(desktop, path, sheets, times):
    """Sheet -> the fewest seconds of several hard recalculations of a document with that sheet alone."""
    best = {}
    for name in sheets:
        document = opened(desktop, path)
        try:
            for other in [n for n in document.Sheets.ElementNames if n != name]:
                document.Sheets.removeByName(other)
            seconds = []
            for _ in range(times):
                start = time.perf_counter()
                document.calculateAll()
                seconds.append(time.perf_counter() - start)
            best[name] = min(seconds)
        finally:
            document.close(True)
    return best


def costs(desktop, path, out):
    """Seconds of opening a workbook, of a hard recalculation, and of saving it as .xlsx under `out`, if that is given."""
    start = time.perf_counter()
    document = opened(desktop, path)
    try:
        open_at = time.perf_counter()
        document.calculateAll()
        calculated_at = time.perf_counter()
        if out:
            target = uno.systemPathToFileUrl(os.path.abspath(out))
            document.storeToURL(target, properties(FilterName=EXCEL_FILTER, Overwrite=True))
        return [open_at - start, calculated_at - open_at, time.perf_counter() - calculated_at]
    finally:
        document.close(True)


def folded(context, desktop, path, sheet, columns, fold):
    """Whether each column of a sheet is seen after those given (from 0, first and last) were folded or unfolded."""
    document = opened(desktop, path)
    try:
        page = document.Sheets.getByName(sheet)
        document.getCurrentController().setActiveSheet(page)
        helper = service(context, "com.sun.star.frame.DispatchHelper")
        orders = ((".uno:HideDetail", columns[0]), (".uno:ShowDetail", columns[1]))  # the innermost group; all of it
        for order, last in orders[:1] if fold else orders:
            document.getCurrentController().select(page.getCellRangeByPosition(columns[0], 0, last, 0))
            helper.executeDispatch(document.getCurrentController().getFrame(), order, "", 0, ())
        cursor = page.createCursor()
        cursor.gotoEndOfUsedArea(False)
        return [page.Columns.getByIndex(i).IsVisible for i in range(cursor.RangeAddress.EndColumn + 1)]
    finally:
        document.close(True)


HELD: dict = {}


def hold(desktop, path):
    """Open a workbook and keep it open, as a person who looks at it."""
    HELD[path] = opened(desktop, path)


def release(path):
    """Close a workbook that is held."""
    HELD.pop(path).close(True)


def answer(context, request):
    """The answer to one request."""
    desktop = service(context, "com.sun.star.frame.Desktop")
    if request["do"] == "hold":
        return hold(desktop, request["path"])
    if request["do"] == "release":
        return release(request["path"])
    if request["do"] == "dispatch":
        return dispatch(context, desktop, request)
    if request["do"] == "fastest":
        return fastest(desktop, request["path"], request["sheets"], request["times"])
    if request["do"] == "costs":
        return costs(desktop, request["path"], request["out"])
    if request["do"] == "shown":
        return shown(desktop, request["path"])
    if request["do"] == "fold":
        return folded(context, desktop, request["path"], request["sheet"], request["columns"], request["fold"])
    if request["do"] == "recalculate":
        return recalculate(desktop, request["path"])
    if request["do"] == "edit":
        return edit(desktop, request["path"], request["out"], request["replaced"])
    how = PDF_FILTER if request["do"] == "pdf" else EXCEL_FILTER
    return save(desktop, request["path"], request["out"], request.get("cells", {}), how)


def main():
    """Answer requests until the input ends, then stop soffice."""
    context = connect(sys.argv[1])
    print(json.dumps({"ok": "ready"}), flush=True)
    for line in sys.stdin:
        try:
            reply = {"ok": answer(context, json.loads(line))}
        except Exception as problem:
            reply = {"error": f"{type(problem).__name__}: {problem}"}
        print(json.dumps(reply), flush=True)
    service(context, "com.sun.star.frame.Desktop").terminate()


if __name__ == "__main__":
    main()
