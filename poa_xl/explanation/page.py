"""A trail as one page for an auditor: no request leaves it, and without its script every step can still be opened.

The page's own rule (CSP) lets it run the script and the style that stand in it and nothing more. What comes from files
is escaped by the template engine, and shown without control characters or marks that turn the writing around.
"""

from collections.abc import Callable
from functools import cache
from pathlib import Path

from jinja2 import Environment
from markupsafe import Markup

from poa_xl import __version__, names, single_page
from poa_xl.cells import Value
from poa_xl.explanation.check import CheckResult
from poa_xl.explanation.document import notes
from poa_xl.explanation.step import RowOrigin, Step, bare
from poa_xl.master_book import MasterBook
from poa_xl.messages import explain as words
from poa_xl.reading import provenance

_ASSETS = Path(__file__).with_name("assets")
_KIND = "cifra"


def write(path: Path, root: Step, book: MasterBook, found: CheckResult | None = None) -> None:
    """Write the page of a figure; the same figure gives the same bytes."""
    content = _html(root, book, found).encode()
    path.write_bytes(single_page.sealed(content, _KIND, (book.gestion, book.trimestre), __version__))


def origin(content: bytes) -> provenance.Origin:
    """What a page says of itself at its end; a blank origin where it is not ours."""
    return provenance.of_page(single_page.seal(content, _KIND), names.EXPLANATION_VALUE)


def _html(root: Step, book: MasterBook, found: CheckResult | None) -> str:
    style, script = single_page.style(f"\n{_asset('cifra.css')}"), _asset("cifra.js")
    return _environment().get_template("cifra.html.j2").render(
        root=root,
        book=book,
        found=found,
        notes=notes(root),
        words=words,
        again=_repeated(),
        title=words.PAGE_TITLE.format(titulo=root.title),
        style=Markup(style),  # noqa: S704 - a file of ours
        script=Markup(script),  # noqa: S704 - a file of ours
        policy=single_page.policy(style, script),
    )  # fmt: skip


def _repeated() -> Callable[[Step], bool]:
    """Whether a figure with parts was shown before."""
    seen = set[str]()

    def again(step: Step) -> bool:
        if not step.id or not step.parts:
            return False
        there = step.id in seen
        seen.add(step.id)
        return there

    return again


def _asset(name: str) -> str:
    return (_ASSETS / name).read_text(encoding="utf-8")


@cache
def _environment() -> Environment:
    made = single_page.environment(_ASSETS)
    made.filters.update(typed=_typed, origin=_origin, name=_name)
    return made


def _typed(value: Value) -> str:
    return words.NOTHING_TYPED if value is None else bare(value)


def _origin(place: RowOrigin) -> str:
    told = words.ORIGIN if place.fila else words.ORIGIN_WITHOUT_ROW
    return told.format(archivo=place.archivo, hoja=place.hoja, fila=place.fila)


def _name(step: Step, above: Step) -> str:
    """What a part is called: only its node, where it is the same figure of another one."""
    return step.node if step.node and step.kind == above.kind else step.title
