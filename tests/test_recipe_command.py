"""The recipe «Add a command» of CONTRIBUTING, carried out as it is written in a copy of the tree."""

from pathlib import Path

import pytest

from tests.recipes import Tree, files_named_in

CALL = '''"""The addresses of the units, for whoever writes to all of them."""

from poa_xl.api import entities
from poa_xl.api.entities import GivenEntity


def addresses(entidad: GivenEntity) -> dict[str, str]:
    """Unit in force -> its address; '' where there is none. EntityError where the entity's workbook has errors."""
    return {u.unidad: u.correo for u in entities.find(entidad, ()).entidad.vigentes}
'''
COMMAND = '''"""The command `addresses`: the addresses of the units."""

from poa_xl.cli import terminal
from poa_xl.cli.options import FILE, click, command


@command()
@click.argument("entidad", type=FILE, metavar="ENTIDAD")
def addresses(entidad: str) -> None:
    """Muestra la dirección de correo de cada unidad vigente.

    \\b
    Ejemplo:
      poa-xl addresses demo/entidad.xlsx
    """
    from poa_xl.api import addresses as door

    for unidad, correo in door.addresses(entidad).items():
        terminal.say(f"{unidad}  {correo or '—'}")
'''
TEST = """@of("addresses")
def test_addresses_gives_what_addresses_shows(entidad: Path) -> None:
    said = run("addresses", entidad).stdout.splitlines()
    assert [line.split("  ")[0] for line in said] == list(poa_xl.addresses(entidad)) == books.UNITS


"""


@pytest.mark.slow
def test_a_command_is_added_as_the_recipe_says(tmp_path: Path) -> None:
    tree = Tree(tmp_path)
    door = "poa_xl/__init__.py"
    tree.write("poa_xl/api/addresses.py", CALL)
    tree.before(
        door, "    from poa_xl.api.campaign import Campaign\n", "    from poa_xl.api.addresses import addresses\n"
    )
    tree.after(door, '    "__version__",\n', '    "addresses",\n')
    tree.before(door, '    "check": "api.revision",\n', '    "addresses": "api.addresses",\n')
    tree.write("poa_xl/cli/addresses.py", COMMAND)
    tree.after("poa_xl/cli/root.py", "    addin,\n", "    addresses,\n")
    tree.before("poa_xl/cli/root.py", "    addin.addin,\n", "    addresses.addresses,\n")
    tree.before(
        "tests/test_terminal.py", '    yield "template", ["template", f"{NAME}.xlsx", "-o", f"p {NAME}"]\n' * 2,
        '    yield "addresses", ["addresses", f"{NAME}.xlsx"]\n',
    )  # fmt: skip
    tree.before("tests/test_library.py", '@of("template")\n', TEST)
    tree.before("docs/guia-dgp.md", "Revise el libro:\n", "```sh\npoa-xl addresses demo/entidad.xlsx\n```\n\n")
    tree.docs()
    tree.checks()
    tree.python("-m", "mypy")
    own = ["addresses", "every_command_has", "each_name", "importing"]
    assert tree.tests("tests/test_library.py", "-k", " or ".join(own)) >= 5
    assert tree.tests("tests/test_terminal.py", "-k", "every_command_is_tried") == 1
    assert tree.tests("tests/test_docs.py", "-k", "generated or blocks_are or floors") >= 3
    assert "## poa-xl addresses" in (tree.root / "docs" / "comandos.md").read_text(encoding="utf-8")
    named = files_named_in("Add a command")
    assert named - tree.touched <= {"poa_xl/cli/options.py", "poa_xl/cli/output.py"}
