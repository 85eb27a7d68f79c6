"""The hidden sheet Catalogo: what checking needs of the entity, put anew, and what changed in it since."""

from collections import Counter
from collections.abc import Iterator, Mapping

from poa_xl import catalogo, cells, sheets, titles
from poa_xl.catalogo import Asignada, Catalogo, sheet as catalogo_sheet
from poa_xl.entity import Entidad
from poa_xl.messages import refresh as words
from poa_xl.migration.refresh.parts import NotSplicedError, Splice
from poa_xl.migration.report import ReportLine
from poa_xl.migration.source import Source
from poa_xl.names import CATALOGUE_SHEET

_FIELDS = {"nombre": words.NAME, "servicio": words.SERVICE, "area": words.AREA, "acp": words.ACP}


def carried(old: Source) -> Catalogo | None:
    """The catalogue that a workbook carries; None where it has none that can be used."""
    there = CATALOGUE_SHEET in old.contents.names
    return catalogo_sheet.from_rows(old.contents[CATALOGUE_SHEET]) if there else None


def is_of(old: Source, entidad: Entidad) -> bool:
    """Whether a workbook of an entity of another name is of this one: most units of its catalogue are its own."""
    before = carried(old)
    known = {(u.unidad, titles.key(u.nombre)) for u in entidad.unidades}
    same = [u for u in before.unidades if (u.unidad, titles.key(u.nombre)) in known] if before else []
    return before is not None and 2 * len(same) > len(before.unidades)


def bring(splice: Splice, old: Source, entidad: Entidad) -> Iterator[ReportLine]:
    """Put the catalogue of now into the splice where it differs; a line for each entry that does."""
    if CATALOGUE_SHEET not in old.contents.names:
        raise NotSplicedError(words.MISSING_SHEET.format(hoja=CATALOGUE_SHEET))
    before, after = carried(old), catalogo.of(entidad)
    if before == after:
        return
    splice.sheets[CATALOGUE_SHEET] = catalogo_sheet.to_rows(after)
    if before is None:
        yield ReportLine("catalogo-repuesto", found=CATALOGUE_SHEET)
        return
    found = list(_changes(before, after, entidad))
    yield from found
    if not found and _entries(before) != _entries(after):
        yield ReportLine("orden", new_sheet=CATALOGUE_SHEET)


def _entries(one: Catalogo) -> tuple[object, ...]:
    """The entries of a catalogue in their order."""
    return one.acps, one.fuentes, one.unidades, tuple(one.categorias.items())


def _changes(before: Catalogo, after: Catalogo, entidad: Entidad) -> Iterator[ReportLine]:
    yield from _codes("acp", before.acps, {a.acp: a.denominacion for a in entidad.acps})
    yield from _codes("fuente", before.fuentes, {f.fuente: f.descripcion for f in entidad.fuentes})
    recoded = _recoded(before, after)
    yield from (line("recodificada", "unidad", old, leido=new) for old, new in recoded.items())
    known = tuple(recoded.get(code, code) for code in before.by_code)
    yield from _codes("unidad", known, {u.unidad: u.nombre for u in entidad.unidades})
    yield from _units(before, after, recoded)
    yield from _codes("categoria", tuple(before.categorias), {c.categoria: c.programa for c in entidad.categorias})
    yield from _spenders(before, after, recoded)
    yield from _parameters(before, after)


def line(kind: str, what: str, code: str, **details: str) -> ReportLine:
    """A line on an entry of a catalogue."""
    said = {"que": words.KIND_OF[what], **details}
    return ReportLine(kind, found=code, new_sheet=CATALOGUE_SHEET, details=said)


def _codes(what: str, before: tuple[str, ...], after: Mapping[str, str]) -> Iterator[ReportLine]:
    for code, name in after.items():
        if code not in before:
            yield line("entra", what, code, leido=name or words.WITHOUT_NAME)
    yield from (line("sale", what, code) for code in before if code not in after)


def _recoded(before: Catalogo, after: Catalogo) -> dict[str, str]:
    """Old code -> new one, of units that alone have their name in both catalogues."""
    names = [{code: titles.key(u.nombre) for code, u in one.by_code.items()} for one in (before, after)]
    count = [Counter(own.values()) for own in names]
    alone = [{name: code for code, name in own.items() if of[name] == 1} for own, of in zip(names, count, strict=True)]
    pairs = [(code, alone[1].get(name, "")) for name, code in alone[0].items() if code not in after.by_code]
    return {old: new for old, new in pairs if new and new not in before.by_code}


def _units(before: Catalogo, after: Catalogo, recoded: Mapping[str, str]) -> Iterator[ReportLine]:
    for old in before.unidades:
        code = recoded.get(old.unidad, old.unidad)
        new = after.by_code.get(code)
        for name, text in _FIELDS.items() if new else ():
            yield from _changed("unidad", code, text, getattr(old, name), getattr(new, name))
        yield from _in_force(code, old, new)


def _in_force(code: str, old: Asignada, new: Asignada | None) -> Iterator[ReportLine]:
    if new:
        states = (words.WORD_OF[old.vigente], words.WORD_OF[new.vigente])
        yield from _changed("unidad", code, words.IN_FORCE, *states)


def _changed(what: str, code: str, column: str, old: str, new: str) -> Iterator[ReportLine]:
    if old and new and old != new:
        yield line("cambia", what, code, columna=column, antes=old, leido=new)
    elif old != new:  # a level that the entity does without is blank
        yield line("sin-nivel" if old else "con-nivel", what, code, columna=column, leido=new)


def _spenders(before: Catalogo, after: Catalogo, recoded: Mapping[str, str]) -> Iterator[ReportLine]:
    """Which units came to a category, or went."""
    for code, units in before.categorias.items():
        new, old = after.categorias.get(code), [recoded.get(unit, unit) for unit in units]
        if new is not None and set(old) != set(new):
            gone, come = [u for u in old if u not in new], [u for u in new if u not in old]
            for kind, codes in (("la-ejecutan", come), ("ya-no-la-ejecutan", gone)):
                if codes:
                    yield line(kind, "categoria", code, leido=", ".join(codes))


def _parameters(before: Catalogo, after: Catalogo) -> Iterator[ReportLine]:
    if before.tolerancia != after.tolerancia:
        amounts = (cells.number(x.tolerancia, 2) for x in (before, after))
        yield _parameter("parametro", words.TOLERANCE, *amounts)
    for name, old, new in (
        (words.METHOD, before.metodo, after.metodo),
        (words.OPERATION_METHOD, before.metodo_operacion, after.metodo_operacion),
    ):
        if old != new:
            yield _parameter("metodo", name, old, new)


def _parameter(kind: str, name: str, old: str, new: str) -> ReportLine:
    details = {"columna": name, "antes": old, "leido": new}
    return ReportLine(kind, new_sheet=sheets.sheet("entidad", "parametros").name, details=details)
