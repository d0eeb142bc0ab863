#!/bin/sh
# Installs Debian packages, as root or through sudo; says plainly what is missing where it cannot.
set -eu
if [ "$(id -u)" = 0 ]; then as_root=""
elif command -v sudo >/dev/null; then as_root="sudo"
else echo "Please install as root: apt-get install $*" >&2; exit 1
fi
$as_root apt-get update -qq
DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends "$@"
