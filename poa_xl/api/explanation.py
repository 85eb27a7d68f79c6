"""Where a figure of a master comes from, down to the cells that were typed; and whether the original files give it."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from os import PathLike
from typing import TYPE_CHECKING, Any

from poa_xl import brief, master_book, messages, names
from poa_xl.api import arguments, limits as given_limits, targets
from poa_xl.api.arguments import GivenPaths
from poa_xl.api.limits import GivenLimits
from poa_xl.api.targets import GivenTarget, Target, Written
from poa_xl.errors import FindingsError
from poa_xl.guards import Limits
from poa_xl.messages import Trait, explain as words
from poa_xl.reading import File

if TYPE_CHECKING:
    from poa_xl.explanation.check import CheckResult
    from poa_xl.explanation.lines import ShownLine
    from poa_xl.explanation.step import Step
    from poa_xl.explanation.trail import Trail


@dataclass(frozen=True, repr=False)
class Explanation:
    """A figure with its trail: `tree` is its first step, whose `parts` go down to the rows of the files.

    `checked` is what the last check found; None before there was one.
    """

    tree: "Step"
    checked: "CheckResult | None" = None
    _trail: "Trail" = field(kw_only=True)
    _limits: Limits = field(kw_only=True)

    def __repr__(self) -> str:
        return brief.line(self, id=self.id, shown=self.shown)

    @property
    def id(self) -> str:
        """The id of the figure."""
        return self.tree.id

    @property
    def value(self) -> float | str | None:
        """Its value, unrounded; None where it is «n/a»."""
        return self.tree.value

    @property
    def shown(self) -> str:
        """Its value as Bolivia writes it."""
        return self.tree.shown

    def to_dict(self) -> dict[str, Any]:
        """All of it as plain values, as `--format json` prints them."""
        from poa_xl.explanation import document

        return document.document(self.tree, self._trail.book, self.checked)

    def lines(self, *, everything: bool = False) -> "Sequence[ShownLine]":
        """It as lines of a terminal; with `everything` nothing is folded."""
        from poa_xl.explanation import lines

        return list(lines.lines(self.tree, self.checked, everything=everything))

    def check(self, paths: GivenPaths) -> "Explanation":
        """Open the original files again, add up their cells, and see whether they give the figure: `checked`.

        `paths` are folders or files; the entity's workbook may also lie beside a folder.
        """
        from poa_xl.explanation import check
        from poa_xl.explanation.originals import Originals

        given = arguments.given_paths(paths)
        found = check.check(self.tree, self._trail.sources, Originals(given, self._limits))
        return replace(self, checked=found)

    def write_html(self, path: GivenTarget, *, force: bool = False) -> Written:
        """Write it as one page that needs nothing else. It replaces nothing but such a page."""
        from poa_xl.explanation import page

        with target(path, force).landing() as landing:
            page.write(landing.temporary, self.tree, self._trail.book, self.checked)
        return targets.written(landing)


def explain(master: str | PathLike[str], what: str, *, limits: GivenLimits = None) -> Explanation:
    """Where a figure of a master comes from.

    `what` is the id of a figure, a cell of the master such as `ACP!F7`, or words. WrongUseError where it names no
    figure, or may mean more than one: its `near` are the ids that are like it; FindingsError where the master cannot be
    read.
    """
    from poa_xl.explanation import question
    from poa_xl.explanation.trail import Trail

    bounds = given_limits.read(limits)
    file = File(arguments.existing(master), limits=given_limits.of_master(bounds))
    refused = [f for f in file.read(()).findings if messages.has(f.code, Trait.UNREADABLE)]
    if refused:
        raise FindingsError(words.UNREADABLE_MASTER, refused)
    trail = Trail(master_book.read(file))
    return Explanation(trail.step(question.answer(trail, what)), _trail=trail, _limits=bounds)


def target(given: GivenTarget, force: bool = False) -> Target:
    """Where a page is to be written. It may replace such a page and nothing else."""
    from poa_xl.explanation import page

    return targets.page(given, names.EXPLANATION_VALUE, page.origin, words.OTHER_SUFFIX, force)
