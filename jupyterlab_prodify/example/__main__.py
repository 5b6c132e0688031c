"""``python -m jupyterlab_prodify.example DIR``: make the example project in a new folder."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from jupyterlab_prodify.example.create import ExampleError, FolderExistsError, create_project

_DONE = 0
_FAILED = 1
_REFUSED = 3


def main(argv: Sequence[str] | None = None) -> int:
    """Make the project; 0 done, 1 failed, 2 wrong use, 3 refused because something stands there."""
    parser = argparse.ArgumentParser(
        prog="python -m jupyterlab_prodify.example",
        description="Make the example project: the CO2 record of Mauna Loa, one notebook, one commit.",
        epilog="exit codes: 0 done, 1 git or the disk failed, 2 wrong use, 3 the folder exists already",
    )
    parser.add_argument("folder", metavar="DIR", type=Path, help="folder to make; it must not exist yet")
    folder = parser.parse_args(argv).folder
    try:
        project = create_project(folder)
    except ExampleError as error:
        print(error, file=sys.stderr)
        return _REFUSED if isinstance(error, FolderExistsError) else _FAILED
    print(f"The example project is in {project}; start with notebooks/explore.ipynb.")
    return _DONE


if __name__ == "__main__":
    sys.exit(main())
