"""Which modules of a VBA project are not ours: ours are known by what they say, of every version that was ever sent.

Excel writes a project anew when it saves: attribute lines, line ends, blanks and the capitals of names change, and are
left out of what is compared. What cannot be read, is larger than any project of ours, or has parts that ours never had,
is foreign. Nothing is run. Excel also keeps compiled code, which this does not see: copies get our own project anew.
"""

import hashlib
import re
import struct
import warnings
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, NamedTuple

from poa_xl.bounded_cache import remembered

if TYPE_CHECKING:
    from pyopenvba.cfb import CFB
    from pyopenvba.vba import VBAReference

KNOWN_FILE = "known_vba.txt"  # in this package: the hash of a module and its name, a line each
_LARGEST = 1_000_000  # bytes of a project; of ours they are some 60,000, and after Excel has compiled it some 200,000
_LARGEST_DIR, _LARGEST_MODULE = 200_000, 300_000  # bytes when inflated; of xlwings' module they are 45,000
_LARGEST_SOURCE = 1_000_000  # bytes of all modules together
_MOST_MODULES = 300  # a workbook may have a hundred sheets, each with its module
_DIFAT = 72  # where the header says how many more lists of sectors follow: no project of this size has one
_ATTRIBUTE = re.compile(r'Attribute [\w.]+ = (?:"[^"]*"|-?\w+)(?:, *(?:"[^"]*"|-?\w+))*')
# The second is what LibreOffice puts before a class.
_SAY_NOTHING = frozenset({"", "optionexplicit", "optionclassmodule"})
# Libraries that xlwings' project and every new one name; a name of another one may load it.
_LIBRARIES = frozenset(
    {
        "000204EF-0000-0000-C000-000000000046",  # VBA
        "00020813-0000-0000-C000-000000000046",  # Excel
        "00020430-0000-0000-C000-000000000046",  # OLE Automation
        "2DF8D04C-5BFA-101B-BDE5-00AA0044DE52",  # Office
        "0D452EE1-E08F-101A-852E-02608C4D0BB4",  # Forms
    }
)
_FORMS = re.compile(r"(?:/?[A-Z][:/])?(?![\\/]{2})[^:]*[\\/]MSForms\.exd", re.IGNORECASE)
_GUID = re.compile(r"\{([0-9A-Fa-f-]{36})\}")


class Project(NamedTuple):
    """What is in a project. `readable` is False where it cannot be told; then it is foreign as a whole."""

    readable: bool
    foreign: tuple[str, ...] = ()  # the names of modules
    references: tuple[str, ...] = ()  # other projects and libraries that it would load
    ours: bool = False  # whether it has a module of ours

    @property
    def clean(self) -> bool:
        """Whether all of it is ours."""
        return self.readable and not self.foreign and not self.references


UNREADABLE = Project(False)


def digest(source: str) -> str:
    """The hash of a module, without what programs change in it; '' for one that says nothing."""
    lines = (re.sub(r"\s+", "", line) for line in source.splitlines() if not _ATTRIBUTE.fullmatch(line.strip()))
    code = "\n".join(line for line in map(str.casefold, lines) if line not in _SAY_NOTHING)
    return hashlib.sha256(code.encode("utf-8", "replace")).hexdigest() if code else ""


@cache
def known() -> frozenset[str]:
    """The hashes of our modules."""
    text = resources.files("poa_xl.guards").joinpath(KNOWN_FILE).read_text(encoding="ascii")
    return frozenset(line.split()[0] for line in text.splitlines() if line and not line.startswith("#"))


@remembered(most=8, longest=_LARGEST)  # many workbooks carry the same one
def judge(content: bytes) -> Project:
    """What is in a project, by its bytes (`vbaProject.bin`)."""
    if not _DIFAT + 4 <= len(content) <= _LARGEST or struct.unpack_from("<I", content, _DIFAT)[0]:
        return UNREADABLE
    try:
        with warnings.catch_warnings(action="ignore"):  # of code pages that Python does not know
            return _judged(content)
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except Exception:  # whatever the library makes of a stranger's bytes
        return UNREADABLE


def modules(content: bytes) -> dict[str, str]:
    """The modules of a sound project: name -> source."""
    from pyopenvba.cfb import CFB

    return _modules(CFB.from_bytes(content))[0]


def _judged(content: bytes) -> Project:
    from pyopenvba.cfb import CFB

    container = CFB.from_bytes(content)
    sources, references = _modules(container)
    names = [name.casefold() for name in container.list_streams_at(["VBA"])]
    if len(set(names)) < len(names) or container.list_storages().count("VBA") != 1:
        return UNREADABLE
    digests = {name: digest(source) for name, source in sources.items()}
    foreign = {name for name, found in digests.items() if found and found not in known()}
    foreign |= set(container.list_storages()) - {"VBA"}  # forms of dialogues
    # What the list of modules leaves out; Excel keeps the list and what it compiled beside the modules.
    foreign |= {n for n in names if n not in {"dir", "_vba_project", *map(str.casefold, sources)} and n[:6] != "__srp_"}
    loaded = tuple(r.path or r.libid for r in references if not _is_library(r))
    return Project(True, tuple(sorted(foreign)), loaded, ours=any(found in known() for found in digests.values()))


def _modules(container: "CFB") -> tuple[dict[str, str], list["VBAReference"]]:
    """The source of every module, by the name of its stream, and the references. Any error where it is unsound."""
    from pyopenvba.vba import _parse_dir_stream, decompress, encoding_for_codepage

    listed = decompress(container.get_stream_at(["VBA"], "dir"), max_bytes=_LARGEST_DIR)
    if len(listed) >= _LARGEST_DIR:
        raise ValueError("dir")
    # Not `parse_vba_project`: it inflates modules without a bound.
    about, infos = _parse_dir_stream(listed)
    if len(infos) > _MOST_MODULES or not infos:
        raise ValueError("modules")
    encoding = encoding_for_codepage(about.code_page)
    sources: dict[str, str] = {}
    inflated = 0
    for info in infos:
        name = info.stream_name or info.name
        stream = container.get_stream_at(["VBA"], name)
        text = decompress(stream[info.text_offset :], max_bytes=_LARGEST_MODULE)
        inflated += len(text)
        if len(text) >= _LARGEST_MODULE or inflated > _LARGEST_SOURCE or name in sources:
            raise ValueError(name)
        sources[name] = text.decode(encoding, "replace")
    return sources, about.references


def _is_library(reference: "VBAReference") -> bool:
    if reference.kind == "control":  # what Excel keeps of the library of forms, under a number of each computer's own
        return bool(_FORMS.fullmatch(reference.path))
    found = _GUID.search(reference.libid)
    return reference.kind == "registered" and found is not None and found[1].upper() in _LIBRARIES
