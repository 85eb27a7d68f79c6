#!/bin/sh
# Writes requirements.lock: every package that `make test` and CI install, with its hashes, for all Pythons and systems
# that the project is for. Needs uv, which is installed into a folder of its own where it is not at hand; nothing else
# of the project needs it. With an argument, such as `--upgrade`, newer versions are taken.
set -eu
cd "$(dirname "$0")/.."
python=${PYTHON:-python3}
uv=$(command -v uv || true)
if [ -z "$uv" ]; then
    place=$(mktemp -d)
    trap 'rm -rf "$place"' EXIT
    "$python" -m venv "$place"
    "$place/bin/python" -m pip install --quiet --disable-pip-version-check uv
    uv=$place/bin/uv
fi
"$uv" pip compile pyproject.toml --quiet --universal --python-version 3.11 --extra web --extra report --extra parquet --extra cluster --extra s3 --group dev --group build \
    --generate-hashes --no-annotate --custom-compile-command 'make lock' --output-file requirements.lock "$@"
