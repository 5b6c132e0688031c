"""Starts the worker under any Python that has DVC: ``python start.py``. Only the few modules that the worker needs are
made importable, and nothing else that is installed where the server runs."""

from __future__ import annotations

import sys
import types
from pathlib import Path


def main() -> int:
    """The worker itself; see ``__main__``."""
    here = Path(__file__).resolve().parent
    # Its own folder is on the path: a module there must not stand for one of another package.
    sys.path[:] = [place for place in sys.path if not place or Path(place).resolve() != here]
    package = types.ModuleType("jupyterlab_prodify")
    package.__path__ = [str(here.parent.parent)]
    sys.modules[package.__name__] = package

    from jupyterlab_prodify.vcs.dvc_worker.__main__ import main as serve

    return serve()


if __name__ == "__main__":
    sys.exit(main())
