"""The Python environment of the corpus's kernels, under ``.make/corpus/env``: made and completed as needed."""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from corpus.manifest import HOME, Entry, requirements
from scripts.prepare import step

ENVIRONMENT = HOME / "env"
PYTHON = ENVIRONMENT / "bin" / "python"
#: What every kernel of the harness needs, whatever the notebook.
ALWAYS = ("ipython==9.18.1", "matplotlib-inline==0.2.2")
#: All versions with which the figures were made, for the Python with which they were made.
CONSTRAINTS, MADE_WITH = Path(__file__).with_name("constraints.txt"), (3, 11)
#: The Pythons for which the pinned versions exist; another one gets the versions that it finds.
PINNED_FOR = ((3, 11), (3, 12))
#: What installs packages; nothing that a notebook uses.
TOOLS = ("pip", "setuptools", "setuptools_scm", "wheel")


def prepare(chosen: Sequence[Entry]) -> None:
    """An environment in which these notebooks run. Raises scripts.prepare.Stop where it cannot be made."""
    if version_of(str(PYTHON)) is None:
        made_by = find_python()
        step(
            "corpus-env",
            "Making the Python environment of the notebooks",
            [made_by, "-m", "venv", "--clear", str(ENVIRONMENT)],
        )
    version = version_of(str(PYTHON))
    missing = missing_of([*ALWAYS, *requirements(chosen)], installed(), pinned=version in PINNED_FOR)
    if missing:
        rules = ["-c", str(CONSTRAINTS)] if version == MADE_WITH else []
        pip = [str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check", "--prefer-binary", *rules]
        step("corpus-packages", f"Installing {len(missing)} packages for the notebooks", [*pip, *missing])


def missing_of(wanted: Sequence[str], have: dict[str, str], pinned: bool) -> list[str]:
    """The requirements that are not there: ``name==version``, or the name alone where pins are given up."""
    missing = []
    for requirement in wanted:
        name, version = requirement.split("==")
        found = have.get(canonical(name))
        if found is None or (pinned and found != version):
            missing.append(requirement if pinned else name)
    return sorted(missing)


def installed() -> dict[str, str]:
    """Version by canonical name of what is in the environment."""
    places = ENVIRONMENT.glob("lib/*/site-packages/*.dist-info")
    named = (place.name.removesuffix(".dist-info").split("-") for place in places)
    return {canonical(name): version for name, version in named}


def canonical(name: str) -> str:
    """One spelling for each package."""
    return re.sub(r"[-_.]+", "-", name).lower()


def identity() -> str:
    """Changes with the Python and with the version of any package in the environment."""
    tools = {canonical(name) for name in TOOLS}
    packages = sorted(item for item in installed().items() if item[0] not in tools)
    return hashlib.sha256(repr((version_of(str(PYTHON)), packages)).encode()).hexdigest()[:16]


def find_python() -> str:
    """A Python for which the pinned versions exist, else the one that runs this."""
    named = [sys.executable, *(f"python{major}.{minor}" for major, minor in PINNED_FOR)]
    paths = [found for name in named if (found := shutil.which(name))]
    return next((path for path in paths if version_of(path) in PINNED_FOR), sys.executable)


def version_of(python: str) -> tuple[int, int] | None:
    """Major and minor version; None where it does not run or cannot make environments."""
    ask = "import sys, venv, ensurepip; print(*sys.version_info[:2])"
    try:
        answer = subprocess.run([python, "-c", ask], capture_output=True, text=True, check=True, timeout=60)
    except (OSError, subprocess.SubprocessError):
        return None
    major, minor = answer.stdout.split()
    return int(major), int(minor)
