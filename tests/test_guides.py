"""The guides ship whole: what they show and link to is with them, whoever copies them."""

import re
import tomllib
from pathlib import Path

import poa_xl
from poa_xl.api import guides

ROOT = Path(__file__).resolve().parent.parent
FOR_DEVELOPERS = {"architecture", "xlwings-server-static"}
_LINK = re.compile(r"\]\(([^)\s#]+)")


def test_every_page_of_the_documentation_is_a_guide_or_for_developers() -> None:
    assert {p.stem for p in (ROOT / "docs").glob("*.md")} == set(guides.NAMES) | FOR_DEVELOPERS
    assert len(set(guides.NAMES)) == len(guides.NAMES)


def test_the_wheel_takes_the_guides_and_what_they_show() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    taken = settings["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    wanted = {*(f"docs/{name}.md" for name in guides.NAMES), *(f"docs/{name}" for name in guides.BESIDE)}
    assert {name for name in taken if name.startswith("docs")} == wanted
    assert all(taken[name] == f"poa_xl/_files/{name}" for name in wanted)


def test_a_guide_links_to_nothing_that_does_not_ship(tmp_path: Path) -> None:
    written = poa_xl.write_guides(tmp_path / "guias")
    links = 0
    for path in written:
        for target in _LINK.findall(re.sub(r"```.*?```", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)):
            if not target.startswith(("http:", "https:", "mailto:")):
                links += 1
                assert (path.parent / target).is_file(), (path.name, target)
    assert links > 20
    assert {p.name for p in (tmp_path / "guias" / "img").iterdir()} == {p.name for p in (ROOT / "docs/img").iterdir()}


def test_a_guide_is_found_by_its_name_however_it_is_written() -> None:
    for name in ("guia-dgp", "GUIA-DGP", " guia-dgp.md "):
        assert guides.find(name).title == "Guía para la oficina de planificación y la auditoría"
    assert [g.title for g in poa_xl.guides()] == list(dict.fromkeys(g.title for g in poa_xl.guides()))
