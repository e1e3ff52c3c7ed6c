#!/bin/sh
# Prepares a fresh machine: Python, a virtual environment, the packages, missing system libraries.
# Everything is done at most once; a second run only looks.
set -eu
cd "$(dirname "$0")/.."

say() { printf '%s\n' "$*" >&2; }

# Run a command as root where that is allowed without a question.
as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"
    elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then sudo -n "$@"
    else return 1
    fi
}

# Install Debian packages, or say what to install.
need() {
    command -v apt-get >/dev/null 2>&1 &&
        { as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q "$@" >/dev/null 2>&1 ||
            { as_root apt-get update -q >/dev/null 2>&1 &&
                as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q "$@" >/dev/null 2>&1; }; } ||
        { say "These system packages are missing, and this account may not install them: $*"; return 1; }
}

find_python() {
    for name in python3.14 python3.13 python3.12 python3.11 python3; do
        command -v "$name" >/dev/null 2>&1 &&
            "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null &&
            { printf '%s' "$name"; return; }
    done
    say "Python 3.11 or newer is needed. Install it (on Debian or Ubuntu: python3 and python3-venv)."
    exit 1
}

libraries() {
    missing=""
    listed=$(ldconfig -p 2>/dev/null || /sbin/ldconfig -p 2>/dev/null || true)
    [ -n "$listed" ] || return 0 # no Linux: the wheels bring what they need
    for pair in libglib-2.0.so.0:libglib2.0-0 libGL.so.1:libgl1 libEGL.so.1:libegl1 \
        libxkbcommon.so.0:libxkbcommon0 libdbus-1.so.3:libdbus-1-3 libfontconfig.so.1:libfontconfig1; do
        case "$listed" in *"${pair%%:*}"*) ;; *) missing="$missing ${pair#*:}" ;; esac
    done
    if [ "${1:-}" = test ]; then
        command -v pdftotext >/dev/null 2>&1 || missing="$missing poppler-utils"
        command -v qpdf >/dev/null 2>&1 || missing="$missing qpdf"
        command -v cc >/dev/null 2>&1 || missing="$missing gcc libc6-dev" # a disk that fails, in tests/faults
        command -v softhsm2-util >/dev/null 2>&1 || missing="$missing softhsm2"
        # the window as a screen reader has it: a screen, a bus, and what Qt needs to draw there
        command -v Xvfb >/dev/null 2>&1 || missing="$missing xvfb"
        command -v dbus-daemon >/dev/null 2>&1 || missing="$missing dbus"
        [ -f /usr/share/dbus-1/services/org.a11y.Bus.service ] || missing="$missing at-spi2-core"
        for pair in libxcb-cursor.so.0:libxcb-cursor0 libxcb-icccm.so.4:libxcb-icccm4 \
            libxcb-image.so.0:libxcb-image0 libxcb-keysyms.so.1:libxcb-keysyms1 \
            libxcb-render-util.so.0:libxcb-render-util0 libxcb-xkb.so.1:libxcb-xkb1 \
            libxcb-randr.so.0:libxcb-randr0 libxcb-shape.so.0:libxcb-shape0 \
            libxkbcommon-x11.so.0:libxkbcommon-x11-0; do
            case "$listed" in *"${pair%%:*}"*) ;; *) missing="$missing ${pair#*:}" ;; esac
        done
    fi
    # shellcheck disable=SC2086
    [ -z "$missing" ] || need $missing
}

environment() {
    stamp=.venv/.installed
    [ -f "$stamp" ] && [ "$stamp" -nt pyproject.toml ] && return
    python=$(find_python)
    if [ ! -x .venv/bin/python ]; then
        say "Making a virtual environment with $python …"
        "$python" -m venv .venv 2>/dev/null ||
            { rm -rf .venv && need python3-venv && "$python" -m venv .venv; }
    fi
    say "Installing the packages (once; a few minutes) …"
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
    touch "$stamp"
}

environment
libraries "${1:-}"
