#!/bin/sh
# Make a virtual environment with pip in it, on a machine that has Python 3.11+ and little else.
# Usage: make_venv.sh DIRECTORY   (PYTHON=... to choose the interpreter)
set -eu
venv=$1

new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

if [ -z "${PYTHON:-}" ]; then
    for candidate in python3 python3.14 python3.13 python3.12 python3.11; do
        if command -v "$candidate" >/dev/null 2>&1 && new_enough "$candidate"; then
            PYTHON=$candidate
            break
        fi
    done
fi
if [ -z "${PYTHON:-}" ] || ! new_enough "$PYTHON"; then
    echo "expected Python 3.11 or newer, found ${PYTHON:-none}: install it, or say 'make PYTHON=/path/to/python3 ...'" >&2
    exit 1
fi
if [ -x "$venv/bin/python" ] && "$venv/bin/python" -m pip --version >/dev/null 2>&1; then
    exit 0
fi
rm -rf "$venv"
echo "making $venv with $("$PYTHON" --version)" >&2
if "$PYTHON" -m venv "$venv" >/dev/null 2>&1; then
    exit 0
fi

# Debian and Ubuntu split venv's pip into a package of its own.
rm -rf "$venv"
if command -v apt-get >/dev/null 2>&1; then
    sudo=
    [ "$(id -u)" -eq 0 ] || sudo="sudo -n"
    if $sudo true 2>/dev/null; then
        echo "installing python3-venv, which $PYTHON lacks" >&2
        $sudo apt-get update -qq >/dev/null 2>&1 || true
        DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq python3-venv >/dev/null 2>&1 || true
        if "$PYTHON" -m venv "$venv" >/dev/null 2>&1; then
            exit 0
        fi
        rm -rf "$venv"
    fi
fi
if "$PYTHON" -m venv --without-pip "$venv" >/dev/null 2>&1 && "$venv/bin/python" "$(dirname "$0")/get_pip.py"; then
    exit 0
fi
rm -rf "$venv"
echo "expected '$PYTHON -m venv' to work, and it does not: install the package python3-venv and try again" >&2
exit 1
