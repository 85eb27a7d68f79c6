"""Mutated workbooks, by numbered seeds: none may stop the program, and none may make it wait.

`python -m tests.fuzz --first 0 --count 2000` takes seeds in batches: a folder of mutated workbooks, read and checked as
`poa-xl validate` does. A failure is traced to its seed, which alone makes the same file again; so does an abort of the
whole process, because each batch is announced before it starts. `make fuzz` runs a long one.
"""

import argparse
import random
import re
import sys
import tempfile
import traceback
import zlib
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

from poa_xl import messages
from poa_xl.checking import unit_books
from poa_xl.checking.entity_book import CheckedEntity, check_entity
from poa_xl.writers.unit_workbook import workbook
from tests import factories, packages, text_books

BATCH = 40
_NUMBERS = (b"-1", b"0", b"1e300", b"-1e300", b"NaN", b"inf", b"1048577", b"4294967296", b"99999999999999999999", b"", b"x",
            b"1.5", b"2958466", b"-0", b"0x10", b"16384")  # fmt: skip
_TOKENS = (b"<", b">", b"/>", b'"', b"&", b"&amp;", b"&#0;", b"&#xFFFF;", b"<!--", b"-->", b"<![CDATA[", b"]]>", b"<?a ?>",
           b"<!DOCTYPE a>", b"\0", b"\xff", b"\xef\xbb\xbf", b"_x001B_", b"<c>", b"</c>", b"<row>", b"<v/>", b'r="XFD1048576"',
           b' t="e"', b' t="s"', b' t="d"', b' t="str"', b' s="1"', b"<f>1</f>", b"<is><t>a</t></is>", b"\xe2\x80\xae")  # fmt: skip
_NUMBER = re.compile(rb"(?<=[\">])-?\d+(?:\.\d+)?(?=[\"<])")
_TAG = re.compile(rb"<[^<>]+>")
_ATTRIBUTE = re.compile(rb' [\w:]+="[^"<>]*"')
_WORTHWHILE = re.compile(r"xl/(worksheets/sheet\d+|workbook|sharedStrings|styles)\.xml$|rels$")
Mutation = Callable[[random.Random, bytes], bytes]


@cache
def originals() -> tuple[bytes, ...]:
    """Workbooks of units as the program writes them and as openpyxl does; the smaller ones are the faster."""
    with tempfile.TemporaryDirectory() as folder:
        entidad = _entity(Path(folder)).entidad
        assert entidad is not None
        unidad = entidad.by_code["DGRB"]
        path = Path(folder) / "DGRB.xlsx"
        workbook.write_unit_workbook(path, entidad, unidad, factories.unit_data(unidad, 2), "native")
        whole = path.read_bytes()
        small = packages.together(packages.small(Path(folder)))
    return small, small, small, whole


def _entity(folder: Path) -> CheckedEntity:
    return check_entity(text_books.entity(folder / "entidad.xlsx"))


def mutated(seed: int) -> bytes:
    """The file of a seed: an original with its zip or some of its parts spoilt."""
    chance = random.Random(seed)
    content = chance.choice(originals())
    kind = chance.random()
    if kind < 0.15:
        return _bytes(chance, content)
    parts = packages.apart(content)
    if kind < 0.25:
        return _entries(chance, parts)
    names = [name for name in parts if _WORTHWHILE.search(name)]
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        name = chance.choice(names)
        parts[name] = chance.choice(_MUTATIONS)(chance, parts[name])
    return packages.together(parts)


def _bytes(chance: random.Random, data: bytes) -> bytes:
    """Bytes flipped, cut out, doubled or overwritten."""
    content = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 5, 20))):
        if not content:
            break
        place = chance.randrange(len(content))
        length = chance.choice((1, 1, 1, 4, 64, 1000))
        match chance.randrange(4):
            case 0:
                content[place] ^= 1 << chance.randrange(8)
            case 1:
                del content[place : place + length]
            case 2:
                content[place:place] = content[place : place + length]
            case _:
                content[place : place + length] = chance.randbytes(length)
    return bytes(content)


def _entries(chance: random.Random, parts: packages.Parts) -> bytes:
    """Parts lost, doubled, exchanged, or with headers that lie."""
    names = list(parts)
    one, other = chance.choice(names), chance.choice(names)
    match chance.randrange(5):
        case 0:
            return packages.without(parts, one)
        case 1:
            return packages.together({**parts, one: parts[other], other: parts[one]})
        case 2:
            return packages.lying(
                parts, one, parts[one], said=chance.choice((0, 1, len(parts[one]) - 1, 1 << 20, 0xFFFFFFFF))
            )
        case 3:
            return packages.lying(
                parts, one, parts[one], flags=chance.randrange(1 << 16), method=chance.choice((0, 8, 12))
            )
        case _:
            listed = [(n.encode(), *packages.entry(n.encode(), parts[n])) for n in [*names, one]]
            return packages.by_hand(listed)


def _at_a_match(pattern: re.Pattern[bytes], change: Callable[[random.Random, bytes, list[bytes]], bytes]) -> Mutation:
    def mutation(chance: random.Random, data: bytes) -> bytes:
        found = list(pattern.finditer(data))
        if not found:
            return _bytes(chance, data)
        one = chance.choice(found)
        others = [chance.choice(found).group() for _ in range(2)]
        return data[: one.start()] + change(chance, one.group(), others) + data[one.end() :]

    return mutation


def _token(chance: random.Random, data: bytes) -> bytes:
    place = chance.randrange(len(data) + 1)
    return data[:place] + chance.choice(_TOKENS) + data[place:]


_MUTATIONS: Sequence[Mutation] = (
    _bytes,
    _token,
    _at_a_match(_NUMBER, lambda chance, _, __: chance.choice(_NUMBERS)),
    _at_a_match(_NUMBER, lambda chance, _, __: chance.choice(_NUMBERS)),
    _at_a_match(_NUMBER, lambda _, __, others: others[0]),
    _at_a_match(_TAG, lambda _, __, others: others[0]),
    _at_a_match(_TAG, lambda chance, one, others: one * chance.choice((0, 2, 3, 500))),
    _at_a_match(_TAG, lambda _, one, others: one.replace(b" ", b" " + chance_attribute(others[0]) + b" ", 1)),
    _at_a_match(_ATTRIBUTE, lambda _, __, others: others[0]),
    _at_a_match(_ATTRIBUTE, lambda _, __, ___: b""),
    _at_a_match(_ATTRIBUTE, lambda _, one, __: one.replace(b'"', b"'")),
)


def chance_attribute(tag: bytes) -> bytes:
    """An attribute of a tag, or one of our own."""
    found = _ATTRIBUTE.search(tag)
    return found.group().strip() if found else b'r="B2"'


def check(folder: Path, checked: CheckedEntity) -> None:
    """Read and check a folder as `validate` does, and say its findings. Raises whatever goes wrong."""
    assert checked.entidad is not None
    for finding in unit_books.check_units([folder], checked, checked.entidad, 2).findings:
        assert messages.text(finding)
        assert messages.action(finding)
        assert finding.details.get("columna") != "segundos", "it took more than the seconds of its limits"


def _write(folder: Path, seeds: Sequence[int]) -> None:
    folder.mkdir()
    for seed in seeds:
        (folder / f"{seed}.xlsx").write_bytes(mutated(seed))


def run(first: int, count: int, folder: Path) -> int:
    """Try seeds; the number of those that failed, each told with its traceback."""
    checked = _entity(folder)
    failed = 0
    for start in range(first, first + count, BATCH):
        seeds = range(start, min(start + BATCH, first + count))
        print(f"seeds {seeds[0]} to {seeds[-1]}", flush=True)
        batch = folder / str(start)
        _write(batch, seeds)
        try:
            check(batch, checked)
        except Exception:
            traceback.print_exc()
            failed += _trace(folder, seeds, checked)
    return failed


def _trace(folder: Path, seeds: Sequence[int], checked: CheckedEntity) -> int:
    """Which seeds of a batch fail by themselves; at least one is counted."""
    failed = 0
    for seed in seeds:
        alone = folder / f"alone-{seed}"
        _write(alone, [seed])
        try:
            check(alone, checked)
        except Exception:
            failed += 1
            print(f"SEED {seed} FAILS: python -m tests.fuzz --first {seed} --count 1", file=sys.stderr)
            traceback.print_exc()
    return failed or 1


def main(arguments: Sequence[str]) -> int:
    """Run the seeds that the command line names."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--count", type=int, default=2000)
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        failed = run(given.first, given.count, Path(folder))
    print(
        f"{given.count} seeds from {given.first}: {failed} failed (originals {zlib.crc32(b''.join(originals())):08x})"
    )
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
