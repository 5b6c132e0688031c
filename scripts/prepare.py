"""Set up what a target of the Makefile needs: ``python -m scripts.prepare lab|checks|build|python``.

Every step is remembered by the content that it depends on: a second call does only what has changed. This file runs
before anything is installed, so it uses the standard library alone.
"""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from scripts import browser, stamps
from scripts.places import BIN, LABEXTENSION, ROOT, STATE, UI_TESTS, VENV
from scripts.running import Outcome, run, tail_of

NODE_NEEDED = 20
LINK = VENV / "share" / "jupyter" / "labextensions" / "jupyterlab_prodify"
FRONTEND = [ROOT / name for name in ("package.json", "yarn.lock", "tsconfig.json", "src", "style", "schema")]


class Stop(Exception):
    """The set-up cannot go on; the text says why and what to do."""


def step(
    name: str, saying: str, *commands: Sequence[str], cwd: Path = ROOT, extra: Mapping[str, str] | None = None
) -> None:
    """Run the commands of a step one after the other, say how long they took, and stop at the first failure."""
    print(f"{saying} ...", end=" ", flush=True)
    started = time.monotonic()
    for command in commands:
        outcome = run(name, command, cwd=cwd, extra=extra)
        if not outcome.ok:
            print("failed")
            raise Stop(f"{' '.join(command)}\n{tail_of(outcome)}")
    print(f"{time.monotonic() - started:.1f} s")


def check_node() -> str:
    """The version of Node. Stops when it is missing or too old."""
    try:
        version = subprocess.run(["node", "--version"], capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        raise Stop(f"Node.js was not found; version {NODE_NEEDED} or newer is needed: https://nodejs.org") from None
    major = re.match(r"v(\d+)\.", version)
    if major is None or int(major[1]) < NODE_NEEDED:
        raise Stop(f"Node.js {version} is too old; version {NODE_NEEDED} or newer is needed: https://nodejs.org")
    return version


def make_environment() -> None:
    """The clone's own Python environment. One that was moved or whose Python is gone is made anew."""
    python = BIN / "python"
    key = stamps.key_of([], str(ROOT))
    probe = [str(python), "-c", "import sys, pip; sys.exit(sys.version_info < (3, 10))"]
    works = python.exists() and run("venv", probe).ok
    if works and (stamps.is_done("venv", key) or not (STATE / "venv.stamp").exists()):
        stamps.mark_done("venv", key)
        return
    for done in ("python-lab", "python-dev"):
        stamps.forget(done)
    step("venv", "Making the Python environment .venv", [sys.executable, "-m", "venv", "--clear", str(VENV)])
    stamps.mark_done("venv", key)


def install_python(extra: str) -> None:
    """The package, editable, with what the extras ``lab`` or ``dev`` name."""
    version = run("python-version", [str(BIN / "python"), "--version"])
    spoken = version.log.read_text(encoding="utf-8") if version.log else ""
    key = stamps.key_of([ROOT / "pyproject.toml", ROOT / "jupyter-config"], spoken)
    if stamps.is_done(f"python-{extra}", key) or stamps.is_done("python-dev", key):
        return
    # The frontend is linked below: an uninstall that followed the link would delete the files behind it.
    if LINK.is_symlink():
        LINK.unlink()
    LABEXTENSION.mkdir(exist_ok=True)
    wanted = "lab,example" if extra == "lab" else extra
    pip = [str(BIN / "python"), "-m", "pip", "install", "--disable-pip-version-check", "-e", f".[{wanted}]"]
    step(
        "pip", "Installing the Python packages (some minutes the first time)", pip, extra={"SKIP_JUPYTER_BUILDER": "1"}
    )
    stamps.mark_done(f"python-{extra}", key)


def install_node(where: Path, node: str) -> None:
    """The packages of one ``yarn.lock``, exactly."""
    key = stamps.key_of([where / file for file in ("package.json", "yarn.lock", ".yarnrc.yml")], node)
    name = f"node-{where.name}" if where != ROOT else "node"
    if (where / "node_modules").is_dir() and stamps.is_done(name, key):
        return
    step(
        name,
        f"Installing the packages of {where.relative_to(ROOT) / 'package.json'}",
        ["jlpm", "install", "--immutable"],
        cwd=where,
    )
    stamps.mark_done(name, key)


def build_frontend() -> Outcome:
    """Build for production unless the built files are those of these very sources."""
    if stamps.is_done("frontend", built_key()):
        return Outcome(True)
    outcome = run("frontend", ["jlpm", "build:prod"])
    if outcome.ok:
        stamps.mark_done("frontend", built_key())
    return outcome


def built_key() -> str:
    """What the built frontend depends on, and the names of its files, which carry hashes of their content."""
    built = sorted(path.name for path in (LABEXTENSION / "static").glob("*.js"))
    sources = [path for start in FRONTEND for path in stamps.files_of(start) if "__tests__" not in path.parts]
    return stamps.key_of(sources, *built)


def link_frontend() -> Outcome:
    """JupyterLab of the environment reads the built frontend where it is built."""
    if LINK.is_symlink() and LINK.resolve() == LABEXTENSION:
        return Outcome(True)
    return run("link", [str(BIN / "jupyter"), "labextension", "develop", ".", "--overwrite"])


def build_and_link() -> Outcome:
    """The frontend, built and in place."""
    outcome = build_frontend()
    return link_frontend() if outcome.ok else outcome


def need_frontend() -> None:
    """The frontend for a target that cannot go on without it."""
    fresh = stamps.is_done("frontend", built_key())
    if not fresh:
        print("Building the frontend ...", end=" ", flush=True)
    started = time.monotonic()
    outcome = build_and_link()
    if not outcome.ok:
        raise Stop(f"The frontend could not be built.\n{tail_of(outcome)}")
    if not fresh:
        print(f"{time.monotonic() - started:.1f} s")


def need_browser() -> None:
    """Install a Chromium where root can do so; otherwise the browser tests themselves say what is missing."""
    if browser.chromium() is None and browser.can_install():
        print("Installing Chromium ...", flush=True)
        browser.install()


def prepare_python() -> None:
    """The Python environment for development."""
    make_environment()
    install_python("dev")


def prepare_build() -> None:
    """The Python environment for development and the built frontend."""
    node = check_node()
    prepare_python()
    install_node(ROOT, node)
    need_frontend()


def prepare_lab() -> None:
    """What JupyterLab needs to run with the extension."""
    node = check_node()
    make_environment()
    install_python("lab")
    install_node(ROOT, node)
    need_frontend()


def prepare_checks() -> None:
    """What the checks need; they build the frontend themselves, because a failing build is one of their answers."""
    node = check_node()
    prepare_python()
    install_node(ROOT, node)
    install_node(UI_TESTS, node)
    need_browser()


TARGETS: dict[str, Callable[[], None]] = {
    "lab": prepare_lab,
    "checks": prepare_checks,
    "build": prepare_build,
    "python": prepare_python,
}


def main(arguments: list[str]) -> int:
    """Prepare the named targets; the answer is the exit code."""
    try:
        for name in arguments:
            TARGETS[name]()
    except Stop as stop:
        print(stop, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
