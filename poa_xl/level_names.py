"""What an entity calls its levels, its semáforo and its second criterion: rows of Parametros, which may be missing.

Titles and labels are written here with the published words (`Área`, `ACP`, `Criterio DGAA`); `OwnNames.said` says them
with those of the entity. Tabs, and the columns of the workbooks that are read, keep theirs: by them files are known.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from poa_xl import titles
from poa_xl.messages import level_names as words

LONGEST = 30  # letters: they stand in titles of columns
_SEPARATOR = ";"
_ARTICLES = "[Uu]na?|[Ll]a|[Ee]l"  # before a name of another gender: «cada» has none
_USUAL = re.compile(r"[^\W\d_][\w .\-/]*")


class Named(NamedTuple):
    """What one thing and several of it are called, with a capital letter, as at the head of a column."""

    one: str
    several: str


# Parameter -> the published words, which hold where the entity says nothing.
PUBLISHED = {
    "nombre_acp": Named("ACP", "ACP"),
    "nombre_servicio": Named("Servicio", "Servicios"),
    "nombre_area": Named("Área", "Áreas"),
    "nombre_grupo": Named("Grupo", "Grupos"),
    "nombre_semaforo": Named("Semáforo DGP", ""),
    "nombre_criterio_2": Named("Criterio DGAA", ""),
}
# What a new workbook says of the last two: no office of a ministry.
NEUTRAL = {"nombre_semaforo": "Semáforo", "nombre_criterio_2": "Criterio de ejecución"}
# Longer ways in which texts say the published words, and what becomes of them. Their articles and adjectives have a
# gender, which another name may not have: these texts do without.
_MORE_UNITS = {"Las unidades de las áreas con varios grupos": "Las demás unidades"}
_ALSO = {
    "nombre_acp": {
        "Acción de corto plazo (ACP)": "{one}",
        "Acción de corto plazo": "Denominación",
        "Avance de una ACP": "Avance por {small}",
        "Parte de una ACP": "Parte, por {small}",
        "De una unidad con operaciones de varias ACP cuentan en cada una las suyas": "Se cuenta por {small}",
        "la ACP no tiene programación": "no hay programación",
    },
    "nombre_area": {"Área organizacional": "{one}", "Áreas organizacionales": "{several}", **_MORE_UNITS},
    "nombre_grupo": {"si la ejecuta un grupo": "si la ejecutan varias unidades", **_MORE_UNITS},
    "nombre_criterio_2": {
        "Criterio de evaluación por trimestre (DGAA)": "{one} por trimestre",
        "Criterio DGAA de la ejecución": "{one}",
    },
}


# Of each level that an entity may do without: what texts say of it, and what they say where it is not there.
WITHOUT = {
    "servicio": {
        "Áreas organizacionales por servicio": "Áreas organizacionales",
        "área, servicio y entidad": "área y entidad",
    },
    "grupo": {
        "Área, unidad o grupo": "Área o unidad",
        "Área o grupo": "Área",
        "Unidad o grupos": "Unidad o áreas",
        "si la ejecuta un grupo": "si la ejecutan varias unidades",
        "Unidad, subgrupo, grupo, ": "Unidad, ",
        " En un grupo con subgrupos, las unidades que no tienen uno forman el subgrupo «Sin subgrupo».": "",
        "Por área y grupo": "Por área",
        "por área y grupo": "por área",
        "Área y grupo": "Área",
        "Unidad, grupo, acuse o archivo": "Unidad, acuse o archivo",
        "la fila de su grupo": "la fila de su área",
    },
    "acp": {
        "Seguimiento por ACP y categoría programática": "Seguimiento por categoría programática",
        "Ejecución y eficacia del POA por ACP": "Ejecución y eficacia del POA por categoría programática",
        "; el de una ACP, solo aquellos en que tuvo avance": "",
        "; el rango de una ACP cuenta los trimestres en que tuvo avance": "",
    },
}
LEVELS = frozenset(WITHOUT)


def _small(name: str) -> str:
    """A name within a sentence: `área`, and `ACP`."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


@dataclass(frozen=True)
class OwnNames:
    """The names of an entity: parameter -> what it says. Published ones are left out.

    `absent` are the levels that it does without, of which texts then say nothing.
    """

    own: tuple[tuple[str, Named], ...] = ()
    absent: tuple[str, ...] = ()

    @cached_property
    def _said(self) -> dict[str, str]:
        """Published word -> that of the entity, as both stand at the head of a title and within it.

        An acronym is written alike in both places.
        """
        found: dict[str, str] = {}
        for parameter, name in self.own:
            published = PUBLISHED[parameter]
            longer = {
                before: now.format(**name._asdict(), small=_small(name.one))
                for before, now in _ALSO.get(parameter, {}).items()
            }
            for before, now in {published.several: name.several, published.one: name.one, **longer}.items():
                found |= {_small(before): _small(now), before: now} if before else {}
        return found

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        longest_first = sorted(self._said, key=len, reverse=True)
        words = "|".join(rf"{re.escape(word)}(?!\w)" for word in longest_first)
        return re.compile(rf"(?<!\w)(?P<article>(?:{_ARTICLES}) )?(?P<word>{words})")

    def said(self, text: str) -> str:
        """A text of ours with the names of the entity."""
        text = self._without.sub(lambda found: self._left[found[0]], text) if self.absent else text
        return self._pattern.sub(self._one, text) if self.own else text

    @cached_property
    def _left(self) -> dict[str, str]:
        """What texts say of the levels that are not there, and what is left of it."""
        return {before: now for level in self.absent for before, now in WITHOUT[level].items()}

    @cached_property
    def _without(self) -> re.Pattern[str]:
        return re.compile("|".join(map(re.escape, sorted(self._left, key=len, reverse=True))))

    def _one(self, found: re.Match[str]) -> str:
        published, article = found["word"], found["article"] or ""
        word = self._said[published]
        if published == _small(published) and (found.start() or article):
            word = _small(word)
        if not article:
            return word
        return f"{'Cada' if article[0].isupper() else 'cada'} {word}"

    def of(self, parameter: str) -> Named:
        """What the entity calls it."""
        return dict(self.own).get(parameter, PUBLISHED[parameter])

    def rows(self) -> Iterator[tuple[str, str]]:
        """The parameters that say another name than the published one, as Parametros has them."""
        for parameter, name in self.own:
            yield parameter, typed(name)


def typed(name: Named) -> str:
    """A name as Parametros says it: `Área; Áreas`."""
    return f"{name.one}{_SEPARATOR} {name.several}" if name.several else name.one


def read(values: Mapping[str, str]) -> tuple[OwnNames, dict[str, str]]:
    """The names of the rows of Parametros (parameter -> value, '' where it says none), and why some cannot be used."""
    own: list[tuple[str, Named]] = []
    wrong: dict[str, str] = {}
    for parameter, published in PUBLISHED.items():
        name, why = _read(values.get(parameter, ""), published)
        if why:
            wrong[parameter] = why
        elif name != published:
            own.append((parameter, name))
    names = OwnNames(tuple(own))
    for parameter, _ in own:
        if why := _taken(parameter, names):
            wrong.setdefault(parameter, why)
    return names, wrong


def _read(value: str, published: Named) -> tuple[Named, str]:
    parts = [" ".join(part.split()) for part in value.split(_SEPARATOR)] if value else []
    if not parts:
        return published, ""
    if len(parts) != (2 if published.several else 1) or not all(parts):
        return published, words.ONE_AND_SEVERAL if published.several else words.ONE
    if any(len(part) > LONGEST or not _USUAL.fullmatch(part) for part in parts):
        return published, words.USUAL.format(n=LONGEST)
    one, several = (part[:1].upper() + part[1:] for part in (*parts, "")[:2])
    return Named(one, several), ""


def _taken(parameter: str, names: OwnNames) -> str:
    """Why a name cannot be told from others: another level has it, or a table would have two columns of one title."""
    from poa_xl.master_tables import contents  # for names of the entity's own alone

    name = titles.key(names.of(parameter).one)
    for other in PUBLISHED:
        if other != parameter and name == titles.key(names.of(other).one):
            return words.TAKEN.format(parametro=other)
    alone = OwnNames(((parameter, names.of(parameter)),))
    for table in contents.every_table():
        columns = {column.title for column in table.every_column}
        if len({titles.key(alone.said(title)) for title in columns}) < len({titles.key(title) for title in columns}):
            return words.ANOTHER_COLUMN
    return ""


def from_rows(rows: Iterable[tuple[str, str]]) -> OwnNames:
    """The names that `rows` gave, as a master holds them; what cannot be used is left out."""
    said = {parameter: value for parameter, value in rows if parameter in PUBLISHED}
    return read(said)[0]
