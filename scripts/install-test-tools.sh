#!/bin/sh
# The journeys drive Debian's Chromium and need a font that has Chinese; the stores are tested on
# a PostgreSQL server too, which the tests start and throw away themselves.
set -eu
wanted=""
command -v chromium >/dev/null || wanted="chromium"
fc-list :lang=zh 2>/dev/null | grep -q . || wanted="$wanted fonts-noto-cjk fontconfig"
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || wanted="$wanted postgresql"
if [ -n "$wanted" ]; then
    # shellcheck disable=SC2086 - a list of package names
    sh "$(dirname "$0")/apt-install.sh" $wanted
fi
