"""What comments, docstrings and pages name in backticks is there: a module that got another name leaves no trace."""

import ast
import io
import re
import sys
import tokenize
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = sorted((ROOT / "poa_xl").rglob("*.py"))
CODE = [*PACKAGE, *(p for folder in ("tests", "docs", "tools", "bench") for p in sorted((ROOT / folder).rglob("*.py")))]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
_QUOTED = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
_DOTTED = re.compile(r"[a-z_][a-z0-9_]*(?:\.[A-Za-z_]\w*)+")
_WORD = re.compile(r"_?[a-z][a-z0-9]*(?:_[a-z0-9]+)+|[a-z]+ing")  # what looks like a name of ours and not like a word
_PYTHON = re.compile(r"(?:\w+/)*\w+\.py")
_FILES = {"csv", "ini", "lock", "pem", "pstats", "toml", "xlam", "xlsx", "xlsm", "xml", "yaml", "json", "html", "sql"}
_ALONE = re.compile(r"[a-z][a-z_]*")
OF_OTHERS = sys.stdlib_module_names | {"xlwings", "pandas", "click", "metadata", "nada", "request"}
WORDS_OF_OTHERS = {"sqlite_master", "parse_vba_project"}


def module_name(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


@cache
def identifiers(path: Path) -> frozenset[str]:
    """All names that the code of a file uses or gives, and its texts that could be one."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        for field in ("id", "attr", "arg", "name", "asname"):
            if isinstance(name := getattr(node, field, None), str):
                found |= {name, *name.split(".")}
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            found.add(node.value)
    return frozenset(found)


@cache
def every_identifier() -> frozenset[str]:
    return frozenset().union(*(identifiers(path) for path in CODE))


MODULES = {module_name(path): path for path in CODE}
BY_END: dict[str, set[str]] = {}
for _name in MODULES:
    _parts = _name.split(".")
    for _first in range(len(_parts)):
        BY_END.setdefault(".".join(_parts[_first:]), set()).add(_name)


def said(path: Path) -> Iterator[str]:
    """What stands in backticks in a page, or in the comments and docstrings of a file."""
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        return iter(_QUOTED.findall(re.sub(r"```.*?```", "", text, flags=re.DOTALL)))
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    parts = [token.string for token in tokens if token.type == tokenize.COMMENT]
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    parts += [ast.get_docstring(n) or "" for n in ast.walk(ast.parse(text)) if isinstance(n, documented)]
    return iter([word for part in parts for word in _QUOTED.findall(part)])


def is_there(word: str, path: Path) -> bool:
    """Whether a dotted name leads somewhere: a module by the end of its path, what is in it, or a name of this file."""
    parts = word.split(".")
    for end in range(len(parts), 0, -1):
        for module in BY_END.get(".".join(parts[:end]), ()):
            if set(parts[end:]) <= identifiers(MODULES[module]):
                return True
    known = identifiers(path) if path.suffix == ".py" else frozenset()
    return parts[0] in OF_OTHERS or parts[-1] in _FILES or set(parts) <= known


def is_path(word: str) -> bool:
    return any((ROOT / folder / word).is_file() for folder in ("", "poa_xl", "poa_xl/writers")) or any(
        p.name == word for p in CODE
    )


def stale(path: Path) -> list[str]:
    found = []
    for word in said(path):
        if _PYTHON.fullmatch(word):
            good = is_path(word) or word.startswith("xlwings_server/")
        elif _DOTTED.fullmatch(word):
            good = is_there(word, path)
        elif path.suffix == ".py" and _WORD.fullmatch(word):
            good = word in WORDS_OF_OTHERS or word in BY_END or word in every_identifier()
        else:
            continue
        found += [] if good else [word]
    return found


@pytest.mark.slow
def test_what_is_named_is_there() -> None:
    found = {path.relative_to(ROOT).as_posix(): stale(path) for path in [*CODE, *PAGES]}
    assert {name: words for name, words in found.items() if words} == {}


@pytest.mark.slow
def test_what_a_package_says_of_its_modules_is_there() -> None:
    """In its `__init__`, where a word alone is a module, a function or a class of the package, or a package of the house."""
    for path in PACKAGE:
        if path.name == "__init__.py" and path.parent != ROOT / "poa_xl":
            about = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
            words = {word for word in _QUOTED.findall(about) if _ALONE.fullmatch(word)}
            assert words - given(path.parent) == set(), path.parent


def given(package: Path) -> set[str]:
    """The modules of a package, what they define, and the modules and packages of the house."""
    found = {"poa_xl", *(p.stem for p in [*package.iterdir(), *(ROOT / "poa_xl").iterdir()])}
    for module in package.glob("*.py"):
        for node in ast.parse(module.read_text(encoding="utf-8")).body:
            found |= {getattr(node, "name", "")} | {
                t.id for t in getattr(node, "targets", ()) if isinstance(t, ast.Name)
            }
    return found


@pytest.mark.slow
def test_names_of_yesterday_would_be_seen(tmp_path: Path) -> None:
    page = tmp_path / "a.py"
    page.write_text(
        '"""As `writers.template_review` does, `campaign.ledger` and `cells.kindly`; `templates_of_old`; `writers/old.py`."""\n'
        "x = 1  # see `hosts_of_old.board` and `rebuilding`, `cells.read`, `poa_xl/cells.py`, `entidad.xlsx`\n"
    )
    assert " ".join(stale(page)) == (  # in one text: a word alone would be a name that is somewhere
        "hosts_of_old.board rebuilding writers.template_review cells.kindly templates_of_old writers/old.py"
    )


def classes() -> dict[str, list[str]]:
    """The public classes of the package: name -> the modules that define one."""
    found: dict[str, list[str]] = {}
    for path in PACKAGE:
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                found.setdefault(node.name, []).append(module_name(path))
    return found


@pytest.mark.slow
def test_the_name_of_a_class_means_one_thing() -> None:
    assert classes()["Finding"] == ["poa_xl.findings"]
    assert {name: modules for name, modules in classes().items() if len(modules) > 1} == {}
