#!/bin/sh
# Sets up what the program needs: a Python, a virtual environment, system libraries.
# Sourced by `run` and `test`; says in one sentence what is missing if it cannot install it.
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
venv=${REVIEWER_VENV:-$root/.venv}

give_up() {
    printf '%s\n' "$1" >&2
    exit 3
}

is_debian_root() {
    [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1
}

# Installs Debian packages if we may; otherwise says which are missing.
need_packages() {
    [ -n "$1" ] || return 0
    if is_debian_root; then
        export DEBIAN_FRONTEND=noninteractive
        # shellcheck disable=SC2086
        apt-get install -y -q --no-install-recommends $1 >/dev/null 2>&1 || {
            apt-get update -q >/dev/null 2>&1 || give_up "The package lists could not be updated; is the package archive reachable?"
            # shellcheck disable=SC2086
            apt-get install -y -q --no-install-recommends $1 >/dev/null 2>&1 ||
                give_up "These system packages are missing and could not be installed: $1."
        }
    else
        give_up "These system packages are missing; install them with: sudo apt-get install$1"
    fi
}

find_python() {
    for name in ${PYTHON:-} python3.11 python3.12 python3.13 python3; do
        if "$name" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null; then
            printf '%s' "$name"
            return
        fi
    done
}

# Prints the Debian packages of the libraries that cannot be loaded.
missing_libraries() {
    "$venv/bin/python" - <<'PY'
import ctypes

LIBRARIES = """
libEGL.so.1 libegl1
libGL.so.1 libgl1
libxkbcommon.so.0 libxkbcommon0
libxkbcommon-x11.so.0 libxkbcommon-x11-0
libxcb-cursor.so.0 libxcb-cursor0
libxcb-icccm.so.4 libxcb-icccm4
libxcb-keysyms.so.1 libxcb-keysyms1
libxcb-shape.so.0 libxcb-shape0
libxcb-randr.so.0 libxcb-randr0
libxcb-render-util.so.0 libxcb-render-util0
libxcb-image.so.0 libxcb-image0
libxcb-xinerama.so.0 libxcb-xinerama0
libdbus-1.so.3 libdbus-1-3
libfontconfig.so.1 libfontconfig1
libglib-2.0.so.0 libglib2.0-0
"""
for line in LIBRARIES.split("\n"):
    if line:
        library, package = line.split()
        try:
            ctypes.CDLL(library)
        except OSError:
            print(f" {package}", end="")
PY
}

need_system_libraries() {
    [ "$(uname -s)" = Linux ] || return 0
    missing=$(missing_libraries)
    command -v fc-list >/dev/null 2>&1 || missing="$missing fontconfig"
    # DejaVu has Latin and Arabic letters; names in the photographs' paths need both.
    [ -n "$(fc-list :lang=ar 2>/dev/null | head -n 1)" ] || missing="$missing fonts-dejavu-core"
    need_packages "$missing"
}

# $1: what pip is to install. Prints what pip says, and its exit status as the last line.
install_packages() {
    code=0
    (cd "$root" && "$venv/bin/python" -m pip install --progress-bar off --disable-pip-version-check --editable "$1" \
        2>"$venv/pip-errors") || code=$?
    [ "$code" = 0 ] || cat "$venv/pip-errors" >&2
    echo "exit status $code"
}

# Reads what `install_packages` prints; says which package it is at, and returns its exit status.
show_progress() {
    count=0
    code=1
    while IFS= read -r line; do
        case $line in
        "Collecting "* | "Processing "*)
            count=$((count + 1))
            name=${line#* }
            name=${name##*/}
            printf '  package %s: %s\n' "$count" "${name%%[!A-Za-z0-9._-]*}" >&2
            ;;
        "Installing collected packages"*)
            printf '  all %s packages are there; they are unpacked now, which takes most of a minute\n' "$count" >&2
            ;;
        "exit status "*) code=${line#exit status } ;;
        esac
    done
    return "$code"
}

# $1: what pip is to install, e.g. ".[dev]".
need_environment() {
    python=$(find_python)
    if [ -z "$python" ]; then
        if is_debian_root; then need_packages " python3 python3-venv"; fi
        python=$(find_python)
        [ -n "$python" ] || give_up "Python 3.11, 3.12 or 3.13 is missing; install it with: sudo apt-get install python3 python3-venv"
    fi
    wanted="$1 $root $(cksum <"$root/pyproject.toml")"
    if [ "$(cat "$venv/installed" 2>/dev/null || true)" = "$wanted" ]; then return; fi
    if ! "$venv/bin/python" -c 'import pip' 2>/dev/null; then
        "$python" -c 'import ensurepip' 2>/dev/null || need_packages " python3-venv"
        "$python" -m venv --clear "$venv" || give_up "A virtual environment could not be made in $venv."
    fi
    echo "Installing the about 40 packages that the program needs into $venv. This is done once and takes one to three minutes." >&2
    install_packages "$1" | show_progress ||
        give_up "The Python packages could not be installed; is the package index reachable?"
    printf '%s' "$wanted" >"$venv/installed"
}
