"""The commands on the written report: `report write`, `verify` and `update`."""

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from poa_xl.cli import options, terminal
from poa_xl.cli.options import FILE, Command, click

if TYPE_CHECKING:
    from poa_xl.api.reports import ReportUpdate, ReportVerification
    from poa_xl.report.verification import Verification
    from poa_xl.report.word.place import DocumentPlace

_MOST_CHANGES, _MOST_LEFT = 20, 6  # that are shown where not all are asked for


@click.group()
def report() -> None:
    """Escribe el informe del trimestre con las cifras del libro maestro, y revisa que sigan siendo las suyas.

    \b
    Ejemplo:
      poa-xl report write demo/evaluacion.xlsx -o informe.docx
      poa-xl report verify informe.docx --master demo/evaluacion.xlsx
      poa-xl report update informe.docx --master demo/evaluacion.xlsx -o informe-2.docx
    """


report.command_class = Command


@report.command()
@click.argument("maestro", type=FILE, metavar="MAESTRO")
@click.option("--entity", "entidad", type=FILE, metavar="ENTIDAD",
              help="Libro de la entidad de MAESTRO; si no se da, el de su carpeta o el que está junto a ella.",
              )  # fmt: skip
@click.option("-o", "--output", "salida", required=True, type=click.Path(dir_okay=False), metavar="INFORME",
              help="Documento de Word que se escribe (.docx).")  # fmt: skip
@click.option("--pdf", "pdf", type=click.Path(dir_okay=False), metavar="PDF",
              help="Escribe también el informe como PDF; lo hace LibreOffice Writer.")  # fmt: skip
@click.option("--html", "html", type=click.Path(dir_okay=False), metavar="PÁGINA",
              help="Escribe también el informe como una página que no pide nada a nadie.")  # fmt: skip
@click.option("--known", "conocidas", type=FILE, metavar="ARCHIVO",
              help="Cifras de los textos que vienen de otra fuente: en cada línea un número y su razón.")  # fmt: skip
@click.option("--force", "forzar", is_flag=True,
              help="Reemplaza también un informe o una página que alguien guardó después, o un PDF.")  # fmt: skip
@options.limits
def write(
    maestro: str,
    entidad: str | None,
    salida: str,
    pdf: str | None,
    html: str | None,
    conocidas: str | None,
    forzar: bool,
    limites: str | None,
) -> None:
    """Escribe el informe de MAESTRO como documento de Word.

    Los cuadros, gráficos y frases salen de las cifras de MAESTRO, y cada cifra queda unida a su celda. Los textos
    propios (introducción, normas, recomendaciones) son los de las hojas Textos_informe y Marco_legal del libro de la
    entidad. El documento se edita en Word o LibreOffice como cualquier otro.

    Termina con 1, sin escribir nada, si los textos de la entidad nombran cifras que no hay, o tienen porcentajes o
    montos que no son cifras del informe.

    \b
    Ejemplo:
      poa-xl report write demo/evaluacion.xlsx -o informe.docx
      poa-xl report write evaluacion-2T.xlsx --entity campana-2T/entidad.xlsx -o informe-2T.docx --pdf informe-2T.pdf
    """
    from poa_xl.api import limits, reports
    from poa_xl.cli import output
    from poa_xl.messages import report as words, report_page as page_words

    try:
        done = reports.write_report(
            maestro, salida, entidad, pdf=pdf, html=html, known=conocidas, force=forzar, limits=limits.read(limites)
        )
    except reports.ReportTextsError as error:
        output.findings(error.findings)
        terminal.say(error.command_text, err=True)
        sys.exit(1)
    terminal.say(words.WRITTEN.format(ruta=done.path, cuadros=done.tables, graficos=done.charts, cifras=done.figures))
    if done.pdf:
        terminal.say(words.PDF_WRITTEN.format(ruta=done.pdf))
    if done.html:
        terminal.say(page_words.WRITTEN.format(ruta=done.html))


@report.command()
@click.argument("informe", type=FILE, metavar="INFORME")
@click.option("--master", "maestro", required=True, type=FILE, metavar="MAESTRO",
              help="Libro maestro con que se compara.")  # fmt: skip
@click.option("--known", "conocidas", type=FILE, metavar="ARCHIVO",
              help="Cifras que vienen de otra fuente: en cada línea un número y su razón.")  # fmt: skip
@click.option("--pdf", "pdf", type=click.Path(dir_okay=False), metavar="PDF",
              help="Escribe INFORME como PDF, para firmarlo, si todas sus cifras coinciden.")  # fmt: skip
@click.option("--force", "forzar", is_flag=True, help="Reemplaza también un PDF que ya existe.")
@options.text_or_json
@options.limits
def verify(
    informe: str,
    maestro: str,
    conocidas: str | None,
    pdf: str | None,
    forzar: bool,
    formato: str,
    limites: str | None,
) -> None:
    """Revisa que cada cifra de INFORME, ya editado, siga siendo la de MAESTRO.

    Compara las cifras unidas al libro maestro, los gráficos, y los números que alguien escribió en párrafos que cambió
    o agregó: cada uno debe ser una cifra del informe, o estar en ARCHIVO con su razón. Fechas, normas, numeraciones y
    cantidades sin unidad no son cifras. El lugar se dice con el título y el número de párrafo.

    Termina con 1 si una cifra contradice al libro maestro o no se sabe de dónde viene.

    \b
    Ejemplo:
      poa-xl report verify informe.docx --master demo/evaluacion.xlsx
      poa-xl report verify informe.docx --master demo/evaluacion.xlsx --known otras.txt
      poa-xl report verify informe.docx --master demo/evaluacion.xlsx --pdf informe.pdf
    """
    from poa_xl.api import limits, reports

    done = reports.verify_report(informe, maestro, conocidas, pdf=pdf, force=forzar, limits=limits.read(limites))
    if formato == "json":
        terminal.say_json(_document(done))
    else:
        _say(done, pdf)
    sys.exit(0 if done.holds else 1)


@report.command()
@click.argument("informe", type=FILE, metavar="INFORME")
@click.option("--master", "maestro", required=True, type=FILE, metavar="MAESTRO",
              help="Libro maestro nuevo, del mismo trimestre.")  # fmt: skip
@click.option("-o", "--output", "salida", required=True, type=click.Path(dir_okay=False), metavar="NUEVO",
              help="Documento de Word que se escribe (.docx); INFORME queda como está.")  # fmt: skip
@click.option("--entity", "entidad", type=FILE, metavar="ENTIDAD",
              help="Libro de la entidad de MAESTRO; si no se da, el de su carpeta o el que está junto a ella.",
              )  # fmt: skip
@click.option("--known", "conocidas", type=FILE, metavar="ARCHIVO",
              help="Cifras que vienen de otra fuente: en cada línea un número y su razón.")  # fmt: skip
@click.option("--all", "todas", is_flag=True, help="Muestra todos los cambios.")
@click.option("--force", "forzar", is_flag=True, help="Reemplaza también un informe que alguien guardó después.")
@options.text_or_json
@options.limits
def update(
    informe: str,
    maestro: str,
    salida: str,
    entidad: str | None,
    conocidas: str | None,
    todas: bool,
    forzar: bool,
    formato: str,
    limites: str | None,
) -> None:
    """Escribe INFORME otra vez, con las cifras de un MAESTRO más nuevo.

    Las cifras unidas, los gráficos y los colores del semáforo pasan a los de MAESTRO; lo que las personas escribieron
    queda palabra por palabra. Dice qué cifras cambiaron, y qué frases y filas diría el programa ahora de otro modo,
    para que alguien las revise. Al final revisa todo el documento, como report verify.

    Termina con 1 si después de actualizar una cifra contradice al libro maestro o no se sabe de dónde viene.

    \b
    Ejemplo:
      poa-xl report update informe.docx --master demo/evaluacion.xlsx -o informe-2.docx
    """
    from poa_xl.api import limits, reports
    from poa_xl.cli import output

    try:
        done = reports.update_report(
            informe, maestro, salida, entidad, known=conocidas, force=forzar, limits=limits.read(limites)
        )
    except reports.ReportTextsError as error:
        output.findings(error.findings)
        terminal.say(error.command_text, err=True)
        sys.exit(1)
    if formato == "json":
        terminal.say_json(_update_document(done))
    else:
        _say_update(done, informe, todas)
    sys.exit(0 if done.verification.holds else 1)


def _update_document(done: "ReportUpdate") -> dict[str, object]:
    found = done.update
    return {
        "informe": str(done.path),
        "cifras": [
            {"cifra": c.figure, "antes": c.before, "despues": c.after, "escrita": c.written} for c in found.figures
        ],
        "textos": [{**_place_document(t.place), "dice": t.before, "diria": t.after} for t in found.texts],
        "sin_actualizar": [entry.figure for entry in found.left],
        "coincide": done.verification.holds,
        "observaciones": _remarks(done.verification),
    }


def _say_update(done: "ReportUpdate", informe: str, every: bool) -> None:
    from poa_xl.messages import report_update as words
    from poa_xl.messages.counts import first_ones

    found = done.update
    terminal.say(words.WRITTEN.format(ruta=done.path, ruta_vieja=informe))
    changed = [c for c in found.figures if not c.written]
    edited = [c for c in found.figures if c.written]
    terminal.say(words.FIGURES.format(n=len(changed)) if changed else words.NONE)
    _say_some([[words.FIGURE.format(cifra=c.figure, antes=c.before, despues=c.after)] for c in changed], every=every)
    if edited:
        terminal.say(words.EDITED.format(n=len(edited)), fg="yellow")
    said = [{"cifra": c.figure, "decia": c.before, "escrita": c.written, "despues": c.after} for c in edited]
    _say_some([[words.EDITED_FIGURE.format(**one)] for one in said], every=every)
    if found.texts:
        terminal.say(words.TEXTS.format(n=len(found.texts)), fg="yellow")
    told = [(_place(t.place), t.before, t.after) for t in found.texts]
    _say_some([words.text(*one) for one in told], every=every)
    if found.left:
        terminal.say(words.LEFT.format(cifras=first_ones([entry.figure for entry in found.left], _MOST_LEFT)))
    _say_verification(done.verification)


def _say_some(things: Sequence[Sequence[str]], *, every: bool) -> None:
    """Some things, each in its lines, or all of them; how many more there are."""
    from poa_xl.messages import report_update as words

    shown = things if every else things[:_MOST_CHANGES]
    for line in (line for thing in shown for line in thing):
        terminal.say(line)
    if len(things) > len(shown):
        terminal.say(words.MORE.format(n=len(things) - len(shown)))


def _document(done: "ReportVerification") -> dict[str, object]:
    found = done.verification
    return {
        "informe": str(done.path),
        "maestro": done.master.archivo,
        "mismo_maestro": found.same_master,
        "coincide": found.holds,
        "unidas": found.bound,
        "reconocidas": found.known,
        "escritas": [{**_place_document(t.place), "hallado": t.found, "cifra": t.figure} for t in found.taken],
        "observaciones": _remarks(found),
        "pdf": str(done.pdf) if done.pdf else None,
    }


def _remarks(found: "Verification") -> list[dict[str, object]]:
    return [
        {"veredicto": r.verdict, **_place_document(r.place), "hallado": r.found, "porque": r.why} for r in found.remarks
    ]


def _place(where: "DocumentPlace") -> str:
    from poa_xl.messages import verification as words

    if where.cell is None:
        return words.place(where.section, where.number)
    return words.cell(where.section, where.cell.table, where.cell.row, where.cell.column)


def _place_document(where: "DocumentPlace") -> dict[str, object]:
    cell = where.cell
    return {
        "seccion": where.section,
        "parrafo": where.number,
        "cuadro": cell and cell.table,
        "fila": cell and cell.row,
        "columna": cell and cell.column,
    }


def _say(done: "ReportVerification", pdf: str | None) -> None:
    from poa_xl.messages import report, verification as words

    if not done.verification.same_master:
        terminal.say(words.OTHER_MASTER.format(maestro=done.master.archivo), fg="yellow")
    _say_verification(done.verification)
    if done.pdf:
        terminal.say(report.PDF_WRITTEN.format(ruta=done.pdf))
    elif pdf:
        terminal.say(words.NO_PDF.format(ruta=pdf), fg="red")


def _say_verification(found: "Verification") -> None:
    from poa_xl.messages import verification as words
    from poa_xl.messages.counts import plural
    from poa_xl.report.verification import FAILING, Verdict

    for remark in found.remarks:
        line = words.LINE.format(
            lugar=_place(remark.place), verdicto=remark.verdict, hallado=remark.found, porque=remark.why
        )
        terminal.say(line, fg="red" if remark.verdict in FAILING else "yellow")
    if found.taken:
        terminal.say(words.TAKEN)
    for number in found.taken:
        terminal.say(words.TAKEN_LINE.format(lugar=_place(number.place), hallado=number.found, cifra=number.figure))
    terminal.say(words.SUMMARY.format(unidas=found.bound, reconocidas=found.known))
    if found.holds:
        terminal.say(words.holds(len(found.remarks), found.elsewhere))
        return
    verdicts = [remark.verdict for remark in found.remarks]
    wrong, unknown = verdicts.count(Verdict.CONTRADICTION), verdicts.count(Verdict.UNKNOWN)
    said = {
        "contradicciones": plural(wrong, "contradice", "contradicen"),
        "sin_respaldo": plural(unknown, "no tiene respaldo", "no tienen respaldo"),
    }
    terminal.say(words.FAILS.format(**said), fg="red")
