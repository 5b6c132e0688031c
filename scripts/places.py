"""Where things stand in a clone."""

from __future__ import annotations

import os
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / "bin"
STATE = ROOT / ".make"
LABEXTENSION = ROOT / "jupyterlab_prodify" / "labextension"
UI_TESTS = ROOT / "ui-tests"


def environment() -> dict[str, str]:
    """The person's environment with the clone's own tools first on PATH and npm's registry told to yarn.

    Yarn does not read npm's configuration; without this a registry that is set for npm would be passed over.
    """
    env = dict(os.environ)
    env["PATH"] = os.pathsep.join([str(BIN), env.get("PATH", os.defpath)])
    env["YARN_ENABLE_PROGRESS_BARS"] = "0"
    registry = npm_registry()
    if registry:
        env.setdefault("YARN_NPM_REGISTRY_SERVER", registry)
    return env


@cache
def npm_registry() -> str:
    """The registry that npm is configured for; empty when npm cannot say."""
    try:
        answer = subprocess.run(["npm", "config", "get", "registry"], capture_output=True, text=True, check=False)
    except OSError:
        return ""
    address = answer.stdout.strip()
    return address if address.startswith("http") else ""
