"""What copies with observations say, in the workbook and on the terminal."""

from collections.abc import Sequence

from poa_xl.messages.counts import first_ones, plural, total

_MOST = 6  # cells are named
REPAIRS_TITLE = "Reparaciones"
REPAIRS_HEADERS = ("Lugar", "Código", "Qué se reparó", "Antes", "Después")
REPAIRS = {
    "numero": "Un número escrito como texto se guardó como número.",
    "espacios": "Se quitaron espacios o caracteres invisibles de más, o se unificaron las tildes.",
    "encabezado": "El título volvió a ser el de la plantilla.",
    "hoja": "La hoja volvió a llamarse como en la plantilla.",
}


def summary(errors: int, avisos: int, repairs: int) -> str:
    """The line above the list of a copy."""
    text = f"Copia revisada: {total(errors, avisos)}. Corrija aquí lo observado y envíe este libro."
    if repairs:
        text += f" Lo que se reparó está en la hoja {REPAIRS_TITLE}."
    return text


def cut(cells: Sequence[str]) -> str:
    """That texts were cut to what a cell of Excel holds; '' where none were."""
    if not cells:
        return ""
    shown = first_ones(cells, _MOST, "«{}»".format)
    return (
        f"En esta copia se cortó el texto de {shown}: una celda de Excel guarda 32.767 caracteres. "
        "El texto entero está en el archivo original; divídalo en varias celdas."
    )


def first(most: int) -> str:
    """That the list is not whole."""
    return f"La lista muestra las primeras {most}."


def repaired(count: int) -> str:
    """The line above the list of repairs."""
    if not count:
        return "En esta copia no se reparó nada."
    done = plural(count, "reparación", "reparaciones")
    return (
        f"{done} en esta copia. Su libro original no cambió. Si alguna no está bien, escriba encima el dato correcto."
    )


def written(copies: int, folder: str) -> str:
    """That copies were written."""
    return f"{plural(copies, 'copia con observaciones escrita', 'copias con observaciones escritas')} en {folder}."


def nothing_to_write() -> str:
    """That no workbook needs a copy."""
    return "Ningún libro tiene observaciones: no se escribió ninguna copia."


def no_copy(file: str, codes: str) -> str:
    """That a workbook gets no copy, and why."""
    return f"{file}: sin copia, porque no se puede leer como libro ({codes})."


def cannot_change(file: str) -> str:
    """That a workbook can be read but not changed in places."""
    return (
        f"{file}: sin copia, porque por dentro no es como los libros de Excel o LibreOffice. "
        "Ábralo en Excel o LibreOffice, guárdelo otra vez como .xlsx y repita la orden."
    )


def changed_meanwhile(file: str) -> str:
    """That a file is another than the one that was checked."""
    return f"{file}: sin copia, porque el archivo cambió mientras se revisaba. Repita la orden."


def repair(file: str, place: str, code: str, kind: str, before: str, after: str) -> str:
    """A repair on the terminal."""
    where = "  ".join(part for part in (file, place, f"reparado {code}".strip()) if part)
    return f"{where}  {REPAIRS[kind]} {before} → {after}"


def left(file: str, repairs: int, errors: int, avisos: int) -> str:
    """What is left of a workbook after its repairs."""
    done = plural(repairs, "reparación", "reparaciones")
    return f"{file}: {done} en la copia; quedan {total(errors, avisos)}."


REPAIR_ALONE = "--repair repara en las copias, así que necesita también --annotate CARPETA."


AMONG_ORIGINALS = (
    "{carpeta} es la carpeta de los libros que se revisan, o está dentro de ella: las copias se tomarían por "
    "entregas. Elija otra carpeta para --annotate."
)


def not_ours(path: str) -> str:
    """That a file is not replaced."""
    return (
        f"{path} ya existe y no es una copia tal como la dejó poa-xl: alguien puede haber trabajado en ella, y no se "
        "reemplaza. No se escribió ninguna copia. Elija otra carpeta o mueva ese archivo."
    )
