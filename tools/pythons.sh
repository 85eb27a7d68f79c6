#!/bin/sh
# Runs the quick tests on every Python from 3.11 on that this machine has, each in an environment of its own under
# .pythons/: those in the PATH, pyenv's and uv's. It says which it found and which failed, and leaves none out quietly.
# What is given, such as `tests/test_cells.py`, goes to pytest.
set -u
cd "$(dirname "$0")/.."

for found in $(
    {
        old=$IFS; IFS=:
        for folder in $PATH; do ls -d "$folder"/python3.[0-9] "$folder"/python3.[0-9][0-9]; done
        IFS=$old
        ls -d "${PYENV_ROOT:-$HOME/.pyenv}"/versions/*/bin/python3
        uv python list --only-installed --output-format json | sed -n 's/.*"path": *"\([^"]*\)".*/\1/p'
    } 2>/dev/null
); do
    "$found" -c '
import os, sys
if sys.version_info >= (3, 11):
    kind = "" if sys.implementation.name == "cpython" else "-" + sys.implementation.name
    print("%d.%d.%d%s" % (*sys.version_info[:3], kind), os.path.realpath(sys.executable))
' 2>/dev/null
done | sort -u -t ' ' -k 1,1 -V >.pythons.found

[ -s .pythons.found ] || { rm -f .pythons.found; echo "No Python from 3.11 on was found." >&2; exit 1; }
echo "Quick tests on:"
sed 's/^/  /' .pythons.found
failed=
while read -r version python <&3; do
    echo "== Python $version ($python)"
    place=.pythons/$version
    if PYTHON=$python sh tools/environment.sh "$place" &&
        "$place/bin/pytest" -q -m "not slow" -p no:cacheprovider "$@"; then
        echo "== Python $version: passed"
    else
        echo "== Python $version: FAILED"
        failed="$failed $version"
    fi
done 3<.pythons.found
rm -f .pythons.found
[ -z "$failed" ] || { echo "Failed on:$failed" >&2; exit 1; }
