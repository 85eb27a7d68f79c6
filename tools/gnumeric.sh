#!/bin/sh
# Gnumeric's ssconvert for the tests, as Debian packages it: the master's formulas are calculated by a third program.
set -eu

ready() {
    command -v ssconvert >/dev/null && ssconvert --version >/dev/null 2>&1
}

if ready; then
    exit 0
fi
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    echo "Gnumeric (ssconvert) is missing and cannot be installed from here; its test will not run." >&2
    echo "On Debian, as root: sh tools/gnumeric.sh" >&2
    [ "${CI:-}" = true ] && exit 1
    exit 0
fi

apt-get update -qq
DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends gnumeric >/dev/null
ready || { echo "Gnumeric was installed but does not answer." >&2; exit 1; }
