"""The Chromium of the browser tests: found, or installed where that is possible without asking."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from scripts.running import run

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ELSEWHERE = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)

MISSING = """No Chromium was found, and the browser tests need one.
  Debian:  sudo apt-get install chromium
  macOS:   brew install --cask chromium
A browser that stands elsewhere can be named:  make test CHROMIUM=/path/to/chromium"""


def chromium() -> str | None:
    """The command of a Chromium, None where there is none. ``$CHROMIUM``, when set, is the only one looked for."""
    named = os.environ.get("CHROMIUM")
    if named:
        return shutil.which(named)
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    return found or next((path for path in ELSEWHERE if Path(path).is_file()), None)


def can_install() -> bool:
    """Root on a system with apt may simply install it."""
    return not os.environ.get("CHROMIUM") and os.geteuid() == 0 and shutil.which("apt-get") is not None


def install() -> bool:
    """Install Debian's Chromium and a font to draw with; True when a Chromium is there afterwards."""
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    if not run("apt-update", ["apt-get", "update", "-q"], extra=quiet).ok:
        return False
    packages = ["chromium", "fonts-dejavu-core"]
    run("apt-install", ["apt-get", "install", "-y", "-q", "--no-install-recommends", *packages], extra=quiet)
    return chromium() is not None
