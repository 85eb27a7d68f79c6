#!/bin/sh
# Chromium for the tests of the add-in for Excel on the web, as Debian packages it, and the library that the driver of
# those tests (playwright's own Node) needs.
set -eu

ready() {
    command -v chromium >/dev/null && chromium --version >/dev/null 2>&1 && PATH=$PATH:/sbin ldconfig -p | grep -q 'libatomic\.so\.1'
}

if ready; then
    exit 0
fi
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null || ! grep -qs '^VERSION_CODENAME=bookworm' /etc/os-release; then
    echo "Chromium is missing and cannot be installed from here; the tests of the web add-in will not run." >&2
    echo "On Debian 12, as root: sh tools/browser.sh" >&2
    [ "${CI:-}" = true ] && exit 1
    exit 0
fi

apt-get update -qq
DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium libatomic1 fonts-liberation >/dev/null
ready || { echo "Chromium was installed but does not answer." >&2; exit 1; }
