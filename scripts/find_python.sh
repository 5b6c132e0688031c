#!/bin/sh
# Print the command of a Python that is at least 3.10 and can make virtual environments.
# $PYTHON, when set, is the only one that is tried. Exit code 1 with a message when there is none.

usable() {
  "$1" -c 'import sys; sys.exit(sys.version_info < (3, 10))' >/dev/null 2>&1 &&
    "$1" -c 'import venv, ensurepip' >/dev/null 2>&1
}

for candidate in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11 python3.10 python}; do
  if usable "$candidate"; then
    echo "$candidate"
    exit 0
  fi
done

cat >&2 <<'MESSAGE'
No usable Python was found: version 3.10 or newer is needed, with the venv and ensurepip modules.
  Debian, Ubuntu:  apt install python3 python3-venv
  macOS:           brew install python
A Python that stands elsewhere can be named:  make lab PYTHON=/path/to/python3
MESSAGE
exit 1
