#!/bin/sh
# LibreOffice 25.2 or newer, Calc and Writer with their Python bridge, and pdftotext to read what they print, for the tests.
# Debian 12 has it in bookworm-backports; the package source is a copy of the machine's own Debian entry with the suite
# changed.
set -eu
wanted=2502

version() {
    command -v soffice >/dev/null || { echo 0; return; }
    soffice --version 2>/dev/null | sed -n 's/^LibreOffice \([0-9]*\)\.\([0-9]*\).*/\1 \2/p' |
        awk '{ printf "%d%02d\n", $1, $2 }'
}
has_writer() {
    [ -e "$(dirname "$(readlink -f "$(command -v soffice)")")/libswlo.so" ]
}
ready() {
    found=$(version)
    [ "${found:-0}" -ge "$wanted" ] && /usr/bin/python3 -c 'import uno' 2>/dev/null && has_writer &&
        command -v pdftotext >/dev/null
}

if ready; then
    exit 0
fi
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null || ! grep -qs '^VERSION_CODENAME=bookworm' /etc/os-release; then
    echo "LibreOffice 25.2 (Calc, Writer) with python3-uno is missing and cannot be installed from here; its tests will not run." >&2
    echo "On Debian 12, as root: sh tools/libreoffice.sh" >&2
    [ "${CI:-}" = true ] && exit 1
    exit 0
fi

target=/etc/apt/sources.list.d/poa-xl-backports
if [ -f /etc/apt/sources.list.d/debian.sources ]; then
    awk 'BEGIN { RS = ""; ORS = "\n\n" } /Suites:.*bookworm/ && !/bookworm-security/ && !done {
        sub(/Suites:[^\n]*/, "Suites: bookworm-backports"); print; done = 1 }' \
        /etc/apt/sources.list.d/debian.sources >"$target.sources"
else
    sed -n 's/^\(deb [^ ]* \)bookworm .*/\1bookworm-backports main/p' /etc/apt/sources.list | head -n 1 >"$target.list"
fi
apt-get update -qq
DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends -t bookworm-backports \
    libreoffice-calc libreoffice-writer python3-uno fonts-liberation poppler-utils >/dev/null
ready || { echo "LibreOffice was installed but does not answer as 25.2 or newer." >&2; exit 1; }
