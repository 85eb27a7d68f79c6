"""A copy of the tree in which a recipe of CONTRIBUTING is carried out, by its own words, and the tests that it then runs."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
_LEFT_OUT = shutil.ignore_patterns(
    ".git", ".venv*", ".pythons*", ".work", "*.egg-info", "__pycache__", ".*_cache", "node_modules", "build", "dist"
)

# What mypy knows of the files that a recipe does not change: it goes by their time and size, which a copy has too.
_KNOWN_TYPES = ROOT / ".mypy_cache" / "recipes"


class Tree:
    """The copy. Each edit must find its place, once, so that a recipe that drifts from the code fails at its step."""

    def __init__(self, folder: Path) -> None:
        self.root = Path(shutil.copytree(ROOT, folder / "tree", ignore=_LEFT_OUT))
        self.touched: set[str] = set()

    def replace(self, path: str, old: str, new: str) -> None:
        """Replace a text that stands in a file once."""
        file = self.root / path
        text = file.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{path}: «{old}» stands there {text.count(old)} times"
        file.write_text(text.replace(old, new), encoding="utf-8")
        self.touched.add(path)

    def after(self, path: str, line: str, new: str) -> None:
        """Put a text behind one that stands in a file once."""
        self.replace(path, line, line + new)

    def before(self, path: str, line: str, new: str) -> None:
        """Put a text before one that stands in a file once."""
        self.replace(path, line, new + line)

    def write(self, path: str, text: str) -> None:
        """A new file."""
        assert not (self.root / path).exists(), path
        (self.root / path).write_text(text, encoding="utf-8")
        self.touched.add(path)

    def python(self, *arguments: str) -> str:
        """Run Python in the copy, with the package of the copy; what it printed. Fails where it ends with an error."""
        known = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "COV_"))}
        done = subprocess.run(
            [sys.executable, *arguments], cwd=self.root, env={**known, "PYTHONPATH": str(self.root)},
            capture_output=True, text=True, encoding="utf-8", check=False,
        )  # fmt: skip
        assert done.returncode == 0, f"{' '.join(arguments)}\n{done.stdout[-6000:]}\n{done.stderr[-3000:]}"
        return done.stdout

    def docs(self) -> None:
        """`make docs`."""
        self.python("docs/generate.py")

    def tests(self, *arguments: str) -> int:
        """Run tests of the copy; how many passed. Fails where one fails, or none was run."""
        said = self.python("-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist_looponfail", *arguments)
        return int(said.rpartition(" passed")[0].split()[-1])

    def checks(self) -> None:
        """Ruff, and the floors and types of the package: what `make check` runs, but for the types of the tests."""
        self.python("-m", "ruff", "check", "--no-cache", ".")
        self.python("-m", "ruff", "format", "--no-cache", "--check", ".")
        self.python("-c", "from importlinter.cli import lint_imports_command as c; c()", "--no-cache")
        self.python("-m", "mypy", f"--cache-dir={_KNOWN_TYPES}")


def files_named_in(recipe: str) -> set[str]:
    """The files that a recipe of CONTRIBUTING names, `such as` examples included."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    start = text.index(f"**{recipe}.**")
    paragraph = text[start : min(text.find(end, start) for end in ("\n**", "\n## ") if text.find(end, start) > 0)]
    return {path for path in re.findall(r"`((?:[\w./-]+/)?[\w.-]+\.\w+)`", paragraph) if (ROOT / path).is_file()}
