"""Open JupyterLab on a project: ``python -m scripts.open_lab FOLDER [ARGUMENT OF jupyter lab ...]``.

The example project is made when the folder is not there.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from scripts.places import BIN, ROOT, environment
from scripts.running import run, tail_of


def make_example(folder: Path) -> bool:
    """Make the example project unless something stands there; False, with a message, when that fails."""
    if folder.exists():
        return True
    print(f"Making the example project {folder.name}/", flush=True)
    outcome = run("example", [str(BIN / "python"), "-m", "jupyterlab_prodify.example", str(folder)])
    if not outcome.ok:
        print(tail_of(outcome), file=sys.stderr)
    return outcome.ok


def command(folder: Path, arguments: list[str]) -> list[str]:
    """How JupyterLab is started: on the folder, with its first notebook open, as root only if we are root."""
    start = [str(BIN / "jupyter"), "lab", f"--ServerApp.root_dir={folder}"]
    notebook = next(iter(sorted(folder.glob("notebooks/*.ipynb"))), None)
    if notebook is not None:
        start.append(f"--LabApp.default_url=/lab/tree/{notebook.relative_to(folder).as_posix()}")
    if os.geteuid() == 0:
        start.append("--allow-root")
    return start + arguments


def main(arguments: list[str]) -> None:
    """Become JupyterLab, or end with 1 when the example could not be made."""
    folder = (ROOT / arguments[0]).resolve()
    if not make_example(folder):
        sys.exit(1)
    words = command(folder, arguments[1:])
    os.execve(words[0], words, environment())


if __name__ == "__main__":
    main(sys.argv[1:])
