"""Many seeds: what became of each, and the sum of it by kinds."""

import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.structures import Mutated, catalogue
from tests.structures.comparison import DIED, Difference, differences
from tests.structures.office import Office
from tests.structures.product import Product

SHOWN = 6  # differences of one file
OUTCOMES = ("refused", "equal", "different", "died")


@dataclass
class Result:
    """What became of a file. `detail` is why it was refused, or how the process died."""

    made: Mutated
    outcome: str
    detail: str = ""
    differences: list[Difference] = field(default_factory=list)

    @property
    def clean(self) -> bool:
        """Whether nothing was done to it but what programs in use do."""
        return all(catalogue()[name].clean for name in self.made.kinds)

    @property
    def bad(self) -> bool:
        """A silent difference, a death, or a clean workbook that is refused."""
        return self.outcome in ("different", DIED) or (self.clean and self.outcome == "refused")

    def __str__(self) -> str:
        head = f"{self.made.seed} {self.outcome} {self.detail}".rstrip()
        more = [f"      … {len(self.differences)} in all"] if len(self.differences) > SHOWN else []
        shown = [f"      {difference}" for difference in self.differences[:SHOWN]]
        return "\n".join([head, f"    {self.made.description}", *shown, *more])


def results(files: Iterable[Mutated], keep: Path | None = None) -> Iterator[Result]:
    """Try mutated workbooks one after the other; the files of bad results are kept in a folder."""
    product = Product()
    with tempfile.TemporaryDirectory() as folder, Office() as office:
        for made in files:
            path = Path(folder) / f"{made.seed}.xlsx"
            path.write_bytes(made.content)
            result = _tried(made, path, product, office)
            if keep and result.bad:
                (keep / path.name).write_bytes(made.content)
            path.unlink()
            yield result
    product.close()


def compared(path: Path, other: Path | None = None) -> list[Difference]:
    """What the product reads of a file beside what LibreOffice shows of it, or of another. AssertionError if refused."""
    product = Product()
    read = product.read(path)
    product.close()
    assert "sheets" in read, read
    with Office() as office:
        return differences(read, office.shown(other or path))


def _tried(made: Mutated, path: Path, product: Product, office: Office) -> Result:
    read = product.read(path)
    if DIED in read:
        return Result(made, DIED, read[DIED])
    if "refused" in read:
        return Result(made, "refused", read["refused"])
    found = differences(read, office.shown(path))
    return Result(made, "different" if found else "equal", differences=found)


def summary(found: Iterable[Result]) -> str:
    """A table: kinds × outcomes, a file under each of its kinds."""
    by_kind: dict[str, Counter[str]] = defaultdict(Counter)
    total: Counter[str] = Counter()
    for result in found:
        total[result.outcome] += 1
        for name in set(result.made.kinds):
            by_kind[name][result.outcome] += 1
    lines = [f"{'':58}" + "".join(f"{name:>10}" for name in OUTCOMES)]
    for name, counts in [*sorted(by_kind.items()), ("all", total)]:
        shown = f"{name} *" if name != "all" and catalogue()[name].clean else name
        lines.append(f"{shown:58}" + "".join(f"{counts[o] or '':>10}" for o in OUTCOMES))
    return "\n".join([*lines, "* clean: to be read, and equal"])
